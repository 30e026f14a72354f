package page

import (
	"context"
	"time"
)

// Entry is one act of an official, or one attempt at what a person may not do.
type Entry struct {
	At    time.Time `json:"at"`
	Actor string    `json:"actor"` // pseudonym; "" for somebody not signed in
	Roles string    `json:"roles,omitempty"`
	Unit  string    `json:"unit,omitempty"`
	// Act is a short verb: "POST /ban-lam-viec/hang-doi/{id}", "denied", "correction.sign".
	Act     string `json:"act"`
	Object  string `json:"object,omitempty"` // what it was done to: a path or an id
	Outcome string `json:"outcome"`          // "accepted", "denied", "done"
	Detail  string `json:"detail,omitempty"` // no personal data
}

// Audit keeps entries for good; nothing in it can be changed or taken out. An act whose
// entry cannot be kept must not happen.
type Audit interface {
	Record(ctx context.Context, e Entry) error
}

// Record keeps an act of the viewer in the context. Call it before the act and give up on
// an error.
func (s *Site) Record(ctx context.Context, act, object, outcome, detail string) error {
	if s.Audit == nil {
		return nil
	}
	v := ViewerOf(ctx)
	roles := ""
	for i, r := range v.Roles {
		if i > 0 {
			roles += ","
		}
		roles += string(r)
	}
	return s.Audit.Record(ctx, Entry{
		At: s.Now(), Actor: string(v.Person), Roles: roles, Unit: v.Unit, Act: act, Object: object, Outcome: outcome, Detail: detail,
	})
}
