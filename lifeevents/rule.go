package lifeevents

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Rule is one version of one rule, compiled from its file: plain data to show and explain,
// and predicates to run. Package rules makes them; nothing else should.
type Rule struct {
	ID      string // "E13"
	Version int    // from 1; a change of law is a new version
	File    string // where it was read, with its line: "B-giay-to.yaml:12"
	Name    Text
	Topic   Topic

	Trigger Trigger
	Ladder  []Step
	// Reach bounds the ladder: no rung lies more than so many days before or after the
	// legal day. It may be generous, never too small.
	Reach      Reach
	When       []Condition // all must hold
	Unless     []Condition // none may hold: not this person's matter
	Stop       []Condition // one holding ends the ladder: done
	Recipients []Recipient
	Deadline   *Deadline // nil: none
	Opens      *civil.Span

	LeadsTo  []string // rules that follow from this one (section 4 of the catalogue)
	YieldsTo []string // rules whose notice on about the same day makes this one needless
	// Mourning is how long other notices to the household wait after this event; zero: not at all.
	Mourning civil.Span // whole days
	// OfTheDead: the occurrence is about someone who has died. Every other rule falls
	// silent for the dead at once.
	OfTheDead bool

	Procedures  []string // IDs of the corpus
	Basis       []corpus.Provision
	Register    []Source // where the data would come from
	Sensitivity Sensitivity
	Level       Level
	Ground      Ground
	Purpose     Text
	Keep        civil.Span // how long data of a finished notice are kept
	// CatchUp is how many days after its rung a step may still be said, when we learned of
	// it late or were not running.
	CatchUp int
	Texts   Texts

	Validity   corpus.Validity
	Confidence corpus.Confidence
	VerifiedOn civil.Date
	Source     string
	Doubt      Text
	// Disabled is the reason the rule is loaded, listed and never planned; empty: it runs.
	Disabled string
}

// Texts are the words of a notice. Before speaks until the legal day, After once it has
// passed (empty: the same); Outside is the neutral sentence for chat platforms, mail and
// SMS (empty: nothing is ever sent there).
type Texts struct {
	Title, Before, After, Outside Text
	// Late is what happens when the deadline passes, in one sentence; empty: nothing.
	Late Text
}

// Trigger says when a rule speaks at all. Words is the source line, Says its meaning in
// Vietnamese and English.
type Trigger struct {
	Words string
	Says  Text
	// Each calls yield for every day the trigger names in the life seen by v; days tied to
	// the calendar only for years from..to.
	// The anchor given to yield is reused: copy what is kept.
	Each func(v *View, from, to int, yield func(*Anchor))
	// NeedsFact (and key) or one of NeedsEvents is what the trigger cannot do without; both
	// empty for a trigger of the calendar or of kin.
	NeedsFact    FactKind
	NeedsFactKey string
	NeedsEvents  []EventKind
	// Facts and Events are the kinds read by trigger and conditions: a change of any other
	// kind cannot move this rule.
	Facts  []FactKind
	Events []EventKind
}

// Anchor is one day a trigger names, with what it rests on.
type Anchor struct {
	On, Legal civil.Date
	Ref       string
	Known     civil.Date
	Event     *Event
	Fact      *Fact
	Doubt     Text
	Says      Text // of this day alone: "đủ 14 tuổi"
}

// Step is one rung of the ladder.
type Step struct {
	Words string
	Says  Text
	// Day is when to speak for an occurrence.
	Day func(o *Occurrence) civil.Date
}

// Reach counts days around the legal day.
type Reach struct{ Before, After int }

// Condition is one compiled predicate.
type Condition struct {
	Words string // as written: "not has document/id_card"
	Says  Text   // in words for people
	Holds func(s *Scene) bool
	// Needs is a kind (and key) of fact without which the condition cannot hold; empty
	// where there is none. It spares people a rule that has nothing to do with them.
	Needs    FactKind
	NeedsKey string
}

