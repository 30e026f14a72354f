package mine

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// How far the pages look, in days: back for what was said and is still open, ahead for
// what is planned.
const (
	lookBack  = 400
	lookAhead = 365
	// settledFor is how long a matter without a deadline stays on the page after its last
	// reminder.
	settledFor = 30
	// soonWithin: a deadline so near stands at the top.
	soonWithin = 30
)

// household is a person with those they answer for.
type household struct {
	me      *lifeevents.View
	members []member
	// asking lists topics of which something is due that may only be told to those who
	// asked for it, and this person has not.
	asking []lifeevents.Topic
}

// member is one of them, as seen by the one who has signed in.
type member struct {
	view    *lifeevents.View
	who     lifeevents.Text // "Bạn", "Con, sinh năm 2026"
	name    string          // as the family calls them; may be empty
	matters []matter
}

// Who is how the page calls the member.
func (m *member) Who(lang string) string {
	if m.name == "" {
		return m.who.In(lang)
	}
	return m.name + " (" + lowerFirst(m.who.In(lang)) + ")"
}

// Matter is one occurrence of a rule about one member, with its steps.
type matter struct {
	lifeevents.Notice // the step that counts now
	rule              *lifeevents.Rule
	days              []civil.Date // of all steps, in order
	about             *member
}

// Next is the day of the next reminder; zero where all were said.
func (m *matter) next(today civil.Date) civil.Date {
	for _, d := range m.days {
		if !d.Before(today) {
			return d
		}
	}
	return civil.Date{}
}

// household reads who the person answers for and what is due about each. Of others it
// holds only those of whom the person would be told something, or may speak for.
func (a *Area) household(ctx context.Context, id lifeevents.PersonID) (*household, error) {
	views, err := a.People.Views(ctx, []lifeevents.PersonID{id})
	if err != nil {
		return nil, err
	}
	h := &household{me: views[0]}
	ids := []lifeevents.PersonID{id}
	for _, kin := range slices.Sorted(maps.Keys(h.me.Kin)) {
		if kin != id {
			ids = append(ids, kin)
		}
	}
	if views, err = a.People.Views(ctx, ids); err != nil {
		return nil, err
	}
	reach, err := a.People.Reach(ctx, id)
	if err != nil {
		return nil, err
	}
	today := a.today()
	set := a.Rules()
	for _, v := range views {
		m := member{view: v, who: standing(h.me, v)}
		m.matters = h.sift(mattersOf(h.me, v, set, today), reach)
		if v.ID != id && len(m.matters) == 0 && !answersFor(h.me, v, today) {
			continue
		}
		if v.ID != id {
			if m.name, err = a.People.Name(ctx, v.ID); err != nil {
				return nil, err
			}
		}
		h.members = append(h.members, m)
	}
	slices.SortStableFunc(h.members[1:], func(x, y member) int { return x.view.Born.Compare(y.view.Born) })
	for i := range h.members {
		for j := range h.members[i].matters {
			h.members[i].matters[j].about = &h.members[i]
		}
	}
	return h, nil
}

// sift keeps what may be said to the person on the portal, as the gate of consent has it,
// and notes the topics of the rest.
func (h *household) sift(list []matter, reach delivery.Reach) []matter {
	return slices.DeleteFunc(list, func(m matter) bool {
		given, asked := reach.Said(m.Topic, delivery.PortalName)
		if given || !asked && m.Ground == lifeevents.PublicTask && m.Sensitivity < lifeevents.N3 {
			return false
		}
		if !asked && !slices.Contains(h.asking, m.Topic) {
			h.asking = append(h.asking, m.Topic)
		}
		return true
	})
}

// answersFor reports whether one may act for the other today.
func answersFor(of, v *lifeevents.View, today civil.Date) bool {
	return slices.ContainsFunc(v.Edges, func(e lifeevents.Edge) bool {
		return e.From == of.ID && e.To == v.ID && e.CanAct(v.Born, today)
	})
}

