package app

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
	"github.com/motcua/motcua/lifeevents/picture"
	"github.com/motcua/motcua/lifeevents/rules"
)

// People keeps facts, families, consents and the days on which something falls due.
type People interface {
	lifeevents.Store
	intake.People
	Reach(ctx context.Context, p lifeevents.PersonID) (delivery.Reach, error)
	Ledger(ctx context.Context, p lifeevents.PersonID) ([]lifeevents.Consent, error)
	Give(ctx context.Context, c lifeevents.Consent) error
	Ran(ctx context.Context) (civil.Date, error)
	People(ctx context.Context, after lifeevents.PersonID, n int) ([]lifeevents.PersonID, error)
	GiveAll(ctx context.Context, list []lifeevents.Consent) error
	SetContacts(ctx context.Context, sealer store.Sealer, p lifeevents.PersonID, lang string, list []store.Contact) error
	Name(ctx context.Context, sealer store.Sealer, p lifeevents.PersonID) (string, error)
	SetName(ctx context.Context, sealer store.Sealer, p lifeevents.PersonID, name string) error
	Erase(ctx context.Context, p lifeevents.PersonID) (int, error)
}

// Outbox keeps what is to be said and what was.
type Outbox interface {
	delivery.Outbox
	Inbox(ctx context.Context, p lifeevents.PersonID, offset, limit int) ([]store.Said, error)
	Planned(ctx context.Context, p lifeevents.PersonID) ([]store.Said, error)
	Unknown(ctx context.Context, limit int) ([]store.Said, error)
	Coded(ctx context.Context, number int64) (store.Said, error)
	Opened(ctx context.Context, id int64, at time.Time) error
	Resolve(ctx context.Context, id int64, at time.Time, state delivery.State, who string) error
	Under(ctx context.Context, rules []string, since civil.Date) (said, waiting int, err error)
	SaidUnder(ctx context.Context, rules []string, since civil.Date, after int64, n int) ([]store.Said, error)
	All(ctx context.Context, channel string, after int64, n int) ([]store.Said, error)
	Counts(ctx context.Context) (map[delivery.State]map[delivery.Reason]int, error)
	Waiting(ctx context.Context, channel string) (time.Time, error)
}

// Life is what concerns life events of one data folder.
type Life struct {
	db     database
	Rules  *lifeevents.Set
	People People
	Outbox Outbox
	Engine *lifeevents.Engine
	Desk   *intake.Desk
	Now    func() time.Time

	// Box seals names and addresses, Composer puts notices into words; both only in an App.
	Box      *secret.Box
	Ring     *Keyring
	Composer delivery.Composer
}

// OpenLife opens the store, making it when absent, with the rules of the program: for
// commands, which seal nothing and send nothing.
func OpenLife(ctx context.Context, cfg config.Config, now func() time.Time) (*Life, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("app: data folder: %w", err)
	}
	db, err := openDatabase(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("app: store: %w", err)
	}
	l, err := newLife(db, now)
	if err != nil {
		return nil, err
	}
	l.Outbox = db.Outbox(nil)
	return l, nil
}

func newLife(db database, now func() time.Time) (*Life, error) {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		return nil, fmt.Errorf("quy tắc: %w", faults[0])
	}
	l := &Life{db: db, Rules: set, People: db.People(), Now: now}
	l.Engine = lifeevents.NewEngine(l.People, l.Running)
	l.Desk = intake.NewDesk(l.Engine, l.People, db.Intake())
	return l, nil
}

// Running is the rules in use. A rule that officials paused is among them: what it would
// say is planned and held back at the gate, so that nothing is missed when it resumes.
func (l *Life) Running() *lifeevents.Set { return l.Rules }

// openLife wires life events over the store of the App. The files of keys are made on the
// first start of all; one that others may read, or of another store, is refused.
func (a *App) openLife() error {
	if a.life != nil {
		return nil
	}
	ctx := context.Background() // what is made here outlives every request
	ring, err := a.openKeyring(ctx)
	if err != nil {
		return err
	}
	forCodes, err := ring.codes(ctx)
	if err != nil {
		return fmt.Errorf("%w: %s; %s", ErrKeysDiffer, ring.Keys.Path(), mendKeys)
	}
	l, err := newLife(a.store, a.now)
	if err != nil {
		return err
	}
	l.Ring, l.Box = ring, ring.Box
	l.Outbox = a.store.Outbox(l.Box)
	l.Composer = delivery.Composer{
		Codes: delivery.NewCodes(forCodes), Portal: a.cfg.BaseURL() + "/toi/tin",
		Sender: lifeevents.Text{VI: a.cfg.Office, EN: a.cfg.Office},
	}
	a.life = l
	return nil
}

// Close closes the store.
func (l *Life) Close() error { return l.db.Close() }

// EachView reads everybody in order, many at once.
func (l *Life) EachView(ctx context.Context, each func(v *lifeevents.View) error) error {
	last := lifeevents.PersonID("")
	for {
		ids, err := l.People.People(ctx, last, 500)
		if err != nil || len(ids) == 0 {
			return err
		}
		views, err := l.People.Views(ctx, ids)
		if err != nil {
			return err
		}
		for _, v := range views {
			if err := each(v); err != nil {
				return err
			}
		}
		last = ids[len(ids)-1]
	}
}

// Family gathers a person, those an edge ties to them, and what is planned about each.
func (l *Life) Family(ctx context.Context, id lifeevents.PersonID, w lifeevents.Window) ([]picture.Member, error) {
	ids := []lifeevents.PersonID{id}
	views, err := l.People.Views(ctx, ids)
	if err != nil {
		return nil, err
	}
	if views[0].Born.IsZero() && len(views[0].Facts) == 0 {
		return nil, fmt.Errorf("không có ai mang mã %q", id)
	}
	for _, kin := range slices.Sorted(maps.Keys(views[0].Kin)) {
		if kin != id {
			ids = append(ids, kin)
		}
	}
	views, err = l.People.Views(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []picture.Member
	for _, v := range views {
		if m := picture.NewMember(views[0], v, l.Rules, w); v.ID == id || len(m.Matters) > 0 {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out[1:], func(a, b picture.Member) int { return a.Born.Compare(b.Born) })
	return out, nil
}
