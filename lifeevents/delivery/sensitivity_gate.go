package delivery

import "github.com/motcua/motcua/lifeevents"

// sensitivity: outside channels carry nothing of class N3, and of the rest only the
// neutral sentence of the rule, where it has one.
func sensitivity(c *Case) Verdict {
	if c.Channel.Class == lifeevents.Own {
		return Verdict{}
	}
	if c.Notice.Sensitivity >= lifeevents.N3 {
		return elsewhere(TooSensitive)
	}
	if c.Rule == nil || c.Rule.Texts.Outside.In(c.Reach.Lang) == "" {
		return elsewhere(NoWords)
	}
	return Verdict{}
}
