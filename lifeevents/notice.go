package lifeevents

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Notice is one thing to tell one person: one step of one occurrence.
type Notice struct {
	// Key is unique for ever and holds the version; Slot names the occurrence without it.
	// What must never be said twice is (Slot, Rung, Person): SaidKey.
	Key  string `json:"key"`
	Slot string `json:"slot"`

	Person PersonID `json:"person"` // who is told
	About  PersonID `json:"about"`  // whom it is about; often the same
	// Relation is how Person stands to About; empty for oneself.
	Relation EdgeKind `json:"relation,omitempty"`
	// Or lists, best first, others with the same standing, to be told instead where Person
	// may not be reached. Never used beside Person.
	Or []PersonID `json:"or,omitempty"`

	Rule    string `json:"rule"`
	Version int    `json:"version"`
	Topic   Topic  `json:"topic"`
	Ground  Ground `json:"ground"`
	// Urgent: a legal deadline with a consequence falls within seven days of Due; such a
	// notice may pass the attention budget, never quiet hours or consent.
	Urgent bool `json:"urgent,omitempty"`

	Due      civil.Date `json:"due"`   // the day to say it
	Legal    civil.Date `json:"legal"` // the day the law looks at
	Opens    civil.Date `json:"opens,omitzero"`
	Deadline civil.Date `json:"deadline,omitzero"`
	// Ends is the last day on which saying it still helps; after it an unsent notice is withheld.
	Ends civil.Date `json:"ends"`

	Rung        string             `json:"rung"`  // the step as its rule writes it: "-30d"
	Step        int                `json:"step"`  // place in the ladder, from 1
	Steps       int                `json:"steps"` // length of the ladder
	Sensitivity Sensitivity        `json:"sensitivity"`
	Level       Level              `json:"level"`
	Basis       []corpus.Provision `json:"basis"`
	Procedures  []string           `json:"procedures,omitempty"` // IDs of the corpus
	// Params fill the texts of the rule: dates as people write them, never a name.
	Params map[string]string `json:"params,omitempty"`
	Why    Why               `json:"why"`
	// Held says why Due was moved: "mourning", "snooze", "late" (learned late).
	Held string `json:"held,omitempty"`
	// Doubt is shown beside the notice where something is not certain; empty otherwise.
	Doubt Text `json:"doubt,omitzero"`
}

// SaidKey is what must not be said twice to one person, whatever the rule's version.
func (n Notice) SaidKey() string {
	return n.Slot + "|" + n.Rung + "|" + string(n.Person)
}

// Why answers "vì sao tôi nhận tin này?".
type Why struct {
	Trigger Text   `json:"trigger"` // "đủ 14 tuổi ngày 12/03/2026"
	Used    []Used `json:"used"`    // the data used, and whence
	Stop    Text   `json:"stop"`    // how to stop it
}

// Used is one datum a notice rests on.
type Used struct {
	Kind   string     `json:"kind"` // FactKind or EventKind
	Key    string     `json:"key,omitempty"`
	ID     string     `json:"id"` // of the fact or event
	Source Source     `json:"source"`
	On     civil.Date `json:"on"` // the day the source said so
}

// Words is a notice in one language for one class of channel.
type Words struct {
	Title string `json:"title,omitempty"` // empty for outside channels
	Body  string `json:"body"`
}

// fill puts values into "{name}" marks; the loader has refused marks that no notice fills,
// and what is none stays as it is.
func fill(text string, value func(name string) (string, bool)) string {
	at := strings.IndexByte(text, '{')
	if at < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 32)
	for ; at >= 0; at = strings.IndexByte(text, '{') {
		b.WriteString(text[:at])
		text = text[at:]
		end := strings.IndexByte(text, '}')
		if end < 0 {
			break
		}
		if v, ok := value(text[1:end]); ok {
			b.WriteString(v)
			text = text[end+1:]
		} else {
			b.WriteByte('{')
			text = text[1:]
		}
	}
	b.WriteString(text)
	return b.String()
}
