package assistant

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

//go:embed premises.yaml
var premisesFile []byte

// premise is one belief that the law has ended; premises.yaml tells what each field means.
type premise struct {
	ID         string            `yaml:"id"`
	Cues       []string          `yaml:"cues"`
	Needs      []string          `yaml:"needs"`
	Also       [][]string        `yaml:"also"`
	Unless     []string          `yaml:"unless"`
	From       string            `yaml:"from"`
	Vi         string            `yaml:"vi"`
	En         string            `yaml:"en"`
	Basis      []basisOf         `yaml:"basis"`
	Source     string            `yaml:"source"`
	VerifiedOn string            `yaml:"verified_on"`
	Confidence corpus.Confidence `yaml:"confidence"`

	since, verified civil.Date
}

type basisOf struct {
	Instrument string `yaml:"instrument"`
	Article    string `yaml:"article"`
	Clause     string `yaml:"clause"`
}

func (b basisOf) provision() corpus.Provision {
	return corpus.Provision{Instrument: b.Instrument, Article: b.Article, Clause: b.Clause}
}

// loadPremises reads the table and refuses an entry that says less than it must.
func loadPremises(data []byte) ([]premise, error) {
	var all []premise
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&all); err != nil {
		return nil, fmt.Errorf("assistant: premises.yaml: %w", err)
	}
	seen := map[string]bool{}
	for i := range all {
		p := &all[i]
		var errFrom, errVer error
		p.since, errFrom = civil.Parse(p.From)
		p.verified, errVer = civil.Parse(p.VerifiedOn)
		switch {
		case p.ID == "" || seen[p.ID]:
			return nil, fmt.Errorf("assistant: premises.yaml: entry %d has no id of its own", i+1)
		case errFrom != nil || errVer != nil || p.since.IsZero() || p.verified.IsZero():
			return nil, fmt.Errorf("assistant: premises.yaml: %s: from and verified_on must be days", p.ID)
		case len(p.Cues) == 0 || p.Vi == "" || p.En == "" || len(p.Basis) == 0 || p.Source == "" || !p.Confidence.Known():
			return nil, fmt.Errorf("assistant: premises.yaml: %s lacks cues, words, basis, source or confidence", p.ID)
		}
		seen[p.ID] = true
	}
	return all, nil
}

// meets reports whether the folded question (with a space at each end) shows the belief
// on a day when it is wrong.
func (p premise) meets(folded string, on civil.Date) bool {
	has := func(words string) bool { return strings.Contains(folded, " "+words+" ") }
	if on.Before(p.since) || slices.ContainsFunc(p.Unless, has) {
		return false
	}
	if slices.ContainsFunc(p.Also, func(all []string) bool { return !slices.ContainsFunc(all, func(w string) bool { return !has(w) }) }) {
		return true
	}
	return slices.ContainsFunc(p.Cues, has) && (len(p.Needs) == 0 || slices.ContainsFunc(p.Needs, has))
}

// basis is how the provisions behind the correction are cited.
func (p premise) basis() string {
	var parts []string
	for _, b := range p.Basis {
		parts = append(parts, b.provision().String())
	}
	return strings.Join(parts, "; ")
}