// mattersOf gathers what is planned about one person and told to the other, by occurrence.
func mattersOf(of, v *lifeevents.View, set *lifeevents.Set, today civil.Date) []matter {
	w := lifeevents.Window{From: today.AddDays(-lookBack), To: today.AddDays(lookAhead)}
	at := map[string]int{}
	var out []matter
	for _, n := range set.Plan(v, w) {
		if n.Person != of.ID && !slices.Contains(n.Or, of.ID) {
			continue
		}
		i, ok := at[n.Slot]
		if !ok {
			rule, known := set.Rule(n.Rule, n.Version)
			if !known {
				continue
			}
			i = len(out)
			at[n.Slot] = i
			out = append(out, matter{Notice: n, rule: rule})
		}
		m := &out[i]
		if !today.Before(n.Due) || len(m.days) == 0 { // the latest step said, else the first
			m.Notice = n
			m.rule, _ = set.Rule(n.Rule, n.Version)
		}
		if len(m.days) == 0 || m.days[len(m.days)-1] != n.Due {
			m.days = append(m.days, n.Due)
		}
	}
	out = slices.DeleteFunc(out, func(m matter) bool { return m.past(today) })
	slices.SortStableFunc(out, func(x, y matter) int {
		return cmp.Or(x.when().Compare(y.when()), strings.Compare(x.Slot, y.Slot))
	})
	return out
}

// past reports whether nothing is left to say or to do about it.
func (m *matter) past(today civil.Date) bool {
	last := m.days[len(m.days)-1]
	if !last.Before(today) || !m.Deadline.IsZero() && !m.Deadline.Before(today) {
		return false
	}
	return last.AddDays(settledFor).Before(today)
}

// when orders matters: the deadline, else the day the law looks at, else the reminder.
func (m *matter) when() civil.Date {
	switch {
	case !m.Deadline.IsZero():
		return m.Deadline
	case !m.Legal.Before(m.days[0]):
		return m.Legal
	}
	return m.days[0]
}

// find looks a matter up by its slot. theirs is true where the slot names somebody who is
// not of the household: an id from elsewhere.
func (h *household) find(slot string) (m *matter, theirs bool) {
	for i := range h.members {
		for j := range h.members[i].matters {
			if h.members[i].matters[j].Slot == slot {
				return &h.members[i].matters[j], false
			}
		}
	}
	parts := strings.Split(slot, "|")
	return nil, len(parts) == 4 && h.member(lifeevents.PersonID(parts[1])) == nil
}

// first is the slot of the first matter of a rule; "" where there is none.
func (h *household) first(rule string) string {
	for i := range h.members {
		for j := range h.members[i].matters {
			if h.members[i].matters[j].Rule == rule {
				return h.members[i].matters[j].Slot
			}
		}
	}
	return ""
}

// member finds one of the household; nil for anybody else.
func (h *household) member(id lifeevents.PersonID) *member {
	for i := range h.members {
		if h.members[i].view.ID == id {
			return &h.members[i]
		}
	}
	return nil
}

// standing is how a member stands to the one who looks.
func standing(of, v *lifeevents.View) lifeevents.Text {
	if of.ID == v.ID {
		return lifeevents.Text{VI: "Bạn", EN: "You"}
	}
	t := lifeevents.Text{VI: "Người thân", EN: "Relative"}
	for _, e := range of.Edges {
		if e.Withdrawn || e.From != v.ID && e.To != v.ID {
			continue
		}
		switch {
		case e.Kind == lifeevents.ParentOf && e.From == of.ID:
			t = lifeevents.Text{VI: "Con", EN: "Child"}
		case e.Kind == lifeevents.ParentOf && v.Sex == lifeevents.Male:
			t = lifeevents.Text{VI: "Cha", EN: "Father"}
		case e.Kind == lifeevents.ParentOf:
			t = lifeevents.Text{VI: "Mẹ", EN: "Mother"}
		case e.Kind == lifeevents.SpouseOf && v.Sex == lifeevents.Male:
			t = lifeevents.Text{VI: "Chồng", EN: "Husband"}
		case e.Kind == lifeevents.SpouseOf && v.Sex == lifeevents.Female:
			t = lifeevents.Text{VI: "Vợ", EN: "Wife"}
		case e.Kind == lifeevents.SpouseOf:
			t = lifeevents.Text{VI: "Vợ hoặc chồng", EN: "Spouse"}
		case e.Kind == lifeevents.GuardianOf && e.From == of.ID:
			t = lifeevents.Text{VI: "Người bạn giám hộ", EN: "Your ward"}
		case e.Kind == lifeevents.CarerOf && e.From == of.ID:
			t = lifeevents.Text{VI: "Người bạn chăm sóc", EN: "In your care"}
		}
	}
	switch {
	case !v.Died.IsZero():
		return lifeevents.Text{VI: t.VI + " (đã mất)", EN: t.EN + " (deceased)"}
	case !v.Born.IsZero():
		year := v.Born.String()[:4]
		return lifeevents.Text{VI: t.VI + ", sinh năm " + year, EN: t.EN + ", born in " + year}
	}
	return t
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}
