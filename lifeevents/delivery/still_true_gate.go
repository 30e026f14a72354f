package delivery

import (
	"slices"

	"github.com/motcua/motcua/lifeevents"
)

// stillTrue: planned anew from what is known now, the notice is still there, and goes out
// as it reads now. One that has moved to a later day (a mourning, a snooze) waits for it.
func stillTrue(c *Case) Verdict {
	if c.View == nil {
		return Verdict{}
	}
	now, ok := c.Rules.StillTrue(c.View, c.Notice)
	if !ok {
		now, ok = c.standIn()
	}
	if !ok {
		return never(NotTrue)
	}
	c.renew(now)
	if c.Today.Before(now.Due) {
		return wait(NotYet, c.opens(now.Due))
	}
	return Verdict{}
}

// standIn finds the notice of the person first chosen, where this one goes to another of
// the same standing instead.
func (c *Case) standIn() (lifeevents.Notice, bool) {
	n := &c.Notice
	w := lifeevents.Window{From: n.Due.AddDays(-60), To: n.Due.AddDays(400)}
	for _, now := range c.Rules.Only(n.Rule).Plan(c.View, w) {
		if now.Slot == n.Slot && now.Rung == n.Rung && slices.Contains(now.Or, n.Person) {
			now.Person, now.Relation, now.Or = n.Person, n.Relation, n.Or
			now.Key = n.Key
			if on := c.Rules.Spared(c.View, now, c.Today); c.Today.Before(on) {
				now.Due, now.Held = on, lifeevents.HeldMourning
			}
			return now, true
		}
	}
	return lifeevents.Notice{}, false
}

// renew takes the notice as it reads today, and its version of the rule.
func (c *Case) renew(now lifeevents.Notice) {
	c.Renewed = c.Renewed || now.Key != c.Notice.Key || now.Due != c.Notice.Due || now.Deadline != c.Notice.Deadline || now.Urgent != c.Notice.Urgent
	if now.Held == "" {
		now.Held = c.Notice.Held
	}
	c.Notice = now
	c.Rule, _ = c.Rules.Rule(now.Rule, now.Version)
}
