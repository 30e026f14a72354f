package place

import (
	"cmp"
	"slices"
)

// Match is one unit a text may mean.
type Match struct {
	Unit Unit `json:"unit"`
	// Score is at most 1; comparable within one result only. Ties go to the higher tier,
	// then to today's units, then by code.
	Score float64 `json:"score"`
}

// Mention is one place named in a text. "phường Bến Nghé, quận 1" is one mention.
type Mention struct {
	Start   int     `json:"start"` // bytes, [Start, End)
	End     int     `json:"end"`
	Text    string  `json:"text"`
	Matches []Match `json:"matches"` // best first, at most MaxMatches
	// Total counts all units it may mean; more than len(Matches) when many share the name.
	Total int `json:"total"`
}

// MaxMatches bounds what one mention lists.
const MaxMatches = 12

// maxText bounds the work on one text; what follows is not read.
const maxText = 16 << 10

// clear is the lead that makes the best reading the one meant.
const clear = 0.1

// Ambiguous reports whether the words fit several places about equally well. An old unit
// and its only successor count as one.
func (m Mention) Ambiguous() bool {
	for i, x := range m.Matches {
		if m.Matches[0].Score-x.Score >= clear {
			return false
		}
		if i > 0 && !samePlace(m.Matches[0].Unit, x.Unit) {
			return true
		}
	}
	return m.Total > len(m.Matches)
}

// samePlace reports whether one unit is all that became of the other.
func samePlace(a, b Unit) bool {
	for _, pair := range [][2]Unit{{a, b}, {b, a}} {
		if now := Today(pair[0]); len(now) == 1 && now[0].Unit == pair[1] {
			return true
		}
	}
	return a == b
}

// Find reads a text that names one place, such as an address, and returns what it may be,
// best first, at most MaxMatches; nil when it names none.
func Find(text string) []Match {
	best := Mention{}
	for _, m := range newReading(clip(text), true).mentions() {
		if len(best.Matches) == 0 || m.End-m.Start > best.End-best.Start {
			best = m
		}
	}
	return best.Matches
}

// FindIn returns the places named in a question, in text order and without overlap. A
// commune fires only with a word that says so ("xã", "P.") or beside a larger place.
func FindIn(question string) []Mention {
	return newReading(clip(question), false).mentions()
}

func clip(s string) string {
	if len(s) <= maxText {
		return s
	}
	return s[:maxText]
}

// mentions joins neighbouring atoms that lie within one another.
func (r *reading) mentions() []Mention {
	var out []Mention
	atoms := r.atoms()
	for len(atoms) > 0 {
		n := 1
		units := atoms[0].units
		for n < len(atoms) && r.touch(atoms[n-1], atoms[n]) {
			joined := join(units, atoms[n].units)
			if len(joined) == 0 {
				break
			}
			units = joined
			n++
		}
		start, end := r.ws[atoms[0].from].start, r.ws[atoms[n-1].to-1].end
		out = append(out, r.mention(start, end, units))
		atoms = atoms[n:]
	}
	return out
}

// join keeps the units of the lower tier that lie in one of the other's; nil when the two
// names do not belong together.
func join(a, b []scored) []scored {
	if kept := within(a, b); len(kept) > 0 {
		return kept
	}
	return within(b, a)
}

// within keeps the units that lie in one of the wider ones, and lets the closest kinship
// count: a ward in the district of its own time before one of today's in an old district.
func within(units, wider []scored) []scored {
	var out []scored
	for _, u := range units {
		best := 0.0
		for _, w := range wider {
			best = max(best, kinship(u.unit, w.unit)*w.score)
		}
		if best > 0 {
			u.score *= best
			out = append(out, u)
		}
	}
	return out
}

// kinship tells how surely the smaller unit lies in the larger: 1 by the tree of its time,
// less across the reform, 0 not at all.
func kinship(small, large Unit) float64 {
	if rank(small.Level) <= rank(large.Level) {
		return 0
	}
	if small.Old == large.Old && (small.Parent == large.Code && rank(large.Level) > 0 || large.Level == ProvinceLevel && small.Province == large.Code) {
		return 1
	}
	switch {
	case small.Old && !large.Old: // old unit, province of today
		for _, s := range Today(Unit{Code: small.Province, Level: ProvinceLevel, Old: true}) {
			if s.Unit.Code == large.Code {
				return 0.9
			}
		}
	case small.Old: // its own tree has decided
	case large.Level == ProvinceLevel: // commune of today, old province
		for _, old := range Before(small) {
			if old.Province == large.Code {
				return 0.88
			}
		}
	default: // commune of today, old district
		for _, old := range Before(small) {
			if old.Parent == large.Code {
				return 0.85
			}
		}
	}
	return 0
}

func (r *reading) mention(start, end int, units []scored) Mention {
	best := map[key]Match{}
	for _, s := range units {
		k := s.unit.key()
		if m, ok := best[k]; !ok || s.score > m.Score {
			best[k] = Match{Unit: s.unit, Score: s.score}
		}
	}
	m := Mention{Start: start, End: end, Text: r.text[start:end], Total: len(best)}
	for _, match := range best {
		m.Matches = append(m.Matches, match)
	}
	slices.SortFunc(m.Matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), rank(a.Unit.Level)-rank(b.Unit.Level),
			boolOrder(!a.Unit.Old, !b.Unit.Old), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	m.Matches = m.Matches[:min(len(m.Matches), MaxMatches)]
	return m
}
