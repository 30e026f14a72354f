package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/motcua/motcua/internal/app"
)

// keysCommand is how sealing keys are looked at and changed while the service runs.
type keysCommand struct {
	List   keysList   `cmd:"" help:"${keys_list_help}" default:"1"`
	Rotate keysRotate `cmd:"" help:"${keys_rotate_help}"`
	Reseal keysReseal `cmd:"" help:"${keys_reseal_help}"`
	Retire keysRetire `cmd:"" help:"${keys_retire_help}"`
	Adopt  keysAdopt  `cmd:"" help:"${keys_adopt_help}"`
}

type keysList struct {
	JSON bool `help:"${json_help}"`
}

// Run lists keys, what is sealed under each, and the replicas that run.
func (c *keysList) Run(e *environment) error {
	return withKeys(e, func(r *app.Keyring) error {
		report, err := r.Report(e.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(e.out, report)
		}
		printKeys(e.out, e.cfg.Lang, report)
		return nil
	})
}

func withKeys(e *environment, do func(*app.Keyring) error) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	r, err := a.Keyring(e.ctx)
	if err != nil {
		return err
	}
	return do(r)
}

func printKeys(w io.Writer, lang string, report app.KeyReport) {
	_, _ = fmt.Fprintln(w, report.File)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(t, say(lang, "keys_columns"))
	for _, k := range report.Keys {
		_, _ = fmt.Fprintf(t, "%d\t%.8s\t%s\t%d\t%s\n", k.Number, k.Print, say(lang, "key_"+k.State), k.Under, k.Since)
	}
	_ = t.Flush()
	for _, r := range report.Replicas {
		has := make([]string, len(r.Has))
		for i, n := range r.Has {
			has[i] = fmt.Sprint(n)
		}
		_, _ = fmt.Fprintf(w, say(lang, "keys_replica")+"\n", r.Name, strings.Join(has, ", "), r.Uses)
	}
}

type keysRotate struct {
	Wait     time.Duration `help:"${keys_wait_help}" default:"15s"`
	NoReseal bool          `help:"${keys_noreseal_help}"`
	JSON     bool          `help:"${json_help}"`
}

// Run lets a new key seal, then puts everything under it.
func (c *keysRotate) Run(e *environment) error {
	return withKeys(e, func(r *app.Keyring) error {
		n, err := r.Rotate(e.ctx, c.Wait)
		if err != nil {
			return err
		}
		if !c.JSON {
			_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "keys_rotated")+"\n", n)
		}
		if c.NoReseal {
			return nil
		}
		return reseal(e, r, c.JSON)
	})
}

type keysReseal struct {
	JSON bool `help:"${json_help}"`
}

// Run puts everything sealed under the key that seals; after a crash it goes on.
func (c *keysReseal) Run(e *environment) error {
	return withKeys(e, func(r *app.Keyring) error { return reseal(e, r, c.JSON) })
}

func reseal(e *environment, r *app.Keyring, asJSON bool) error {
	bar := newIngestBar(e.errs)
	begin := time.Now()
	done, err := r.Reseal(e.ctx, func(s app.ResealStep) {
		word := "keys_resealing"
		if s.Verifying {
			word = "keys_verifying"
		}
		bar.line(float64(s.Done)/float64(max(1, s.Total)), fmt.Sprintf(say(e.cfg.Lang, word), s.Field, s.Done, s.Total))
	})
	bar.finish()
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(e.out, done)
	}
	_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "keys_resealed")+"\n", done.Rewrote, done.Number, done.Verified, time.Since(begin).Seconds())
	return nil
}

type keysRetire struct {
	Number uint32 `arg:"" help:"${keys_number_help}"`
}

// Run takes a key out of the file once nothing needs it.
func (c *keysRetire) Run(e *environment) error {
	return withKeys(e, func(r *app.Keyring) error {
		if err := r.Retire(e.ctx, c.Number); err != nil {
			return err
		}
		_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "keys_retired")+"\n", c.Number)
		return nil
	})
}

type keysAdopt struct {
	Lost bool `help:"${keys_lost_help}" required:""`
}

// Run makes the keys of this folder those of the store.
func (c *keysAdopt) Run(e *environment) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	if err := a.AdoptKeys(e.ctx); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(e.out, say(e.cfg.Lang, "keys_adopted"))
	return nil
}
