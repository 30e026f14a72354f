package lifeevents_test

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
	le "github.com/motcua/motcua/lifeevents"
)

// memory is a Store for tests: the contract in its simplest form. fail, where set, makes
// the n-th writing call fail after having done nothing.
type memory struct {
	facts   []le.Fact
	edges   []le.Edge
	events  []le.Event
	answers []le.Answer
	due     []le.Due
	queued  map[string]le.Notice
	state   map[string]string // queued, sent, withdrawn
	ran     civil.Date
	writes  int
	failAt  int
}

var errDisk = errors.New("no space left on device")

func newMemory() *memory { return &memory{queued: map[string]le.Notice{}, state: map[string]string{}} }

func (m *memory) write() error {
	if m.writes++; m.writes == m.failAt {
		return errDisk
	}
	return nil
}

func (m *memory) Take(ctx context.Context, c le.Change, _ time.Time, plan le.Planner) (said []le.Spoken, err error) {
	if err := m.write(); err != nil {
		return nil, err
	}
	touched := m.append(c)
	views, err := m.Views(ctx, touched)
	if err != nil || len(views) == 0 {
		return nil, err
	}
	list := make([]le.Subject, len(views))
	for i, v := range views {
		list[i] = le.Subject{View: v, Spoken: slices.ContainsFunc(slices.Collect(maps.Values(m.queued)), func(n le.Notice) bool { return n.About == v.ID })}
	}
	for i, o := range plan(list, m.ran) {
		v := views[i]
		if wrong := m.withdraw(v.ID, o.Keep); len(wrong) > 0 {
			said = append(said, le.Spoken{View: v, Notices: wrong})
		}
		m.replace([]le.PersonID{v.ID}, o.Rows)
		m.queue(o.Notices)
	}
	return said, nil
}

