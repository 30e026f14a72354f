package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// crash kills a program that is only imagined: it counts every point at which a process
// can die (before each statement, after each commit, before and after each sending), and
// from the chosen one on nothing works until it is started again.
type crash struct {
	mu     sync.Mutex
	points int
	at     int // dies at this point, from 1; 0: never
	dead   bool
}

var errKilled = errors.New("killed")

func (c *crash) point(string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.points++; c.points == c.at {
		c.dead = true
	}
	if c.dead {
		return errKilled
	}
	return nil
}

// start begins a new life of the process, which dies at the point given.
func (c *crash) start(at int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.points, c.at, c.dead = 0, at, false
}

// platform is a channel that remembers what reached it. How it answers is drawn by seed.
type platform struct {
	crash *crash
	mu    sync.Mutex
	rand  *rand.Rand
	took  map[string][]string // by SaidKey: the keys of the messages it came with
	late  []string            // what came outside decent hours
	now   func() time.Time
}

func (p *platform) Send(_ context.Context, _ string, m delivery.Message) error {
	if err := p.crash.point("before sending"); err != nil {
		return err
	}
	p.mu.Lock()
	dice, arrives := p.rand.IntN(12), p.rand.IntN(2) == 0
	p.mu.Unlock()
	switch dice {
	case 0:
		return &delivery.SendError{Reason: delivery.Temporary, RetryAfter: time.Minute}
	case 1:
		return &delivery.SendError{Reason: delivery.BadAddress, Permanent: true}
	case 2: // it may or may not have arrived
		if arrives {
			p.take(m)
		}
		return context.DeadlineExceeded
	}
	p.take(m)
	return p.crash.point("after sending")
}

func (p *platform) take(m delivery.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, part := range m.Parts {
		k := part.Notice.SaidKey()
		p.took[k] = append(p.took[k], m.Key)
	}
	if h := p.now().In(civil.Zone).Hour(); h < 8 || h >= 20 {
		p.late = append(p.late, m.Key)
	}
}

// story is one small life: people with birthdays, told on one day.
type story struct {
	name    string
	change  lifeevents.Change
	day     civil.Date
	repeats bool // the channel drops repeats
	seed    uint64
}

func newStory(name string, seed uint64) story {
	s := story{name: name, day: day("2026-03-12"), repeats: seed%2 == 0, seed: seed}
	for i := range 2 + int(seed%3) {
		p := lifeevents.PersonID(fmt.Sprintf("%s-%d", name, i))
		s.change.Facts = append(s.change.Facts,
			lifeevents.Fact{ID: "b", Person: p, Kind: lifeevents.DateOfBirth, Value: lifeevents.Value{On: day("2012-03-12")}, Source: lifeevents.PopulationRegister, ObservedAt: day("2020-01-01").Start()},
			// The passport's two rules speak on the same day: a digest.
			lifeevents.Fact{ID: "p", Person: p, Kind: lifeevents.Document, Key: lifeevents.DocPassport, Value: lifeevents.Value{Until: day("2026-04-01")}, Source: lifeevents.ImmigrationRegister, ObservedAt: day("2026-03-12").Start()})
	}
	return s
}

// run plays the story once from its beginning, as a program started anew would: what it
// did before changes nothing.
func (s story) run(ctx context.Context, db Life, p *platform, clock *time.Time) error {
	rules := TestRules()
	engine := lifeevents.NewEngine(db.Store, func() *lifeevents.Set { return rules })
	if _, err := engine.Take(ctx, s.change, s.day.Start().Add(7*time.Hour)); err != nil {
		return err
	}
	if _, err := engine.RunDay(ctx, s.day); err != nil {
		return err
	}
	w, err := delivery.NewWorker(delivery.WorkerConfig{
		Outbox: db.Outbox, Views: db.Store, Rules: func() *lifeevents.Set { return rules },
		Channels: []delivery.Channel{{Name: delivery.PortalName, Class: lifeevents.Own, Sender: p, DropsRepeats: s.repeats, Parallel: 1}},
		Batch:    4, Chunk: 2, Lease: time.Minute, Now: func() time.Time { return *clock },
	})
	if err != nil {
		return err
	}
	for range 14 {
		if _, err := w.Drain(ctx); err != nil {
			return err
		}
		*clock = clock.Add(5 * time.Hour) // through a night and beyond every retry
	}
	return nil
}

