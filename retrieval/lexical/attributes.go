package lexical

import (
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// attributes keeps what searches filter by in columns, with names numbered per segment.
type attributes struct {
	names  []string
	number map[string]uint16
	rows   []attrRow
	// anyRestricted spares a search the look at every row when there is nothing to hide.
	anyRestricted bool
	// procedures are the windows that hold a procedure: a search among those alone has no
	// business in the others.
	procedures []bool
}

// keep adds a row.
func (a *attributes) keep(r attrRow) {
	w := len(a.rows) >> windowBits
	a.rows = append(a.rows, r)
	a.anyRestricted = a.anyRestricted || r.restricted
	if r.procedure {
		a.procedures = append(a.procedures, make([]bool, max(0, w+1-len(a.procedures)))...)
		a.procedures[w] = true
	}
}

// attrRow holds days as year*416+month*32+day (0: not known) and names by number.
type attrRow struct {
	from, until                         int32
	issuer, kind, field, place, numbers uint16
	levels                              uint8
	audiences                           uint8
	procedure, restricted               bool
}

var audienceBits = map[corpus.Audience]uint8{
	corpus.ForCitizens: 1, corpus.ForBusinesses: 2, corpus.ForOrganisations: 4, corpus.ForForeigners: 8,
}

var levelBits = map[corpus.Level]uint8{
	corpus.Central: 1, corpus.Province: 2, corpus.District: 4, corpus.Commune: 8, corpus.Otherlvl: 16,
}

func dayNumber(d civil.Date) int32 {
	if d.IsZero() {
		return 0
	}
	return int32(d.Year)*416 + int32(d.Month)*32 + int32(d.Day)
}

// name numbers a string; 0 is the empty one. Past 65,535 names all share the last, so
// that a filter by such a name lets too much through rather than too little.
func (a *attributes) name(s string) uint16 {
	if a.number == nil {
		a.number, a.names = map[string]uint16{"": 0}, []string{""}
	}
	if n, ok := a.number[s]; ok {
		return n
	}
	if len(a.names) > 0xFFFF {
		return 0xFFFF
	}
	n := uint16(len(a.names))
	a.number[s] = n
	a.names = append(a.names, s)
	return n
}

func (a *attributes) add(at Attributes) {
	row := attrRow{
		from: dayNumber(at.Validity.From), until: dayNumber(at.Validity.Until),
		issuer: a.name(at.Issuer), kind: a.name(string(at.Type)), field: a.name(at.Field), place: a.name(at.Place),
		numbers: a.name(corpus.NumberKey(at.Instrument)), procedure: at.Procedure, restricted: at.Restricted,
	}
	for _, l := range at.Levels {
		row.levels |= levelBits[l]
	}
	for _, who := range at.Audiences {
		row.audiences |= audienceBits[who]
	}
	a.keep(row)
}

// get is the reverse of add.
func (a *attributes) get(i uint32) Attributes {
	r := a.rows[i]
	at := Attributes{
		Validity: corpus.Validity{From: dateOf(r.from), Until: dateOf(r.until)},
		Issuer:   a.names[r.issuer], Type: corpus.InstrumentType(a.names[r.kind]), Field: a.names[r.field],
		Place: a.names[r.place], Instrument: a.names[r.numbers], Procedure: r.procedure, Restricted: r.restricted,
	}
	for _, who := range []corpus.Audience{corpus.ForCitizens, corpus.ForBusinesses, corpus.ForOrganisations, corpus.ForForeigners} {
		if r.audiences&audienceBits[who] != 0 {
			at.Audiences = append(at.Audiences, who)
		}
	}
	for _, l := range []corpus.Level{corpus.Central, corpus.Province, corpus.District, corpus.Commune, corpus.Otherlvl} {
		if r.levels&levelBits[l] != 0 {
			at.Levels = append(at.Levels, l)
		}
	}
	return at
}

func dateOf(n int32) civil.Date {
	if n == 0 {
		return civil.Date{}
	}
	return civil.New(int(n/416), time.Month(n%416/32), int(n%32))
}
