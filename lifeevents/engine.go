package lifeevents

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Engine keeps the index of due days true and turns it into queued notices. It holds no
// state of its own: it can be stopped at any line and started again, and several may work
// on one store at once, in one process or in many.
type Engine struct {
	store Store
	rules func() *Set
	batch int // rows of the index read at once
}

// horizonDays is how far ahead the index looks; who has nothing nearer is looked at again
// within its last half.
const horizonDays = 400

// NewEngine works on a store with the set that rules returns at the start of each run.
func NewEngine(store Store, rules func() *Set) *Engine {
	return &Engine{store: store, rules: rules, batch: 2000}
}

// Take keeps a change and plans anew everybody it may touch, in one transaction: due rows
// are rewritten, what no longer holds is recalled, what is due by now is queued. It returns
// notices already said that were wrong, as the change shows. The same change again does
// nothing.
func (e *Engine) Take(ctx context.Context, c Change, now time.Time) ([]Changed, error) {
	set, today := e.rules(), civil.On(now)
	c = c.learned(now)
	said, err := e.store.Take(ctx, c, now, func(list []Subject, ran civil.Date) []Outlook {
		out := make([]Outlook, len(list))
		sideBySide(len(list), func(i int) { out[i] = set.outlook(list[i], ran, today) })
		return out
	})
	if err != nil {
		return nil, fmt.Errorf("giữ dữ kiện mới: %w", err)
	}
	var wrong []Changed
	for _, s := range said {
		wrong = append(wrong, set.corrections(s.View, s.Notices)...)
	}
	return wrong, nil
}

// Law plans everybody anew after the rules changed, by Recompute. The dry run and the list
// of what to correct are Compare's; this is the run itself. Each is told of people done so
// far, some thousands at a time, from one goroutine.
func (e *Engine) Law(ctx context.Context, today civil.Date, each func(done int)) error {
	var ids []string
	for _, g := range e.rules().groups {
		ids = append(ids, g[0].ID)
	}
	_, err := e.recompute(ctx, e.store, ids, today, runtime.GOMAXPROCS(0), each)
	return err
}

// corrections sifts what was said and is not planned now for what was wrong.
func (s *Set) corrections(v *View, said []Notice) (out []Changed) {
	for _, n := range said {
		if c, wrong := s.correction(v, n); wrong {
			out = append(out, c)
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
// queues what is to be said. It may run many times a day, also at once in several
// processes; a run that fails half-way is finished by the next. A day before the last one
// worked through is ErrClockBack.
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
	of := map[PersonID][]Due{}
	var people []PersonID
	for _, r := range rows {
		if of[r.Person] == nil {
			people = append(people, r.Person)
		}
		of[r.Person] = append(of[r.Person], r)
	}
	views, err := e.store.Views(ctx, people)
	if err != nil {
		return err
	}
	found := make([]Outlook, len(views))
	sideBySide(len(views), func(i int) { found[i] = set.release(views[i], of[people[i]], today) })
	var notices []Notice
	var next []Due
	for i := range found {
		notices = append(notices, found[i].Notices...)
		next = append(next, found[i].Rows...)
	}
	queued, err := e.store.Queue(ctx, notices, views, rows, next)
	rep.Looked, rep.Planned, rep.Queued = rep.Looked+len(people), rep.Planned+len(notices), rep.Queued+queued
	return err
}

// sideBySide calls f for 0 to n-1, on all processors where there is enough to do.
func sideBySide(n int, f func(i int)) {
	const few = 8
	hands := min(runtime.GOMAXPROCS(0), n/few)
	if hands < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	for range hands {
		wg.Go(func() {
			for at := int(next.Add(few)) - few; at < n; at = int(next.Add(few)) - few {
				for i := at; i < min(at+few, n); i++ {
					f(i)
				}
			}
		})
	}
	wg.Wait()
}
