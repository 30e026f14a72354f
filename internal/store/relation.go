package store

import (
	"encoding/json"
	"slices"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Relation reads a stored relation; day stands in where it has none of its own.
func Relation(body []byte, day string) (r corpus.Relation, err error) {
	if err = json.Unmarshal(body, &r); err != nil {
		return r, err
	}
	if r.Effective.IsZero() {
		r.Effective, err = civil.Parse(day)
	}
	return r, err
}

// Near keeps of the relations to and from an instrument those that concern the place p, one
// inside it or one above it, and of one end told twice the one that was read.
func Near(p corpus.Provision, to, from []corpus.Relation) (near, out []corpus.Relation) {
	touches := func(q corpus.Provision) bool { return p.Covers(q) || q.Covers(p) }
	to = slices.DeleteFunc(withoutEchoes(to), func(r corpus.Relation) bool { return !touches(r.To) })
	return to, slices.DeleteFunc(from, func(r corpus.Relation) bool { return !touches(r.From) })
}

// withoutEchoes drops an end known from a table where the same end was read from the
// text of the instrument that brought it: that one names its article and its words.
func withoutEchoes(relations []corpus.Relation) []corpus.Relation {
	ends := func(r corpus.Relation) bool { return r.Kind == corpus.Replaces || r.Kind == corpus.Repeals }
	read := map[[2]string]bool{}
	for _, r := range relations {
		if ends(r) && r.Evidence != "" {
			read[[2]string{corpus.NumberKey(r.From.Instrument), r.To.Key()}] = true
		}
	}
	return slices.DeleteFunc(relations, func(r corpus.Relation) bool {
		return ends(r) && r.Evidence == "" && read[[2]string{corpus.NumberKey(r.From.Instrument), r.To.Key()}]
	})
}
