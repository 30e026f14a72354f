package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/motcua/motcua/internal/civil"
)

// Spec is when to wake, five fields as in cron, in Vietnam time: "30 5 * * *".
type Spec struct {
	words string
	plan  cron.Schedule
}

// ParseSpec refuses what would never fire, what names a zone of its own (the zone is
// Vietnam's; "TZ=" makes the parser panic besides), and what is no spec.
func ParseSpec(words string) (s Spec, err error) {
	refuse := func(why string) (Spec, error) {
		return Spec{}, fmt.Errorf("lịch chạy %q: %s", words, why)
	}
	if strings.Contains(strings.ToUpper(words), "TZ=") {
		return refuse("không được ghi múi giờ; lịch luôn theo giờ Việt Nam")
	}
	defer func() {
		if recover() != nil {
			s, err = refuse("không đọc được")
		}
	}()
	plan, err := cron.ParseStandard(strings.TrimSpace(words))
	if err != nil {
		return refuse("không đọc được, cần năm trường như 30 5 * * *")
	}
	if plan.Next(time.Unix(0, 0).In(civil.Zone)).IsZero() {
		return refuse("không bao giờ tới")
	}
	return Spec{words, plan}, nil
}

// Next is the first instant after the one given.
func (s Spec) Next(after time.Time) time.Time { return s.plan.Next(after.In(civil.Zone)) }

// Missed counts the instants after last, up to now included, at most 1000; none where last
// is zero. However many were missed, the work is done once: it covers every day since.
func (s Spec) Missed(last, now time.Time) int {
	if last.IsZero() {
		return 0
	}
	n := 0
	for t := s.Next(last); !t.IsZero() && !t.After(now) && n < 1000; t = s.Next(t) {
		n++
	}
	return n
}

// Job is what the clock wakes; today is Vietnam's day.
type Job func(ctx context.Context, today civil.Date) error

// Waker wakes one job by a spec. It keeps nothing: the job keeps what it has done.
type Waker struct {
	Spec Spec
	Job  Job
	Log  *slog.Logger     // nil discards
	Now  func() time.Time // nil is time.Now
}

// Run does the job at once, which catches up with whatever was missed while nothing ran,
// then whenever the spec says, until ctx ends and what is under way has ended. Runs never
// overlap; a panic of the job is logged and ends only that run.
func (w Waker) Run(ctx context.Context) error {
	if w.Spec.plan == nil || w.Job == nil {
		return errors.New("delivery: lịch chạy thiếu giờ hoặc thiếu việc")
	}
	log := w.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	now := w.Now
	if now == nil {
		now = time.Now
	}
	work := func() {
		if err := w.Job(ctx, civil.On(now())); err != nil && ctx.Err() == nil {
			log.Error("daily work", "error", err)
		}
	}
	quiet := cron.PrintfLogger(slogPrinter{log})
	c := cron.New(cron.WithLocation(civil.Zone), cron.WithLogger(quiet), cron.WithChain(cron.SkipIfStillRunning(quiet), cron.Recover(quiet)))
	job := c.Schedule(w.Spec.plan, cron.FuncJob(work))
	c.Entry(job).WrappedJob.Run()
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
	return nil
}

// slogPrinter lets cron log where everything else does.
type slogPrinter struct{ log *slog.Logger }

func (p slogPrinter) Printf(format string, args ...any) { p.log.Warn(fmt.Sprintf(format, args...)) }
