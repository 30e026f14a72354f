package parse

import (
	"encoding/json"

	"github.com/motcua/motcua/corpus"
)

// acrossChannels drops repeats and names no channel where a fact is the same through
// every channel the procedure has. Order of first appearance is kept.
func acrossChannels[T any](all []T, channels []corpus.Channel, of func(T) corpus.Channel, set func(*T, corpus.Channel)) []T {
	type group struct {
		fact T
		seen map[corpus.Channel]bool
	}
	var groups []*group
	byKey := map[string]*group{}
	for _, fact := range all {
		channel := of(fact)
		set(&fact, "")
		raw, _ := json.Marshal(fact) // plain data: cannot fail
		g, ok := byKey[string(raw)]
		if !ok {
			g = &group{fact: fact, seen: map[corpus.Channel]bool{}}
			byKey[string(raw)] = g
			groups = append(groups, g)
		}
		g.seen[channel] = true
	}
	var out []T
	for _, g := range groups {
		if len(channels) > 1 && len(g.seen) == len(channels) {
			out = append(out, g.fact)
			continue
		}
		for _, c := range channels {
			if g.seen[c] {
				fact := g.fact
				set(&fact, c)
				out = append(out, fact)
			}
		}
	}
	return out
}
