package lifeevents

import "time"

// Invite is an offer of one person to another to be known as spouses: it holds only once
// the other has signed in and agreed.
type Invite struct {
	From PersonID
	// Tell: From lets the other be told of From's affairs.
	Tell    bool
	Expires time.Time
}

// InviteLife is how long the code of an invitation may be used, once.
const InviteLife = 7 * 24 * time.Hour

// Slip is a checklist printed for the counter: whoever holds its code, at an office, sees
// which papers are asked for and where the rest can be looked up.
type Slip struct {
	Person    PersonID // whose page it was printed from
	About     PersonID
	Procedure string
	Made      time.Time
	Expires   time.Time
}

// SlipLife is how long the code of a slip opens it.
const SlipLife = 30 * 24 * time.Hour
