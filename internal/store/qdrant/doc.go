// Package qdrant keeps vectors on a Qdrant server, for installations that outgrow one
// machine. A collection belongs to one embedding model; searches go through an alias, so
// that a corpus can be embedded anew beside the one in use. Results come in the order of
// the in-process index: scores are computed here from the vectors that the server returns,
// ties go by UnitID, and the server is asked for more until a tie at the end is complete.
package qdrant
