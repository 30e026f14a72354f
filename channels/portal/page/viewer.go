package page

import (
	"context"
	"slices"

	"github.com/motcua/motcua/lifeevents"
)

// Role is what a person may do here; a closed list.
type Role string

// The roles. Anybody may look at public pages without one.
const (
	Citizen       Role = "citizen"       // has a family and an inbox here
	Official      Role = "official"      // of one unit: answers people, reads the law
	Editor        Role = "editor"        // signs corrections, edits records and rules
	Administrator Role = "administrator" // switches, channels, who may what
	Evaluator     Role = "evaluator"     // sees measures and score cards
)

// Staff, in Link.For, is everybody who acts for an office, in whatever role.
const Staff Role = "staff"

// Roles lists every role, in the order pages show them.
func Roles() []Role { return []Role{Citizen, Official, Editor, Administrator, Evaluator} }

// Known reports whether the role is on the list.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Assurance is how surely the sign-in knows who this is.
type Assurance int

// The levels, rising, as the national identity names them.
const (
	Anonymous Assurance = 0
	Basic     Assurance = 1 // an account with a password
	Verified  Assurance = 2 // proofed in person or by chip
)

// Viewer is who looks at a page. The zero Viewer is somebody who has not signed in.
type Viewer struct {
	// Person is a pseudonym; empty when not signed in.
	Person lifeevents.PersonID
	// Display is how the person is addressed; for eyes only, never kept in a log.
	Display   string
	Roles     []Role
	Unit      string // an official's office, as its code; empty for others
	Assurance Assurance
	// Session names the session without opening it: forms are bound to it.
	Session string
	// Former is whose session has just ended, for a viewer who is no longer signed in.
	Former lifeevents.PersonID
}

// SignedIn reports whether somebody has signed in.
func (v Viewer) SignedIn() bool { return v.Person != "" }

// Has reports whether the viewer has the role.
func (v Viewer) Has(role Role) bool { return slices.Contains(v.Roles, role) }

// Works reports whether the viewer acts for an office: every such act is recorded.
func (v Viewer) Works() bool {
	return slices.ContainsFunc(v.Roles, func(r Role) bool { return r != Citizen })
}

type viewerKey struct{}

// WithViewer puts the viewer into the context of a request.
func WithViewer(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// ViewerOf is who looks; the zero Viewer when nobody signed in.
func ViewerOf(ctx context.Context) Viewer {
	v, _ := ctx.Value(viewerKey{}).(Viewer)
	return v
}
