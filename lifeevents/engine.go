package lifeevents

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Engine keeps the index of due days true and turns it into queued notices. It holds no
// state of its own: it can be stopped at any line and started again.
type Engine struct {
	store Store
	rules func() *Set
	batch int // people read at once
}

// horizonDays is how far ahead the index looks; who has nothing nearer is looked at again
// within its last half.
const horizonDays = 400

// NewEngine works on a store with the set that rules returns at the start of each run.
func NewEngine(store Store, rules func() *Set) *Engine {
	return &Engine{store: store, rules: rules, batch: 500}
}

// Take keeps a change and plans anew everybody it may touch: due rows are rewritten, what
// no longer holds is recalled. It returns notices already said that were wrong, as the
// change shows. The same change again does nothing.
func (e *Engine) Take(ctx context.Context, c Change, now time.Time) ([]Changed, error) {
	touched, err := e.store.Take(ctx, c, now)
	if err != nil {
		return nil, fmt.Errorf("giữ dữ kiện mới: %w", err)
	}
	ran, err := e.store.Ran(ctx)
	if err != nil {
		return nil, err
	}
	var said []Changed
	for part := range slices.Chunk(touched, e.batch) {
		wrong, err := e.replan(ctx, e.rules(), part, ran, civil.On(now), "dữ kiện thay đổi")
		if err != nil {
			return said, err
		}
		said = append(said, wrong...)
	}
	return said, nil
}

// Law plans everybody anew after the rules changed. The dry run and the list of what to
// correct are Compare's; this is the run itself. Each is told of people done so far.
func (e *Engine) Law(ctx context.Context, today civil.Date, each func(done int)) error {
	set := e.rules()
	ran, err := e.store.Ran(ctx)
	if err != nil {
		return err
	}
	last, done := PersonID(""), 0
	for {
		people, err := e.store.People(ctx, last, e.batch)
		if err != nil || len(people) == 0 {
			return err
		}
		if _, err := e.replan(ctx, set, people, ran, today, "quy tắc thay đổi"); err != nil {
			return err
		}
		last, done = people[len(people)-1], done+len(people)
		each(done)
	}
}

// replan rewrites due rows and recalls what is queued and no longer planned. Rows reach
// back to the day after the last one worked through, and never past yesterday, so that
// what is due today is found today however late it was learned.
func (e *Engine) replan(ctx context.Context, set *Set, people []PersonID, ran, today civil.Date, why string) ([]Changed, error) {
	views, err := e.store.Views(ctx, people)
	if err != nil {
		return nil, err
	}
	after := today.AddDays(-1)
	if !ran.IsZero() && ran.Before(after) {
		after = ran
	}
	var rows []Due
	var keep []Notice
	near := Window{today.AddDays(-horizonDays), today.AddDays(horizonDays)}
	for _, v := range views {
		rows = append(rows, set.NextDue(v, after, near.To)...)
		keep = append(keep, set.outline(v, near)...)
	}
	said, err := e.store.Replan(ctx, people, rows, keep, why)
	return corrections(set, views, said), err
}

// outline is Plan without the words: only what SaidKey and Due need. It may hold notices
// that yield to another; asking again before sending (StillTrue) finds those.
func (s *Set) outline(v *View, w Window) (out []Notice) {
	s.visit(v, w, func(d *due) {
		if w.holds(d.on) {
			out = append(out, Notice{Slot: d.occ.Slot(), Rung: d.occ.Rule.Ladder[d.step].Words, Person: d.to, Or: d.or, About: v.ID, Rule: d.occ.Rule.ID, Due: d.on})
		}
	})
	return out
}

// corrections sifts what was said and is not planned now for what was wrong.
func corrections(set *Set, views []*View, said []Notice) (out []Changed) {
	for _, n := range said {
		for _, v := range views {
			if v.ID != n.About {
				continue
			}
			if c, wrong := set.correction(v, n); wrong {
				out = append(out, c)
			}
		}
	}
	return out
}

// ErrClockBack is returned for a day that lies before the last one worked through.
var ErrClockBack = errors.New("đồng hồ lùi lại")

// Report is what one day's work came to.
type Report struct {
	Day     civil.Date    `json:"day"`
	Looked  int           `json:"looked"` // people whose rows were due
	Planned int           `json:"planned"`
	Queued  int           `json:"queued"` // Planned less what was said or queued before
	Took    time.Duration `json:"took"`
}

// RunDay works through every row of the index up to the day, older ones included, and
// queues what is to be said. It may run many times a day; a run that fails half-way is
// finished by the next. A day before the last one worked through is ErrClockBack.
func (e *Engine) RunDay(ctx context.Context, today civil.Date) (Report, error) {
	rep, start := Report{Day: today}, time.Now()
	ran, err := e.store.Ran(ctx)
	if err != nil {
		return rep, err
	}
	if today.Before(ran) {
		return rep, fmt.Errorf("%w: hôm nay là %s mà đã làm xong đến %s; không nhắc gì cho tới khi đồng hồ đúng", ErrClockBack, today.VN(), ran.VN())
	}
	set := e.rules()
	for {
		rows, err := e.store.DueBy(ctx, today, Due{}, e.batch) // worked rows are gone: always from the start
		if err != nil {
			return rep, err
		}
		if len(rows) == 0 {
			break
		}
		if err := e.work(ctx, set, rows, today, &rep); err != nil {
			return rep, err
		}
	}
	rep.Took = time.Since(start)
	return rep, e.store.SetRan(ctx, today)
}

// work plans the people of some due rows, queues their notices and writes their next rows.
func (e *Engine) work(ctx context.Context, set *Set, rows []Due, today civil.Date, rep *Report) error {
	first := map[PersonID]civil.Date{}
	var people []PersonID
	for _, r := range rows {
		if old, ok := first[r.Person]; !ok {
			people = append(people, r.Person)
			first[r.Person] = r.On
		} else if r.On.Before(old) {
			first[r.Person] = r.On
		}
	}
	views, err := e.store.Views(ctx, people)
	if err != nil {
		return err
	}
	var notices []Notice
	var next []Due
	for _, v := range views {
		notices = append(notices, set.Release(v, Window{first[v.ID], today})...)
		next = append(next, set.NextDue(v, today, today.AddDays(horizonDays))...)
	}
	queued, err := e.store.Queue(ctx, notices, people, next)
	rep.Looked, rep.Planned, rep.Queued = rep.Looked+len(people), rep.Planned+len(notices), rep.Queued+queued
	return err
}
