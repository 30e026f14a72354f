package store

import (
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Facts, edges, events and whole views are kept in a form of our own: a day's work reads
// tens of thousands of them, a changed rule a million, and JSON takes ten times as long.
// Numbers are varints, texts their length and bytes, lists their length and elements. The
// first byte of a record is the version of the form. A test fills every field of every
// type by reflection, so that a field added there and forgotten here is noticed.
const codecVersion = 1

var errCodec = errors.New("bản ghi về người dân bị hỏng hoặc do phiên bản khác ghi")

type encoder struct{ b []byte }

func (e *encoder) num(n int64)       { e.b = binary.AppendVarint(e.b, n) }
func (e *encoder) count(n int)       { e.b = binary.AppendUvarint(e.b, uint64(n)) }
func (e *encoder) date(d civil.Date) { e.count(DayNumber(d)) }

func (e *encoder) text(s string) {
	e.count(len(s))
	e.b = append(e.b, s...)
}

func (e *encoder) time(t time.Time) {
	if t.IsZero() {
		e.num(-1 << 62)
		return
	}
	e.num(t.UnixMilli())
}

func (e *encoder) flags(list ...bool) {
	var f byte
	for i, on := range list {
		if on {
			f |= 1 << i
		}
	}
	e.b = append(e.b, f)
}

// decoder reads one record; every text is a piece of one string. The first fault sticks.
type decoder struct {
	s   string
	bad bool
}

func (d *decoder) count() int {
	var n uint64
	for i, shift := 0, 0; i < len(d.s) && shift < 63; i, shift = i+1, shift+7 {
		c := d.s[i]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			d.s = d.s[i+1:]
			return int(n)
		}
	}
	d.bad, d.s = true, ""
	return 0
}

func (d *decoder) num() int64 {
	n := uint64(d.count())
	return int64(n>>1) ^ -int64(n&1)
}

func (d *decoder) date() civil.Date { return NumberedDay(d.count()) }

