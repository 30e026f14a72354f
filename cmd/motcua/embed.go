package main

import (
	"fmt"

	"github.com/motcua/motcua/internal/app"
)

type embedCommand struct {
	Again bool `help:"${again_help}"`
}

// Run embeds what of the corpus has no vector yet; broken off, it goes on where it stopped.
func (c *embedCommand) Run(e *environment) (err error) {
	var options []app.Option
	if c.Again {
		options = append(options, app.Again())
	}
	a, err := open(e, options...)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	bar := newIngestBar(e.errs)
	total := 0
	err = a.Embed(e.ctx, func(p app.Embedded) {
		total = p.Of
		bar.line(float64(p.Done)/float64(p.Of), fmt.Sprintf(say(e.cfg.Lang, "embedding"), p.Done, p.Of, p.Rate, p.Left.Round(1e9)))
	})
	bar.finish()
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "embedded")+"\n", total)
	return a.FinishAgain(e.ctx)
}
