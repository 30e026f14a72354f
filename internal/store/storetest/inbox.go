package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// Chats is a store as the channels see it.
type Chats struct {
	channels.Inbox
	channels.Links
	channels.Handovers
	// State counts what stands in a channel's inbox; Sweep forgets what is old.
	State func(ctx context.Context, channel string) (store.InboxState, error)
	Sweep func(ctx context.Context, handled, chats time.Time) (int, error)
	// Erase deletes a person.
	Erase func(context.Context, lifeevents.PersonID) (int, error)
}

// Inbox checks what channels.Inbox and channels.Links promise; open opens one store for so
// many programs.
func Inbox(t *testing.T, open func(*testing.T, int) []Chats) {
	one := func(t *testing.T) Chats { return open(t, 1)[0] }
	t.Run("MessagesThatComeAtOnceAndTwiceAreKeptOnceAndInOrder", func(t *testing.T) { keptOnce(t, one(t)) })
	t.Run("ALateSettlementOfALostClaimChangesNothing", func(t *testing.T) { lateSettlement(t, one(t)) })
	t.Run("SweepingForgetsWhatIsOldAndNothingElse", func(t *testing.T) { sweeping(t, one(t)) })
	t.Run("ACodeTiesOnceAlsoTheChatThatUsedIt", func(t *testing.T) { codeIsSpent(t, one(t)) })
	t.Run("AnErasedPersonHasNoChatAnyMore", func(t *testing.T) { erasedChat(t, one(t)) })
	t.Run("ACodeTiesOneChatAlone", func(t *testing.T) { oneChatACode(t, open(t, 2)) })
	t.Run("SeveralProgramsHandleEachChatInOrderAndEachMessageOnce", func(t *testing.T) { severalHandle(t, open(t, 3)) })
	t.Run("ATicketIsTakenByOneOfficial", func(t *testing.T) { oneOfficial(t, open(t, 2)) })
}

func typed(chat, message int, text string, at time.Time) channels.Incoming {
	return channels.Incoming{Channel: "telegram", Chat: fmt.Sprint("chat-so-", chat), MessageID: fmt.Sprint(message), Kind: channels.Words, Text: text, ReceivedAt: at}
}

