// Package corpus holds what the assistant may rely on, each text traceable to its
// official source and valid for a stated span of days.
//
// An Instrument is one legal document with its tree of articles, clauses and points.
// A Procedure is one administrative procedure with its hard facts. Both are cut into
// chunks, the unit stored and cited; chunks of one article or one procedure share a
// Unit, the thing a search ranks. Relations between instruments decide what is in force
// on a day (see status.go).
package corpus
