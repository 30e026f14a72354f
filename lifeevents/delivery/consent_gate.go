package delivery

import "github.com/motcua/motcua/lifeevents"

// consent: the latest word of the person on the topic and channel decides. Where they
// never said anything, only a public task may speak, over own channels, of what is not
// tender; and what concerns nobody in particular.
func consent(c *Case) Verdict {
	n := &c.Notice
	given, asked := c.Reach.Said(n.Topic, c.Channel.Name)
	if !asked {
		own := c.Channel.Class == lifeevents.Own
		given = own && n.Ground == lifeevents.PublicTask && n.Sensitivity < lifeevents.N3
	}
	if given {
		return Verdict{}
	}
	return elsewhere(NoConsent)
}
