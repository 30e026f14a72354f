package delivery

import "github.com/motcua/motcua/lifeevents"

// validity: the version of the rule is in force on the day it speaks of (today, or the
// legal day where that lies ahead), is not switched off, and saying it still helps.
func validity(c *Case) Verdict {
	n := &c.Notice
	if n.Ends.Before(c.Today) {
		return never(TooLate)
	}
	on := c.Today
	if on.Before(n.Legal) {
		on = n.Legal
	}
	r := c.Rule
	if r == nil || r.Disabled != "" || r.Level >= lifeevents.Automatic || !r.Validity.Holds(on) {
		return never(LawChanged)
	}
	return Verdict{}
}
