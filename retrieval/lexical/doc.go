// Package lexical is the in-process inverted index: units of law and procedures found by
// the words they share with a question.
//
// A Document is one unit (an article, an annex, a procedure) in sections. Its words are
// kept twice over: as posting lists of syllables and pairs of syllables, exact and
// folded, each posting with one byte of impact (BM25F over the sections, saturated); and
// as the forward list of its words in order, which explanation, reordering and merging
// read. An Index never changes once built, so that searches need no lock; Live swaps one
// for the next.
package lexical
