package lexical

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// Filter narrows a search to documents in force on a day and of given kinds. The zero
// value and nil pass everything.
type Filter struct {
	InForceOn civil.Date
	retrieval.Filter
}

// compile gives the test of one segment's documents; nil when all pass.
func (f *Filter) compile(p *part) func(uint32) bool {
	if f == nil || f.empty() {
		return p.plain()
	}
	on := dayNumber(f.InForceOn)
	issuers, kinds := p.attrs.set(f.Issuers), p.attrs.set(typeStrings(f.Types))
	fields, places := p.attrs.set(f.Fields), p.attrs.set(f.Places)
	numbers := p.attrs.set(keys(f.Instruments))
	var levels uint8
	for _, l := range f.Levels {
		levels |= levelBits[l]
	}
	var audiences uint8
	for _, who := range f.Audiences {
		audiences |= audienceBits[who]
	}
	rows, only := p.attrs.rows, f.Only
	return func(d uint32) bool {
		r := &rows[d]
		switch {
		case p.dead.has(d):
		case on != 0 && (on < r.from || r.until != 0 && on >= r.until):
		case issuers != nil && !issuers[r.issuer]:
		case kinds != nil && !kinds[r.kind]:
		case fields != nil && !fields[r.field]:
		case places != nil && r.place != 0 && !places[r.place]:
		case numbers != nil && !numbers[r.numbers]:
		case r.restricted && !f.Official:
		case audiences != 0 && r.audiences != 0 && audiences&r.audiences == 0:
		case len(f.Levels) > 0 && levels&r.levels == 0:
		case only == retrieval.OnlyProcedures && !r.procedure, only == retrieval.OnlyProvisions && r.procedure:
		default:
			return true
		}
		return false
	}
}

// plain passes what is there and for everybody; nil when that is all.
func (p *part) plain() func(uint32) bool {
	if p.dead.count() == 0 && !p.attrs.anyRestricted {
		return nil
	}
	rows := p.attrs.rows
	return func(d uint32) bool { return !p.dead.has(d) && !rows[d].restricted }
}

func (f *Filter) empty() bool {
	return f.InForceOn.IsZero() && !f.Official && f.Only == retrieval.Everything && len(f.Issuers)+len(f.Types)+len(f.Levels)+
		len(f.Fields)+len(f.Places)+len(f.Instruments)+len(f.Audiences) == 0
}

// set gives the numbers of the names wanted; nil when none is asked for. A name that no
// document has stands for nothing.
func (a *attributes) set(names []string) map[uint16]bool {
	if len(names) == 0 {
		return nil
	}
	s := map[uint16]bool{}
	for _, n := range names {
		if i, ok := a.number[n]; ok {
			s[i] = true
		}
	}
	return s
}

func typeStrings(ts []corpus.InstrumentType) (out []string) {
	for _, t := range ts {
		out = append(out, string(t))
	}
	return out
}

func keys(numbers []string) (out []string) {
	for _, n := range numbers {
		out = append(out, corpus.NumberKey(n))
	}
	return out
}