func (d *decoder) text() string {
	n := d.count()
	if n < 0 || n > len(d.s) {
		d.bad, d.s = true, ""
		return ""
	}
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

func (d *decoder) time() time.Time {
	n := d.num()
	if n == -1<<62 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

func (d *decoder) flags() byte {
	if d.s == "" {
		d.bad = true
		return 0
	}
	f := d.s[0]
	d.s = d.s[1:]
	return f
}

// length reads the length of a list; each element takes at least one byte.
func (d *decoder) length() int {
	n := d.count()
	if n < 0 || n > len(d.s) {
		d.bad, d.s = true, ""
		return 0
	}
	return n
}

// open checks the version.
func (d *decoder) open() { d.bad = d.flags() != codecVersion || d.bad }

func (d *decoder) err() error {
	if d.bad || d.s != "" {
		return errCodec
	}
	return nil
}

// DayNumber writes a day as yyyymmdd; 0 for a day not known.
func DayNumber(d civil.Date) int { return d.Year*10000 + int(d.Month)*100 + d.Day }

// NumberedDay reads what DayNumber wrote.
func NumberedDay(n int) civil.Date {
	return civil.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
}

func (e *encoder) validity(v corpus.Validity) { e.date(v.From); e.date(v.Until) }

func (d *decoder) validity() corpus.Validity { return corpus.Validity{From: d.date(), Until: d.date()} }

func (e *encoder) fact(f *lifeevents.Fact) {
	e.text(f.ID)
	e.text(string(f.Person))
	e.text(string(f.Kind))
	e.text(f.Key)
	v := &f.Value
	e.flags(f.Withdrawn, v.Text != "", v.Place != "", !v.On.IsZero(), !v.Until.IsZero(), v.Number != 0, f.Validity != corpus.Validity{}, f.Supersedes != "")
	if v.Text != "" {
		e.text(v.Text)
	}
	if v.Place != "" {
		e.text(v.Place)
	}
	if !v.On.IsZero() {
		e.date(v.On)
	}
	if !v.Until.IsZero() {
		e.date(v.Until)
	}
	if v.Number != 0 {
		e.num(v.Number)
	}
	if f.Validity != (corpus.Validity{}) {
		e.validity(f.Validity)
	}
	if f.Supersedes != "" {
		e.text(f.Supersedes)
	}
	e.text(string(f.Source))
	e.time(f.ObservedAt)
	if since := f.KnownSince(); since.Equal(f.ObservedAt) {
		e.flags()
	} else {
		e.flags(true)
		e.time(since)
	}
	e.text(string(f.Confidence))
}

func (d *decoder) fact(f *lifeevents.Fact) {
	f.ID, f.Person = d.text(), lifeevents.PersonID(d.text())
	f.Kind, f.Key = lifeevents.FactKind(d.text()), d.text()
	flags := d.flags()
	v := &f.Value
	f.Withdrawn = flags&1 != 0
	if flags&2 != 0 {
		v.Text = d.text()
	}
	if flags&4 != 0 {
		v.Place = d.text()
	}
	if flags&8 != 0 {
		v.On = d.date()
	}
	if flags&16 != 0 {
		v.Until = d.date()
	}
	if flags&32 != 0 {
		v.Number = d.num()
	}
	if flags&64 != 0 {
		f.Validity = d.validity()
	}
	if flags&128 != 0 {
		f.Supersedes = d.text()
	}
	f.Source, f.ObservedAt = lifeevents.Source(d.text()), d.time()
	if d.flags() != 0 {
		f.SetKnownSince(d.time())
	}
	f.Confidence = corpus.Confidence(d.text())
}

func (e *encoder) edge(x *lifeevents.Edge) {
	e.text(x.ID)
	e.text(string(x.From))
	e.text(string(x.To))
	e.text(string(x.Kind))
	e.validity(x.Validity)
	e.flags(x.Authority, x.Consent, x.Withdrawn)
	e.text(string(x.Source))
	e.time(x.ObservedAt)
	e.text(x.Supersedes)
}

func (d *decoder) edge(x *lifeevents.Edge) {
	x.ID, x.From, x.To = d.text(), lifeevents.PersonID(d.text()), lifeevents.PersonID(d.text())
	x.Kind, x.Validity = lifeevents.EdgeKind(d.text()), d.validity()
	flags := d.flags()
	x.Authority, x.Consent, x.Withdrawn = flags&1 != 0, flags&2 != 0, flags&4 != 0
	x.Source, x.ObservedAt, x.Supersedes = lifeevents.Source(d.text()), d.time(), d.text()
}

func (e *encoder) event(x *lifeevents.Event) {
	e.text(x.ID)
	e.text(string(x.Source))
	e.text(string(x.Person))
	e.text(string(x.Kind))
	e.date(x.On)
	e.time(x.Reported)
	e.text(x.Subject)
	e.text(x.Place)
	e.text(x.Retracts)
	keys := make([]string, 0, len(x.Data))
	for k := range x.Data {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	e.count(len(keys))
	for _, k := range keys {
		e.text(k)
		e.text(x.Data[k])
	}
}

func (d *decoder) event(x *lifeevents.Event) {
	x.ID, x.Source, x.Person = d.text(), lifeevents.Source(d.text()), lifeevents.PersonID(d.text())
	x.Kind, x.On, x.Reported = lifeevents.EventKind(d.text()), d.date(), d.time()
	x.Subject, x.Place, x.Retracts = d.text(), d.text(), d.text()
	if n := d.length(); n > 0 {
		x.Data = make(map[string]string, n)
		for range n {
			k := d.text()
			x.Data[k] = d.text()
		}
	}
}

// list reads the length and the elements of a list.
func list[T any](d *decoder, one func(*T)) []T {
	n := d.length()
	if n == 0 {
		return nil
	}
	out := make([]T, n)
	for i := range out {
		one(&out[i])
	}
	return out
}

func (e *encoder) person(p *lifeevents.Person) {
	e.text(string(p.ID))
	e.date(p.Born)
	e.date(p.Died)
	e.text(string(p.Sex))
	e.count(len(p.Facts))
	for i := range p.Facts {
		e.fact(&p.Facts[i])
	}
	e.count(len(p.Events))
	for i := range p.Events {
		e.event(&p.Events[i])
	}
}

func (d *decoder) person(p *lifeevents.Person) {
	p.ID, p.Born, p.Died, p.Sex = lifeevents.PersonID(d.text()), d.date(), d.date(), lifeevents.Sex(d.text())
	p.Facts, p.Events = list(d, d.fact), list(d, d.event)
}

func (e *encoder) answer(a *lifeevents.Answer) {
	e.text(string(a.Person))
	e.text(string(a.About))
	e.text(string(a.Kind))
	e.text(a.Slot)
	e.text(string(a.Topic))
	e.time(a.At)
	e.date(a.Until)
}

func (d *decoder) answer(a *lifeevents.Answer) {
	a.Person, a.About, a.Kind = lifeevents.PersonID(d.text()), lifeevents.PersonID(d.text()), lifeevents.AnswerKind(d.text())
	a.Slot, a.Topic, a.At, a.Until = d.text(), lifeevents.Topic(d.text()), d.time(), d.date()
}

// EncodeView writes a view; kin in order of ID.
func EncodeView(v *lifeevents.View) []byte {
	e := encoder{make([]byte, 0, 1024)}
	e.b = append(e.b, codecVersion)
	e.person(&v.Person)
	e.count(len(v.Edges))
	for i := range v.Edges {
		e.edge(&v.Edges[i])
	}
	ids := make([]lifeevents.PersonID, 0, len(v.Kin))
	for id := range v.Kin {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	e.count(len(ids))
	for _, id := range ids {
		e.person(v.Kin[id])
	}
	e.count(len(v.Answers))
	for i := range v.Answers {
		e.answer(&v.Answers[i])
	}
	e.count(len(v.Losses))
	for _, l := range v.Losses {
		e.text(string(l.Dead))
		e.text(string(l.To))
		e.date(l.On)
	}
	return e.b
}

// DecodeView reads what EncodeView wrote.
func DecodeView(b []byte) (*lifeevents.View, error) {
	d := decoder{s: string(b)}
	d.open()
	v := &lifeevents.View{}
	d.person(&v.Person)
	v.Edges = list(&d, d.edge)
	if kin := list(&d, d.person); len(kin) > 0 {
		v.Kin = make(map[lifeevents.PersonID]*lifeevents.Person, len(kin))
		for i := range kin {
			v.Kin[kin[i].ID] = &kin[i]
		}
	}
	v.Answers = list(&d, d.answer)
	v.Losses = list(&d, func(l *lifeevents.Loss) {
		l.Dead, l.To, l.On = lifeevents.PersonID(d.text()), lifeevents.PersonID(d.text()), d.date()
	})
	return v, d.err()
}

// EncodeFact writes one, with the version of the form before it.
func EncodeFact(x *lifeevents.Fact) []byte { return encode(x, (*encoder).fact) }

// DecodeFact reads what EncodeFact wrote.
func DecodeFact(b []byte) (lifeevents.Fact, error) { return decode(b, (*decoder).fact) }

// EncodeEdge writes one, with the version of the form before it.
func EncodeEdge(x *lifeevents.Edge) []byte { return encode(x, (*encoder).edge) }

// DecodeEdge reads what EncodeEdge wrote.
func DecodeEdge(b []byte) (lifeevents.Edge, error) { return decode(b, (*decoder).edge) }

// EncodeEvent writes one, with the version of the form before it.
func EncodeEvent(x *lifeevents.Event) []byte { return encode(x, (*encoder).event) }

// DecodeEvent reads what EncodeEvent wrote.
func DecodeEvent(b []byte) (lifeevents.Event, error) { return decode(b, (*decoder).event) }

// EncodePerson writes one, with the version of the form before it.
func EncodePerson(x *lifeevents.Person) []byte { return encode(x, (*encoder).person) }

// DecodePerson reads what EncodePerson wrote.
func DecodePerson(b []byte) (lifeevents.Person, error) { return decode(b, (*decoder).person) }

func encode[T any](x *T, write func(*encoder, *T)) []byte {
	e := encoder{make([]byte, 0, 256)}
	e.b = append(e.b, codecVersion)
	write(&e, x)
	return e.b
}

func decode[T any](b []byte, read func(*decoder, *T)) (T, error) {
	d := decoder{s: string(b)}
	d.open()
	var x T
	read(&d, &x)
	return x, d.err()
}
