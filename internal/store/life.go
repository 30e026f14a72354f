package store

import (
	"crypto/sha256"
	"slices"
	"time"

	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// AsKin keeps what a view may hold of a relative.
func AsKin(p *lifeevents.Person) *lifeevents.Person {
	kin := *p
	kin.Events, kin.Facts = nil, nil
	for i := range p.Facts {
		if k := p.Facts[i].Kind; k == lifeevents.Residence || k == lifeevents.SexOf {
			kin.Facts = append(kin.Facts, p.Facts[i])
		}
	}
	return &kin
}

// Province is where somebody lives, by the latest known residence; "" where not known.
func Province(p *lifeevents.Person) string {
	for _, key := range [...]string{"staying", "temporary", "permanent"} {
		if f := p.Fact(lifeevents.Residence, key); f != nil {
			if u, ok := place.Commune(f.Value.Place); ok {
				return u.Province
			}
		}
	}
	return ""
}

// Places lists the communes a person's residences name, each once.
func Places(p *lifeevents.Person) (out []string) {
	for i := range p.Facts {
		if f := &p.Facts[i]; f.Kind == lifeevents.Residence && f.Value.Place != "" && !slices.Contains(out, f.Value.Place) {
			out = append(out, f.Value.Place)
		}
	}
	return out
}

// DaysBack bounds what counts as said lately.
func DaysBack(ran int, days int) int {
	if ran == 0 {
		return 0
	}
	return DayNumber(NumberedDay(ran).AddDays(-days))
}

// KeptBy indexes what is planned by what is said once; nil stands for a notice that may be
// told to another instead, and perhaps is.
func KeptBy(keep []lifeevents.Notice) map[string]*lifeevents.Notice {
	kept := make(map[string]*lifeevents.Notice, len(keep))
	for i := range keep {
		n := &keep[i]
		kept[n.SaidKey()] = n
		for _, other := range n.Or {
			stand := *n
			stand.Person = other
			if _, ok := kept[stand.SaidKey()]; !ok {
				kept[stand.SaidKey()] = nil
			}
		}
	}
	return kept
}

// NotBefore is the first decent instant of the day it is due: earlier a gate would only
// send it back.
func NotBefore(n *lifeevents.Notice) int64 {
	return delivery.DefaultLimits().Opens(n.Due).UnixMilli()
}

// NextChannel is the one after a channel in the person's order, the portal last.
func NextChannel(order []string, channel string) string {
	if channel == delivery.PortalName {
		return ""
	}
	at := slices.Index(order, channel)
	if at >= 0 && at+1 < len(order) {
		return order[at+1]
	}
	return delivery.PortalName
}

// Milli is Unix milliseconds; 0 for the zero time.
func Milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Instant reads what Milli wrote.
func Instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Monday is the first day of the week of a day.
func Monday(d civil.Date) civil.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// ContactRecord names what is sealed of a person: the name, or the address on a channel.
func ContactRecord(person, label string) string { return "contact/" + person + "/" + label }

// DigestOf keeps codes apart by what they are for.
func DigestOf(use, code string) []byte {
	sum := sha256.Sum256([]byte(use + "\x00" + code))
	return sum[:]
}
