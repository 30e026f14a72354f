package lifeevents

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// Digest is what one person is told in one message: everything of one day about the
// person and those they answer for, the nearest legal deadline first. Grown-ups of one
// household are told apart, as the affairs of one are not the other's to read.
type Digest struct {
	Person  PersonID `json:"person"`
	Notices []Notice `json:"notices"` // at least one
}

// Digests groups notices to be said together. What is tender (N3) stands in a message of
// its own, by person it is about. Of one matter told to a person in two roles, the first
// stays. The result is ordered: urgent first, then nearest deadline, then person.
func Digests(list []Notice) []Digest {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Notice) int {
		return cmp.Or(cmp.Compare(b2i(b.Urgent), b2i(a.Urgent)), compareDeadlines(a.Deadline, b.Deadline), cmp.Compare(a.Key, b.Key))
	})
	type name struct {
		to     PersonID
		tender PersonID
	}
	at, said := map[name]int{}, map[string]bool{}
	var out []Digest
	for _, n := range list {
		k := name{to: n.Person}
		if n.Sensitivity == N3 {
			k.tender = n.About
		}
		if said[n.SaidKey()] {
			continue
		}
		said[n.SaidKey()] = true
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Digest{Person: n.Person})
		}
		out[i].Notices = append(out[i].Notices, n)
	}
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Deadline is the nearest legal deadline inside; zero where there is none.
func (d Digest) Deadline() civil.Date { return d.Notices[0].Deadline }

// Sensitivity is the highest inside: what the channel must be fit for.
func (d Digest) Sensitivity() Sensitivity {
	var s Sensitivity
	for _, n := range d.Notices {
		s = max(s, n.Sensitivity)
	}
	return s
}

// Urgent reports whether anything inside may pass the attention budget.
func (d Digest) Urgent() bool { return d.Notices[0].Urgent }
