package intake

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// round is one Take: the records of one request or one part of a file.
type round struct {
	desk     *Desk
	now      time.Time
	list     []Entry
	known    map[lifeevents.RecordName]lifeevents.Receipt
	family   *family
	change   lifeevents.Change
	receipts []lifeevents.Receipt
	results  []Result
	places   []int // results whose record concerns a place
	counted  map[lifeevents.Source]*lifeevents.Tally
}

func newRound(d *Desk, list []Entry, now time.Time) *round {
	return &round{desk: d, now: now, list: list, results: make([]Result, len(list)), counted: map[lifeevents.Source]*lifeevents.Tally{}}
}

// lookUp reads the receipts and people the records name, once for all.
func (r *round) lookUp(ctx context.Context) error {
	var names []lifeevents.RecordName
	ids := map[lifeevents.PersonID]bool{}
	for i := range r.list {
		rec := &r.list[i].Record
		if r.list[i].Err != nil {
			continue
		}
		names = append(names, rec.Name())
		if rec.Retracts != "" {
			names = append(names, lifeevents.RecordName{Source: rec.Source, ID: rec.Retracts})
		}
		for _, f := range rec.Change.Facts {
			ids[f.Person] = true
		}
		for _, e := range rec.Change.Events {
			ids[e.Person] = true
		}
		for _, e := range rec.Change.Edges {
			ids[e.From], ids[e.To] = true, true
		}
	}
	var err error
	if r.known, err = r.desk.ledger.Receipts(ctx, names); err != nil {
		return err
	}
	r.family, err = newFamily(ctx, r.desk.people, ids)
	return err
}

// judge decides on one record and gathers what it brings.
func (r *round) judge(i int) {
	rec := &r.list[i].Record
	res := Result{Line: r.list[i].Line, Source: rec.Source, ID: rec.ID}
	findings, err := r.check(&r.list[i])
	switch {
	case err == nil && r.sameAgain(rec):
		res.Outcome, res.Says = Known, "Bản ghi này đã nhận trước đây; không có gì thay đổi."
		r.count(rec.Source, func(t *lifeevents.Tally) { t.Known++; t.Last = r.now })
	case err == nil:
		res.Findings = findings
		res.Outcome, res.Says = Accepted, "Đã nhận."
		r.accept(i, rec)
	default:
		res.Outcome = Refused
		var no *Refusal
		if !errors.As(err, &no) {
			no = refuse(CodeBadRecord, "%v", err)
		}
		res.Code, res.Says = no.Code, no.Says
		r.count(rec.Source, func(t *lifeevents.Tally) { t.Refused++ })
		if len(findings) == 0 {
			findings = []lifeevents.Finding{{Source: rec.Source, Virtue: lifeevents.Clean, Check: string(no.Code), Says: no.Says}}
		}
	}
	r.count(rec.Source, func(t *lifeevents.Tally) { addFaults(t, findings) })
	r.results[i] = res
}

// check reports what is wrong; with a nil error findings are only worth telling.
func (r *round) check(e *Entry) ([]lifeevents.Finding, error) {
	if e.Err != nil {
		return nil, e.Err
	}
	rec := &e.Record
	if old, ok := r.known[rec.Name()]; ok && old.Digest != "" {
		if old.Digest != rec.digest() {
			return nil, refuse(CodeChanged, "Bản ghi mang mã này đã nhận với nội dung khác; muốn sửa thì gửi bản ghi mới có supersedes.")
		}
		return nil, nil
	}
	if err := checkNames(rec); err != nil {
		return nil, err
	}
	var findings []lifeevents.Finding
	for _, f := range rec.Change.Facts {
		findings = append(findings, lifeevents.CheckFact(f, r.now)...)
	}
	for _, ev := range rec.Change.Events {
		findings = append(findings, lifeevents.CheckEvent(ev, r.now)...)
	}
	findings = append(findings, checkEdges(rec)...)
	if len(findings) > 0 {
		return findings, refuse(CodeBadRecord, "%s", findings[0].Says)
	}
	return r.family.check(rec)
}

