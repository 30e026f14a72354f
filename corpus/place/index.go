package place

import (
	"strings"
	"sync"
)

// entry is one name of one unit.
type entry struct {
	unit  Unit
	kind  string
	words []string // with marks, lower case
	alias bool
	firm  bool // an alias that means the place wherever it stands
}

// index finds names by their folded words.
type index struct {
	names   map[string][]entry
	longest int // words in the longest name
}

var loadIndex = sync.OnceValue(func() *index {
	t := load()
	ix := &index{names: make(map[string][]entry, len(t.order))}
	for _, u := range t.order {
		ix.add(u, u.Name, false, false)
		if former := t.former[u.key()]; former != "" {
			ix.add(u, former, true, false)
		}
	}
	for _, a := range aliases {
		if u, ok := t.units[key{a.level, a.old, a.code}]; ok {
			ix.add(u, a.name, true, a.firm)
		}
	}
	return ix
})

func (ix *index) add(u Unit, name string, isAlias, firm bool) {
	kind, bare := cutKind(name)
	if kind == "" {
		kind = u.Kind()
	}
	e := entry{unit: u, kind: kind, alias: isAlias, firm: firm}
	var folded []string
	for _, w := range words(bare) {
		e.words = append(e.words, w.marked)
		folded = append(folded, w.plain)
	}
	if len(folded) == 0 {
		return
	}
	ix.longest = max(ix.longest, len(folded))
	k := strings.Join(folded, " ")
	ix.names[k] = append(ix.names[k], e)
}

// scored is a unit that a run of words may mean.
type scored struct {
	entry
	score float64
	exact bool // every syllable carries the very marks of the name
}

// lookup returns what ws may name. A syllable typed without marks fits any marks; one typed
// with marks fits only those.
// Each such syllable costs its share of price.
func (ix *index) lookup(ws []word, price float64) []scored {
	if len(ws) == 0 || len(ws) > ix.longest {
		return nil
	}
	plain := make([]string, len(ws))
	for i, w := range ws {
		plain[i] = w.plain
	}
	var out []scored
	for _, e := range ix.names[strings.Join(plain, " ")] {
		loose, fits := 0, true
		for i, w := range ws {
			if w.marked == e.words[i] {
				continue
			}
			if !w.bare() {
				fits = false
				break
			}
			loose++
		}
		if !fits {
			continue
		}
		s := scored{entry: e, exact: loose == 0, score: 1 - price*float64(loose)/float64(len(ws))}
		if e.alias {
			s.score -= 0.02
		}
		if e.unit.Earlier {
			s.score -= 0.2
		}
		if e.unit.Old {
			s.score -= 0.03
		}
		out = append(out, s)
	}
	return out
}
