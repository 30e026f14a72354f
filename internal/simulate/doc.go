// Package simulate makes up a population, lives it day by day through the real engine,
// database and gates on a virtual clock, and judges what people were told.
//
// Three parts that know little of each other:
//
//	people live    population.go, live*.go   what happens to whom, and when a source tells of it
//	the engine     run.go                    facts and events in, a day's work, the outbox emptied
//	the oracle     oracle*.go, judge.go      what should have been said, from the meaning of the
//	                                         rules and the lives alone
//
// The oracle counts days by itself (calendar.go) and uses nothing of the planner: no rule
// file, no view, no due row. It takes from the rules only from when until when a rule's
// versions are in force.
package simulate
