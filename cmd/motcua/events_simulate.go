package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/simulate"
)

type eventsSimulate struct {
	People int    `help:"${people_help}" default:"10000"`
	From   string `help:"${from_help}" placeholder:"DATE"`
	To     string `help:"${to_help}" placeholder:"DATE"`
	Seed   uint64 `help:"${seed_help}" default:"1"`
	Keep   string `help:"${keep_help}" type:"path" placeholder:"DIR"`
	JSON   bool   `help:"${json_help}"`
}

// Run lives the years and prints what the oracle found; any fault makes it fail.
func (c *eventsSimulate) Run(e *environment) error {
	today := civil.On(time.Now())
	from, err := dayOr(e, c.From, today)
	if err != nil {
		return err
	}
	to, err := dayOr(e, c.To, from.AddYears(1).AddDays(-1))
	if err != nil {
		return err
	}
	if c.Keep != "" {
		if err := os.MkdirAll(c.Keep, 0o700); err != nil {
			return err
		}
	}
	show, done := dayBar(e, from, to)
	rep, err := app.Simulate(e.ctx, c.Keep, simulate.Options{People: c.People, From: from, To: to, Seed: c.Seed, Each: show})
	done()
	if err != nil {
		return err
	}
	if c.JSON {
		err = printDocument(e, &rep)
	} else {
		_, err = rep.WriteTo(e.out)
	}
	if err == nil && !rep.Clean() {
		err = errors.New(say(e.cfg.Lang, "simulate_faults"))
	}
	return err
}

// dayBar shows how far the days have been lived: a bar on a terminal, a line every twenty
// seconds elsewhere.
func dayBar(e *environment, from, to civil.Date) (show func(civil.Date, int), done func()) {
	total := from.DaysUntil(to) + 1
	if f, ok := e.errs.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(e.errs), progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))
		return func(d civil.Date, n int) {
			bar.Describe(fmt.Sprintf("%s, %d tin", d.VN(), n))
			_ = bar.Set(from.DaysUntil(d) + 1) // a bar that cannot draw is no reason to stop
		}, func() { _ = bar.Finish() }
	}
	last := time.Now()
	return func(d civil.Date, n int) {
		if time.Since(last) > 20*time.Second {
			last = time.Now()
			_, _ = fmt.Fprintf(e.errs, "%3d%% %s, %d tin\n", 100*(from.DaysUntil(d)+1)/total, d.VN(), n)
		}
	}, func() {}
}
