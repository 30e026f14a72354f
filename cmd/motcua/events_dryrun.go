package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

type eventsDryRun struct {
	From string `help:"${from_help}" placeholder:"DATE"`
	Days int    `help:"${days_help}" default:"30"`
	JSON bool   `help:"${json_help}"`
	Rule string `arg:"" help:"${rule_id_help}"`
}

// Run says who would be told; nothing is sent.
func (c *eventsDryRun) Run(e *environment) (err error) {
	l, err := openLife(e)
	if err != nil {
		return err
	}
	defer closing(l, &err)
	if len(l.Rules.Versions(c.Rule)) == 0 {
		return &usageError{fmt.Errorf(say(e.cfg.Lang, "rule_unknown"), c.Rule)}
	}
	from, err := dayOr(e, c.From, civil.On(l.Now()))
	if err != nil {
		return err
	}
	r, err := l.DryRun(e.ctx, c.Rule, lifeevents.Window{From: from, To: from.AddDays(max(1, c.Days) - 1)})
	if err != nil {
		return err
	}
	if c.JSON {
		return printDocument(e, r)
	}
	printDryRun(e.out, &r)
	return nil
}

func printDryRun(w io.Writer, r *app.DryRun) {
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	p("CHẠY THỬ %s · %s · từ %s đến %s. Không gửi gì cả.", r.Rule, r.Name, r.From, r.To)
	p("Xem %d người: sẽ nhắc về %d người (%d lời nhắc); %d người có mốc nhưng không nhắc; %d người không có mốc.", r.People, r.Told, r.Notices, r.NotTold, r.NoDay)
	table := func(title string, list []app.Counted) {
		if len(list) == 0 {
			return
		}
		p("\n%s", title)
		t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
		for _, c := range list {
			_, _ = fmt.Fprintf(t, "  %d\t%s\n", c.Count, c.Word)
		}
		_ = t.Flush() // the terminal is gone: nothing to tell it
	}
	table("Vì sao không nhắc:", r.Reasons)
	table("Theo tỉnh:", r.Provinces)
	if len(r.Samples) > 0 {
		p("\nMẫu sẽ nhắc:")
	}
	for _, s := range r.Samples {
		p("  %s  %s → %s  [%s] %s (%s)", s.Due, s.About, s.To, s.Rung, s.Title, s.Why)
	}
	if len(r.Refused) > 0 {
		p("\nMẫu không nhắc:")
	}
	for _, s := range r.Refused {
		p("  %s  %s  [%s] %s", s.Due, s.About, s.Rung, s.Why)
	}
}
