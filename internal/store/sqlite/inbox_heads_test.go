package sqlite_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/store/sqlite"
)

// handleAll claims and settles until nothing is left; it returns the words of each chat in
// the order in which they were handled.
func handleAll(t testing.TB, x *sqlite.Inbox, now time.Time, atOnce int) map[string][]string {
	t.Helper()
	said := map[string][]string{}
	for {
		list, err := x.Claim(t.Context(), "telegram", now, atOnce, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return said
		}
		for _, c := range list {
			said[c.Chat] = append(said[c.Chat], c.Text)
			if err := x.Settle(t.Context(), c, nil, now); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAMessagePutOffHoldsBackItsChatAndNoOther(t *testing.T) {
	_, x := inboxOf(t, memoryDir(t))
	now := time.Now()
	for i := range 6 {
		if _, err := x.Accept(t.Context(), typed(i%2, i, fmt.Sprint(i), now)); err != nil {
			t.Fatal(err)
		}
	}
	list, err := x.Claim(t.Context(), "telegram", now, 1, time.Minute)
	if err != nil || len(list) != 1 || list[0].Text != "0" {
		t.Fatal(list, err)
	}
	if err := x.Postpone(t.Context(), list[0], now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if said := handleAll(t, x, now, 4); fmt.Sprint(said) != "map[chat-so-1:[1 3 5]]" {
		t.Errorf("handled %v", said)
	}
	if said := handleAll(t, x, now.Add(time.Hour), 4); fmt.Sprint(said) != "map[chat-so-0:[0 2 4]]" {
		t.Errorf("handled later %v", said)
	}
}

func TestWhatWaitedBeforeTheStoreKnewHeadsIsHandledInOrder(t *testing.T) {
	dir := t.TempDir()
	db, x := inboxOf(t, dir)
	now := time.Now()
	for i := range 9 {
		if _, err := x.Accept(t.Context(), typed(i%3, i, fmt.Sprint(i), now)); err != nil {
			t.Fatal(err)
		}
	}
	list, err := x.Claim(t.Context(), "telegram", now, 1, time.Minute) // 0 is handled, 1 under lease
	if err == nil {
		err = x.Settle(t.Context(), list[0], nil, now)
	}
	if err == nil {
		_, err = x.Claim(t.Context(), "telegram", now, 1, time.Second)
	}
	for _, up := range []bool{false, true} {
		if err == nil {
			err = db.Migrate(t.Context(), 32, up)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if said := handleAll(t, x, now.Add(2*time.Second), 2); fmt.Sprint(said) != "map[chat-so-0:[3 6] chat-so-1:[1 4 7] chat-so-2:[2 5 8]]" {
		t.Errorf("handled %v", said)
	}
}

// BenchmarkClaimBehindABacklog claims and settles one message while thousands wait: one
// person who wrote 20,000 times, and 5,000 people who wrote twice.
func BenchmarkClaimBehindABacklog(b *testing.B) {
	db, err := sqlite.Open(b.Context(), b.TempDir()+"/kho.db")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	x, err := db.Inbox(plainSealer{}, make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	var under sync.WaitGroup
	for part := range 300 {
		under.Go(func() {
			for i := part * 100; i < (part+1)*100; i++ {
				if _, err := x.Accept(b.Context(), typed(max(0, i-20_000)%5001, i, "câu", now)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	under.Wait()
	for b.Loop() {
		list, err := x.Claim(b.Context(), "telegram", now, 1, time.Minute)
		if err != nil || len(list) != 1 {
			b.Fatal(len(list), err)
		}
		if err := x.Settle(b.Context(), list[0], nil, now); err != nil {
			b.Fatal(err)
		}
	}
}
