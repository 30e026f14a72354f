package delivery

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

func TestBadSpecsAreRefusedAndNonePanics(t *testing.T) {
	for _, bad := range []string{"", "TZ=0", "tz=Asia/Ho_Chi_Minh 30 5 * * *", "CRON_TZ=UTC 0 5 * * *", "0 0 30 2 *", "61 5 * * *", "0 30 5 * * *", "@every -1s x", "một lần"} {
		if s, err := ParseSpec(bad); err == nil || !strings.Contains(err.Error(), "lịch chạy") {
			t.Errorf("%q: %+v, %v", bad, s, err)
		}
	}
}

func FuzzParseSpec(f *testing.F) {
	for _, s := range []string{"30 5 * * *", "TZ=0", "@daily", "0 0 30 2 *", "*/0 * * * *"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if s, err := ParseSpec(words); err == nil && s.Next(time.Unix(0, 0)).IsZero() {
			t.Errorf("%q is taken and never comes", words)
		}
	})
}

func TestASpecCountsInVietnamTimeAndKnowsWhatWasMissed(t *testing.T) {
	s, err := ParseSpec("30 5 * * *")
	if err != nil {
		t.Fatal(err)
	}
	last := day("2026-05-01").Start().Add(6 * time.Hour)
	if next := s.Next(last.UTC()); !next.Equal(day("2026-05-02").Start().Add(5*time.Hour + 30*time.Minute)) {
		t.Errorf("next %v", next)
	}
	if n := s.Missed(last, last.Add(84*time.Hour)); n != 3 {
		t.Errorf("missed %d in three days and a half", n)
	}
}

func TestTheWakerCatchesUpAtOnceThenKeepsTimeAndSurvivesAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := ParseSpec("30 5 * * *")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		var runs atomic.Int64
		var last atomic.Value
		done := make(chan error, 1)
		go func() {
			done <- Waker{Spec: s, Job: func(_ context.Context, today civil.Date) error {
				last.Store(today)
				if runs.Add(1) == 3 {
					panic("thử")
				}
				return nil
			}}.Run(ctx)
		}()
		synctest.Wait()
		if runs.Load() != 1 {
			t.Errorf("%d runs at the start", runs.Load())
		}
		time.Sleep(10 * 24 * time.Hour)
		synctest.Wait()
		if runs.Load() != 11 {
			t.Errorf("%d runs in ten days", runs.Load())
		}
		if want := civil.On(time.Now()); last.Load() != want {
			t.Errorf("last day %v, want %v", last.Load(), want)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
