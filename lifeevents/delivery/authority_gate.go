package delivery

import (
	"slices"

	"github.com/motcua/motcua/lifeevents"
)

// authority: who is told of another's affairs still stands to them as when it was planned.
func authority(c *Case) Verdict {
	n := &c.Notice
	if n.Person == n.About || c.View == nil {
		return Verdict{}
	}
	if kin := c.View.Kin[n.Person]; kin == nil || !kin.Died.IsZero() {
		return never(NoAuthority)
	}
	held := c.Today
	if d := c.View.Died; !d.IsZero() && d.Before(held) {
		held = d // ties to the dead count as on the day of death
	}
	stands := slices.ContainsFunc(c.View.Edges, func(e lifeevents.Edge) bool {
		if e.Withdrawn || !e.Validity.Holds(held) {
			return false
		}
		if e.From == n.Person && e.To == n.About {
			return c.mayHear(e)
		}
		// A spouse is tied either way; a grown child is told of a dead parent.
		return e.To == n.Person && e.From == n.About && (e.Kind == lifeevents.SpouseOf && c.mayHear(e) || !c.View.Died.IsZero())
	})
	if !stands {
		return never(NoAuthority)
	}
	return Verdict{}
}

// mayHear: representatives by authority, others of the dead, of a child, or with consent.
func (c *Case) mayHear(e lifeevents.Edge) bool {
	born := c.View.Born
	return e.CanAct(born, c.Today) || e.Consent || !c.View.Died.IsZero() ||
		e.Kind != lifeevents.ParentOf && !born.IsZero() && born.Age(c.Today) < lifeevents.SpeaksAt
}
