package main

import (
	"fmt"
)

type serveCommand struct {
	Addr string `help:"${addr_help}" placeholder:"ADDR"`
}

// Run serves until interrupted.
func (c *serveCommand) Run(e *environment) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	return a.Serve(e.ctx, func(addr string) {
		_, _ = fmt.Fprintf(e.errs, say(e.cfg.Lang, "listening")+"\n", addr)
	})
}
