package place

import (
	"slices"
	"strings"
)

// atom is one name in a text, with the words [from, to) it covers, cue included.
type atom struct {
	from, to int
	cued     bool // a word such as "phường" says what it is
	units    []scored
	tier     Level // the highest tier it may mean
}

// reading is a text being searched.
type reading struct {
	ix     *index
	text   string
	ws     []word
	marked bool // the writer uses marks somewhere
	loose  bool // the whole text is known to be about a place
	price  float64
}

func newReading(text string, loose bool) *reading {
	r := &reading{ix: loadIndex(), text: text, ws: words(text), loose: loose}
	for _, w := range r.ws {
		if !w.bare() {
			r.marked = true
			break
		}
	}
	r.price = 0.3
	if !r.marked { // who types no marks at all means nothing by leaving them out
		r.price = 0.03
	}
	return r
}

// atoms lists the names that stand for places, in text order and without overlap. First
// what is certain by itself; then, leaning on it, names of lower tiers beside it.
func (r *reading) atoms() []atom {
	var sure, weak []atom
	for i := range r.ws {
		if a, ok := r.cued(i); ok {
			sure = append(sure, a)
			continue
		}
		for n := r.ix.longest; n > 0; n-- {
			a, ok := r.bareName(i, n)
			switch {
			case !ok:
			case r.loose || r.fires(a):
				sure = append(sure, a)
			default:
				weak = append(weak, a)
			}
		}
	}
	found := disjoint(nil, sure)
	return r.lean(found, weak)
}

// disjoint adds atoms that overlap none chosen before: cued first, then the longest, the
// highest tier, the leftmost.
func disjoint(chosen, more []atom) []atom {
	slices.SortStableFunc(more, func(a, b atom) int {
		switch {
		case a.cued != b.cued:
			return boolOrder(a.cued, b.cued)
		case a.to-a.from != b.to-b.from:
			return (b.to - b.from) - (a.to - a.from)
		case a.tier != b.tier:
			return rank(a.tier) - rank(b.tier)
		}
		return a.from - b.from
	})
	for _, a := range more {
		if !slices.ContainsFunc(chosen, func(c atom) bool { return a.from < c.to && c.from < a.to }) {
			chosen = append(chosen, a)
		}
	}
	slices.SortFunc(chosen, func(a, b atom) int { return a.from - b.from })
	return chosen
}

// lean takes up uncertain names that touch a certain one and lie in it, or hold it: "bến
// nghé q1", "huyen vinh bao hai phong".
func (r *reading) lean(found, weak []atom) []atom {
	for again := true; again; {
		again = false
		for _, a := range weak {
			if slices.ContainsFunc(found, func(c atom) bool { return a.from < c.to && c.from < a.to }) {
				continue
			}
			for _, c := range found {
				if !r.touch(a, c) {
					continue
				}
				if kept := related(a, c); len(kept) > 0 {
					a.units, a.tier = kept, tierOf(kept)
					found, again = disjoint(found, []atom{a}), true
					break
				}
			}
		}
	}
	return found
}

// related returns what the uncertain name means beside the certain one: the units in it, or
// the wider units around it.
func related(a, c atom) []scored {
	if rank(a.tier) > rank(c.tier) || a.tier == c.tier && lower(a) {
		return within(a.units, c.units)
	}
	var wider []scored
	for _, w := range a.units {
		if len(within(c.units, []scored{w})) > 0 {
			wider = append(wider, w)
		}
	}
	return wider
}

// lower reports whether the atom may mean a unit below its highest tier.
func lower(a atom) bool {
	return slices.ContainsFunc(a.units, func(s scored) bool { return s.unit.Level != a.tier })
}

// touch reports whether nothing but punctuation or a linking word stands between.
func (r *reading) touch(a, b atom) bool {
	if a.from > b.from {
		a, b = b, a
	}
	for i := a.to; i < b.from; i++ {
		if !linking[r.ws[i].plain] || i-a.to > 0 {
			return false
		}
	}
	if b.from < a.to {
		return false
	}
	for i := a.to; i <= b.from; i++ {
		if strings.ContainsAny(r.ws[i].gap, ".?!;:\n") && !shortGap(r.ws[i].gap) {
			return false
		}
	}
	return true
}

// shortGap allows the dot of an abbreviation ("Q.1"), not the end of a sentence.
func shortGap(gap string) bool { return gap == "." }

var linking = wordSet("thuoc cua o tai")

func joinedGaps(ws []word) string {
	var b strings.Builder
	for _, w := range ws[1:] {
		b.WriteString(w.gap)
	}
	return b.String()
}

// bareName reads n words without a cue.
func (r *reading) bareName(i, n int) (atom, bool) {
	if i+n > len(r.ws) {
		return atom{}, false
	}
	ws := r.ws[i : i+n]
	if i > 0 && streetwords[r.ws[i-1].marked] && (i < 2 || r.ws[i-2].plain != "thanh") {
		return atom{}, false
	}
	if strings.ContainsAny(joinedGaps(ws), ",;?!\n()") {
		return atom{}, false
	}
	var units []scored
	for _, s := range r.ix.lookup(ws, r.price) {
		if n == 1 && classOf(rune(ws[0].plain[0])) == 2 {
			continue // a number alone is never a place
		}
		s.score -= 0.08 * float64(rank(s.unit.Level))
		units = append(units, s)
	}
	if len(units) == 0 {
		return atom{}, false
	}
	return atom{from: i, to: i + n, units: units, tier: tierOf(units)}, true
}

func tierOf(units []scored) Level {
	tier := CommuneLevel
	for _, s := range units {
		if rank(s.unit.Level) < rank(tier) {
			tier = s.unit.Level
		}
	}
	return tier
}

func rank(l Level) int {
	switch l {
	case ProvinceLevel:
		return 0
	case DistrictLevel:
		return 1
	}
	return 2
}

func boolOrder(a, b bool) int {
	if a == b {
		return 0
	}
	if a {
		return -1
	}
	return 1
}
