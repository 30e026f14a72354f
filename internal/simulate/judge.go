package simulate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// mostCases is how many cases of each sort of fault a report keeps.
const mostCases = 10

// judge compares what was said with what the oracle expects.
func (r *run) judge(ctx context.Context) error {
	start := time.Now()
	if err := r.chatted(ctx); err != nil {
		return err
	}
	o := &oracle{w: r.w, inForce: spans(r.parts.Rules), expected: map[string]*expectation{}, slots: map[string]bool{}}
	for _, p := range r.w.people {
		o.judgeLife(p)
	}
	r.general(o)
	r.particular(o)
	r.rep.fill(r, o)
	var err error
	r.rep.Outbox, err = r.parts.Counts(ctx)
	r.rep.took("judged", start)
	return err
}

// spans takes from the rules when each is in force.
func spans(set *lifeevents.Set) map[string][]span {
	out := map[string][]span{}
	for _, rule := range set.Rules() {
		if rule.Disabled == "" {
			out[rule.ID] = append(out[rule.ID], span{dayOf(rule.Validity.From), dayOf(rule.Validity.Until)})
		}
	}
	return out
}

// chatted puts the notices into the messages that went to the chat channel: those of one
// person and instant belong to one message.
func (r *run) chatted(ctx context.Context) error {
	type when struct {
		person int32
		at     int64
	}
	byTime := map[when]*message{}
	for i := range r.log.list {
		if m := &r.log.list[i]; m.chat {
			byTime[when{m.person, m.at.UnixMilli()}] = m
		}
	}
	return r.parts.Chatted(ctx, func(n lifeevents.Notice, at time.Time) {
		if m := byTime[when{numberOf(n.Person), at.UnixMilli()}]; m != nil {
			s := sayingOf(&n)
			m.parts, m.urgent = append(m.parts, s), m.urgent || s.urgent
		}
	})
}

// general holds every message to what holds whatever the rule.
func (r *run) general(o *oracle) {
	spent, times, said := map[[2]int32]int{}, map[string]int{}, map[string]bool{}
	for i := range r.log.list {
		m := &r.log.list[i]
		today := dayOf(civil.On(m.at))
		p := r.w.people[m.person]
		if h := m.at.In(civil.Zone).Hour(); h < 8 || h >= 20 {
			r.rep.fault("out_of_hours", "%s lúc %s", p.id(), m.at.Format(time.RFC3339))
		}
		if !m.urgent {
			if k := [2]int32{m.person, int32(today)}; spent[k] > 0 {
				r.rep.fault("over_budget", "%s ngày %s", p.id(), today)
			} else {
				spent[k]++
			}
		}
		if p.gone(today) {
			r.rep.fault("after_death", "%s nhận ngày %s, đã mất", p.id(), today)
		}
		if m.chat && len(m.parts) == 0 {
			r.rep.fault("lost", "%s: tin kênh ngoài không thấy trong hộp gửi", m.key)
		}
		r.rep.Messages++
		for j := range m.parts {
			s := &m.parts[j]
			r.saying(o, m, s, today)
			key := fmt.Sprintf("%s@%d", stepKey(s.slot, s.step), m.person)
			if said[key] {
				r.rep.fault("duplicate", "%s", key)
			}
			said[key] = true
			if slot := fmt.Sprintf("%s@%d", s.slot, m.person); !s.urgent {
				if times[slot]++; times[slot] > 3 {
					r.rep.fault("over_milestone", "%s", slot)
				}
			}
		}
	}
}

// saying checks consent, class, death and validity of one notice of a message.
func (r *run) saying(o *oracle, m *message, s *saying, today day) {
	p, about := r.w.people[m.person], r.w.people[s.about]
	ofDead := s.rule == "E59" || s.rule == "E66" || s.rule == "E67"
	if about.gone(today) && !ofDead {
		r.rep.fault("after_death", "%s nói về người đã mất, ngày %s", s.slot, today)
	}
	if near := s.last >= today && s.last-today <= 3; !ofDead && !near && o.lossNear(p, func(dead *person) bool {
		return dead.gone(today) && today >= dead.died && today < dead.died+14
	}) {
		r.rep.fault("in_mourning", "%s nói với %s ngày %s", s.slot, p.id(), today)
	}
	given, asked := p.agreed(today, s.topic)
	if asked && !given || s.asked && !given || m.chat && !given {
		r.rep.fault("outside_consent", "%s nói với %s ngày %s", s.slot, p.id(), today)
	}
	if m.chat && s.sensitivity >= lifeevents.N3 {
		r.rep.fault("too_sensitive", "%s qua kênh ngoài", s.slot)
	}
	if !o.force(s.rule, max(today, s.legal)) {
		r.rep.fault("outside_validity", "%s ngày %s", s.slot, today)
	}
}

// particular matches what was said with what was expected, for the rules covered.
func (r *run) particular(o *oracle) {
	type told struct {
		person int32
		on     day
	}
	heard := map[string][]told{}
	for i := range r.log.list {
		m := &r.log.list[i]
		for j := range m.parts {
			s := &m.parts[j]
			key := stepKey(s.slot, s.step)
			heard[key] = append(heard[key], told{m.person, dayOf(civil.On(m.at))})
			r.rep.count(s.rule).Said++
			if Covered[s.rule] == "" {
				r.rep.Unjudged++
				continue
			}
			e := o.expected[key]
			switch {
			case e == nil:
				r.rep.fault("uncalled_for", "%s nói với p%07d ngày %s", key, m.person, dayOf(civil.On(m.at)))
			case !slices.Contains(e.to, m.person) && !slices.Contains(e.may, m.person) && !slices.Contains(e.heirs, m.person):
				r.rep.fault("wrong_person", "%s nói với p%07d, phải là %v", key, m.person, e.to)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(o.expected)) {
		e := o.expected[key]
		n := r.rep.count(e.rule)
		if !e.must {
			n.Left++
			continue
		}
		n.Due++
		best := day(0)
		for _, t := range heard[key] {
			if (slices.Contains(e.to, t.person) || slices.Contains(e.heirs, t.person)) && (best == 0 || t.on < best) {
				best = t.on
			}
		}
		switch {
		case best == 0:
			n.Missed++
			r.rep.fault("missed", "%s hạn nói %s, phải báo %v", key, e.from, e.to)
		case best > e.by:
			n.Missed++
			r.rep.fault("missed", "%s nói muộn ngày %s thay vì %s", key, best, e.from)
		case best < e.from:
			r.rep.fault("uncalled_for", "%s nói sớm ngày %s thay vì %s", key, best, e.from)
		default:
			n.Found++
			r.rep.Delay[min(int(best-e.from), grace)]++
		}
	}
}
