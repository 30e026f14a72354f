package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/motcua/motcua/internal/intake"
)

type eventsImport struct {
	JSON bool   `help:"${json_help}"`
	File string `arg:"" help:"${events_file_help}" type:"existingfile"`
}

// Run takes a file in; every refused record gets a line, a record of JSON each with --json.
func (c *eventsImport) Run(e *environment) (err error) {
	format, zipped, ok := intake.FormatOf(c.File)
	if !ok {
		return &usageError{fmt.Errorf("%s: %s", c.File, say(e.cfg.Lang, "events_formats"))}
	}
	l, err := openLife(e)
	if err != nil {
		return err
	}
	defer closing(l, &err)
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	var refused []intake.Result
	report := func(r intake.Result) {
		if c.JSON {
			refused = append(refused, r)
			return
		}
		_, _ = fmt.Fprintf(e.out, "%s:%d: %s %s [%s]: %s\n", c.File, r.Line, r.Source, r.ID, r.Outcome, r.Says)
		for _, f := range r.Findings {
			_, _ = fmt.Fprintf(e.out, "    %s (%s): %s\n", f.Check, f.Virtue.Vietnamese(), f.Says)
		}
	}
	counted := &countedReader{Reader: f}
	show, done := importBar(e, f, counted)
	sum, err := l.Desk.Import(e.ctx, counted, format, zipped, l.Now(), show, report)
	done()
	if c.JSON {
		if jsonErr := printDocument(e, struct {
			intake.Import
			Reports []intake.Result `json:"reports"`
		}{sum, refused}); err == nil {
			err = jsonErr
		}
		return err
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "events_imported")+"\n", sum.Lines, sum.Accepted, sum.Known, sum.Refused, sum.Took.Seconds())
	return err
}

// countedReader knows how much of a file has been read.
type countedReader struct {
	io.Reader
	n int64
}

// Read counts.
func (r *countedReader) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.n += int64(n)
	return n, err
}

func importBar(e *environment, f *os.File, read *countedReader) (show func(intake.Import), done func()) {
	size := int64(1)
	if info, err := f.Stat(); err == nil {
		size = max(1, info.Size())
	}
	if w, ok := e.errs.(*os.File); ok && term.IsTerminal(int(w.Fd())) {
		bar := progressbar.NewOptions64(size, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
		return func(s intake.Import) {
			bar.Describe(fmt.Sprintf("%d bản ghi, %d không nhận", s.Lines, s.Refused))
			_ = bar.Set64(read.n) // a bar that cannot draw is no reason to stop
		}, func() { _ = bar.Finish() }
	}
	last := time.Now()
	return func(s intake.Import) {
		if time.Since(last) > 10*time.Second {
			last = time.Now()
			_, _ = fmt.Fprintf(e.errs, "%3d%% %d bản ghi, %d không nhận\n", 100*read.n/size, s.Lines, s.Refused)
		}
	}, func() {}
}
