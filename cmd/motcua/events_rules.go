package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

type eventsRules struct {
	List    rulesList    `cmd:"" default:"1" help:"${rules_list_help}"`
	Explain rulesExplain `cmd:"" help:"${rules_explain_help}"`
	Check   rulesCheck   `cmd:"" help:"${rules_check_help}"`
}

// ruleLine is a rule as a list shows it.
type ruleLine struct {
	ID          string `json:"id"`
	Version     int    `json:"version"`
	Name        string `json:"name"`
	Topic       string `json:"topic"`
	Sensitivity string `json:"sensitivity"`
	Level       int    `json:"level"`
	Ground      string `json:"ground"`
	From        string `json:"from"`
	Until       string `json:"until,omitempty"`
	Confidence  string `json:"confidence"`
	Disabled    string `json:"disabled,omitempty"`
	File        string `json:"file"`
}

func lineOf(r *lifeevents.Rule, lang string) ruleLine {
	return ruleLine{r.ID, r.Version, r.Name.In(lang), string(r.Topic), r.Sensitivity.String(), int(r.Level), string(r.Ground),
		r.Validity.From.String(), r.Validity.Until.String(), string(r.Confidence), r.Disabled, r.File}
}

type rulesList struct {
	JSON bool `help:"${json_help}"`
}

// Run lists every version of every rule.
func (c *rulesList) Run(e *environment) error {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		return faults[0]
	}
	list := []ruleLine{}
	for _, r := range set.Rules() {
		list = append(list, lineOf(r, e.cfg.Lang))
	}
	if c.JSON {
		return printDocument(e, list)
	}
	t := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	for _, r := range list {
		off := ""
		if r.Disabled != "" {
			off = "  (" + say(e.cfg.Lang, "rule_off") + ")"
		}
		_, _ = fmt.Fprintf(t, "%s\tv%d\t%s\t%s\t%d\t%s\t%s%s\n", r.ID, r.Version, r.From, r.Sensitivity, r.Level, r.Topic, r.Name, off)
	}
	return t.Flush()
}

type rulesExplain struct {
	ID string `arg:"" help:"${rule_id_help}"`
}

// Run says in words what a rule does, every version of it.
func (c *rulesExplain) Run(e *environment) error {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		return faults[0]
	}
	list := set.Versions(c.ID)
	if len(list) == 0 {
		return &usageError{fmt.Errorf(say(e.cfg.Lang, "rule_unknown"), c.ID)}
	}
	for _, r := range list {
		_, _ = fmt.Fprintln(e.out, rules.Explain(r))
	}
	return nil
}

type rulesCheck struct {
	JSON bool   `help:"${json_help}"`
	Dir  string `arg:"" help:"${rules_dir_help}" type:"existingdir"`
}

// Run reads rule files and lists every fault with file, line and reason.
func (c *rulesCheck) Run(e *environment) error {
	set, faults := rules.Load(os.DirFS(c.Dir), rules.Options{})
	n := 0
	if set != nil {
		n = len(set.Rules())
	}
	if c.JSON {
		if faults == nil {
			faults = []rules.Fault{}
		}
		if err := printDocument(e, struct {
			Rules  int           `json:"rules"`
			Faults []rules.Fault `json:"faults"`
		}{n, faults}); err != nil {
			return err
		}
	} else {
		for _, f := range faults {
			_, _ = fmt.Fprintln(e.out, f.Error())
		}
		_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "rules_checked")+"\n", n, len(faults))
	}
	if len(faults) > 0 || n == 0 {
		return fmt.Errorf(say(e.cfg.Lang, "rules_bad"), c.Dir)
	}
	return nil
}
