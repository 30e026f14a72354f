package intake

import (
	"context"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// bornLately: a birth declared within so many days is an event of its own; older children
// are known by their facts alone.
const bornLately = 365

// Child is a child a parent declares. The pseudonym is new: a declaration cannot tie its
// maker to anybody who is known already.
type Child struct {
	ID         string // of the form
	By         lifeevents.PersonID
	Child      lifeevents.PersonID
	Born       civil.Date
	Sex        lifeevents.Sex
	Registered bool // the birth certificate is there
}

// DeclareChild takes a child in: the facts, the parent with authority to act, and for a
// birth of late the event.
func (d *Desk) DeclareChild(ctx context.Context, in Child, now time.Time) (Result, error) {
	rec := Record{Source: lifeevents.Declaration, ID: string(in.By) + "/" + in.ID, Reported: now}
	entry := Entry{Record: rec}
	views, err := d.people.Views(ctx, []lifeevents.PersonID{in.Child})
	switch {
	case err != nil:
		return Result{}, err
	case in.By == "" || in.ID == "" || in.Child == "" || in.Child == in.By:
		entry.Err = refuse(CodeBadRecord, "Lời khai thiếu người khai hoặc thiếu mã.")
	case len(views) > 0 && len(views[0].Facts)+len(views[0].Edges) > 0 && !knownAs(views[0], in.By):
		entry.Err = refuse(CodeNoAuthority, "Không khai thay cho một người đã có trong hệ thống.")
	}
	day := civil.On(now)
	if in.Born.DaysUntil(day) <= bornLately {
		rec.Change.Events = append(rec.Change.Events, lifeevents.Event{ID: rec.ID, Source: rec.Source, Person: in.Child, Kind: lifeevents.ChildBorn, On: in.Born, Reported: now, Subject: string(in.Child)})
		if in.Registered {
			rec.Change.Events = append(rec.Change.Events, lifeevents.Event{ID: rec.ID + "/ks", Source: rec.Source, Person: in.Child, Kind: lifeevents.BirthRegistered, On: day, Reported: now, Subject: string(in.Child)})
		}
	}
	rec.addFact(in.Child, lifeevents.DateOfBirth, factBody{Value: lifeevents.Value{On: in.Born}, Confidence: corpus.Medium})
	rec.addFact(in.Child, lifeevents.SexOf, factBody{Value: lifeevents.Value{Text: string(in.Sex)}, Confidence: corpus.Medium})
	if in.Registered {
		rec.addFact(in.Child, lifeevents.Document, factBody{Key: lifeevents.DocBirth, Value: lifeevents.Value{On: in.Born}, Confidence: corpus.Medium})
	}
	rec.addEdge(in.By, lifeevents.ParentOf, edgeBody{To: in.Child, Authority: true})
	return d.one(ctx, rec, entry.Err, now)
}

// knownAs reports whether the parent has declared this child before: the same form again.
func knownAs(v *lifeevents.View, by lifeevents.PersonID) bool {
	for _, e := range v.Edges {
		if e.From == by && e.To == v.ID && e.Kind == lifeevents.ParentOf {
			return true
		}
	}
	return false
}

// DeclareSpouses notes a marriage that both have confirmed, each from their own sign-in;
// the caller answers for that. tell: each may be told of the other's affairs.
func (d *Desk) DeclareSpouses(ctx context.Context, id string, a, b lifeevents.PersonID, tell bool, now time.Time) (Result, error) {
	rec := Record{Source: lifeevents.Declaration, ID: id, Reported: now}
	var err error
	if a == "" || b == "" || a == b {
		err = refuse(CodeBadRecord, "Quan hệ vợ chồng cần hai người khác nhau.")
	}
	rec.addEdge(a, lifeevents.SpouseOf, edgeBody{To: b, Consent: tell})
	return d.one(ctx, rec, err, now)
}

// one takes a single record in.
func (d *Desk) one(ctx context.Context, rec Record, refused error, now time.Time) (Result, error) {
	results, err := d.Take(ctx, []Entry{{Record: rec, Err: refused}}, now)
	if err != nil {
		return Result{}, err
	}
	return results[0], nil
}
