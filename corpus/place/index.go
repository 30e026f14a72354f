package place

import (
	"strings"
	"sync"
	"unicode"
)

// entry is one name of one unit. Entries under the same folded words form a chain.
type entry struct {
	unit  int32
	next  int32    // next entry of the chain, -1 at its end
	words []string // with marks, lower case
	kind  string
	alias bool
	firm  bool // an alias that means the place wherever it stands
}

// index finds names by their folded words.
type index struct {
	table   *table
	entries []entry
	first   map[string]int32
	longest int // words in the longest name
}

var loadIndex = sync.OnceValue(func() *index { return buildIndex(load()) })

func buildIndex(t *table) *index {
	ix := &index{
		table: t, entries: make([]entry, 0, len(t.units)+len(t.former)+len(aliases)),
		first: make(map[string]int32, len(t.units)),
	}
	for i, u := range t.units {
		ix.add(int32(i), u.Name, false, false)
		if former := t.former[int32(i)]; former != "" {
			ix.add(int32(i), former, true, false)
		}
	}
	for _, a := range aliases {
		if i, ok := t.at[key{a.level, a.old, a.code}]; ok {
			ix.add(i, a.name, true, a.firm)
		}
	}
	return ix
}

func (ix *index) add(unit int32, name string, isAlias, firm bool) {
	kind, bare := cutKind(name)
	if kind == "" {
		kind = ix.table.units[unit].Kind()
	}
	e := entry{unit: unit, next: -1, kind: kind, alias: isAlias, firm: firm, words: nameWords(bare)}
	folded := stripMarks(strings.Join(e.words, " "))
	if before, ok := ix.first[folded]; ok {
		e.next = before
	}
	ix.first[folded] = int32(len(ix.entries))
	ix.entries = append(ix.entries, e)
	ix.longest = max(ix.longest, len(e.words))
}

// nameWords cuts a name of the table, which is in our spelling already: plain names take
// the short way.
func nameWords(bare string) []string {
	if strings.IndexFunc(bare, func(r rune) bool { return r != ' ' && !unicode.IsLetter(r) }) < 0 {
		return strings.Fields(strings.ToLower(bare))
	}
	var out []string
	for _, w := range words(bare) {
		out = append(out, w.marked)
	}
	return out
}

// scored is a unit that a run of words may mean.
type scored struct {
	unit  Unit
	kind  string
	score float64
	exact bool // every syllable carries the very marks of the name
	firm  bool
}

// lookup returns what ws may name. A syllable typed without marks fits any marks; one typed
// with marks fits only those. Each such syllable costs its share of price.
func (ix *index) lookup(ws []word, price float64) []scored {
	if len(ws) == 0 || len(ws) > ix.longest {
		return nil
	}
	var folded strings.Builder
	for i, w := range ws {
		if i > 0 {
			folded.WriteByte(' ')
		}
		folded.WriteString(w.plain)
	}
	at, ok := ix.first[folded.String()]
	var out []scored
	for ; ok && at >= 0; at = ix.entries[at].next {
		e := &ix.entries[at]
		loose, fits := 0, len(e.words) == len(ws)
		for i := 0; fits && i < len(ws); i++ {
			if ws[i].marked != e.words[i] {
				loose++
				fits = ws[i].bare()
			}
		}
		if fits {
			out = append(out, ix.score(e, price*float64(loose)/float64(len(ws)), loose == 0))
		}
	}
	return out
}

// score weighs an entry: what is long gone, an alias or an old unit stands back a little.
func (ix *index) score(e *entry, cost float64, exact bool) scored {
	s := scored{unit: ix.table.units[e.unit], kind: e.kind, score: 1 - cost, exact: exact, firm: e.firm}
	if e.alias {
		s.score -= 0.02
	}
	if s.unit.Earlier {
		s.score -= 0.2
	}
	if s.unit.Old {
		s.score -= 0.03
	}
	return s
}