// judge checks every notice of the story against what reached the platform.
func (s story) judge(t *testing.T, db Life, p *platform, where string) {
	t.Helper()
	list, err := db.RowsOf(t.Context(), s.name+"-")
	if err != nil {
		t.Fatal(err)
	}
	people := len(s.change.Facts) / 2
	if len(list) != 3*people {
		t.Errorf("%s: %d rows for %d people, each of whom is to hear three things", where, len(list), people)
	}
	for _, r := range list {
		took := p.took[r.Said]
		keys := slices.Compact(slices.Sorted(slices.Values(took)))
		if !r.State.Final() || !r.Reason.Known() {
			t.Errorf("%s: %s is left %s (%s)", where, r.Said, r.State, r.Reason)
		}
		if !s.repeats && len(took) > 1 || len(keys) > 1 {
			t.Errorf("%s: %s came %d times, as %v; it stands as %s (%s)", where, r.Said, len(took), keys, r.State, r.Reason)
		}
		if r.State == delivery.Sent && len(took) == 0 {
			t.Errorf("%s: %s stands as sent and never came", where, r.Said)
		}
		if (r.State == delivery.Withheld || r.State == delivery.Failed) && len(took) > 0 && !s.repeats {
			t.Errorf("%s: %s stands as %s (%s) and came", where, r.Said, r.State, r.Reason)
		}
	}
	if len(p.late) > 0 {
		t.Errorf("%s: out of hours: %v", where, p.late)
	}
}

// Killed plays small lives in a store that dies at every point in turn, so many times.
// Fewer show less: a store on a slow disk may be given fewer in everyday runs.
func Killed(t *testing.T, open func(*testing.T) Life, kills int) {
	t.Run("KilledAtEveryPointNothingIsLostOrSaidTwice", func(t *testing.T) { killedEverywhere(t, open(t), kills) })
}

func killedEverywhere(t *testing.T, db Life, most int) {
	var c crash
	db.Fault(c.point)
	t.Cleanup(func() { db.Fault(nil) })
	begin, states := time.Now(), map[delivery.State]int{}
	kills, seed := 0, uint64(0)
	for kills < most {
		// How many points the story has when nothing happens to it.
		last := play(t, db, &c, newStory(fmt.Sprintf("w%d", seed), seed), 0, 0)
		// Where there is time for a few kills only they are spread over the whole story.
		for at := 1; at <= last && kills < most; at += max(1, last*4/most) {
			s := newStory(fmt.Sprintf("k%d-%d", seed, at), seed)
			play(t, db, &c, s, at, seed*7919+uint64(at))
			kills++
			if t.Failed() {
				t.Fatalf("first seen with seed %d, killed at point %d of %d", seed, at, last)
			}
		}
		seed++
	}
	list, err := db.Rows(t.Context())
	ok(t, err)
	for _, r := range list {
		states[r.State]++
	}
	t.Logf("%d kills in %d stories, %d notices, %v: %v", kills, seed, len(list), time.Since(begin).Round(time.Millisecond), states)
	if states[delivery.Sent] == 0 || states[delivery.Unknown] == 0 {
		t.Error("the test reaches too little to show anything")
	}
}

// play runs a story, killed at a point of its first life and, for two seeds in three, again
// at some point of its second; then once more undisturbed. It returns the points of the
// first life.
func play(t *testing.T, db Life, c *crash, s story, at int, seed uint64) int {
	t.Helper()
	r := rand.New(rand.NewPCG(s.seed, seed))
	clock := s.day.Start().Add(9 * time.Hour)
	p := &platform{crash: c, rand: r, took: map[string][]string{}, now: func() time.Time { return clock }}
	lives := []int{at}
	if at > 0 && seed%3 > 0 {
		lives = append(lives, 1+int(seed/3%150))
	}
	points := 0
	for i, at := range append(lives, 0) {
		c.start(at)
		err := s.run(t.Context(), db, p, &clock)
		if err != nil && !errors.Is(err, errKilled) {
			t.Fatalf("%s, life %d: %v", s.name, i, err)
		}
		if i == 0 {
			points = c.points
		}
		clock = clock.Add(2 * time.Minute) // the lease of the dead process runs out
	}
	s.judge(t, db, p, fmt.Sprintf("%s killed at %v", s.name, lives))
	return points
}
