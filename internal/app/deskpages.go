package app

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/motcua/motcua/channels/portal/desk"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
	"github.com/motcua/motcua/lifeevents/rules"
)

// deskPages is where officials work. It is built after life and chats are open.
func (a *App) deskPages(site *page.Site) *desk.Area {
	d := &desk.Area{
		Site: site, Now: a.now, Handovers: a.chats.inbox, Letters: a.store.Letters(), Queue: a.store.Queue(), Gaps: a.store.Gaps(),
		Book: a.corrections, Library: a.store.Library(), Answerer: a.assistant, Records: deskRecords{a.store}, Outbox: deskOutbox{a.life.Outbox},
		Changes: deskChanges{a.store.LawChanges()}, Rules: deskRules{a.life}, Measures: a.store.Measures(), Switches: a.switches,
		Card: eval.LastCard, Served: a.served, Province: provinceName,
	}
	for _, c := range a.senders() {
		d.Channels = append(d.Channels, c.Name)
	}
	return d
}

// provinceName is what a province is called; the code where there is no such unit.
func provinceName(code string) string {
	if code == "" {
		return "(không rõ nơi ở)"
	}
	if p, ok := place.Province(code); ok {
		return p.Name
	}
	return code
}

// served counts the procedures that a running rule brings up by itself, and all we hold.
func (a *App) served(ctx context.Context) (served, all int, err error) {
	brought := map[string]bool{}
	for _, r := range a.life.Running().Rules() {
		if r.Disabled != "" {
			continue
		}
		for _, id := range r.Procedures {
			brought[strings.ToLower(id)] = true // as the store keys records
		}
	}
	ids, err := a.store.Catalogue().IDs(ctx)
	for _, id := range ids {
		if brought[id] {
			served++
		}
	}
	return served, len(ids), err
}

// deskRecords is what reading in has flagged and refused.
type deskRecords struct{ db database }

func (r deskRecords) Flags(ctx context.Context, after int64, n int) ([]corpus.Flagged, error) {
	return r.db.Flags(ctx, after, n)
}

func (r deskRecords) Tallies(ctx context.Context) ([]lifeevents.Tally, error) {
	return r.db.Intake().Tallies(ctx)
}

// deskOutbox shows deliveries in doubt without naming anybody.
type deskOutbox struct{ outbox Outbox }

func (o deskOutbox) Doubtful(ctx context.Context, n int) (out []desk.Doubtful, err error) {
	list, err := o.outbox.Unknown(ctx, n)
	for _, s := range list {
		out = append(out, desk.Doubtful{ID: s.ID, Rule: s.Notice.Rule, Title: string(s.Notice.Topic), Channel: s.Channel, At: s.At, Sends: s.Sends})
	}
	return out, err
}

func (o deskOutbox) Resolve(ctx context.Context, id int64, at time.Time, state delivery.State, who string) error {
	return o.outbox.Resolve(ctx, id, at, state, who)
}

// deskChanges lists changes of law nobody has reviewed.
type deskChanges struct{ changes lawChanges }

func (c deskChanges) Open(ctx context.Context, n int) (out []desk.Change, err error) {
	list, err := c.changes.List(ctx, true, n)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		var rests Resting
		if err := json.Unmarshal(x.Detail, &rests); err != nil {
			return nil, err
		}
		d := desk.Change{ID: x.ID, At: x.At, Subject: rests.Subject, What: x.What, Said: rests.Said, Waiting: rests.Waiting, Correct: rests.Correct, Answers: rests.Answers}
		for _, r := range rests.Rules {
			d.Rules = append(d.Rules, r.ID)
		}
		out = append(out, d)
	}
	return out, nil
}

func (c deskChanges) Review(ctx context.Context, id int64, who, note string, at time.Time) error {
	return c.changes.Review(ctx, id, who, note, at)
}

// deskRules are the rules as they run.
type deskRules struct{ life *Life }

func (r deskRules) Set() *lifeevents.Set { return r.life.Running() }

func (r deskRules) Explain(rule *lifeevents.Rule) string { return rules.Explain(rule) }

func (r deskRules) DryRun(ctx context.Context, rule string, w lifeevents.Window) (desk.DryRun, error) {
	run, err := r.life.DryRun(ctx, rule, w)
	out := desk.DryRun{From: w.From, To: w.To, People: run.People, Told: run.Told, Notices: run.Notices, NotTold: run.NotTold}
	for _, c := range run.Reasons {
		out.Reasons = append(out.Reasons, desk.Counted{Word: c.Word, Count: c.Count})
	}
	for _, c := range run.Provinces {
		out.Provinces = append(out.Provinces, desk.Counted{Word: c.Word, Count: c.Count})
	}
	for _, s := range run.Samples {
		out.Samples = append(out.Samples, desk.Sample{Due: s.Due, Legal: s.Legal, Title: s.Title, Why: s.Why})
	}
	return out, err
}
