package main

import (
	"errors"
	"fmt"

	"github.com/motcua/motcua/internal/app"
)

type doctorCommand struct {
	JSON bool `help:"${json_help}"`
}

// Run prints what works and how to mend what does not.
func (c *doctorCommand) Run(e *environment) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	findings := a.Doctor(e.ctx)
	if c.JSON {
		err = printJSON(e.out, findings)
	} else {
		printFindings(e, findings)
	}
	for _, f := range findings {
		if !f.OK && !f.Optional {
			return errors.Join(err, errors.New(say(e.cfg.Lang, "not_well")))
		}
	}
	return err
}

func printFindings(e *environment, findings []app.Finding) {
	for _, f := range findings {
		mark := "✓"
		switch {
		case !f.OK && f.Optional:
			mark = "–"
		case !f.OK:
			mark = "✗"
		}
		_, _ = fmt.Fprintf(e.out, "%s %s: %s\n", mark, f.Name, f.State)
		if f.Mend != "" {
			_, _ = fmt.Fprintf(e.out, "    → %s\n", f.Mend)
		}
	}
}
