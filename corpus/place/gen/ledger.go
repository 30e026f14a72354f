package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus/place"
)

// pair is one claim: old unit → commune of today.
type pair struct{ old, new string } // codes; an island's old code is its district's

// claim is what the two witnesses say of a pair.
type claim struct {
	press, pack bool
	part        bool // the press list says in so many words that a part moved
}

// ledger weighs the witnesses.
type ledger struct {
	raw        *raw
	legacy     map[string]*legacy // by code
	communes   map[string]*commune
	byKey      map[string]*commune
	candidates map[string][]*legacy // today's province code + folded name → old units
	claims     map[pair]*claim
	packed     map[string]map[string]bool // new code → old codes, as the package says
	district   map[string]string          // old district → old province
	home       map[string]map[string]bool // new code → old districts its sure parts lie in
	earlier    []earlier
	unread     []string // press names that fit no old unit
	vague      []string // press names that fit several
	dropped    []string // claims struck out, with the reason
	lost       []string // units of the older tree without a trace
	noRow      []string // press rows that fit no commune of today
}

// earlier is a unit of the older tree that was gone by June 2025, and what absorbed it.
type earlier struct {
	unit
	into []string
}

func newLedger(r *raw) *ledger {
	l := &ledger{
		raw: r, legacy: map[string]*legacy{}, communes: map[string]*commune{}, byKey: map[string]*commune{},
		candidates: map[string][]*legacy{}, claims: map[pair]*claim{},
		packed: map[string]map[string]bool{}, district: map[string]string{}, home: map[string]map[string]bool{},
	}
	for _, c := range r.communes {
		l.communes[c.code], l.byKey[c.key] = c, c
	}
	for _, u := range r.legacy {
		l.legacy[u.code], l.district[u.district] = u, u.province
		for _, key := range r.converter[u.key] {
			if c := l.byKey[key]; c != nil {
				if l.packed[c.code] == nil {
					l.packed[c.code] = map[string]bool{}
				}
				l.packed[c.code][u.code] = true
				l.provinceOf(c.province).olds[u.province] = true
			}
		}
	}
	l.keepMajorityProvinces()
	for _, u := range r.legacy {
		_, name := split(u.name)
		for _, p := range r.provinces {
			if p.olds[u.province] {
				l.candidates[p.code+name] = append(l.candidates[p.code+name], u)
			}
		}
	}
	return l
}

// keepMajorityProvinces leaves each old province with the one new province that took
// nearly all of it; a stray claim of the package must not join two provinces.
func (l *ledger) keepMajorityProvinces() {
	votes := map[string]map[string]int{}
	for newCode, olds := range l.packed {
		for old := range olds {
			from := l.legacy[old].province
			if votes[from] == nil {
				votes[from] = map[string]int{}
			}
			votes[from][l.communes[newCode].province]++
		}
	}
	for _, p := range l.raw.provinces {
		for old := range p.olds {
			for other, n := range votes[old] {
				if other != p.code && n > votes[old][p.code] {
					delete(p.olds, old)
				}
			}
		}
	}
}

func (l *ledger) provinceOf(code string) *province {
	i := slices.IndexFunc(l.raw.provinces, func(p *province) bool { return p.code == code })
	return l.raw.provinces[i]
}

// readPackage enters what the package claims.
func (l *ledger) readPackage() {
	for newCode, olds := range l.packed {
		for old := range olds {
			l.claim(old, newCode).pack = true
		}
	}
}

func (l *ledger) claim(old, newCode string) *claim {
	key := pair{old, newCode}
	if l.claims[key] == nil {
		l.claims[key] = &claim{}
	}
	return l.claims[key]
}

// readPress enters what the press list claims: first the names that can be only one old
// unit, which tell the districts a commune was made from; then the rest in that light.
func (l *ledger) readPress() {
	type late struct {
		c    *commune
		o    oldName
		s    string
		fits []*legacy
	}
	var waiting []late
	for _, row := range l.raw.press {
		c := l.rowCommune(row)
		if c == nil {
			l.noRow = append(l.noRow, row.province+" | "+row.name)
			continue
		}
		if old := l.legacy[c.code]; old != nil {
			l.at(c.code, old.district)
		}
		olds := row.olds
		if len(olds) == 0 { // unchanged: itself
			olds = []string{row.name}
		}
		for _, s := range olds {
			o := readOldName(s)
			fits := l.fits(c, o)
			switch {
			case o.kind == "huyen": // an island district: all it had
				for _, u := range fits {
					l.enter(c, u, o)
				}
				if len(fits) == 0 {
					l.unread = append(l.unread, c.code+" "+c.name+", "+row.province+" ← "+s)
				}
			case len(fits) == 0:
				l.unread = append(l.unread, c.code+" "+c.name+", "+row.province+" ← "+s)
			case len(fits) == 1:
				l.enter(c, fits[0], o)
			default:
				waiting = append(waiting, late{c, o, s, fits})
			}
		}
	}
	for _, w := range waiting {
		fits := l.narrow(w.c, w.fits)
		if len(fits) == 1 {
			l.enter(w.c, fits[0], w.o)
			continue
		}
		l.vague = append(l.vague, w.c.code+" "+w.c.name+" ← "+w.s)
	}
}

