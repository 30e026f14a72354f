package starter

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/corpus"
)

// address is a provision as people write it: "khoản 1 Điều 15 60/2014/QH13". The number
// of the instrument comes last; words for its form ("Luật") are left out.
type address corpus.Provision

// UnmarshalYAML names the line of an address that cannot be read.
func (a *address) UnmarshalYAML(n *yaml.Node) error {
	p, err := parseAddress(n.Value)
	if err != nil {
		return fmt.Errorf("line %d: %w", n.Line, err)
	}
	*a = address(p)
	return nil
}

func parseAddress(s string) (corpus.Provision, error) {
	words := strings.Fields(s)
	if len(words)%2 == 0 {
		return corpus.Provision{}, fmt.Errorf("%q không phải là địa chỉ như \"khoản 1 Điều 15 60/2014/QH13\"", s)
	}
	p := corpus.Provision{Instrument: words[len(words)-1]}
	if !strings.Contains(p.Instrument, "/") {
		return p, fmt.Errorf("%q thiếu số hiệu văn bản ở cuối", s)
	}
	for i := 0; i+1 < len(words); i += 2 {
		switch strings.ToLower(words[i]) {
		case "điểm":
			p.Point = words[i+1]
		case "khoản":
			p.Clause = words[i+1]
		case "điều":
			p.Article = words[i+1]
		default:
			return p, fmt.Errorf("%q: không hiểu %q", s, words[i])
		}
	}
	if p.Article == "" && (p.Clause != "" || p.Point != "") {
		return p, fmt.Errorf("%q có khoản hoặc điểm nhưng thiếu Điều", s)
	}
	return p, nil
}

func provisions(list []address) []corpus.Provision {
	var out []corpus.Provision
	for _, a := range list {
		out = append(out, corpus.Provision(a))
	}
	return out
}