func (r *round) sameAgain(rec *Record) bool {
	old, ok := r.known[rec.Name()]
	return ok && old.Digest != ""
}

func (r *round) accept(i int, rec *Record) {
	receipt := lifeevents.Receipt{RecordName: rec.Name(), Digest: rec.digest(), At: r.now, Caused: caused(rec)}
	r.change.Facts = append(r.change.Facts, rec.Change.Facts...)
	r.change.Edges = append(r.change.Edges, rec.Change.Edges...)
	if len(rec.Change.Events) == 1 && rec.Change.Events[0].Person == "" {
		r.places = append(r.places, i)
	} else {
		r.change.Events = append(r.change.Events, rec.Change.Events...)
	}
	if rec.Retracts != "" {
		r.retract(rec)
	}
	if early, ok := r.known[rec.Name()]; ok && early.Void != "" { // its retraction came first
		receipt.Void = early.Void
		r.addChange(undo(receipt.Caused, lifeevents.RecordName{Source: rec.Source, ID: early.Void}, r.now))
	}
	r.family.add(rec)
	r.known[rec.Name()] = receipt
	r.receipts = append(r.receipts, receipt)
	r.count(rec.Source, func(t *lifeevents.Tally) {
		t.Accepted++
		t.Last = r.now
		for _, e := range rec.Change.Events {
			if late := e.On.DaysUntil(civil.On(e.Reported)); late >= 0 {
				t.Dated++
				t.LateDays += int64(late)
			}
		}
	})
}

// retract undoes what a record caused, or notes that it is void should it still come.
func (r *round) retract(rec *Record) {
	target := lifeevents.RecordName{Source: rec.Source, ID: rec.Retracts}
	old, ok := r.known[target]
	if !ok {
		old = lifeevents.Receipt{RecordName: target, At: r.now}
	}
	old.Void = rec.ID
	r.addChange(undo(old.Caused, rec.Name(), r.now))
	r.known[target] = old
	r.receipts = append(r.receipts, old)
}

func (r *round) addChange(c lifeevents.Change) {
	r.change.Facts = append(r.change.Facts, c.Facts...)
	r.change.Edges = append(r.change.Edges, c.Edges...)
	r.change.Events = append(r.change.Events, c.Events...)
}

// spread makes one event per resident of events about a place.
func (r *round) spread(ctx context.Context) error {
	for _, i := range r.places {
		rec := &r.list[i].Record
		e := rec.Change.Events[0]
		people, err := r.desk.people.Residents(ctx, e.Place, e.On)
		if err != nil {
			return err
		}
		var all lifeevents.Change
		for _, p := range people {
			one := e
			one.ID, one.Person = e.ID+"/"+string(p), p
			all.Events = append(all.Events, one)
		}
		r.addChange(all)
		at := slices.IndexFunc(r.receipts, func(c lifeevents.Receipt) bool { return c.RecordName == rec.Name() })
		r.receipts[at].Caused = caused(&Record{Change: all})
	}
	return nil
}

func (r *round) count(s lifeevents.Source, f func(*lifeevents.Tally)) {
	if !s.Known() {
		return // of an unknown source there is nothing to tell anybody
	}
	if r.counted[s] == nil {
		r.counted[s] = &lifeevents.Tally{Source: s, Faults: map[string]lifeevents.FaultTally{}}
	}
	f(r.counted[s])
}

func addFaults(t *lifeevents.Tally, findings []lifeevents.Finding) {
	for _, f := range findings {
		old := t.Faults[f.Check]
		t.Faults[f.Check] = lifeevents.FaultTally{Virtue: f.Virtue, Count: old.Count + 1, Says: f.Says}
	}
}

func (r *round) tallies() []lifeevents.Tally {
	var out []lifeevents.Tally
	for _, s := range lifeevents.Sources() {
		if t := r.counted[s]; t != nil {
			out = append(out, *t)
		}
	}
	return out
}
