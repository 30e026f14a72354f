package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/motcua/motcua/corpus/ingest"
)

type ingestCommand struct {
	JSON       bool     `help:"${json_help}"`
	Restricted bool     `help:"${restricted_help}"`
	Paths      []string `arg:"" name:"path" help:"${paths_help}"`
}

// Run takes the sources in and tells what came of them.
func (c *ingestCommand) Run(e *environment) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	bar := newIngestBar(e.errs)
	report, err := a.Ingest(e.ctx, c.Paths, c.Restricted, bar.show)
	bar.finish()
	if c.JSON {
		if jsonErr := printJSON(e.out, report); err == nil {
			err = jsonErr
		}
	} else {
		printIngested(e.out, e.cfg.Lang, report.Report)
		printRipple(e.out, e.cfg.Lang, report.Ripple)
	}
	if err == nil && report.Total.Read > 0 && report.Total.Skipped == report.Total.Read {
		return fmt.Errorf("%s", say(e.cfg.Lang, "nothing_taken"))
	}
	return err
}

// ingestBar shows progress: a bar on a terminal, a line every ten seconds elsewhere.
type ingestBar struct {
	w    io.Writer
	bar  *progressbar.ProgressBar
	last time.Time
}

func newIngestBar(w io.Writer) *ingestBar {
	b := &ingestBar{w: w, last: time.Now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		b.bar = progressbar.NewOptions(1000, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
	return b
}

func (b *ingestBar) show(p ingest.Progress) {
	b.line(p.Share, fmt.Sprintf("%s (%d/%d) %d văn bản, %.0f/s, còn %s", filepath.Base(p.Source), p.Nth, p.Sources, p.Documents, p.Rate, p.Left.Round(time.Second)))
}

// line shows a share from 0 to 1 and words beside it.
func (b *ingestBar) line(share float64, line string) {
	if b.bar != nil {
		b.bar.Describe(line)
		_ = b.bar.Set(int(share * 1000)) // a bar that cannot draw is no reason to stop
		return
	}
	if time.Since(b.last) > 10*time.Second {
		b.last = time.Now()
		_, _ = fmt.Fprintf(b.w, "%3.0f%% %s\n", share*100, line)
	}
}

func (b *ingestBar) finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}

// mostFaults is how many faults of one source are printed; JSON has them all.
const mostFaults = 12

func printIngested(w io.Writer, lang string, r ingest.Report) {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(t, say(lang, "ingest_columns"))
	for _, s := range r.Sources {
		name := filepath.Base(s.Name)
		if s.Unchanged {
			name += " " + say(lang, "unchanged")
		}
		printTally(t, s.Tally, name)
	}
	if len(r.Sources) > 1 {
		printTally(t, r.Total, say(lang, "total"))
	}
	_ = t.Flush()
	for _, s := range r.Sources {
		for i, f := range s.Faults {
			if i == mostFaults {
				_, _ = fmt.Fprintf(w, say(lang, "more_faults")+"\n", len(s.Faults)-mostFaults)
				break
			}
			_, _ = fmt.Fprintf(w, "! %s\n", f)
		}
	}
	_, _ = fmt.Fprintf(w, "%.1f s\n", r.Took.Seconds())
}

func printTally(w io.Writer, t ingest.Tally, name string) {
	_, _ = fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%d\t%d\t  %s\t\n", t.Read, t.Added, t.Changed, t.Kept, t.Removed, t.Flagged, t.Skipped, name)
}
