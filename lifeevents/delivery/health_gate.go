package delivery

// health: a channel that rests after faults of its own gets nothing until it is tried
// again. Others are not held up: each channel has a loop of its own.
func health(c *Case) Verdict {
	if c.Now.Before(c.Down) {
		return wait(ChannelDown, c.Down)
	}
	return Verdict{}
}
