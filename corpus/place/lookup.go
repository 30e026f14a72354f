package place

import (
	"slices"
	"strings"
)

// Province returns the province of today with that code.
func Province(code string) (Unit, bool) { return find(ProvinceLevel, false, code) }

// Commune returns the commune of today with that code.
func Commune(code string) (Unit, bool) { return find(CommuneLevel, false, code) }

// Old returns an old unit by level and code.
func Old(level Level, code string) (Unit, bool) { return find(level, true, code) }

func find(level Level, old bool, code string) (Unit, bool) {
	u, ok := load().units[key{level, old, code}]
	return u, ok
}

// Provinces returns the 34 provinces of today, by code.
func Provinces() []Unit { return slices.Clone(load().provinces) }

// Within returns the units directly below u in its own time, by code: communes of a
// province of today, districts of an old province, communes of an old district.
func Within(u Unit) []Unit { return slices.Clone(load().children[u.key()]) }

// Today returns what u is now, by code. A unit of today is its own successor. An old
// province gives its province of today, an old district the communes its land lies in, an
// old commune the one or more communes that took it. Nil: we do not know.
func Today(u Unit) []Successor {
	if !u.Old {
		return []Successor{{Unit: u}}
	}
	return slices.Clone(load().successors[u.key()])
}

// Before returns the old units that went, wholly or in part, into a province or commune of
// today, by code.
func Before(u Unit) []Unit {
	if u.Old {
		return nil
	}
	return slices.Clone(load().feeders[u.key()])
}

// Path is the full name up to the province of its time: "Phường Bến Nghé, Quận 1, Thành
// phố Hồ Chí Minh".
func Path(u Unit) string {
	t := load()
	parts := []string{u.Name}
	if u.Old && u.Level == CommuneLevel {
		if d, ok := t.units[key{DistrictLevel, true, u.Parent}]; ok {
			parts = append(parts, d.Name)
		}
	}
	if u.Level != ProvinceLevel {
		parts = append(parts, t.units[key{ProvinceLevel, u.Old, u.Province}].Name)
	}
	return strings.Join(parts, ", ")
}

// About returns the header of the embedded table: sources, licences, dates and the counts
// of what was matched and what was not.
func About() []string { return slices.Clone(load().header) }
