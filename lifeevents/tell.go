package lifeevents

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/motcua/motcua/internal/civil"
)

// urgentWithin: a notice is urgent from so many days before a deadline with a consequence.
const urgentWithin = 7

// notice puts a due step into words.
func (d *due) notice(v *View) Notice {
	o, r := d.occ, d.occ.Rule
	n := Notice{
		Key: noticeKey(o, r.Ladder[d.step].Words, d.to), Slot: o.Slot(),
		Person: d.to, About: o.About, Relation: d.relation, Or: d.or,
		Rule: r.ID, Version: r.Version, Topic: r.Topic, Ground: r.Ground,
		Due: d.on, Legal: o.Legal, Opens: o.Opens, Deadline: o.Deadline, Ends: d.ends(),
		Rung: r.Ladder[d.step].Words, Step: d.step + 1, Steps: len(r.Ladder), Sensitivity: r.Sensitivity, Level: r.Level,
		Basis: r.Basis, Procedures: r.Procedures, Held: d.held, Doubt: o.Doubt,
	}
	if left := d.on.DaysUntil(o.Deadline); r.Deadline != nil {
		n.Urgent = r.Deadline.Consequence && left >= 0 && left <= urgentWithin
	}
	n.Params = d.params(v)
	n.Why = d.why(v)
	return n
}

// ends is the last day on which the step still helps: until the next step, the catch-up
// time, or, where other words follow the legal day, that day.
func (d *due) ends() civil.Date {
	end := d.on.AddDays(d.occ.Rule.CatchUp)
	if !d.next.IsZero() && d.next.AddDays(-1).Before(end) {
		end = d.next.AddDays(-1)
	}
	legal := d.occ.Legal
	if d.occ.Rule.Texts.After.VI != "" && !legal.Before(d.on) && legal.Before(end) {
		end = legal
	}
	return end
}

func (d *due) params(v *View) map[string]string {
	o := d.occ
	until := o.Deadline
	if until.IsZero() {
		until = o.Legal
	}
	p := map[string]string{
		"legal": o.Legal.VN(), "deadline": o.Deadline.VN(), "opens": o.Opens.VN(),
		"days": strconv.Itoa(max(0, d.on.DaysUntil(until))), "age": "",
	}
	if t := o.thing(); t != "" {
		p["thing"] = t
	}
	if !v.Born.IsZero() {
		p["age"] = strconv.Itoa(v.Born.Age(o.Legal))
	}
	return p
}

// Marks lists the marks a text may hold, without braces.
func Marks() []string {
	return []string{"legal", "deadline", "opens", "days", "age", "thing", "who", "Who"}
}

// mark is what a mark of a text stands for: parameters of the notice, and words that differ
// by language.
func (n *Notice) mark(name, lang string) (string, bool) {
	switch name {
	case "who":
		return whoIs(*n).In(lang), true
	case "Who":
		return upperFirst(whoIs(*n).In(lang)), true
	case "thing":
		return thingName(*n).In(lang), true
	}
	v, ok := n.Params[name]
	return v, ok
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// whoIs says whom a notice is about as its reader would.
func whoIs(n Notice) Text {
	switch n.Relation {
	case "":
		return Text{"bạn", "you"}
	case ParentOf:
		return Text{"con của bạn", "your child"}
	case SpouseOf:
		return Text{"vợ hoặc chồng của bạn", "your spouse"}
	case GuardianOf:
		return Text{"người được bạn giám hộ", "your ward"}
	case HeadOf:
		return Text{"người trong hộ của bạn", "a member of your household"}
	case ChildOf:
		return Text{"cha hoặc mẹ của bạn", "your parent"}
	case CarerOf:
		return Text{"người bạn chăm sóc", "the person in your care"}
	}
	return Text{"người thân của bạn", "your relative"}
}
