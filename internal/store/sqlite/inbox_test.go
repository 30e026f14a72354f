package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
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

func typed(chat, message int, text string, at time.Time) channels.Incoming {
	return channels.Incoming{Channel: "telegram", Chat: fmt.Sprint("chat-so-", chat), MessageID: fmt.Sprint(message), Kind: channels.Words, Text: text, ReceivedAt: at}
}

func TestMessagesThatComeAtOnceAndTwiceAreKeptOnceAndInOrder(t *testing.T) {
	_, x := inboxOf(t, memoryDir(t))
	now := time.Now()
	const chats, each = 20, 30
	var under sync.WaitGroup
	var mu sync.Mutex
	fresh := 0
	for chat := range chats {
		under.Go(func() {
			for i := range each * 2 { // each comes twice, one after the other
				is, err := x.Accept(t.Context(), typed(chat, chat*1000+i/2, fmt.Sprint(i/2), now))
				if err != nil {
					t.Error(err)
				}
				if is {
					mu.Lock()
					fresh++
					mu.Unlock()
				}
			}
		})
	}
	under.Wait()
	if fresh != chats*each {
		t.Errorf("%d were new, want %d", fresh, chats*each)
	}
	next := map[string]int{}
	for range chats * each {
		list, err := x.Claim(t.Context(), "telegram", now, 7, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, c := range list {
			if seen[c.Chat] {
				t.Errorf("two messages of %s are claimed together", c.Chat)
			}
			seen[c.Chat] = true
			if c.Text != fmt.Sprint(next[c.Chat]) {
				t.Errorf("%s gives %s, want %d", c.Chat, c.Text, next[c.Chat])
			}
			next[c.Chat]++
			if err := x.Settle(t.Context(), c, nil, now); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s, err := x.State(t.Context(), "telegram"); err != nil || s.Waiting != 0 {
		t.Errorf("%d still wait, %v", s.Waiting, err)
	}
}

func TestALateSettlementOfALostClaimChangesNothing(t *testing.T) {
	_, x := inboxOf(t, memoryDir(t))
	now := time.Now()
	if _, err := x.Accept(t.Context(), typed(1, 1, "câu", now)); err != nil {
		t.Fatal(err)
	}
	slow, err := x.Claim(t.Context(), "telegram", now, 1, time.Second)
	if err != nil || len(slow) != 1 {
		t.Fatal(len(slow), err)
	}
	quick, err := x.Claim(t.Context(), "telegram", now.Add(2*time.Second), 1, time.Second)
	if err != nil || len(quick) != 1 || quick[0].Claim != slow[0].Claim+1 {
		t.Fatal(quick, err)
	}
	for _, c := range []channels.Claimed{slow[0], quick[0], slow[0]} {
		if err := x.Settle(t.Context(), c, []channels.Reply{channels.Say("trả lời")}, now); err != nil {
			t.Fatal(err)
		}
	}
	parts, err := x.Next(t.Context(), "telegram", now, 10, time.Minute)
	if again, err2 := x.Next(t.Context(), "telegram", now, 10, time.Minute); err != nil || err2 != nil || len(parts) != 1 || len(again) != 0 {
		t.Errorf("%d parts, then %d; %v %v", len(parts), len(again), err, err2)
	}
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

func TestSweepingForgetsWhatIsOldAndNothingElse(t *testing.T) {
	_, x := inboxOf(t, memoryDir(t))
	now := time.Now()
	for i, at := range []time.Time{now.AddDate(0, 0, -40), now} {
		if _, err := x.Accept(t.Context(), typed(i, i, "câu", at)); err != nil {
			t.Fatal(err)
		}
		list, err := x.Claim(t.Context(), "telegram", now, 1, time.Minute)
		if err != nil || len(list) != 1 {
			t.Fatal(len(list), err)
		}
		if err := x.Settle(t.Context(), list[0], nil, at); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := x.Sweep(t.Context(), now.AddDate(0, 0, -8), now.AddDate(0, 0, -30)); err != nil || n != 2 { // a message and its chat
		t.Errorf("%d rows went, %v", n, err)
	}
	if fresh, err := x.Accept(t.Context(), typed(1, 1, "câu", now)); err != nil || fresh {
		t.Errorf("a message of today is forgotten: %v %v", fresh, err)
	}
}

func TestAnErasedPersonHasNoChatAnyMore(t *testing.T) {
	db, x := inboxOf(t, memoryDir(t))
	now := time.Now()
	code, err := x.Issue(t.Context(), "p1", "telegram", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Redeem(t.Context(), code.Code, "telegram", "chat-so-1", now); err != nil {
		t.Fatal(err)
	}
	if _, err := db.People().Erase(t.Context(), "p1"); err != nil {
		t.Fatal(err)
	}
	if p, err := x.PersonOf(t.Context(), "telegram", "chat-so-1"); err != nil || p != "" {
		t.Errorf("the chat still stands for %q, %v", p, err)
	}
}
