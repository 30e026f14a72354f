package place

import (
	"slices"
	"strings"
)

// Province returns the province of today with that code.
func Province(code string) (Unit, bool) { return load().find(key{ProvinceLevel, false, code}) }

// Commune returns the commune of today with that code.
func Commune(code string) (Unit, bool) { return load().find(key{CommuneLevel, false, code}) }

// Old returns an old unit by level and code.
func Old(level Level, code string) (Unit, bool) { return load().find(key{level, true, code}) }

func (t *table) find(k key) (Unit, bool) {
	i, ok := t.at[k]
	if !ok {
		return Unit{}, false
	}
	return t.units[i], true
}

// Provinces returns the 34 provinces of today, by code.
func Provinces() []Unit { return All(ProvinceLevel, false) }

// All returns every unit of a level, today's or old, by code.
func All(level Level, old bool) []Unit {
	var out []Unit
	for _, u := range load().units {
		if u.Level == level && u.Old == old {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b Unit) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// Within returns the units directly below u in its own time, by code: communes of a
// province of today, districts of an old province, communes of an old district.
func Within(u Unit) []Unit {
	t := load()
	i, ok := t.at[u.key()]
	if !ok {
		return nil
	}
	return t.pick(t.children[i])
}

func (t *table) pick(at []int32) []Unit {
	out := make([]Unit, len(at))
	for i, n := range at {
		out[i] = t.units[n]
	}
	slices.SortStableFunc(out, func(a, b Unit) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// Today returns what u is now, by code. A unit of today is its own successor. An old
// province gives its province of today, an old district the communes its land lies in, an
// old commune the one or more communes that took it. Nil: we do not know.
func Today(u Unit) []Successor {
	t := load()
	i, ok := t.at[u.key()]
	if !ok {
		return nil
	}
	if !u.Old {
		return []Successor{{Unit: u}}
	}
	var out []Successor
	for _, l := range t.links[i] {
		out = append(out, Successor{
			Unit: t.units[l.to], Partial: strings.Contains(l.marks, "*"),
			Remainder: strings.Contains(l.marks, "~"), Unconfirmed: strings.Contains(l.marks, "?"),
		})
	}
	return out
}

// Before returns the old units that went, wholly or in part, into a province or commune of
// today, by code.
func Before(u Unit) []Unit {
	t := load()
	i, ok := t.at[u.key()]
	if !ok || u.Old {
		return nil
	}
	return t.pick(t.feeders[i])
}

// Path is the full name up to the province of its time: "Phường Bến Nghé, Quận 1, Thành
// phố Hồ Chí Minh".
func Path(u Unit) string {
	t := load()
	parts := []string{u.Name}
	if u.Old && u.Level == CommuneLevel {
		if d, ok := t.find(key{DistrictLevel, true, u.Parent}); ok {
			parts = append(parts, d.Name)
		}
	}
	if u.Level != ProvinceLevel {
		p, _ := t.find(key{ProvinceLevel, u.Old, u.Province})
		parts = append(parts, p.Name)
	}
	return strings.Join(parts, ", ")
}

// About returns the header of the embedded table: sources, licences, dates and the counts
// of what was matched and what was not.
func About() []string { return slices.Clone(load().header) }
