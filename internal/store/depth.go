package store

import "time"

// Depths is how much waits in the store, and how its connections are used; for operators.
type Depths struct {
	Outbox []Depth // pending, sending and unknown, by channel and state
	Inbox  []Depth // waiting and handling, by channel and state
	Pools  []Pool
}

// Depth is how many rows of a channel stand in one state.
type Depth struct {
	Channel, State string
	N              int
	// Since is when the oldest of those that may go was due; zero where none may.
	Since time.Time
}

// Pool is the connections of one pool.
type Pool struct {
	Name              string // "read", "write" or "all"
	Limit, Used, Idle int
	Waited            time.Duration // for a free connection, since the start
}
