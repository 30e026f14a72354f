package lifeevents

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// recipient is one person chosen, how they stand to the one it is about, and who else could be.
type recipient struct {
	to       PersonID
	relation EdgeKind
	or       []PersonID
}

// recipients is the list of the rule; ToParents opens two places.
func (r *Rule) recipients(v *View) []Recipient {
	list := r.Recipients
	if slices.Contains(list, ToParents) {
		list = slices.Clone(list)
		at := slices.Index(list, ToParents)
		list = slices.Replace(list, at, at+1, firstParent, secondParent)
	}
	return list
}

// The two places of ToParents.
const (
	firstParent  Recipient = "parent 1"
	secondParent Recipient = "parent 2"
)

// resolve chooses who is told on a day; false where there is nobody.
func (to Recipient) resolve(v *View, o *Occurrence, on civil.Date, out *recipient) bool {
	switch to {
	case ToSelf, ToSelfOrRepresentative:
		if v.Born.IsZero() || v.Born.Age(on) >= SpeaksAt {
			*out = recipient{to: v.ID}
			return v.Died.IsZero()
		}
		if to == ToSelf {
			return false
		}
		return choose(v.representatives(on), out)
	case ToRepresentative:
		return choose(v.representatives(on), out)
	case firstParent, secondParent:
		parents := slices.DeleteFunc(v.representatives(on), func(r recipient) bool { return r.relation != ParentOf })
		if to == secondParent {
			parents = parents[min(1, len(parents)):]
		}
		if len(parents) == 0 {
			return false
		}
		*out = parents[0]
		return true
	case ToSpouse:
		return choose(v.ties(on, SpouseOf, v.mayHear), out)
	case ToHead:
		return choose(v.ties(on, HeadOf, v.mayHear), out)
	case ToCarer:
		return choose(v.ties(on, CarerOf, func(e *Edge, on civil.Date) bool { return e.Authority }), out)
	case ToKin:
		return choose(v.kin(on), out)
	}
	return false
}

func choose(list []recipient, out *recipient) bool {
	if len(list) == 0 {
		return false
	}
	*out = list[0]
	for _, r := range list[1:] {
		if !slices.Contains(out.or, r.to) && r.to != out.to {
			out.or = append(out.or, r.to)
		}
	}
	return true
}

// representatives are those who may act for the person: guardians before parents, those
// who live with the person first, then by ID.
func (v *View) representatives(on civil.Date) []recipient {
	can := func(e *Edge, on civil.Date) bool { return e.CanAct(v.Born, on) }
	return append(v.ties(on, GuardianOf, can), v.ties(on, ParentOf, can)...)
}

// mayHear: a spouse or head of household hears of a child's affairs, of a dead member's,
// and of an adult's who agreed.
func (v *View) mayHear(e *Edge, on civil.Date) bool {
	return e.Consent || !v.Died.IsZero() || !v.Born.IsZero() && v.Born.Age(on) < SpeaksAt
}

// kin are the next of kin of someone who died: spouse, then grown children, then parents.
func (v *View) kin(on civil.Date) []recipient {
	any := func(*Edge, civil.Date) bool { return true }
	list := v.ties(on, SpouseOf, any)
	for i := range v.Edges {
		e := &v.Edges[i]
		if e.Kind == ParentOf && e.From == v.ID && v.living(e.To) {
			if born := v.Kin[e.To].Born; !born.IsZero() && born.Age(on) >= AdultAt {
				list = append(list, recipient{to: e.To, relation: ChildOf})
			}
		}
	}
	return append(list, v.ties(on, ParentOf, any)...)
}

// ties lists the living at the other end of edges of a kind towards the person, where ok
// says so. Edges to the dead count as on the day of death.
func (v *View) ties(on civil.Date, kind EdgeKind, ok func(*Edge, civil.Date) bool) []recipient {
	var list []recipient
	held := on
	if !v.Died.IsZero() && v.Died.Before(on) {
		held = v.Died
	}
	for i := range v.Edges {
		e := &v.Edges[i]
		if e.Kind != kind || e.Withdrawn || !e.Validity.Holds(held) || !ok(e, on) {
			continue
		}
		other := e.From
		if other == v.ID && kind == SpouseOf {
			other = e.To
		}
		if other != v.ID && v.living(other) {
			list = append(list, recipient{to: other, relation: kind})
		}
	}
	if len(list) < 2 {
		return list
	}
	home := v.Place(on)
	apart := func(r recipient) int {
		if p := v.Kin[r.to]; p != nil && home != "" && p.Place(on) == home {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b recipient) int {
		return cmp.Or(cmp.Compare(apart(a), apart(b)), cmp.Compare(a.to, b.to))
	})
	return slices.CompactFunc(list, func(a, b recipient) bool { return a.to == b.to })
}

// living reports whether a member of the family is known and not known to have died.
func (v *View) living(id PersonID) bool {
	p := v.Kin[id]
	return p != nil && p.Died.IsZero()
}
