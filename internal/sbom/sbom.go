// Package sbom tells what a binary is made of, as a CycloneDX document: every module linked
// into it, with version, checksum and licence, read from the binary itself.
package sbom

import (
	_ "embed"
	"encoding/json"
	"io"
	"runtime/debug"
	"slices"
	"strings"
)

// licences is written by the test of this package: module, tab, SPDX identifier.
//
//go:embed licences.tsv
var licences string

// document is as much of CycloneDX 1.6 as is used.
type document struct {
	Format      string      `json:"bomFormat"`
	Spec        string      `json:"specVersion"`
	Version     int         `json:"version"`
	Metadata    metadata    `json:"metadata"`
	Components  []component `json:"components"`
	Dependences []depends   `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	PURL       string     `json:"purl"`
	Licences   []licensed `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licensed struct {
	Licence spdx `json:"license"`
}

type spdx struct {
	ID string `json:"id"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type depends struct {
	Ref string   `json:"ref"`
	On  []string `json:"dependsOn"`
}

// Licences maps each linked module to its SPDX identifier.
func Licences() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(licences) {
		if module, id, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			out[module] = id
		}
	}
	return out
}

// Write tells what a binary is made of. Two binaries of the same modules get the same bytes.
func Write(w io.Writer, info *debug.BuildInfo) error {
	known := Licences()
	of := func(kind string, m *debug.Module) component {
		c := component{Type: kind, Name: m.Path, Version: m.Version, PURL: "pkg:golang/" + m.Path + "@" + m.Version}
		c.Ref = c.PURL
		if id := known[m.Path]; id != "" {
			c.Licences = []licensed{{spdx{id}}}
		}
		if m.Sum != "" {
			c.Properties = []property{{"go:sum", m.Sum}}
		}
		return c
	}
	main := of("application", &info.Main)
	main.Properties = append(main.Properties, property{"go:version", info.GoVersion})
	d := document{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{main}, Components: []component{}}
	on := []string{}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c := of("library", m)
		d.Components = append(d.Components, c)
		on = append(on, c.Ref)
	}
	slices.SortFunc(d.Components, func(a, b component) int { return strings.Compare(a.Ref, b.Ref) })
	slices.Sort(on)
	d.Dependences = []depends{{main.Ref, on}}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(d)
}
