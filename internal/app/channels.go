package app

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// chatLines makes every chat channel, as one list; each gives nil while it is off.
var chatLines = []func(*App, *chats) (*chatLine, error){telegramLine, zaloLine}

// inbox keeps what comes in over chats, what goes out, and whose chats they are.
type inbox interface {
	channels.Inbox
	channels.Links
	channels.Handovers
	KeyOf(channel, chat string) []byte
	State(ctx context.Context, channel string) (store.InboxState, error)
	Sweep(ctx context.Context, handled, chats time.Time) (int, error)
	Abandon(ctx context.Context, before, now time.Time) error
}

// chats is what all chat channels share; opened with life.
type chats struct {
	inbox inbox
	rush  channels.Rush // of what comes in, over all of them
	talk  *channels.Conversation
	lines []*chatLine
}

// chatLine is one chat channel that is on.
type chatLine struct {
	name, title string
	adapter     channels.Adapter
	notices     delivery.Channel
	routes      map[string]http.Handler // by pattern; beside the portal, with limits of their own
	// run keeps the channel going (polling, tokens) until ctx ends; may be nil.
	run func(ctx context.Context)
	// state tells the operator how it stands.
	state func(ctx context.Context) Finding
}

// Retention of chats: the numbers of handled messages are kept longer than any platform
// sends them again; a ticket in which nobody speaks is closed.
const (
	chatNumbersKept = 8 * 24 * time.Hour
	ticketIdle      = 2 * time.Hour
	chatSweepEvery  = 10 * time.Minute
)

// openChats opens what chat channels share, and those that are on.
func (a *App) openChats() error {
	if a.chats != nil {
		return nil
	}
	key, err := signingKey(a.keyPath(chatsKeyFile))
	if err != nil {
		return err
	}
	inbox, err := a.store.Inbox(a.life.Box, key)
	if err != nil {
		return err
	}
	hours, err := channels.ParseHours(a.cfg.OfficeHours, civil.DaysOff())
	if err != nil {
		return fmt.Errorf("office_hours: %w", err)
	}
	c := &chats{inbox: inbox}
	c.talk = &channels.Conversation{
		Answerer: a.assistant, Links: inbox, Handovers: inbox, Consents: a.life.People, Feedback: a.Give, Forget: a.Forget,
		Reminders: a.chatReminders, Hours: hours, Portal: a.cfg.BaseURL(), KeepDays: a.cfg.ConversationDays, Now: a.now, Log: a.log,
	}
	for _, open := range chatLines {
		l, err := open(a, c)
		if err != nil {
			return err
		}
		if l != nil {
			c.lines = append(c.lines, l)
		}
	}
	a.chats = c
	return nil
}

// chatSenders are the chat channels as channels of notices.
func (a *App) chatSenders() (out []delivery.Channel) {
	if a.chats == nil {
		return nil
	}
	for _, l := range a.chats.lines {
		out = append(out, l.notices)
	}
	return out
}

// withChats mounts the webhooks beside the portal.
func (a *App) withChats(pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	for _, l := range a.chats.lines {
		for pattern, h := range l.routes {
			mux.Handle(pattern, h)
		}
	}
	mux.Handle("/", pages)
	return mux
}

// chatting runs every chat channel until the function it returns is called, which comes
// back when what was under way has ended.
func (a *App) chatting(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var under sync.WaitGroup
	for _, l := range a.chats.lines {
		w := &channels.Worker{
			Inbox: a.chats.inbox, Talk: a.chats.talk, Adapter: a.observe.adapter(l.adapter), Watch: a.observe, Links: a.chats.inbox, Answers: max(1, runtime.NumCPU()/2),
			Within: time.Duration(a.cfg.RequestTimeout), Now: a.now, Log: a.log, Busy: a.chats.rush.Busy,
			Paused: func(ctx context.Context) bool { _, off := a.switches.Off(ctx, switches.Channel(l.name)); return off },
		}
		under.Go(func() { w.Run(ctx) })
		if l.run != nil {
			under.Go(func() { l.run(ctx) })
		}
	}
	under.Go(func() { a.sweepingChats(ctx) })
	return func() { cancel(); under.Wait() }
}

// sweepingChats forgets what need not be kept, and closes tickets nobody works on.
func (a *App) sweepingChats(ctx context.Context) {
	tick := time.NewTicker(chatSweepEvery)
	defer tick.Stop()
	for {
		now := a.now()
		if _, err := a.chats.inbox.Sweep(ctx, now.Add(-chatNumbersKept), now.AddDate(0, 0, -max(a.cfg.ConversationDays, 8))); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "app: sweep chats", "error", err)
		}
		if err := a.chats.inbox.Abandon(ctx, now.Add(-ticketIdle), now); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "app: close idle tickets", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// chatReminders is what may be said in a linked chat: the neutral sentence of what is
// about basic data; of what is more sensitive, only that there is something; of hardship
// and grief, nothing.
func (a *App) chatReminders(ctx context.Context, p lifeevents.PersonID, lang string) (r channels.Reminders, err error) {
	planned, err := a.life.Outbox.Planned(ctx, p)
	if err != nil {
		return r, err
	}
	said := map[string]bool{}
	set := a.life.Running()
	for _, s := range planned {
		rule, known := set.Rule(s.Notice.Rule, s.Notice.Version)
		if !known || s.Notice.Sensitivity >= lifeevents.N3 || s.State != delivery.Pending {
			continue
		}
		words, ok := rule.Words(s.Notice, lang, lifeevents.Outside)
		switch {
		case s.Notice.Sensitivity >= lifeevents.N2 || !ok:
			r.More++
		case !said[words.Body]:
			said[words.Body] = true
			r.Lines = append(r.Lines, words.Body)
		}
	}
	return r, nil
}