// append keeps what is new and returns whom it touches.
func (m *memory) append(c le.Change) []le.PersonID {
	touched := map[le.PersonID]bool{}
	for _, f := range c.Facts {
		if !slices.ContainsFunc(m.facts, func(g le.Fact) bool { return g.ID == f.ID }) {
			m.facts, touched[f.Person] = append(m.facts, f), true
		}
	}
	for _, e := range c.Events {
		if !slices.ContainsFunc(m.events, func(g le.Event) bool { return g.ID == e.ID && g.Source == e.Source }) {
			m.events, touched[e.Person] = append(m.events, e), true
		}
	}
	for _, e := range c.Edges {
		if !slices.ContainsFunc(m.edges, func(g le.Edge) bool { return g.ID == e.ID }) {
			m.edges, touched[e.From], touched[e.To] = append(m.edges, e), true, true
		}
	}
	for _, a := range c.Answers {
		if !slices.Contains(m.answers, a) {
			m.answers, touched[a.About] = append(m.answers, a), true
		}
	}
	for _, e := range m.edges {
		if touched[e.From] != touched[e.To] {
			touched[e.From], touched[e.To] = true, true
		}
	}
	out := make([]le.PersonID, 0, len(touched))
	for p := range touched {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

func (m *memory) person(id le.PersonID) *le.Person {
	facts := slices.DeleteFunc(slices.Clone(m.facts), func(f le.Fact) bool { return f.Person != id })
	events := slices.DeleteFunc(slices.Clone(m.events), func(e le.Event) bool { return e.Person != id })
	p := le.NewPerson(id, facts, events)
	return &p
}

func (m *memory) Views(_ context.Context, ids []le.PersonID) ([]*le.View, error) {
	var out []*le.View
	for _, id := range ids {
		v := &le.View{Person: *m.person(id), Kin: map[le.PersonID]*le.Person{}}
		for _, e := range m.edges {
			if e.From != id && e.To != id {
				continue
			}
			v.Edges = append(v.Edges, e)
			for _, k := range []le.PersonID{e.From, e.To} {
				if k != id {
					v.Kin[k] = m.person(k)
				}
			}
		}
		for _, e := range m.edges {
			for _, pair := range [][2]le.PersonID{{e.From, e.To}, {e.To, e.From}} {
				if d := m.person(pair[0]).Died; !d.IsZero() {
					v.Losses = append(v.Losses, le.Loss{Dead: pair[0], To: pair[1], On: d})
				}
			}
		}
		for _, a := range m.answers {
			if a.About == id {
				v.Answers = append(v.Answers, a)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

func (m *memory) replace(of []le.PersonID, rows []le.Due) {
	m.due = slices.DeleteFunc(m.due, func(d le.Due) bool { return slices.Contains(of, d.Person) })
	m.due = append(m.due, rows...)
	slices.SortFunc(m.due, func(a, b le.Due) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Person, b.Person)) })
}

// withdraw takes back what is queued about somebody and not kept; it returns what was said.
func (m *memory) withdraw(about le.PersonID, keep []le.Notice) (said []le.Notice) {
	kept := map[string]bool{}
	for _, n := range keep {
		kept[n.SaidKey()] = true
	}
	for key, n := range m.queued {
		if kept[key] || about != n.About {
			continue
		}
		if m.state[key] == "sent" {
			said = append(said, n)
		} else {
			m.state[key] = "withdrawn"
		}
	}
	slices.SortFunc(said, func(a, b le.Notice) int { return cmp.Compare(a.Key, b.Key) })
	return said
}

func (m *memory) DueBy(_ context.Context, day civil.Date, _ le.Due, n int) ([]le.Due, error) {
	rows := slices.DeleteFunc(slices.Clone(m.due), func(d le.Due) bool { return day.Before(d.On) })
	return rows[:min(n, len(rows))], nil
}

func (m *memory) Queue(_ context.Context, notices []le.Notice, _ []*le.View, worked, next []le.Due) (int, error) {
	if err := m.write(); err != nil {
		return 0, err
	}
	m.due = slices.DeleteFunc(m.due, func(d le.Due) bool { return slices.Contains(worked, d) })
	for _, r := range next {
		if !slices.Contains(m.due, r) {
			m.due = append(m.due, r)
		}
	}
	m.replace(nil, nil) // sorts
	return m.queue(notices), nil
}

func (m *memory) queue(notices []le.Notice) (fresh int) {
	for _, n := range notices {
		if key := n.SaidKey(); m.state[key] == "" || m.state[key] == "withdrawn" {
			m.queued[key], m.state[key] = n, "queued"
			fresh++
		}
	}
	return fresh
}

func (m *memory) EachView(ctx context.Context, _ int, f func(*le.View) error) error {
	ids, err := m.People(ctx, "", 1<<30)
	if err != nil {
		return err
	}
	views, err := m.Views(ctx, ids)
	for _, v := range views {
		if err == nil {
			err = f(v)
		}
	}
	return err
}

func (m *memory) AddDue(_ context.Context, rows []le.Due) error {
	if err := m.write(); err != nil {
		return err
	}
	for _, r := range rows {
		if !slices.Contains(m.due, r) {
			m.due = append(m.due, r)
		}
	}
	m.replace(nil, nil)
	return nil
}

func (m *memory) Doubt(context.Context, []string) error { return m.write() }

func (m *memory) Ran(context.Context) (civil.Date, error) { return m.ran, nil }

func (m *memory) SetRan(_ context.Context, d civil.Date) error {
	if err := m.write(); err != nil {
		return err
	}
	if m.ran.Before(d) {
		m.ran = d
	}
	return nil
}

func (m *memory) People(_ context.Context, after le.PersonID, n int) ([]le.PersonID, error) {
	seen := map[le.PersonID]bool{}
	for _, f := range m.facts {
		seen[f.Person] = true
	}
	var out []le.PersonID
	for p := range seen {
		if p > after {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out[:min(n, len(out))], nil
}

// send marks everything queued as sent and lists it.
func (m *memory) send() (out []string) {
	for key, state := range m.state {
		if state == "queued" {
			n := m.queued[key]
			m.state[key] = "sent"
			out = append(out, n.Rule+" "+n.Rung+" "+string(n.Person))
		}
	}
	slices.Sort(out)
	return out
}
