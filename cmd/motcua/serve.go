package main

import (
	"fmt"

	"github.com/motcua/motcua/internal/app"
)

type serveCommand struct {
	Addr   string `help:"${addr_help}" placeholder:"ADDR"`
	Sample bool   `help:"${sample_help}"`
}

// Run serves until interrupted.
func (c *serveCommand) Run(e *environment) (err error) {
	var options []app.Option
	if c.Sample {
		options = append(options, app.MadeUp())
	}
	a, err := open(e, options...)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	return a.Serve(e.ctx, func(addr string) {
		_, _ = fmt.Fprintf(e.errs, say(e.cfg.Lang, "listening")+"\n", addr)
	})
}
