package simulate

import (
	"fmt"

	"github.com/motcua/motcua/lifeevents"
)

// person is one made-up life, written down as it happens.
type person struct {
	n          int32
	born, died day
	fate       day // when the person is to die; may lie beyond the years lived
	male       bool
	house      int32
	place      string
	parents    [2]int32 // mother, father; -1 unknown
	kids       []int32
	spouses    []marriage
	papers     []paper
	doings     []doing
	leaves     []leave
	answers    []answer
	outside    bool // prefers a chat platform to the portal
	adopted    day  // when it became known who the parents are, for a child adopted; 0: born to them
	deathKnown day  // first day anybody could know of the death
}

type marriage struct {
	with        int32
	from, until day // until 0: lasts
	known, left day // when the register told of its beginning and its end
	edge        string
}

// paper is one dated statement about a person: a document, an insurance, a job.
type paper struct {
	kind        lifeevents.FactKind
	key, text   string
	on, until   day
	number      int64
	known, gone day // told, and replaced or withdrawn
}

// doing is something that happened.
type doing struct {
	kind    lifeevents.EventKind
	on      day
	known   day
	undone  day // the source took it back
	subject string
	word    [2]string // one datum: name, value
}

// leave is a word on consent: for a topic ("*": all but the tender ones were meant) over every channel.
type leave struct {
	topic lifeevents.Topic
	at    day
	given bool
}

// answer is what the person said about a notice.
type answer struct {
	slot string
	kind lifeevents.AnswerKind
	at   day
	till day
}

func (p *person) id() lifeevents.PersonID { return personID(p.n) }

func personID(n int32) lifeevents.PersonID { return lifeevents.PersonID(fmt.Sprintf("p%07d", n)) }

func numberOf(id lifeevents.PersonID) int32 {
	var n int32 = -1
	if _, err := fmt.Sscanf(string(id), "p%07d", &n); err != nil {
		return -1
	}
	return n
}

// stands reports whether a paper was on file on a day.
func (f *paper) stands(at day) bool { return f.known <= at && (f.gone == 0 || at < f.gone) }

// has finds a paper on file on a day; an empty key is any.
func (p *person) has(at day, kind lifeevents.FactKind, key string) *paper {
	for i := range p.papers {
		f := &p.papers[i]
		if f.kind == kind && (key == "" || f.key == key) && f.stands(at) {
			return f
		}
	}
	return nil
}

// holds is has, and not past its end.
func (p *person) holds(at day, kind lifeevents.FactKind, key string) bool {
	for i := range p.papers {
		f := &p.papers[i]
		if f.kind == kind && (key == "" || f.key == key) && f.stands(at) && (f.until == 0 || f.until >= at) {
			return true
		}
	}
	return false
}

func (e *doing) stands(at day) bool { return e.known <= at && (e.undone == 0 || at < e.undone) }

// did reports an event of a kind on or after a day, happened and on file by another.
func (p *person) did(at day, kind lifeevents.EventKind, since day) bool {
	for i := range p.doings {
		e := &p.doings[i]
		if e.kind == kind && e.on >= since && e.on <= at && e.stands(at) {
			return true
		}
	}
	return false
}

// agreed says what the person's last word on a topic was by the morning of a day.
func (p *person) agreed(at day, t lifeevents.Topic) (given, asked bool) {
	var last day
	for _, l := range p.leaves {
		if l.at > at || l.topic != t && l.topic != "*" {
			continue
		}
		if !asked || l.at > last || l.at == last && !l.given { // of two words on one day a no counts
			given, asked, last = l.given, true, l.at
		}
	}
	return given, asked
}

// husband or wife on a day, as known; -1 none.
func (p *person) spouse(at day) int32 {
	for _, m := range p.spouses {
		if m.known <= at && (m.until == 0 || at < m.until) && (m.left == 0 || at < m.left) {
			return m.with
		}
	}
	return -1
}
