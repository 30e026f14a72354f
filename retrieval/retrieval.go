// Package retrieval finds the passages that bear on a question.
package retrieval

import (
	"context"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Query asks for passages in force on one day. Limit 0 means 10.
type Query struct {
	Text string
	// InForceOn filters by validity; the zero Date turns that filter off.
	InForceOn civil.Date
	Limit     int
	Filter    Filter
	// Candidates is how many of the first stage the second looks at; 0 means 100.
	Candidates int
	// Plain leaves out reasons and twins, which take their time to find.
	Plain bool
	// Least leaves out what scores less; 0 leaves out nothing. Scores compare only within
	// one kind of retriever.
	Least float64
	// Heads shows each unit by its first chunk in force, plainly: for those who read the
	// unit themselves.
	Heads bool
}

// Filter narrows a search; an empty field does not narrow. Fields are joined by "and",
// the values of one field by "or".
type Filter struct {
	Issuers     []string // issuing body, exact
	Types       []corpus.InstrumentType
	Levels      []corpus.Level
	Fields      []string          // lĩnh vực, exact
	Places      []string          // province codes; national texts always pass
	Instruments []string          // official numbers
	Audiences   []corpus.Audience // texts that name no audience pass
	Only        Scope
	// Official lets texts for officials only pass; without it they are never found.
	Official bool
}

// Scope restricts the kind of text.
type Scope string

// Everything by default.
const (
	Everything     Scope = ""
	OnlyProcedures Scope = "procedures"
	OnlyProvisions Scope = "provisions"
)

// Hit is a unit found, shown by its best chunk. Score: higher is better, comparable
// within one result only.
type Hit struct {
	Unit  corpus.UnitID
	Chunk corpus.Chunk
	Score float64
	Why   []Reason
	// Twins lists, for a procedure, the units in the same result that share most of its
	// words, best first, itself included; empty when it stands alone.
	Twins []corpus.UnitID
}

// Reason is one share in a score: which retriever or rule, on which field, by which
// words. Rank counts from 1 and is 0 where the reason is not a ranked list.
type Reason struct {
	Retriever string   `json:"retriever"`
	Field     string   `json:"field,omitempty"`
	Words     []string `json:"words,omitempty"`
	Rank      int      `json:"rank,omitempty"`
	Share     float64  `json:"share"`
}

// Retriever returns hits best first, ties by UnitID: same query and corpus, same list.
// No match is an empty list, not an error.
type Retriever interface {
	Retrieve(ctx context.Context, q Query) ([]Hit, error)
}
