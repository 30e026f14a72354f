package delivery

// budget: so many messages a day to one person whatever the topics, and so many times one
// occurrence. A legal deadline within the week passes both. What waits is said tomorrow,
// together with whatever else has come up by then; if that is too late to help, it is
// withheld now, so that the reason on file is the true one.
func budget(c *Case) Verdict {
	if c.Notice.Urgent {
		return Verdict{}
	}
	if c.Said >= c.Limits.PerMilestone {
		return never(SaidEnough)
	}
	if c.Spent < c.Limits.PerDay {
		return Verdict{}
	}
	tomorrow := c.Today.AddDays(1)
	if c.Notice.Ends.Before(tomorrow) {
		return never(OverBudget)
	}
	return wait(OverBudget, c.opens(tomorrow))
}
