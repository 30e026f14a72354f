// Package chunk cuts texts along their own structure, never across an article.
//
// An article without clauses is cut at its lines; one with clauses gives a chunk per
// clause, and a clause too long for one chunk is cut between its points. A procedure
// gives a chunk per facet. Every chunk of an instrument is a run of consecutive bytes of
// Article.FullText (or Annex.Text), so what is quoted from it stands in the law as it is.
// Everything here is pure: the same text at the same place gives the same ChunkID.
package chunk

// MaxRunes is the longest chunk text in runes, headings not counted.
const MaxRunes = 1200

// Recipe names this way of cutting. It changes when the same text would give other
// chunks, so that an ingestion knows what to cut again.
const Recipe = "chunk-5"
