package postgres

import (
	"bytes"
	"encoding/hex"
	"path/filepath"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/storetest"
)

func inboxOf(t *testing.T, db *DB, keyFile string) *Inbox {
	t.Helper()
	keys, err := secret.OpenKeys(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	x, err := db.Inbox(secret.NewBox(keys), bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestInbox(t *testing.T) {
	storetest.Inbox(t, func(t *testing.T, n int) []storetest.Chats {
		dsn, keyFile := fresh(t), filepath.Join(t.TempDir(), "khoa")
		var out []storetest.Chats
		for range n {
			db := at(t, dsn)
			x := inboxOf(t, db, keyFile)
			out = append(out, storetest.Chats{Inbox: x, Links: x, Handovers: x, State: x.State, Sweep: x.Sweep, Erase: db.People().Erase})
		}
		return out
	})
}

func TestZalo(t *testing.T) {
	storetest.ZaloMemory(t, func(t *testing.T, n int) []storetest.ZaloLife {
		dsn := fresh(t)
		var out []storetest.ZaloLife
		for range n {
			db := at(t, dsn)
			out = append(out, storetest.ZaloLife{Zalo: db.Zalo(), Life: lifeIn(t, db)})
		}
		return out
	})
}

func TestLetters(t *testing.T) {
	storetest.Letters(t, func(t *testing.T) channels.Letters { return open(t).Letters() })
}

// everything is every table, byte for byte as the server hands it out.
func everything(t *testing.T, db *DB) []byte {
	t.Helper()
	var tables []string
	err := db.each(t.Context(), `SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`, nil,
		func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			tables = append(tables, name)
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	var all bytes.Buffer
	for _, name := range tables {
		if _, err := conn.Conn().PgConn().CopyTo(t.Context(), &all, `COPY (TABLE `+name+`) TO STDOUT (FORMAT binary)`); err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}

func TestNothingAPersonSaidStandsReadableInTheDatabase(t *testing.T) {
	db := open(t)
	x := inboxOf(t, db, filepath.Join(t.TempDir(), "khoa"))
	now := time.Now()
	code, err := x.Issue(t.Context(), "p1", "telegram", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Redeem(t.Context(), code.Code, "telegram", "chat-so-1", now); err != nil {
		t.Fatal(err)
	}
	in := channels.Incoming{Channel: "telegram", Chat: "chat-so-1", MessageID: "1", Kind: channels.Words, Text: "CAU-HOI-RIENG", ReceivedAt: now}
	if _, err := x.Accept(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	k, err := x.Request(t.Context(), "telegram", "chat-so-1", channels.PersonAsked, now)
	if err != nil {
		t.Fatal(err)
	}
	list, err := x.Claim(t.Context(), "telegram", now, 1, time.Minute)
	if err != nil || len(list) != 1 || list[0].State.Person != "p1" || !list[0].State.Asked {
		t.Fatal(list, err)
	}
	list[0].State.Offers = []channels.Offer{{Text: "CAU-HOI-RIENG"}}
	list[0].State.Heard = []channels.Utterance{{At: now, From: "citizen", Text: "CAU-HOI-RIENG"}}
	if err := x.Settle(t.Context(), list[0], []channels.Reply{channels.Say("TRA-LOI-RIENG")}, now); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Take(t.Context(), k.ID, "can-bo-7", now); err != nil {
		t.Fatal(err)
	}
	if err := x.Say(t.Context(), k.ID, "can-bo-7", "LOI-CAN-BO", now); err != nil {
		t.Fatal(err)
	}
	all := everything(t, db)
	if !bytes.Contains(all, []byte("can-bo-7")) {
		t.Fatal("what is not sealed is not found either: the test shows nothing")
	}
	for _, words := range []string{"CAU-HOI-RIENG", "TRA-LOI-RIENG", "LOI-CAN-BO", "chat-so-1", code.Code, channels.ReadCode(code.Code)} {
		if bytes.Contains(all, []byte(words)) || bytes.Contains(all, []byte(hex.EncodeToString([]byte(words)))) {
			t.Errorf("the database holds %q", words)
		}
	}
}
