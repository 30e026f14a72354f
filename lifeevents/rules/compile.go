package rules

import (
	"errors"
	"fmt"
	"slices"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// defaultCatchUp is Rule.CatchUp where the file is silent, in days.
const defaultCatchUp = 30

// compiler turns one file record into a rule, gathering every fault on the way.
type compiler struct {
	f      *file
	r      *lifeevents.Rule
	reads  reads
	opts   Options
	faults []Fault
}

func compile(f *file, opts Options) (*lifeevents.Rule, []Fault) {
	c := compiler{f: f, opts: opts, r: &lifeevents.Rule{
		ID: f.ID, Version: f.Version, File: fmt.Sprintf("%s:%d", f.name, f.line), Name: f.Name, Topic: lifeevents.Topic(f.Topic),
		OfTheDead: f.OfTheDead, Sensitivity: -1, Level: lifeevents.Level(f.Level), Ground: lifeevents.Ground(f.Ground),
		Purpose: f.Purpose, CatchUp: defaultCatchUp,
		Texts:    lifeevents.Texts{Title: f.Texts.Title, Before: f.Texts.Before, After: f.Texts.After, Outside: f.Texts.Outside, Late: f.Texts.Late},
		Validity: corpus.Validity{From: f.Valid.From, Until: f.Valid.Until}, Confidence: corpus.Confidence(f.Confidence),
		VerifiedOn: f.VerifiedOn, Source: f.Source, Doubt: f.Doubt, Disabled: f.Disabled,
	}}
	if f.CatchUp != nil {
		c.r.CatchUp = *f.CatchUp
	}
	c.conditions()
	c.timing()
	c.law()
	c.people()
	c.check()
	slices.Sort(c.r.Trigger.Facts)
	slices.Sort(c.r.Trigger.Events)
	c.r.Trigger.Facts, c.r.Trigger.Events = slices.Compact(c.r.Trigger.Facts), slices.Compact(c.r.Trigger.Events)
	return c.r, c.faults
}

// fault notes a reason at the line of a key, or of the rule where the key is absent.
func (c *compiler) fault(key, format string, args ...any) {
	line := c.f.line
	if l, ok := c.f.at[key]; ok {
		line = l
	}
	c.faults = append(c.faults, Fault{c.f.name, line, c.f.ID, fmt.Sprintf(format, args...)})
}

// failed notes an error, at its own line where it knows one.
func (c *compiler) failed(key string, err error) bool {
	if err == nil {
		return false
	}
	var le *lineError
	if errors.As(err, &le) && le.line > 0 {
		c.faults = append(c.faults, Fault{c.f.name, le.line, c.f.ID, le.text})
		return true
	}
	c.fault(key, "%v", err)
	return true
}

func (c *compiler) conditions() {
	for _, list := range []struct {
		key string
		in  []clause
		out *[]lifeevents.Condition
	}{{"when", c.f.When, &c.r.When}, {"unless", c.f.Unless, &c.r.Unless}, {"stop", c.f.Stop, &c.r.Stop}} {
		for _, clause := range list.in {
			cond, err := buildCondition(clause, &c.reads)
			if !c.failed(list.key, err) {
				*list.out = append(*list.out, cond)
			}
		}
	}
}

func (c *compiler) timing() {
	t, err := buildTrigger(c.f.Trigger, &c.reads)
	if !c.failed("trigger", err) {
		c.r.Trigger = t
	}
	for _, w := range c.f.Ladder {
		step, err := parseStep(w.text)
		if err != nil {
			c.failed("ladder", &lineError{w.line, err.Error()})
			continue
		}
		c.r.Ladder = append(c.r.Ladder, step)
	}
	if c.f.Deadline != nil {
		d, err := buildDeadline(c.f.Deadline)
		if !c.failed("deadline", err) {
			d.Consequence = c.f.Deadline.Consequence
			d.Basis = c.addresses(c.f.Deadline.Basis)
			c.r.Deadline = d
		}
	}
	c.r.Reach = reachOf(c.f, c.r.Ladder)
	if s := c.span(c.f.Opens, "opens"); c.f.Opens.text != "" {
		c.r.Opens = &s
	}
	c.r.Mourning, c.r.Keep = c.span(c.f.Mourning, "mourning"), c.span(c.f.Keep, "keep")
}

// span reads an optional length of time.
func (c *compiler) span(w word, key string) (s civil.Span) {
	if w.text == "" {
		return s
	}
	s, err := civil.ParseSpan(w.text)
	if err != nil {
		c.fault(key, "%s: %q không phải khoảng thời gian như 14d, 12m, 5y", key, w.text)
	}
	return s
}

func (c *compiler) law() {
	c.r.Basis = c.addresses(c.f.Basis)
	for _, w := range c.f.Procedures {
		ids, ok := c.opts.procedure(w.text)
		if !ok {
			c.failed("procedures", &lineError{w.line, fmt.Sprintf("không có thủ tục %q", w.text)})
		}
		for _, id := range ids {
			c.r.Procedures = appendNew(c.r.Procedures, id)
		}
	}
}

func (c *compiler) addresses(list []word) []corpus.Provision {
	var out []corpus.Provision
	for _, w := range list {
		p, err := corpus.ParseAddress(w.text)
		if err != nil {
			c.failed("basis", &lineError{w.line, "căn cứ " + err.Error()})
			continue
		}
		out = append(out, p)
	}
	return out
}

func (c *compiler) people() {
	for _, w := range c.f.Recipients {
		to := lifeevents.Recipient(w.text)
		if !to.Known() {
			c.failed("recipients", &lineError{w.line, fmt.Sprintf("không có người nhận %q", w.text)})
			continue
		}
		c.r.Recipients = append(c.r.Recipients, to)
	}
	for _, w := range c.f.Register {
		s := lifeevents.Source(w.text)
		if !s.Known() {
			c.failed("register", &lineError{w.line, fmt.Sprintf("không có nguồn dữ liệu %q", w.text)})
		}
		c.r.Register = append(c.r.Register, s)
	}
	for _, w := range c.f.LeadsTo {
		c.r.LeadsTo = append(c.r.LeadsTo, w.text)
	}
	for _, w := range c.f.YieldsTo {
		c.r.YieldsTo = append(c.r.YieldsTo, w.text)
	}
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
