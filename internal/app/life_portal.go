package app

import (
	"context"
	"errors"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/mine"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// minePages are the pages of a citizen who has signed in.
func (a *App) minePages(site *page.Site) *mine.Area {
	m := &mine.Area{
		Site: site, People: lifePeople{a.life.People, a.life.Box}, Inbox: lifeInbox{a.life.Outbox}, Declarer: lifeDesk{a.life},
		Book: a.store.Mine(), Library: public{a.shelf}, Rules: a.life.Running, Composer: a.life.Composer, Letters: a.store.Letters(),
		Office: a.cfg.Office, Base: a.cfg.BaseURL(), Now: a.now,
	}
	if a.chats == nil {
		return m
	}
	m.Links = a.chats.inbox
	for _, l := range a.chats.lines {
		d := mine.Door{Name: l.name, VI: l.title, EN: l.title, Class: l.notices.Class, DeepLink: func(string) string { return "" }}
		if link, ok := l.adapter.(channels.DeepLinker); ok {
			d.DeepLink = link.DeepLink
		}
		m.Doors = append(m.Doors, d)
	}
	return m
}

// lifePeople opens names with the keys of the service.
type lifePeople struct {
	People
	sealer store.Sealer
}

// Name is "" where none is kept.
func (p lifePeople) Name(ctx context.Context, id lifeevents.PersonID) (string, error) {
	name, err := p.People.Name(ctx, p.sealer, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return "", nil
	}
	return name, err
}

// SetName seals it.
func (p lifePeople) SetName(ctx context.Context, id lifeevents.PersonID, name string) error {
	return p.People.SetName(ctx, p.sealer, id, name)
}

// lifeInbox is the outbox as its readers see it.
type lifeInbox struct{ outbox Outbox }

func told(s store.Said) mine.Told {
	return mine.Told{ID: s.ID, Notice: s.Notice, State: s.State, Reason: s.Reason, Channel: s.Channel, At: s.At}
}

// Told implements mine.Inbox.
func (i lifeInbox) Told(ctx context.Context, p lifeevents.PersonID, offset, limit int) ([]mine.Told, error) {
	list, err := i.outbox.Inbox(ctx, p, offset, limit)
	out := make([]mine.Told, len(list))
	for n := range list {
		out[n] = told(list[n])
	}
	return out, err
}

// Coded implements mine.Inbox.
func (i lifeInbox) Coded(ctx context.Context, number int64) (mine.Told, error) {
	s, err := i.outbox.Coded(ctx, number)
	return told(s), err
}

// Opened implements mine.Inbox.
func (i lifeInbox) Opened(ctx context.Context, id int64, at time.Time) error {
	return i.outbox.Opened(ctx, id, at)
}

// lifeDesk takes what people declare to the desk of intake.
type lifeDesk struct{ life *Life }

func declared(r intake.Result, err error) (mine.Declared, error) {
	return mine.Declared{OK: r.Outcome != intake.Refused, Says: r.Says}, err
}

// Declare implements mine.Declarer.
func (d lifeDesk) Declare(ctx context.Context, s mine.Statement, now time.Time) (mine.Declared, error) {
	if len(s.Children) > 0 {
		c := s.Children[0]
		return declared(d.life.Desk.DeclareChild(ctx, intake.Child{ID: s.ID, By: s.By, Child: c.Child, Born: c.Born, Sex: c.Sex, Registered: c.Registered}, now))
	}
	return declared(d.life.Desk.Declare(ctx, intake.Declaration{
		ID: s.ID, By: s.By, About: s.About, Event: s.Event, On: s.On, Subject: s.Subject, Data: s.Data, Fact: s.Fact, Key: s.Key, Value: s.Value,
	}, now))
}

// Spouses implements mine.Declarer.
func (d lifeDesk) Spouses(ctx context.Context, id string, a, b lifeevents.PersonID, tell bool, now time.Time) (mine.Declared, error) {
	return declared(d.life.Desk.DeclareSpouses(ctx, id, a, b, tell, now))
}

// Answer implements mine.Declarer.
func (d lifeDesk) Answer(ctx context.Context, a lifeevents.Answer) error {
	_, err := d.life.Engine.Take(ctx, lifeevents.Change{Answers: []lifeevents.Answer{a}}, a.At)
	return err
}
