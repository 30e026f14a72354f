package main

import (
	"fmt"

	"github.com/motcua/motcua/internal/config"
)

type configCommand struct {
	JSON bool `help:"${json_help}"`
}

// Run prints every setting with where it can be set.
func (c *configCommand) Run(e *environment) error {
	settings := config.Describe(e.cfg)
	if c.JSON {
		return printJSON(e.out, settings)
	}
	for _, s := range settings {
		_, err := fmt.Fprintf(e.out, "%-18s %-22v %s=…   (mặc định %v) %s\n", s.Name, s.Value, s.Env, s.Default, s.Meaning)
		if err != nil {
			return err
		}
	}
	return nil
}
