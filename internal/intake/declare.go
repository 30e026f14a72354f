package intake

import (
	"context"
	"strings"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Declaration is what a signed-in person says about themselves or someone they may speak
// for: something that happened, or one fact.
type Declaration struct {
	ID string // made by the form, so that a second press of the button is the same
	By lifeevents.PersonID
	// About is whom it concerns; empty is By.
	About lifeevents.PersonID
	// Event, or Fact where Event is empty.
	Event   lifeevents.EventKind
	On      civil.Date
	Subject string
	Data    map[string]string
	Fact    lifeevents.FactKind
	Key     string
	Value   lifeevents.Value
	// Corrects is the ID of an earlier declaration of this person that was wrong.
	Corrects string
}

// Declare takes a declaration in. The person's own word is of medium confidence: a register
// that says otherwise stands before it.
func (d *Desk) Declare(ctx context.Context, in Declaration, now time.Time) (Result, error) {
	if in.About == "" {
		in.About = in.By
	}
	rec := Record{Source: lifeevents.Declaration, ID: string(in.By) + "/" + in.ID, Reported: now}
	entry := Entry{Record: rec}
	switch {
	case in.By == "" || in.ID == "" || strings.Contains(in.ID, "/"):
		entry.Err = refuse(CodeBadRecord, "Lời khai thiếu người khai hoặc thiếu mã.")
	case (in.Event == "") == (in.Fact == ""):
		entry.Err = refuse(CodeBadRecord, "Lời khai phải nêu đúng một việc.")
	default:
		may, err := d.maySpeak(ctx, in, now)
		if err != nil {
			return Result{}, err
		}
		if !may {
			entry.Err = refuse(CodeNoAuthority, "Bạn chưa được ghi nhận là người đại diện hoặc thân nhân của người này nên chưa khai thay được.")
		}
	}
	if in.Event != "" {
		rec.Change.Events = []lifeevents.Event{{ID: rec.ID, Source: rec.Source, Person: in.About, Kind: in.Event, On: in.On,
			Reported: now, Subject: in.Subject, Data: in.Data}}
	} else {
		f := factBody{Key: in.Key, Value: in.Value, Confidence: corpus.Medium}
		if in.Corrects != "" {
			f.Supersedes = string(in.By) + "/" + in.Corrects
		}
		rec.addFact(in.About, in.Fact, f)
	}
	entry.Record = rec
	results, err := d.Take(ctx, []Entry{entry}, now)
	if err != nil {
		return Result{}, err
	}
	return results[0], nil
}

// Undo retracts a declaration: it and what it caused fall away.
func (d *Desk) Undo(ctx context.Context, by lifeevents.PersonID, id string, now time.Time) (Result, error) {
	rec := Record{Source: lifeevents.Declaration, ID: string(by) + "/undo " + id, Reported: now, Retracts: string(by) + "/" + id}
	results, err := d.Take(ctx, []Entry{{Record: rec}}, now)
	if err != nil {
		return Result{}, err
	}
	return results[0], nil
}

// maySpeak: for oneself from 14; for those one represents or cares for with authority; of
// a death and of a birth, the near family.
func (d *Desk) maySpeak(ctx context.Context, in Declaration, now time.Time) (bool, error) {
	if in.About == in.By {
		return true, nil
	}
	views, err := d.people.Views(ctx, []lifeevents.PersonID{in.About})
	if err != nil || len(views) == 0 {
		return false, err
	}
	v, today := views[0], civil.On(now)
	for i := range v.Edges {
		e := &v.Edges[i]
		if e.Withdrawn || e.From != in.By && e.To != in.By || !e.Validity.Holds(today) {
			continue
		}
		if e.To == v.ID && e.CanAct(v.Born, today) || in.Event == lifeevents.DeathOccurred {
			return true, nil
		}
	}
	return false, nil
}
