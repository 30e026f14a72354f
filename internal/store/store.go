// Package store holds what the databases of this project have in common: the rows they
// hand out, and how a record is written and cut, whichever of them keeps it. Nothing in
// here speaks to a database.
package store

import (
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Sealer opens and closes what is kept encrypted; record names what it belongs to, and a
// text sealed for one record opens for no other. Implemented by internal/secret.
type Sealer interface {
	Seal(record string, plain []byte) ([]byte, error)
	Open(record string, sealed []byte) ([]byte, error)
}

// Stats counts what is stored.
type Stats struct {
	Instruments int   `json:"instruments"`
	Procedures  int   `json:"procedures"`
	Units       int   `json:"units"`
	Chunks      int   `json:"chunks"`
	Relations   int   `json:"relations"`
	Flags       int   `json:"flags"`
	Sources     int   `json:"sources"`
	Generation  int64 `json:"generation"`
}

// Flagged is one fact of one document that a person should look at.
type Flagged struct {
	Subject string `json:"subject"`
	Title   string `json:"title"`
	corpus.Flag
}

// Said is one row of the outbox as people and staff look at it.
type Said struct {
	ID      int64
	Notice  lifeevents.Notice
	State   delivery.State
	Reason  delivery.Reason
	Channel string
	At      time.Time // when it was sent, else settled last; opening it changes nothing; zero while it waits
	Sends   int
}

// Contact is one way to reach a person, in plain words only in memory.
type Contact struct {
	Channel string
	Address string
}

// LawChange is one change of law that something rests on.
type LawChange struct {
	ID         int64
	At         time.Time
	Kind       string // "provision" or "rule"
	Subject    string // "60/2014/QH13#15", "E13"
	What       string // "added", "changed", "removed"
	Detail     []byte // JSON: what rested on it then
	Reviewed   time.Time
	ReviewedBy string
	Note       string
}

// InboxState counts what stands in a channel's inbox; for the operator.
type InboxState struct {
	Waiting, Pending, Unknown, Linked, Tickets int
}
