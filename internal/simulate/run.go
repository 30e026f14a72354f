package simulate

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Options of a run.
type Options struct {
	People   int
	From, To civil.Date // both counted
	Seed     uint64
	// Each is told of every day lived; may be nil.
	Each func(day civil.Date, messages int)
}

// Parts are the real things the lives go through.
type Parts struct {
	Engine *lifeevents.Engine
	Rules  *lifeevents.Set
	Outbox delivery.Outbox
	Views  delivery.Views
	// Consent writes to the ledger; Prefer makes the chat channel a person's first.
	Consent func(ctx context.Context, list []lifeevents.Consent) error
	Prefer  func(ctx context.Context, p lifeevents.PersonID) error
	// Chatted lists the notices that went over the chat channel, each with the person and
	// the instant; outside messages do not hold them.
	Chatted func(ctx context.Context, each func(n lifeevents.Notice, at time.Time)) error
	// Counts tells how the rows of the outbox ended, by state and reason.
	Counts func(ctx context.Context) (map[delivery.State]map[delivery.Reason]int, error)
}

// run is one simulation under way.
type run struct {
	opts   Options
	parts  Parts
	w      *world
	clock  time.Time
	log    *logbook
	worker *delivery.Worker
	rep    Report
}

// Run lives the years and judges them. The same options give the same report but for times.
func Run(ctx context.Context, opts Options, parts Parts) (Report, error) {
	if opts.People < 10 || opts.To.Before(opts.From) || opts.To.Year > opts.From.Year+20 {
		return Report{}, fmt.Errorf("cần ít nhất 10 người, và từ ngày bắt đầu đến ngày kết thúc không quá 20 năm")
	}
	r := &run{opts: opts, parts: parts, w: newWorld(opts.Seed, dayOf(opts.From), dayOf(opts.To))}
	r.log = &logbook{now: r.now}
	var err error
	r.worker, err = delivery.NewWorker(delivery.WorkerConfig{
		Outbox: parts.Outbox, Views: parts.Views, Rules: func() *lifeevents.Set { return parts.Rules }, Now: r.now, Batch: 2000,
		Channels: []delivery.Channel{
			{Name: delivery.PortalName, Class: lifeevents.Own, Sender: line{r.log, false}, DropsRepeats: true, Parallel: 1},
			{Name: ChatName, Class: lifeevents.Outside, Sender: line{r.log, true}, DropsRepeats: true, Parallel: 1},
		},
	})
	if err != nil {
		return Report{}, err
	}
	// A run makes and drops much and keeps little: the collector may wait for more of it.
	defer debug.SetGCPercent(debug.SetGCPercent(300))
	start := time.Now()
	r.w.now = r.w.from
	r.w.populate(opts.People)
	r.rep.took("made up the people", start)
	if err := r.days(ctx); err != nil {
		return r.rep, err
	}
	return r.rep, r.judge(ctx)
}

func (r *run) now() time.Time { return r.clock }

