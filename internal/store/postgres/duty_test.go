package postgres

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"
)

// shift tells who is at work.
type shift struct {
	mu    sync.Mutex
	now   map[int]int // by process: how many of its work run
	begun chan int    // who began, in order
}

func (s *shift) work(who int) func(context.Context) {
	return func(ctx context.Context) {
		s.add(who, 1)
		s.begun <- who
		<-ctx.Done()
		s.add(who, -1)
	}
}

func (s *shift) add(who, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now[who] += n
}

// next waits until somebody begins; how soon counts from the call.
func (s *shift) next(t *testing.T) (who int, soon time.Duration) {
	t.Helper()
	begin := time.Now()
	select {
	case who = <-s.begun:
		return who, time.Since(begin)
	case <-time.After(2 * time.Minute):
		t.Fatal("nobody took the duty up")
		return 0, 0
	}
}

func TestADutyIsOneProcesssAndIsTakenUpWhenItsHolderDies(t *testing.T) {
	dsn := fresh(t)
	s := shift{now: map[int]int{}, begun: make(chan int, 100)}
	ctx, stop := context.WithCancel(t.Context())
	var under sync.WaitGroup
	stops := make([]context.CancelFunc, 3)
	for who := range 3 {
		db := at(t, dsn)
		mine, cancel := context.WithCancel(ctx)
		stops[who] = cancel
		under.Go(func() { db.Duty(mine, "ngày", slog.New(slog.DiscardHandler), s.work(who)) })
	}
	watch := at(t, dsn)
	holder, _ := s.next(t)
	// The connection of the holder breaks, as when its machine dies.
	for range 3 {
		if _, err := watch.pool.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`); err != nil {
			t.Fatal(err)
		}
		who, soon := s.next(t)
		holder = who
		t.Logf("taken up after %v", soon.Round(time.Millisecond))
	}
	// A holder that ends in order hands it over too.
	stops[holder]()
	if who, soon := s.next(t); who == holder {
		t.Errorf("%d began again after it was stopped", who)
	} else {
		t.Logf("handed over after %v", soon.Round(time.Millisecond))
	}
	if len(s.begun) > 0 {
		t.Error("two took it up at once")
	}
	stop()
	under.Wait()
	for who, n := range s.now {
		if n != 0 {
			t.Errorf("%d still works %d times", who, n)
		}
	}
}

func TestDutiesOfOtherNamesAreApart(t *testing.T) {
	db := open(t)
	s := shift{now: map[int]int{}, begun: make(chan int, 10)}
	ctx, stop := context.WithCancel(t.Context())
	var under sync.WaitGroup
	for who, name := range []string{"a", "b"} {
		under.Go(func() { db.Duty(ctx, name, slog.New(slog.DiscardHandler), s.work(who)) })
	}
	one, _ := s.next(t)
	if two, _ := s.next(t); one == two {
		t.Errorf("%d began twice", one)
	}
	stop()
	under.Wait()
}
