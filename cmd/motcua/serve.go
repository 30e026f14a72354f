package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/telemetry"
)

type serveCommand struct {
	Addr   string `help:"${addr_help}" placeholder:"ADDR"`
	Sample bool   `help:"${sample_help}"`
}

// collectAt is by how many percent the memory in use may grow before the collector runs, where
// GOGC does not say. Most of it is the search index, and doubling it would waste as much again;
// at 30 the collector ran so often that one answer in a hundred waited for it.
const collectAt = 80

// Run serves until interrupted.
func (c *serveCommand) Run(e *environment) (err error) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	var options []app.Option
	if c.Sample {
		options = append(options, app.MadeUp())
	}
	traces, err := telemetry.OpenTraces(e.ctx, os.Getenv, running(), e.mask, e.log)
	if err != nil {
		return err
	}
	defer func() {
		// What is still to be sent gets a moment, also when we were told to stop.
		end, cancel := context.WithTimeout(context.WithoutCancel(e.ctx), 5*time.Second)
		defer cancel()
		if closed := traces.Close(end); closed != nil {
			e.log.Warn("traces were lost", "error", closed)
		}
	}()
	a, err := open(e, append(options, app.Telemetry(running(), traces, &e.masked))...)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	return a.Serve(e.ctx, func(addr string) {
		_, _ = fmt.Fprintf(e.errs, say(e.cfg.Lang, "listening")+"\n", addr)
	})
}
