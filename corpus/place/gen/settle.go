package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus/place"
)

// settle strikes out claims of one witness that only a namesake explains: the package
// takes every commune of that name in the new province, though it means one of them.
func (l *ledger) settle() {
	sure := map[string]bool{} // old units with a claim of both witnesses
	for p, c := range l.claims {
		if c.press && c.pack {
			sure[p.old] = true
		}
	}
	for _, p := range sortPairs(l.claims) {
		c := l.claims[p]
		if c.press && c.pack || !sure[p.old] {
			continue
		}
		old := l.legacy[p.old]
		if twin := l.twin(p); twin != nil {
			l.dropped = append(l.dropped, fmt.Sprintf("%s ↛ %s: namesake of %s", l.line(old), l.communes[p.new].name, l.line(twin)))
			delete(l.claims, p)
		}
	}
}

// twin finds another old unit of the same name that both witnesses give to the commune.
func (l *ledger) twin(p pair) *legacy {
	_, name := split(l.legacy[p.old].name)
	for _, u := range l.candidates[l.communes[p.new].province+name] {
		if c := l.claims[pair{u.code, p.new}]; u.code != p.old && c != nil && c.press {
			return u
		}
	}
	return nil
}

func (l *ledger) line(u *legacy) string {
	return u.code + " " + u.name + ", " + u.districtName + ", " + u.provinceName
}

// traceEarlier finds, for units of the older tree gone by June 2025, the unit that bore
// their name as an alias in the same district or in what the district became.
func (l *ledger) traceEarlier() {
	districts := map[string]map[string]bool{} // older district → districts of June 2025 its communes lay in
	for code, u := range l.raw.tree {
		if now := l.legacy[code]; now != nil {
			if districts[u.parent] == nil {
				districts[u.parent] = map[string]bool{}
			}
			districts[u.parent][now.district] = true
		}
	}
	codes := make([]string, 0, len(l.raw.tree))
	for code := range l.raw.tree {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		u := l.raw.tree[code]
		if l.legacy[code] != nil {
			continue
		}
		e := earlier{unit: u}
		key := strings.ReplaceAll(place.Fold(u.name), " ", "")
		for _, now := range l.raw.legacy {
			if districts[u.parent][now.district] && (slices.Contains(now.aliases, key) || strings.ReplaceAll(place.Fold(now.name), " ", "") == key) {
				e.into = append(e.into, now.code)
			}
		}
		if len(e.into) == 0 {
			l.lost = append(l.lost, code+" "+u.name+", "+l.raw.districts[u.parent].name)
		}
		l.earlier = append(l.earlier, e)
	}
}

type report struct{ summary, details []string }

func (l *ledger) report() report {
	var both, press, pack, mapped, split int
	to := map[string]int{}
	for p, c := range l.claims {
		to[p.old]++
		switch {
		case c.press && c.pack:
			both++
		case c.press:
			press++
		default:
			pack++
		}
	}
	var r report
	var unmapped []string
	for _, u := range l.raw.legacy {
		switch n := to[u.code]; {
		case n == 0:
			unmapped = append(unmapped, l.line(u))
		case n > 1:
			split++
			mapped++
		default:
			mapped++
		}
	}
	fed := map[string]bool{}
	for p := range l.claims {
		fed[p.new] = true
	}
	r.summary = []string{
		fmt.Sprintf("provinces=%d communes=%d fed=%d", len(l.raw.provinces), len(l.raw.communes), len(fed)),
		fmt.Sprintf("old=%d mapped=%d coverage=%.2f%% split=%d unresolved=%d", len(l.raw.legacy), mapped, 100*float64(mapped)/float64(len(l.raw.legacy)), split, len(unmapped)),
		fmt.Sprintf("pairs=%d both=%d press_only=%d package_only=%d dropped=%d", len(l.claims), both, press, pack, len(l.dropped)),
		fmt.Sprintf("earlier=%d traced=%d lost=%d", len(l.earlier), len(l.earlier)-len(l.lost), len(l.lost)),
		fmt.Sprintf("press_rows=%d no_commune=%d names_unread=%d names_vague=%d", len(l.raw.press), len(l.noRow), len(l.unread), len(l.vague)),
	}
	add := func(title string, lines []string) {
		r.details = append(r.details, fmt.Sprintf("== %s (%d)", title, len(lines)))
		r.details = append(r.details, lines...)
	}
	add("no commune", l.noRow)
	add("unread", l.unread)
	add("vague", l.vague)
	add("dropped", l.dropped)
	add("unmapped", unmapped)
	add("lost", l.lost)
	var single []string
	for _, p := range sortPairs(l.claims) {
		if c := l.claims[p]; c.press != c.pack {
			who := "package only"
			if c.press {
				who = "press only"
			}
			single = append(single, fmt.Sprintf("%s: %s → %s %s (%d successors)", who, l.line(l.legacy[p.old]), p.new, l.communes[p.new].name, to[p.old]))
		}
	}
	add("one witness", single)
	return r
}
