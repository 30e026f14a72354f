package main

import "fmt"

type eventsQuality struct {
	JSON bool `help:"${json_help}"`
}

// Run reports what each source's data are worth.
func (c *eventsQuality) Run(e *environment) (err error) {
	l, err := openLife(e)
	if err != nil {
		return err
	}
	defer closing(l, &err)
	list, err := l.Desk.Quality(e.ctx, l.Now())
	if err != nil {
		return err
	}
	if c.JSON {
		return printDocument(e, list)
	}
	if len(list) == 0 {
		_, _ = fmt.Fprintln(e.out, say(e.cfg.Lang, "no_sources"))
	}
	for _, q := range list {
		_, _ = fmt.Fprintf(e.out, "%s: nhận %d, lặp %d, không nhận %d; trễ trung bình %.1f ngày\n", q.Name, q.Accepted, q.Known, q.Refused, q.MeanLate)
		for _, f := range q.Findings {
			_, _ = fmt.Fprintf(e.out, "    chưa %-10s %-20s %6d  %s\n", f.Virtue, f.Check, f.Count, f.Says)
		}
	}
	return nil
}
