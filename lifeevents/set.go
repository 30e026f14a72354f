package lifeevents

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// Set is all rules in all their versions, fixed once made; safe for use at once by many.
type Set struct {
	rules    []*Rule // by ID, version
	groups   [][]*Rule
	mourning int // days
}

// NewSet orders the rules. It fails on a doubled version and on versions of one rule that
// are in force on the same day.
func NewSet(list []*Rule) (*Set, error) {
	s := &Set{rules: slices.Clone(list)}
	slices.SortFunc(s.rules, func(a, b *Rule) int {
		return cmp.Or(compareIDs(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
	})
	for i, r := range s.rules {
		if i == 0 || s.rules[i-1].ID != r.ID {
			s.groups = append(s.groups, nil)
		}
		last := len(s.groups) - 1
		for _, other := range s.groups[last] {
			if other.Version == r.Version {
				return nil, fmt.Errorf("%s: quy tắc %s phiên bản %d đã có ở %s", r.File, r.ID, r.Version, other.File)
			}
			if _, both := other.Validity.Within(r.Validity); both {
				return nil, fmt.Errorf("%s: quy tắc %s phiên bản %d và %d cùng có hiệu lực một lúc", r.File, r.ID, other.Version, r.Version)
			}
		}
		s.groups[last] = append(s.groups[last], r)
		if r.Disabled == "" {
			s.mourning = max(s.mourning, r.Mourning.N)
		}
	}
	return s, nil
}

// compareIDs puts E9 before E10.
func compareIDs(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// Rules lists every version, by ID and version. The caller changes nothing.
func (s *Set) Rules() []*Rule { return s.rules }

// Versions lists the versions of a rule, oldest first; empty for an unknown one.
func (s *Set) Versions(id string) []*Rule {
	for _, g := range s.groups {
		if g[0].ID == id {
			return g
		}
	}
	return nil
}

// Rule returns one version.
func (s *Set) Rule(id string, version int) (*Rule, bool) {
	for _, r := range s.Versions(id) {
		if r.Version == version {
			return r, true
		}
	}
	return nil, false
}

// InForce returns the version of a rule that holds on a day.
func (s *Set) InForce(id string, on civil.Date) (*Rule, bool) {
	for _, r := range s.Versions(id) {
		if r.Validity.Holds(on) {
			return r, true
		}
	}
	return nil, false
}

// Only is a set of the rules named, for recomputing what a change of law touches. The
// mourning of the whole set stays.
func (s *Set) Only(ids ...string) *Set {
	out := &Set{mourning: s.mourning}
	for _, g := range s.groups {
		if slices.Contains(ids, g[0].ID) {
			out.groups = append(out.groups, g)
			out.rules = append(out.rules, g...)
		}
	}
	return out
}
