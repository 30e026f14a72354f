package main

import (
	"fmt"
	"os"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/picture"
)

type eventsCalendar struct {
	From   string `help:"${from_help}" placeholder:"DATE"`
	Months int    `help:"${months_help}" default:"12"`
	Person string `help:"${family_help}" placeholder:"ID"`
	Out    string `help:"${out_help}" type:"path" default:"lich-nhac.html" placeholder:"FILE"`
}

// Run draws what is planned: for everybody a calendar, for one person the family's timeline.
func (c *eventsCalendar) Run(e *environment) (err error) {
	l, err := openLife(e)
	if err != nil {
		return err
	}
	defer closing(l, &err)
	from, err := dayOr(e, c.From, civil.On(l.Now()))
	if err != nil {
		return err
	}
	months := min(36, max(1, c.Months))
	w := lifeevents.Window{From: from, To: from.AddMonths(months).AddDays(-1)}
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	defer closing(f, &err)
	if c.Person != "" {
		family, err := l.Family(e.ctx, lifeevents.PersonID(c.Person), w)
		if err != nil {
			return err
		}
		if err := picture.Timeline(f, family, w, civil.On(l.Now())); err != nil {
			return err
		}
	} else {
		plan := picture.NewPlan(w)
		if err := l.EachView(e.ctx, func(v *lifeevents.View) error { plan.Add(l.Rules.Plan(v, w)); return nil }); err != nil {
			return err
		}
		if err := plan.Calendar(f, l.Rules); err != nil {
			return err
		}
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "written")+"\n", c.Out)
	return nil
}