// Scene is what a condition looks at: a person, an occurrence, and the day of the step.
type Scene struct {
	View *View
	Occ  *Occurrence
	On   civil.Date
	// Note, where set, is told each fact and event a condition looked at, for the reason given.
	Note func(Used)
}

// Deadline is by when the law wants the person to act.
type Deadline struct {
	Words string
	Says  Text
	// Day computes it from an occurrence; Legal and Anchor are set by then. sure is false
	// where days off not yet announced may move it.
	Day   func(o *Occurrence) (last civil.Date, sure bool)
	Basis []corpus.Provision
	// Consequence: missing it costs something (a fine, a right). Only then may a notice be urgent.
	Consequence bool
}

// Recipient is who is told; a closed list.
type Recipient string

// The recipients. "One" forms choose one person and name the others in Notice.Or.
const (
	// ToSelf: the person, from 14; nobody else for a younger child.
	ToSelf Recipient = "self"
	// ToSelfOrRepresentative: the person from 14, before that one representative.
	ToSelfOrRepresentative Recipient = "self_or_representative"
	// ToRepresentative: one person with authority to act: guardian, else a parent.
	ToRepresentative Recipient = "representative"
	ToParents        Recipient = "parents"           // every living parent with authority
	ToSpouse         Recipient = "spouse"            // with the person's consent, unless the person is dead
	ToHead           Recipient = "head_of_household" // with the person's consent, unless dead or a child
	ToCarer          Recipient = "carer"             // with authority
	// ToKin: spouse, parents and grown children of someone who died; one person.
	ToKin Recipient = "kin"
)

// Known reports whether r is in the list.
func (r Recipient) Known() bool { return recipientNames[r].VI != "" }

// Name is what people call the recipient.
func (r Recipient) Name() Text { return recipientNames[r] }

var recipientNames = map[Recipient]Text{
	ToSelf: {"chính người đó (từ đủ 14 tuổi)", "the person (from 14)"},
	ToSelfOrRepresentative: {"chính người đó từ đủ 14 tuổi, nhỏ hơn thì một người đại diện",
		"the person from 14, a representative before that"},
	ToRepresentative: {"một người đại diện (giám hộ, cha hoặc mẹ)", "one representative (guardian, else a parent)"},
	ToParents:        {"cha, mẹ có quyền đại diện", "parents with authority"},
	ToSpouse:         {"vợ hoặc chồng", "spouse"},
	ToHead:           {"chủ hộ", "head of household"},
	ToCarer:          {"người chăm sóc được ủy quyền", "carer with authority"},
	ToKin:            {"một thân nhân (vợ, chồng, cha mẹ, con đã thành niên)", "one of the next of kin"},
}

// overdue stands before words written for a deadline that has passed by the day they are said.
var overdue = Text{"Hạn {deadline} đã qua.", "The deadline of {deadline} has passed."}

// isOverdue reports whether the words a rule has for a day do not know yet that the
// deadline is past: the step was meant earlier and is said late.
func (r *Rule) isOverdue(n Notice) bool {
	return !n.Deadline.IsZero() && n.Deadline.Before(n.Due) && (r.Texts.After.VI == "" || n.Legal.Before(n.Deadline))
}

// Words are the notice in a language for a class of channel. Outside channels get the
// neutral sentence without parameters; ok is false where nothing may be said there.
func (r *Rule) Words(n Notice, lang string, class ChannelClass) (w Words, ok bool) {
	if class == Outside {
		text := r.Texts.Outside.In(lang)
		return Words{Body: text}, text != "" && r.Sensitivity < N3
	}
	body := r.Texts.Before
	if n.Due.Compare(n.Legal) > 0 && r.Texts.After.VI != "" {
		body = r.Texts.After
	}
	text := body.In(lang)
	if r.isOverdue(n) {
		text = strings.TrimSpace(overdue.In(lang) + " " + r.Texts.Late.In(lang) + " " + text)
	}
	mark := func(name string) (string, bool) { return n.mark(name, lang) }
	return Words{fill(r.Texts.Title.In(lang), mark), fill(text, mark)}, true
}
