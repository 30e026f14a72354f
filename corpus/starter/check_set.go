package starter

import (
	"fmt"

	"github.com/motcua/motcua/corpus"
)

// eachProv visits the provenance of every fact, nil where the fact has none of its own.
func eachProv(p corpus.Procedure, visit func(field string, prov *corpus.Provenance)) {
	at := func(field string, i int, prov *corpus.Provenance) { visit(fmt.Sprintf("%s[%d]", field, i), prov) }
	for i, x := range p.Body {
		at("body", i, x.Prov)
	}
	for i, x := range p.Where {
		at("where", i, x.Prov)
	}
	for i, x := range p.Dossier {
		at("dossier", i, x.Prov)
	}
	for i, x := range p.Fees {
		at("fees", i, x.Prov)
	}
	for i, x := range p.Times {
		at("times", i, x.Prov)
	}
	for i, x := range p.Forms {
		at("forms", i, x.Prov)
	}
	for i, x := range p.Conds {
		at("conditions", i, x.Prov)
	}
	for i, x := range p.Deadline {
		at("deadlines", i, x.Prov)
	}
	for i, x := range p.Penalty {
		at("penalties", i, x.Prov)
	}
	for i, x := range p.Basis {
		at("basis", i, x.Prov)
	}
	for i, x := range p.Notes {
		at("notes", i, x.Prov)
	}
	for i, x := range p.Asked {
		at("asked", i, x.Prov)
	}
}

// CheckSet lists the faults of every record, then what only the whole set can tell: a
// related procedure or a provision that is not there.
func CheckSet(s Set) []Fault {
	var faults []Fault
	known := map[string]bool{}
	for _, p := range s.Procedures {
		known[p.ID] = true
	}
	there := newShelf(s.Instruments)
	for _, p := range s.Procedures {
		faults = append(faults, Check(p)...)
		c := checker{id: p.ID}
		for i, r := range p.Related {
			if !known[r.Code] {
				c.add(fmt.Sprintf("related[%d]", i), fmt.Sprintf("không có thủ tục %q", r.Code))
			}
		}
		for i, b := range p.Basis {
			c.cited(there, fmt.Sprintf("basis[%d]", i), b.Provision)
		}
		for i, d := range p.Deadline {
			for _, b := range d.Basis {
				c.cited(there, fmt.Sprintf("deadlines[%d]", i), b)
			}
		}
		for i, q := range p.Asked {
			for _, b := range q.Basis {
				c.cited(there, fmt.Sprintf("asked[%d]", i), b)
			}
		}
		faults = append(faults, c.faults...)
	}
	return append(faults, there.faults...)
}

func (c *checker) cited(there shelf, field string, p corpus.Provision) {
	if !there.has(p) {
		c.add(field, fmt.Sprintf("không có trong kho: %s", p))
	}
}

// shelf knows which provisions the digests hold.
type shelf struct {
	keys   map[string]bool
	faults []Fault
}

func newShelf(list []corpus.Instrument) shelf {
	s := shelf{keys: map[string]bool{}}
	for _, in := range list {
		s.put(in.Number, corpus.Provision{Instrument: in.Number})
		for _, a := range in.Articles {
			if a.Number != "" {
				s.put(in.Number, corpus.Provision{Instrument: in.Number, Article: a.Number})
			}
			if a.FullText() == "" {
				s.faults = append(s.faults, Fault{in.Number, "Điều " + a.Number, "tóm lược để trống"})
			}
			for _, cl := range a.Clauses {
				s.put(in.Number, corpus.Provision{Instrument: in.Number, Article: a.Number, Clause: cl.Number})
			}
		}
	}
	return s
}

func (s *shelf) put(number string, p corpus.Provision) {
	if s.keys[p.Key()] {
		s.faults = append(s.faults, Fault{number, p.String(), "có hai lần"})
	}
	s.keys[p.Key()] = true
}

// has is strict to the article, and to the clause where the digest has clauses.
func (s shelf) has(p corpus.Provision) bool {
	p.Point = ""
	return s.keys[p.Key()]
}
