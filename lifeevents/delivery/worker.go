package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Worker empties the outbox. It holds nothing that a crash could lose.
type Worker struct {
	cfg      WorkerConfig
	gates    []Gate
	channels map[string]*line
	order    []string // names of channels as given
}

// WorkerConfig is what a worker needs; zero fields take the defaults named.
type WorkerConfig struct {
	Outbox   Outbox
	Views    Views
	Rules    func() *lifeevents.Set
	Channels []Channel // the portal is added where it is missing
	Composer Composer
	Limits   Limits // default DefaultLimits
	Retry    Retry  // default DefaultRetry
	// Gates defaults to Gates(); a test may leave some out.
	Gates []Gate
	// Batch is how many rows are claimed at once. Default 500.
	Batch int
	// Chunk is how many rows are begun at once: the most that a crash leaves unknown over a
	// channel that does not drop repeats. Default 50; Batch where the channel does.
	Chunk int
	// Hands is how many batches are under way at once over a channel that drops repeats (the
	// portal): while one is written down the other is put into words. Default 1, which sends
	// in the same order every time.
	Hands int
	// Lease is how long a claim holds. Default 5 min; it must outlast a batch.
	Lease time.Duration
	// Now is the clock. Default time.Now.
	Now func() time.Time
	Log *slog.Logger // default discards
}

// line is one channel with its health.
type line struct {
	Channel
	pulse pulse
}

// NewWorker checks the configuration and applies defaults.
func NewWorker(cfg WorkerConfig) (*Worker, error) {
	if cfg.Outbox == nil || cfg.Views == nil || cfg.Rules == nil {
		return nil, fmt.Errorf("delivery: Outbox, Views và Rules phải có")
	}
	cfg.defaults()
	w := &Worker{cfg: cfg, gates: cfg.Gates, channels: map[string]*line{}}
	for _, c := range append(cfg.Channels, Portal()) {
		if _, known := w.channels[c.Name]; known {
			if c.Name == PortalName {
				continue // given by the caller
			}
			return nil, fmt.Errorf("delivery: kênh %q khai hai lần", c.Name)
		}
		if c.Sender == nil || c.Name == "" {
			return nil, fmt.Errorf("delivery: kênh %q thiếu tên hoặc bộ gửi", c.Name)
		}
		if c.Parallel <= 0 {
			c.Parallel = 8
		}
		if c.Timeout <= 0 {
			c.Timeout = 15 * time.Second
		}
		w.channels[c.Name] = &line{Channel: c}
		w.order = append(w.order, c.Name)
	}
	return w, nil
}

func (c *WorkerConfig) defaults() {
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits()
	}
	if c.Retry.Tries == 0 {
		seed := c.Retry.Seed
		c.Retry = DefaultRetry()
		c.Retry.Seed = seed
	}
	if c.Gates == nil {
		c.Gates = Gates()
	}
	if c.Batch <= 0 {
		c.Batch = 500
	}
	if c.Chunk <= 0 {
		c.Chunk = 50
	}
	c.Hands = max(c.Hands, 1)
	if c.Lease <= 0 {
		c.Lease = 5 * time.Minute
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

// Tally counts how claims ended.
type Tally struct {
	Claimed  int            `json:"claimed"`
	Messages int            `json:"messages"`
	States   map[State]int  `json:"states"`
	Reasons  map[Reason]int `json:"reasons"`
}

func (t *Tally) add(list []Settlement) {
	if t.States == nil {
		t.States, t.Reasons = map[State]int{}, map[Reason]int{}
	}
	for _, s := range list {
		t.States[s.State]++
		t.Reasons[s.Reason]++
	}
}

// Add sums two tallies.
func (t *Tally) Add(u Tally) {
	t.Claimed, t.Messages = t.Claimed+u.Claimed, t.Messages+u.Messages
	if t.States == nil {
		t.States, t.Reasons = map[State]int{}, map[Reason]int{}
	}
	for k, n := range u.States {
		t.States[k] += n
	}
	for k, n := range u.Reasons {
		t.Reasons[k] += n
	}
}

// Drain works through everything due now on every channel, one batch of each in turn, and
// returns when nothing is left to do at this instant of the clock.
func (w *Worker) Drain(ctx context.Context) (Tally, error) {
	var sum Tally
	for busy := true; busy; {
		busy = false
		for _, name := range w.order {
			if w.resting(name, w.cfg.Now()) {
				continue
			}
			t, err := w.hands(ctx, name)
			sum.Add(t)
			if err != nil {
				return sum, err
			}
			busy = busy || t.Claimed > 0
		}
	}
	return sum, nil
}

// hands works batches of a channel: one, or with several hands all there are, side by side.
func (w *Worker) hands(ctx context.Context, channel string) (Tally, error) {
	if w.cfg.Hands == 1 || !w.channels[channel].DropsRepeats {
		return w.Once(ctx, channel)
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var sum Tally
	var errs []error
	for range w.cfg.Hands {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for more := true; more; {
				t, err := w.Once(ctx, channel)
				more = err == nil && t.Claimed > 0 && !w.resting(channel, w.cfg.Now())
				mu.Lock()
				sum.Add(t)
				errs = append(errs, err)
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return sum, errors.Join(errs...)
}

func (w *Worker) resting(channel string, now time.Time) bool {
	return now.Before(w.channels[channel].pulse.down())
}

// Once claims, checks, sends and settles one batch of a channel. A claim of nothing is no error.
func (w *Worker) Once(ctx context.Context, channel string) (Tally, error) {
	l, ok := w.channels[channel]
	if !ok {
		return Tally{}, fmt.Errorf("delivery: không có kênh %q", channel)
	}
	b := &batch{w: w, line: l, now: w.cfg.Now(), rules: w.cfg.Rules()}
	b.today = civil.On(b.now)
	claimed, err := w.cfg.Outbox.Claim(ctx, channel, b.now, w.cfg.Batch, w.cfg.Lease)
	if err != nil || len(claimed) == 0 {
		return Tally{}, err
	}
	b.tally.Claimed = len(claimed)
	if err := b.check(ctx, claimed); err != nil {
		return b.tally, err
	}
	err = b.send(ctx)
	return b.tally, err
}

// Run works every channel in a loop of its own until ctx ends, and returns once what was
// under way has been settled. idle is the longest pause between looks at the outbox.
func (w *Worker) Run(ctx context.Context, idle time.Duration) {
	done := make(chan struct{})
	for _, name := range w.order {
		go func() {
			defer func() { done <- struct{}{} }()
			w.loop(ctx, name, idle)
		}()
	}
	for range w.order {
		<-done
	}
}

func (w *Worker) loop(ctx context.Context, channel string, idle time.Duration) {
	for ctx.Err() == nil {
		var t Tally
		var err error
		if !w.resting(channel, w.cfg.Now()) {
			t, err = w.hands(ctx, channel)
		}
		if err != nil && ctx.Err() == nil {
			w.cfg.Log.Error("outbox", "channel", channel, "error", err)
		}
		if t.Claimed > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(w.pause(ctx, channel, idle)):
		}
	}
}

// pause is until the next row falls due or the channel has rested; idle at most.
func (w *Worker) pause(ctx context.Context, channel string, idle time.Duration) time.Duration {
	now := w.cfg.Now()
	next, err := w.cfg.Outbox.Waiting(ctx, channel)
	if down := w.channels[channel].pulse.down(); next.Before(down) && !next.IsZero() {
		next = down
	}
	if err != nil || next.IsZero() {
		return idle
	}
	return min(idle, max(next.Sub(now), 50*time.Millisecond))
}
