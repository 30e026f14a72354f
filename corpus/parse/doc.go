// Package parse turns published documents into instruments and procedures.
//
//	Instrument        one legal document, from its plain text
//	Codified          the codified law (Pháp điển) as JSON lines
//	CodifiedPackage   the same from the official offline HTML pages
//	Enacted           laws as passed, as JSON lines
//	Relations         what an instrument does to others: closing articles, title
//	Reader            legal references in any text, with byte offsets
//	KnownEndings      ends of laws whose successors may not be in the corpus
//
// Every parser takes hostile input: what cannot be read is told in one Vietnamese
// sentence (LineError, GapError, ErrNotInstrument), and the rest goes on.
package parse
