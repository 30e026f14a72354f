package main

import (
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/motcua/motcua/internal/sbom"
)

type versionCommand struct {
	SBOM bool `name:"sbom" help:"${sbom_help}"`
}

// Run prints what this binary was built from.
func (c *versionCommand) Run(e *environment) error {
	if c.SBOM {
		info, ok := debug.ReadBuildInfo()
		if !ok {
			return errors.New("this binary does not say what it was built from")
		}
		return sbom.Write(e.out, info)
	}
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
