package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/store"
)

type migrateStoreCommand struct {
	From string `help:"${migrate_from_help}" enum:"sqlite" default:"sqlite"`
	To   string `help:"${migrate_to_help}" enum:"postgres" default:"postgres"`
	JSON bool   `help:"${json_help}"`
}

// Run moves an installation to PostgreSQL and tells what each table holds on both sides.
func (c *migrateStoreCommand) Run(e *environment) error {
	bar := newIngestBar(e.errs)
	begin := time.Now()
	moved, err := app.MigrateStore(e.ctx, e.cfg, func(p store.MoveProgress) {
		share := 0.0
		if p.Rows > 0 {
			share = float64(p.Done) / float64(p.Rows)
		}
		bar.line(share, fmt.Sprintf(say(e.cfg.Lang, "migrate_step_"+p.Step), p.Table, p.Done, p.Rows))
	})
	bar.finish()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(e.out, moved)
	}
	printMoved(e.out, e.cfg.Lang, moved)
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "migrate_done")+"\n", time.Since(begin).Seconds(), e.cfg.Data)
	return nil
}

func printMoved(w io.Writer, lang string, moved []store.MovedTable) {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(t, say(lang, "migrate_columns"))
	for _, m := range moved {
		if m.Rows > 0 || m.Written > 0 {
			_, _ = fmt.Fprintf(t, "%d\t%d\t%s\t  %s\t\n", m.Rows, m.Written, m.Digest[:16], m.Table)
		}
	}
	_ = t.Flush()
}