func (l *ledger) enter(c *commune, u *legacy, o oldName) {
	cl := l.claim(u.code, c.code)
	cl.press = true
	cl.part = cl.part || o.part
	l.at(c.code, u.district)
}

func (l *ledger) at(newCode, district string) {
	if l.home[newCode] == nil {
		l.home[newCode] = map[string]bool{}
	}
	l.home[newCode][district] = true
}

// rowCommune finds the commune of today a press row speaks of. The list gives no kinds, so
// a name borne by two communes of a province is decided by the parts both witnesses name.
func (l *ledger) rowCommune(row pressRow) *commune {
	var found []*commune
	province := strings.TrimPrefix(place.Fold(row.province), "tp ")
	if province == "hcm" {
		province = "ho chi minh"
	}
	for _, c := range l.raw.communes {
		_, pname := split(l.provinceOf(c.province).name)
		_, name := split(c.name)
		if pname == province && name == place.Fold(row.name) {
			found = append(found, c)
		}
	}
	if len(found) < 2 {
		if len(found) == 1 {
			return found[0]
		}
		return nil
	}
	best, bestScore := found[0], -1
	for _, c := range found {
		score := 0
		if written(c.name) == strings.ToLower(row.name) {
			score++
		}
		for _, s := range row.olds {
			o := readOldName(s)
			for old := range l.packed[c.code] {
				if _, name := split(l.legacy[old].name); name == o.name {
					score += 2
				}
			}
		}
		if len(row.olds) == 0 && len(l.packed[c.code]) == 1 {
			score += 2
		}
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return best
}

// fits lists the old units a press name can mean: same folded name in a province that went
// into today's, of that kind, in the district of the bracket, with those marks.
func (l *ledger) fits(c *commune, o oldName) []*legacy {
	if o.kind == "huyen" {
		return slices.DeleteFunc(slices.Clone(l.raw.legacy), func(u *legacy) bool {
			kind, name := split(u.districtName)
			return kind != o.kind || name != o.name || !l.provinceOf(c.province).olds[u.province]
		})
	}
	all := l.candidates[c.province+o.name]
	if n := slices.Index(roman, o.name); n >= 0 && len(all) == 0 {
		o.name = strconv.Itoa(n + 1)
		all = l.candidates[c.province+o.name]
	}
	if len(all) == 0 { // a name that itself begins with "Phường"
		all = l.candidates[c.province+o.kind+" "+o.name]
	}
	if len(all) == 0 { // a slip of the pen: the package's parts of this commune, a letter apart
		for _, u := range l.raw.legacy {
			if _, name := split(u.name); l.packed[c.code][u.code] && near(name, o.name) {
				all = append(all, u)
			}
		}
	}
	kindFits := func(u *legacy) bool { k, _ := split(u.name); return o.kind == "" || k == o.kind }
	if !slices.ContainsFunc(all, func(u *legacy) bool { return kindFits(u) && l.packed[c.code][u.code] }) {
		// the list errs in the kind more often than in the place
		all = prefer(all, func(u *legacy) bool { return l.packed[c.code][u.code] })
	}
	all = prefer(all, kindFits)
	if o.districts != "" {
		all = prefer(all, func(u *legacy) bool { return inBracket(u, o.districts) })
	}
	return prefer(all, func(u *legacy) bool { return written(u.name) == o.written })
}

// narrow decides among namesakes by the second witness and by the districts at hand.
func (l *ledger) narrow(c *commune, fits []*legacy) []*legacy {
	fits = prefer(fits, func(u *legacy) bool { return l.packed[c.code][u.code] })
	fits = prefer(fits, func(u *legacy) bool { return l.home[c.code][u.district] })
	return prefer(fits, func(u *legacy) bool { // at least from the same old province
		for d := range l.home[c.code] {
			if l.district[d] == u.province {
				return true
			}
		}
		return false
	})
}

// prefer keeps those that pass, or all when none does.
func prefer(all []*legacy, pass func(*legacy) bool) []*legacy {
	if kept := slices.DeleteFunc(slices.Clone(all), func(u *legacy) bool { return !pass(u) }); len(kept) > 0 {
		return kept
	}
	return all
}

// inBracket reports whether the bracket names the unit's district or province.
func inBracket(u *legacy, words string) bool {
	for _, full := range []string{u.districtName, u.provinceName} {
		kind, name := split(full)
		if strings.Contains(" "+words+" ", " "+kind+" "+name+" ") {
			if full == u.districtName {
				// "huyện Châu Thành, tỉnh Bến Tre": the province must fit too when named
				_, pname := split(u.provinceName)
				return !strings.Contains(words, "tinh ") || strings.Contains(words, "tinh "+pname)
			}
		}
	}
	return false
}

// near reports whether two folded names differ by spaces or by one letter.
func near(a, b string) bool {
	a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 4 {
		return a == b
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

func sortPairs(claims map[pair]*claim) []pair {
	out := make([]pair, 0, len(claims))
	for p := range claims {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Or(cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new)) })
	return out
}
