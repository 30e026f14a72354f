package lifeevents

import "time"

// RecordName names for ever one thing a source said.
type RecordName struct {
	Source Source
	ID     string
}

// Receipt remembers a record taken in, so that the same again is known, another content
// under its name is refused, and a retraction finds what to withdraw.
type Receipt struct {
	RecordName
	Digest string // of the content; empty where only its retraction has come so far
	At     time.Time
	// Caused names what the record put in: IDs, people and kinds, never values.
	Caused Change
	// Void is the ID of the retraction that undid the record, or came before it.
	Void string
}

// Tally counts what one source sent.
type Tally struct {
	Source   Source    `json:"source"`
	Accepted int64     `json:"accepted"`
	Known    int64     `json:"known"`     // the same again
	Refused  int64     `json:"refused"`   // not taken
	Last     time.Time `json:"last"`      // when it last sent anything good, new or known
	LateDays int64     `json:"late_days"` // over accepted events: days from happening to report, summed
	Dated    int64     `json:"dated"`     // accepted events that sum is over
	// Faults counts what its records suffered from, by the name of the check.
	Faults map[string]FaultTally `json:"-"`
}

// FaultTally is one sort of finding of one source.
type FaultTally struct {
	Virtue Virtue
	Count  int64
	Says   string // the latest; holds no personal data but days
}
