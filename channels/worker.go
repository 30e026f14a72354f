package channels

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/motcua/motcua/lifeevents/delivery"
)

// Worker handles what came in on one channel and says what is to be said. It holds
// nothing that a crash could lose.
type Worker struct {
	Inbox   Inbox
	Talk    *Conversation
	Adapter Adapter
	Links   Links
	// Answers is how many messages are handled at once; default 1: the assistant fills a
	// core, and what comes in must be stored meanwhile.
	Answers int
	// Sends is how many parts are under way at once, and so how many a kill may leave in
	// doubt. Default 4.
	Sends int
	// Within bounds one handling, SendWithin one sending; leases last a little longer.
	// Defaults 10 s and 15 s.
	Within, SendWithin time.Duration
	// Idle is the longest pause between looks. Default 500 ms.
	Idle time.Duration
	// Busy: more comes in than can be answered. Then whatever an answer took is left to those
	// who must store what comes in, before the next one is begun.
	Busy func() bool
	// Paused: officials have switched the channel off. What comes in is stored and waits.
	Paused func(ctx context.Context) bool
	Now    func() time.Time
	Log    *slog.Logger
	// Watch is told of each message as it is handled and of each part as it is sent; nil is
	// nobody.
	Watch Watcher
}

// Watcher is told of work as it begins, and by the function it returns as it ends; what is
// "message" or "part", and id its number in the inbox. The work goes on with the context it
// returns.
type Watcher interface {
	Handling(ctx context.Context, channel, what string, id int64) (context.Context, func(err error))
}

// unwatched is the Watcher of a worker nobody watches.
type unwatched struct{}

func (unwatched) Handling(ctx context.Context, _, _ string, _ int64) (context.Context, func(error)) {
	return ctx, func(error) {}
}

// mostTries is how often a part that the platform put off is tried.
const mostTries = 8

// longestRest bounds what one answer gives way for.
const longestRest = 20 * time.Millisecond

func (w *Worker) defaults() {
	if w.Answers <= 0 {
		w.Answers = 1
	}
	if w.Sends <= 0 {
		w.Sends = 4
	}
	if w.Within <= 0 {
		w.Within = 10 * time.Second
	}
	if w.SendWithin <= 0 {
		w.SendWithin = 15 * time.Second
	}
	if w.Idle <= 0 {
		w.Idle = 500 * time.Millisecond
	}
	if w.Now == nil {
		w.Now = time.Now
	}
	if w.Watch == nil {
		w.Watch = unwatched{}
	}
	if w.Log == nil {
		w.Log = slog.New(slog.DiscardHandler)
	}
}

// Run works until ctx ends, and returns once what was under way has been settled.
func (w *Worker) Run(ctx context.Context) {
	w.defaults()
	name := w.Adapter.Traits().Name
	said := make(chan struct{}, 1)
	var under sync.WaitGroup
	under.Go(func() { w.loop(ctx, w.Inbox.Wake(name), said, w.handleSome) })
	under.Go(func() { w.loop(ctx, said, nil, w.sendSome) })
	under.Wait()
}

// loop does some work until there is none, then waits for a sign or a while.
func (w *Worker) loop(ctx context.Context, wake <-chan struct{}, pass chan<- struct{}, some func(context.Context) (int, error)) {
	for ctx.Err() == nil {
		n, err := 0, error(nil)
		if w.Paused == nil || !w.Paused(ctx) {
			n, err = some(ctx)
		}
		if err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "channels: inbox", "channel", w.Adapter.Traits().Name, "error", err)
		}
		if pass != nil {
			select {
			case pass <- struct{}{}:
			default:
			}
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-time.After(w.Idle):
		}
	}
}

// Step handles and sends once; for tests and for a virtual clock. It returns how much was
// done.
func (w *Worker) Step(ctx context.Context) (int, error) {
	w.defaults()
	n, err := w.handleSome(ctx)
	m, err2 := w.sendSome(ctx)
	return n + m, errors.Join(err, err2)
}

func (w *Worker) handleSome(ctx context.Context) (int, error) {
	name := w.Adapter.Traits().Name
	list, err := w.Inbox.Claim(ctx, name, w.Now(), w.Answers, w.Within+5*time.Second)
	if err != nil {
		return 0, err
	}
	errs := make([]error, len(list))
	begin := time.Now() // of the processor's time, whatever clock the service goes by
	var under sync.WaitGroup
	for i := range list {
		under.Go(func() { errs[i] = w.handle(ctx, list[i]) })
	}
	under.Wait()
	if len(list) > 0 && w.Busy != nil && w.Busy() {
		select {
		case <-ctx.Done():
		case <-time.After(min(time.Since(begin), longestRest)):
		}
	}
	return len(list), errors.Join(errs...)
}

func (w *Worker) handle(ctx context.Context, c Claimed) (err error) {
	traits := w.Adapter.Traits()
	ctx, ended := w.Watch.Handling(ctx, traits.Name, "message", c.ID)
	defer func() { ended(err) }()
	one, cancel := context.WithTimeout(ctx, w.Within)
	defer cancel()
	if c.Kind != Left && c.Kind != Silent {
		go w.Adapter.Working(context.WithoutCancel(one), c.Incoming)
	}
	r, err := w.Talk.Handle(one, &c, traits)
	keep := context.WithoutCancel(ctx)
	if err != nil && ctx.Err() != nil {
		return w.Inbox.Postpone(keep, c, w.Now()) // we are stopping: whoever comes next handles it
	}
	return w.Inbox.Settle(keep, c, ration(&c.State, Split(r, traits), traits), w.Now())
}

func (w *Worker) sendSome(ctx context.Context) (int, error) {
	name := w.Adapter.Traits().Name
	list, err := w.Inbox.Next(ctx, name, w.Now(), w.Sends, w.SendWithin+5*time.Second)
	if err != nil {
		return 0, err
	}
	errs := make([]error, len(list))
	var under sync.WaitGroup
	for i := range list {
		under.Go(func() { errs[i] = w.send(ctx, name, list[i]) })
	}
	under.Wait()
	return len(list), errors.Join(errs...)
}

func (w *Worker) send(ctx context.Context, name string, p Part) error {
	ctx, ended := w.Watch.Handling(ctx, name, "part", p.ID)
	keep := context.WithoutCancel(ctx)
	one, cancel := context.WithTimeout(keep, w.SendWithin)
	err := w.Adapter.Deliver(one, p.Chat, p.Reply)
	cancel()
	ended(err)
	s := w.ending(p, err)
	if s.State != PartSent {
		w.Log.WarnContext(ctx, "channels: a part was not sent", "channel", name, "part", p.ID, "state", s.State, "reason", s.Reason)
	}
	if s.Reason == string(delivery.Blocked) && s.State == PartFailed {
		if err := w.Links.Left(keep, name, p.Chat, s.At, name+": bị chặn khi gửi"); err != nil {
			return err
		}
	}
	return w.Inbox.Sent(keep, p, s)
}

// ending reads how the platform answered.
func (w *Worker) ending(p Part, err error) Sending {
	s := Sending{At: w.Now(), State: PartSent}
	if err == nil {
		return s
	}
	refusal := delivery.Classify(err)
	s.Reason = string(refusal.Reason)
	switch {
	case refusal.Ambiguous:
		s.State = PartUnknown
	case refusal.Permanent || p.Tries+1 >= mostTries:
		s.State = PartFailed
	default:
		s.State = PartPending
		s.RetryAt = s.At.Add(max(refusal.RetryAfter, time.Second<<min(p.Tries, 6)))
	}
	return s
}
