package lifeevents

import (
	"slices"

	"github.com/motcua/motcua/corpus"
)

// Ripple is what a change of the rules does to one person's notices.
type Ripple struct {
	Added   []Notice  `json:"added,omitempty"`   // planned now, not before
	Gone    []Notice  `json:"gone,omitempty"`    // planned before, not now
	Moved   []Changed `json:"moved,omitempty"`   // another day, deadline or wording
	Correct []Changed `json:"correct,omitempty"` // already said, and no longer so
}

// Changed is a notice before and after; After is zero where nothing stands in its place.
type Changed struct {
	Before Notice   `json:"before"`
	After  Notice   `json:"after,omitzero"`
	What   []string `json:"what"` // "version", "due", "legal", "deadline", "basis", "procedures", "gone"
}

// Empty reports whether nothing changes.
func (r Ripple) Empty() bool {
	return len(r.Added)+len(r.Gone)+len(r.Moved)+len(r.Correct) == 0
}

// Compare tells what changes for a person when now replaces before. Planned notices of
// the window are compared by what must not be said twice; said are notices already sent,
// checked against the new rules. Nothing is written: it is the dry run and the run alike.
func Compare(before, now *Set, v *View, w Window, said []Notice) Ripple {
	var out Ripple
	old, fresh := before.Plan(v, w), now.Plan(v, w)
	spoken := map[string]bool{}
	for _, n := range said {
		spoken[n.SaidKey()] = true
		if c, changed := now.correction(v, n); changed {
			out.Correct = append(out.Correct, c)
		}
	}
	byKey := map[string]Notice{}
	for _, n := range fresh {
		byKey[n.SaidKey()] = n
	}
	for _, n := range old {
		after, stays := byKey[n.SaidKey()]
		delete(byKey, n.SaidKey())
		if spoken[n.SaidKey()] {
			continue
		}
		if !stays {
			out.Gone = append(out.Gone, n)
		} else if what := differences(n, after); len(what) > 0 {
			out.Moved = append(out.Moved, Changed{n, after, what})
		}
	}
	for _, n := range fresh {
		if _, left := byKey[n.SaidKey()]; left && !spoken[n.SaidKey()] {
			out.Added = append(out.Added, n)
		}
	}
	return out
}

// correction checks a notice already said against the rules and facts as they are now. It
// was wrong where its occurrence is gone (an event retracted, a birthday corrected, a rule
// ended) or its deadline, basis or procedures have changed. That the matter is done, or no
// longer theirs, is no error; nor is a new version that says the same.
func (s *Set) correction(v *View, n Notice) (Changed, bool) {
	on := n.Due
	if on.Before(n.Legal) {
		on = n.Legal
	}
	r, ok := s.InForce(n.Rule, on)
	if !ok || r.Disabled != "" {
		return Changed{Before: n, What: []string{"gone"}}, true
	}
	var now *due
	r.Trigger.Each(v, n.Legal.Year-1, n.Legal.Year+1, func(a *Anchor) {
		if o := r.occurrence(v.ID, a); now == nil && o.Slot() == n.Slot {
			now = &due{occ: &o, on: n.Due, recipient: recipient{to: n.Person, relation: n.Relation, or: n.Or}}
		}
	})
	if now == nil {
		return Changed{Before: n, What: []string{"gone"}}, true
	}
	after := now.notice(v)
	what := slices.DeleteFunc(differences(n, after), func(s string) bool { return s == "version" || s == "due" })
	return Changed{n, after, what}, len(what) > 0
}

func differences(a, b Notice) []string {
	var what []string
	add := func(differs bool, name string) {
		if differs {
			what = append(what, name)
		}
	}
	add(a.Version != b.Version, "version")
	add(a.Due != b.Due, "due")
	add(a.Legal != b.Legal, "legal")
	add(a.Deadline != b.Deadline, "deadline")
	add(!sameBasis(a.Basis, b.Basis), "basis")
	add(!slices.Equal(a.Procedures, b.Procedures), "procedures")
	return what
}

func sameBasis(a, b []corpus.Provision) bool {
	return slices.EqualFunc(a, b, func(x, y corpus.Provision) bool { return x.Key() == y.Key() })
}

// RestingOn lists the rules whose basis a changed provision touches: it is the provision,
// lies inside it or holds it. By ID and version.
func (s *Set) RestingOn(p corpus.Provision) []*Rule {
	var out []*Rule
	for _, r := range s.rules {
		basis := r.Basis
		if r.Deadline != nil {
			basis = append(slices.Clone(basis), r.Deadline.Basis...)
		}
		if slices.ContainsFunc(basis, func(q corpus.Provision) bool { return p.Covers(q) || q.Covers(p) }) {
			out = append(out, r)
		}
	}
	return out
}

// Changed lists the IDs of rules that differ between two sets: a version came, went, or
// reads differently. What cannot be compared (predicates) is compared by its words.
func (s *Set) Changed(now *Set) []string {
	var ids []string
	for _, pair := range [][2]*Set{{s, now}, {now, s}} {
		for _, r := range pair[0].rules {
			other, ok := pair[1].Rule(r.ID, r.Version)
			if !slices.Contains(ids, r.ID) && (!ok || r.fingerprint() != other.fingerprint()) {
				ids = append(ids, r.ID)
			}
		}
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}
