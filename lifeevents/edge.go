package lifeevents

import (
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Edge says that From stands in a relation to To: From is Kind of To. It is dated and,
// like a fact, replaced and never overwritten.
type Edge struct {
	ID       string          `json:"id"`
	From     PersonID        `json:"from"` // the parent, the spouse, the guardian, the head, the carer
	To       PersonID        `json:"to"`   // the child, the spouse, the ward, the member, the one cared for
	Kind     EdgeKind        `json:"kind"`
	Validity corpus.Validity `json:"validity,omitzero"`
	// Authority: From may act for To before an office while the edge holds. A parent's ends
	// on the child's 18th birthday whatever is written here (CanAct).
	Authority bool `json:"authority,omitempty"`
	// Consent: To, once able to (from 14), lets From be told To's affairs. A child's
	// representative needs none.
	Consent    bool      `json:"consent,omitempty"`
	Source     Source    `json:"source"`
	ObservedAt time.Time `json:"observed_at"`
	Supersedes string    `json:"supersedes,omitempty"`
	Withdrawn  bool      `json:"withdrawn,omitempty"`
}

// EdgeKind is a closed list.
type EdgeKind string

// The relations.
const (
	ParentOf   EdgeKind = "parent"
	SpouseOf   EdgeKind = "spouse" // one edge holds for both
	GuardianOf EdgeKind = "guardian"
	HeadOf     EdgeKind = "head_of_household"
	CarerOf    EdgeKind = "carer"
)

// ChildOf is no edge of its own: it is how a grown child stands to a dead parent in a
// Notice's Relation.
const ChildOf EdgeKind = "child"

var edgeNames = map[EdgeKind]Text{
	ParentOf: {"cha, mẹ", "parent"}, SpouseOf: {"vợ, chồng", "spouse"}, GuardianOf: {"người giám hộ", "guardian"},
	HeadOf: {"chủ hộ", "head of household"}, CarerOf: {"người chăm sóc", "carer"},
}

// Known reports whether k is in the list.
func (k EdgeKind) Known() bool { _, ok := edgeNames[k]; return ok }

// Name is what people call the one who holds the relation.
func (k EdgeKind) Name() Text { return edgeNames[k] }

// Ages at which the law lets people act, in full years.
const (
	// SpeaksAt: from 14 a person holds an identity card and is told their own affairs.
	SpeaksAt = 14
	// AdultAt: from 18 nobody represents a person by birth alone (Điều 20, 136 of 91/2015/QH13).
	AdultAt = 18
)

// CanAct reports whether From may act for To on that day, To being born on the day given
// (zero: not known, and then only a written Authority counts).
func (e Edge) CanAct(born, on civil.Date) bool {
	if e.Withdrawn || !e.Authority || !e.Validity.Holds(on) {
		return false
	}
	if e.Kind == ParentOf {
		return !born.IsZero() && born.Age(on) < AdultAt
	}
	return true
}