func keptOnce(t *testing.T, x Chats) {
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
		list, err := x.Inbox.Claim(t.Context(), "telegram", now, 7, time.Minute)
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

func lateSettlement(t *testing.T, x Chats) {
	now := time.Now()
	if _, err := x.Accept(t.Context(), typed(1, 1, "câu", now)); err != nil {
		t.Fatal(err)
	}
	slow, err := x.Inbox.Claim(t.Context(), "telegram", now, 1, time.Second)
	if err != nil || len(slow) != 1 {
		t.Fatal(len(slow), err)
	}
	quick, err := x.Inbox.Claim(t.Context(), "telegram", now.Add(2*time.Second), 1, time.Second)
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

func sweeping(t *testing.T, x Chats) {
	now := time.Now()
	for i, at := range []time.Time{now.AddDate(0, 0, -40), now} {
		if _, err := x.Accept(t.Context(), typed(i, i, "câu", at)); err != nil {
			t.Fatal(err)
		}
		list, err := x.Inbox.Claim(t.Context(), "telegram", now, 1, time.Minute)
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

// tied links a chat to p1 and returns the code that did it.
func tied(t *testing.T, x Chats, now time.Time) (code string) {
	t.Helper()
	issued, err := x.Issue(t.Context(), "p1", "telegram", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Redeem(t.Context(), issued.Code, "telegram", "chat-so-1", now); err != nil {
		t.Fatal(err)
	}
	return issued.Code
}

func codeIsSpent(t *testing.T, x Chats) {
	now := time.Now()
	code := tied(t, x, now)
	if err := x.Unlink(t.Context(), "p1", "telegram", now, "thử"); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Redeem(t.Context(), code, "telegram", "chat-so-1", now); err == nil {
		t.Error("the code of a tie that was ended ties again")
	}
	if p, err := x.PersonOf(t.Context(), "telegram", "chat-so-1"); err != nil || p != "" {
		t.Errorf("the chat stands for %q, %v", p, err)
	}
}

func erasedChat(t *testing.T, x Chats) {
	tied(t, x, time.Now())
	if _, err := x.Erase(t.Context(), "p1"); err != nil {
		t.Fatal(err)
	}
	if p, err := x.PersonOf(t.Context(), "telegram", "chat-so-1"); err != nil || p != "" {
		t.Errorf("the chat still stands for %q, %v", p, err)
	}
}

// Two chats send one code at the same moment: one is tied, the other is told no.
func oneChatACode(t *testing.T, programs []Chats) {
	now := time.Now()
	for round := range 10 {
		p := lifeevents.PersonID(fmt.Sprint("p", round))
		code, err := programs[0].Issue(t.Context(), p, "telegram", now)
		ok(t, err)
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i := range errs {
			both.Go(func() {
				_, errs[i] = programs[i].Redeem(t.Context(), code.Code, "telegram", fmt.Sprint("chat-", round, "-", i), now)
			})
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), channels.ErrLinkCode) {
			t.Fatalf("one code, two chats: %v", errs)
		}
		if list, err := programs[0].Linked(t.Context(), p); err != nil || len(list) != 1 {
			t.Errorf("%d chats stand for %s, %v", len(list), p, err)
		}
	}
}

// Every program claims and settles as fast as it can.
func severalHandle(t *testing.T, programs []Chats) {
	const chats, each = 8, 12
	now := time.Now()
	for i := range each {
		for chat := range chats {
			_, err := programs[(i+chat)%len(programs)].Accept(t.Context(), typed(chat, chat*1000+i, fmt.Sprint(i), now))
			ok(t, err)
		}
	}
	var mu sync.Mutex
	next, working := map[string]int{}, map[string]bool{}
	left := chats * each
	var all sync.WaitGroup
	for _, x := range programs {
		all.Go(func() {
			for {
				mu.Lock()
				done := left <= 0 || t.Failed()
				mu.Unlock()
				if done {
					return
				}
				list, err := x.Inbox.Claim(t.Context(), "telegram", now, 3, time.Hour)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, c := range list {
					if working[c.Chat] || c.Text != fmt.Sprint(next[c.Chat]) {
						t.Errorf("%s gives %q, want %d; worked on by another: %v", c.Chat, c.Text, next[c.Chat], working[c.Chat])
					}
					working[c.Chat] = true
					next[c.Chat]++
				}
				mu.Unlock()
				for _, c := range list {
					mu.Lock()
					working[c.Chat] = false // settling frees the chat before it returns
					left--
					mu.Unlock()
					if err := x.Inbox.Settle(t.Context(), c, nil, now); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	if s, err := programs[0].State(t.Context(), "telegram"); err != nil || s.Waiting != 0 || left != 0 {
		t.Errorf("%d still wait, %d not handled, %v", s.Waiting, left, err)
	}
}

func oneOfficial(t *testing.T, programs []Chats) {
	now := time.Now()
	k, err := programs[0].Request(t.Context(), "telegram", "chat-so-1", channels.PersonAsked, now)
	ok(t, err)
	if again, err := programs[1].Request(t.Context(), "telegram", "chat-so-1", channels.PersonAsked, now); err != nil || again.ID != k.ID {
		t.Errorf("asked twice: %+v, %v", again, err)
	}
	errs := make([]error, 2)
	var both sync.WaitGroup
	for i, x := range programs {
		both.Go(func() { _, errs[i] = x.Take(t.Context(), k.ID, fmt.Sprint("cb", i), now) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), channels.ErrNoTicket) {
		t.Errorf("two officials take one ticket: %v", errs)
	}
}
