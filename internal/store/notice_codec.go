package store

import (
	"encoding/json"
	"slices"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// A notice in the outbox is kept in the form of facts and views: the outbox reads and writes
// tens of thousands a second. Notices of older stores are JSON, which begins with a brace.
const noticeVersion = 1

// EncodeNotice writes a notice.
func EncodeNotice(n *lifeevents.Notice) []byte {
	e := encoder{make([]byte, 0, 640)}
	e.b = append(e.b, noticeVersion)
	for _, s := range [...]string{n.Key, n.Slot, string(n.Person), string(n.About), string(n.Relation), n.Rule, string(n.Topic), string(n.Ground), n.Rung, n.Held} {
		e.text(s)
	}
	texts(&e, n.Or)
	for _, c := range [...]int{n.Version, n.Step, n.Steps, int(n.Sensitivity), int(n.Level)} {
		e.num(int64(c))
	}
	e.flags(n.Urgent)
	e.date(n.Due)
	e.date(n.Legal)
	e.date(n.Opens)
	e.date(n.Deadline)
	e.date(n.Ends)
	e.count(len(n.Basis))
	for _, p := range n.Basis {
		e.provision(p)
	}
	texts(&e, n.Procedures)
	e.words(n.Params)
	e.both(n.Why.Trigger)
	e.count(len(n.Why.Used))
	for _, u := range n.Why.Used {
		e.text(u.Kind)
		e.text(u.Key)
		e.text(u.ID)
		e.text(string(u.Source))
		e.date(u.On)
	}
	e.both(n.Why.Stop)
	e.both(n.Doubt)
	return e.b
}

// DecodeNotice reads what EncodeNotice wrote, or JSON.
func DecodeNotice(b []byte) (n lifeevents.Notice, err error) {
	if len(b) > 0 && b[0] == '{' {
		return n, json.Unmarshal(b, &n)
	}
	d := decoder{s: string(b)}
	d.bad = d.flags() != noticeVersion || d.bad
	n.Key, n.Slot = d.text(), d.text()
	n.Person, n.About, n.Relation = lifeevents.PersonID(d.text()), lifeevents.PersonID(d.text()), lifeevents.EdgeKind(d.text())
	n.Rule, n.Topic, n.Ground, n.Rung, n.Held = d.text(), lifeevents.Topic(d.text()), lifeevents.Ground(d.text()), d.text(), d.text()
	n.Or = list(&d, func(p *lifeevents.PersonID) { *p = lifeevents.PersonID(d.text()) })
	n.Version, n.Step, n.Steps = int(d.num()), int(d.num()), int(d.num())
	n.Sensitivity, n.Level = lifeevents.Sensitivity(d.num()), lifeevents.Level(d.num())
	n.Urgent = d.flags()&1 != 0
	n.Due, n.Legal, n.Opens, n.Deadline, n.Ends = d.date(), d.date(), d.date(), d.date(), d.date()
	n.Basis = list(&d, func(p *corpus.Provision) { *p = d.provision() })
	n.Procedures = list(&d, func(s *string) { *s = d.text() })
	n.Params = d.words()
	n.Why.Trigger = d.both()
	n.Why.Used = list(&d, func(u *lifeevents.Used) {
		u.Kind, u.Key, u.ID, u.Source, u.On = d.text(), d.text(), d.text(), lifeevents.Source(d.text()), d.date()
	})
	n.Why.Stop, n.Doubt = d.both(), d.both()
	return n, d.err()
}

func texts[T ~string](e *encoder, list []T) {
	e.count(len(list))
	for _, s := range list {
		e.text(string(s))
	}
}

func (e *encoder) both(t lifeevents.Text) { e.text(t.VI); e.text(t.EN) }

func (d *decoder) both() lifeevents.Text { return lifeevents.Text{VI: d.text(), EN: d.text()} }

// words writes a map in the order of its keys.
func (e *encoder) words(m map[string]string) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	e.count(len(keys))
	for _, k := range keys {
		e.text(k)
		e.text(m[k])
	}
}

func (d *decoder) words() map[string]string {
	n := d.length()
	if n == 0 {
		return nil
	}
	m := make(map[string]string, n)
	for range n {
		k := d.text()
		m[k] = d.text()
	}
	return m
}

func (e *encoder) provision(p corpus.Provision) {
	for _, s := range [...]string{p.Instrument, p.Article, p.Clause, p.Point, p.Annex} {
		e.text(s)
	}
}

func (d *decoder) provision() corpus.Provision {
	return corpus.Provision{Instrument: d.text(), Article: d.text(), Clause: d.text(), Point: d.text(), Annex: d.text()}
}
