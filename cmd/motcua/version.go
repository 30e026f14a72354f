package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints what this binary was built from.
func (c *versionCommand) Run(e *environment) error {
	version, revision := "dev", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	_, err := fmt.Fprintf(e.out, "motcua %s%s\n", version, revision)
	return err
}
