package main

import (
	"fmt"
	"strings"

	"github.com/motcua/motcua/internal/app"
)

type backupCommand struct {
	Keys string `help:"${backup_keys_help}" type:"path" placeholder:"FILE"`
	File string `arg:"" help:"${backup_file_help}" type:"path"`
}

// Run writes the store to one file while the service runs, and the keys to another.
func (c *backupCommand) Run(e *environment) error {
	size, err := app.Backup(e.ctx, e.cfg, c.File)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "backup_done")+"\n", c.File, float64(size)/(1<<20))
	if c.Keys == "" {
		_, _ = fmt.Fprintln(e.out, say(e.cfg.Lang, "backup_no_keys"))
		return nil
	}
	names, err := app.BackupKeys(e.cfg, c.Keys)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "backup_keys_done")+"\n", c.Keys, strings.Join(names, ", "))
	return nil
}

type restoreCommand struct {
	Keys string `help:"${restore_keys_help}" type:"path" placeholder:"FILE"`
	File string `arg:"" help:"${restore_file_help}" type:"existingfile"`
}

// Run puts a backup into an empty data folder; the next start builds the search index.
func (c *restoreCommand) Run(e *environment) error {
	if c.Keys != "" { // first: without its keys a store is of little use
		names, err := app.RestoreKeys(e.cfg, c.Keys)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "restore_keys_done")+"\n", strings.Join(names, ", "))
	}
	if err := app.Restore(e.ctx, e.cfg, c.File); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "restore_done")+"\n", e.cfg.Data)
	return nil
}
