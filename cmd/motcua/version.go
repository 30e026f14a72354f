package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints what this binary was built from.
func (c *versionCommand) Run(e *environment) error {
	_, err := fmt.Fprintf(e.out, "motcua %s\n", running())
	return err
}

// running is the version, and the revision where it is known.
func running() string {
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
	return version + revision
}
