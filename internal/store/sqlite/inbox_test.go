package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
)

func inboxOf(t *testing.T, dir string) (*sqlite.DB, *sqlite.Inbox) {
	t.Helper()
	db := openIn(t, dir)
	keys, err := secret.OpenKeys(filepath.Join(t.TempDir(), "khoa"))
	if err != nil {
		t.Fatal(err)
	}
	x, err := db.Inbox(secret.NewBox(keys), bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return db, x
}

func chatsOf(t *testing.T, n int) []storetest.Chats {
	t.Helper()
	dir, keyFile := memoryDir(t), filepath.Join(t.TempDir(), "khoa")
	var out []storetest.Chats
	for range n {
		keys, err := secret.OpenKeys(keyFile)
		if err != nil {
			t.Fatal(err)
		}
		db := openIn(t, dir)
		x, err := db.Inbox(secret.NewBox(keys), bytes.Repeat([]byte{3}, 32))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, storetest.Chats{Inbox: x, Links: x, Handovers: x, State: x.State, Sweep: x.Sweep, Erase: db.People().Erase})
	}
	return out
}

func TestInbox(t *testing.T) { storetest.Inbox(t, chatsOf) }

func typed(chat, message int, text string, at time.Time) channels.Incoming {
	return channels.Incoming{Channel: "telegram", Chat: fmt.Sprint("chat-so-", chat), MessageID: fmt.Sprint(message), Kind: channels.Words, Text: text, ReceivedAt: at}
}

// TestNothingAPersonSaidStandsReadableInTheFile looks for numbers, words and codes in every
// byte of the store, before and after they are handled.
func TestNothingAPersonSaidStandsReadableInTheFile(t *testing.T) {
	dir := t.TempDir()
	_, x := inboxOf(t, dir)
	now := time.Now()
	code, err := x.Issue(t.Context(), "p1", "telegram", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Redeem(t.Context(), code.Code, "telegram", "chat-so-1", now); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Redeem(t.Context(), code.Code, "telegram", "chat-so-2", now); !errors.Is(err, channels.ErrLinkCode) {
		t.Errorf("a code used twice: %v", err)
	}
	if _, err := x.Accept(t.Context(), typed(1, 1, "CAU-HOI-RIENG", now)); err != nil {
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
	if _, err := x.Take(t.Context(), k.ID, "cb", now); err != nil {
		t.Fatal(err)
	}
	if err := x.Say(t.Context(), k.ID, "cb", "LOI-CAN-BO", now); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{"CAU-HOI-RIENG", "TRA-LOI-RIENG", "LOI-CAN-BO", "chat-so-1", code.Code, channels.ReadCode(code.Code)} {
			if bytes.Contains(raw, []byte(words)) {
				t.Errorf("%s holds %q", filepath.Base(f), words)
			}
		}
	}
}
