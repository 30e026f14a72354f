package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/lifeevents/rules"
)

type eventsRipple struct {
	JSON  bool   `help:"${json_help}"`
	Rules string `help:"${ripple_rules_help}" type:"existingdir" placeholder:"DIR"`
	Place string `arg:"" optional:"" help:"${ripple_place_help}"`
}

// Run says what rests on a provision, or what new rules would change; nothing is written.
func (c *eventsRipple) Run(e *environment) (err error) {
	if (c.Place == "") == (c.Rules == "") {
		return &usageError{fmt.Errorf("%s", say(e.cfg.Lang, "ripple_one"))}
	}
	l, err := openLife(e)
	if err != nil {
		return err
	}
	defer closing(l, &err)
	var list []app.Resting
	if c.Place != "" {
		p, ok := placeOf(c.Place)
		if !ok {
			return &usageError{fmt.Errorf(say(e.cfg.Lang, "ripple_bad_place"), c.Place)}
		}
		r, err := l.RestingOn(e.ctx, p, "asked")
		if err != nil {
			return err
		}
		list = append(list, r)
	} else if list, err = rippleOfRules(e, l, c.Rules); err != nil {
		return err
	}
	if c.JSON {
		return printDocument(e, list)
	}
	printRipple(e.out, e.cfg.Lang, list)
	return nil
}

func rippleOfRules(e *environment, l *app.Life, dir string) ([]app.Resting, error) {
	set, faults := rules.Load(os.DirFS(dir), rules.Options{})
	if len(faults) > 0 {
		return nil, faults[0]
	}
	return l.Wrong(e.ctx, set, l.Rules.Changed(set))
}

// placeOf reads "60/2014/QH13#15#1#a", or the parts with spaces.
func placeOf(s string) (p corpus.Provision, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '#' || r == ' ' })
	for i, into := range []*string{&p.Instrument, &p.Article, &p.Clause, &p.Point} {
		if i < len(parts) {
			*into = parts[i]
		}
	}
	return p, len(parts) > 0 && len(parts) <= 4 && strings.Contains(p.Instrument, "/")
}

// printRipple names what rests on each change, one line for each.
func printRipple(w io.Writer, lang string, list []app.Resting) {
	if len(list) == 0 {
		return
	}
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	p(say(lang, "ripple_head"), len(list))
	for _, r := range list {
		p("~ %s (%s): "+say(lang, "ripple_counts"), r.Subject, say(lang, "ripple_"+r.What), len(r.Rules), r.Said, r.Waiting, r.Answers)
		for _, rule := range r.Rules {
			p("    %s v%d %s ("+say(lang, "ripple_verified")+")", rule.ID, rule.Version, rule.Name, rule.VerifiedOn)
		}
		if r.Correct > 0 {
			p("    "+say(lang, "ripple_correct"), r.Correct)
		}
		for _, key := range r.ToMend {
			p("      %s", key)
		}
		if len(r.Corrections) > 0 {
			p("    "+say(lang, "ripple_statements"), strings.Join(r.Corrections, ", "))
		}
	}
}
