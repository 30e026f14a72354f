package main

type helpCommand struct {
	Command []string `arg:"" optional:"" help:"${try_help}"`
}

// Run prints what --help prints for the command named, or for all.
func (c *helpCommand) Run(e *environment) error {
	run(append([]string{"--lang=" + e.cfg.Lang}, append(c.Command, "--help")...), e.out, e.errs)
	return nil
}