// days lives one day after another.
func (r *run) days(ctx context.Context) error {
	start := time.Now()
	for d := r.w.from; d <= r.w.to; d++ {
		r.w.now = d
		for _, act := range r.w.agenda[d-r.w.from] {
			act()
		}
		r.w.agenda[d-r.w.from] = nil
		if d > r.w.from {
			r.w.live(d)
		}
		if err := r.tell(ctx, d); err != nil {
			return fmt.Errorf("ngày %s: %w", d, err)
		}
		if d == r.w.from {
			r.rep.took("first day's data taken in", start)
			start = time.Now()
		}
		if err := r.deliver(ctx, d); err != nil {
			return fmt.Errorf("ngày %s: %w", d, err)
		}
		if r.opts.Each != nil {
			r.opts.Each(d.date(), len(r.log.list))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	r.rep.took("lived the days", start)
	return nil
}

// handful is how many people's data go in at once.
const handful = 200

// tell gives the engine what became known in the morning.
func (r *run) tell(ctx context.Context, d day) error {
	t := &r.w.told[d-r.w.from]
	r.clock = morning(d)
	begin := time.Now()
	for _, part := range divide(&t.Change, handful) {
		if _, err := r.parts.Engine.Take(ctx, part, r.clock); err != nil {
			return err
		}
	}
	r.rep.Spent.Take += time.Since(begin)
	if d == r.w.from {
		for _, p := range r.w.people {
			if p.outside = p.outside && p.n%20 == 0 && p.born.age(d) >= 14; p.outside {
				if err := r.parts.Prefer(ctx, p.id()); err != nil {
					return err
				}
			}
		}
	}
	for c := range slices.Chunk(t.consents, 5000) {
		if err := r.parts.Consent(ctx, c); err != nil {
			return err
		}
	}
	*t = telling{}
	return nil
}

// divide keeps the data of one family, whose numbers stand together, in one part.
func divide(c *lifeevents.Change, n int) []lifeevents.Change {
	if len(c.Facts)+len(c.Edges)+len(c.Events) < 20*n {
		if len(c.Facts)+len(c.Edges)+len(c.Events)+len(c.Answers) == 0 {
			return nil
		}
		return []lifeevents.Change{*c}
	}
	var out []lifeevents.Change
	at := func(p lifeevents.PersonID) *lifeevents.Change {
		i := int(numberOf(p)) / n
		for len(out) <= i {
			out = append(out, lifeevents.Change{})
		}
		return &out[i]
	}
	for _, f := range c.Facts {
		at(f.Person).Facts = append(at(f.Person).Facts, f)
	}
	for _, e := range c.Edges {
		at(e.To).Edges = append(at(e.To).Edges, e)
	}
	for _, e := range c.Events {
		at(e.Person).Events = append(at(e.Person).Events, e)
	}
	for _, a := range c.Answers {
		at(a.About).Answers = append(at(a.About).Answers, a)
	}
	return out
}

// deliver does a day's work: plan, then empty the outbox at times decent and not.
func (r *run) deliver(ctx context.Context, d day) error {
	begin := time.Now()
	r.clock = d.date().Start().Add(6 * time.Hour)
	rep, err := r.parts.Engine.RunDay(ctx, d.date())
	if err != nil {
		return err
	}
	took := time.Since(begin)
	r.rep.Spent.Plan += took
	r.rep.Spent.LongestPlan = max(r.rep.Spent.LongestPlan, took)
	r.rep.Looked += rep.Looked
	r.rep.Queued += rep.Queued
	hours := []time.Duration{8*time.Hour + 5*time.Minute, 14 * time.Hour}
	if d%7 == 0 { // the worker must keep the quiet hours by itself
		hours = []time.Duration{6*time.Hour + time.Minute, 8*time.Hour + 5*time.Minute, 14 * time.Hour, 21 * time.Hour}
	}
	sent := len(r.log.list)
	begin = time.Now()
	for _, h := range hours {
		r.clock = d.date().Start().Add(h)
		if _, err := r.worker.Drain(ctx); err != nil {
			return err
		}
	}
	r.rep.Spent.Send += time.Since(begin)
	for _, m := range r.log.since(sent) {
		for i := range m.parts {
			r.react(&m, &m.parts[i], d)
		}
	}
	if d%50 == 0 {
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		r.rep.PeakMB = max(r.rep.PeakMB, int(mem.HeapInuse>>20))
	}
	return nil
}

// react has a few people answer the next morning: done, later, not mine, never again.
func (r *run) react(m *message, s *saying, d day) {
	draw := r.w.rnd.Float64()
	next := d + 1
	t := r.w.tell(next)
	if t == nil || draw > 0.05 {
		return
	}
	a := answer{slot: s.slot, at: next, kind: lifeevents.Done}
	switch {
	case draw < 0.002:
		r.w.say(r.w.people[m.person], s.topic, false, next)
		return
	case draw < 0.004:
		a.kind = lifeevents.NotMine
	case draw < 0.01:
		a.kind, a.till = lifeevents.Snooze, next+r.w.between(3, 12)
	}
	about := r.w.people[s.about]
	about.answers = append(about.answers, a)
	t.Answers = append(t.Answers, lifeevents.Answer{Person: personID(m.person), About: about.id(), Kind: a.kind, Slot: s.slot, At: morning(next), Until: a.till.date()})
	r.rep.Answers++
}
