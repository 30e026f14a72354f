package assistant

import (
	"context"
	"fmt"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Premise puts false beliefs right before anything is looked up.
type Premise struct{ table []premise }

// NewPremise reads the embedded table.
func NewPremise() (Premise, error) {
	table, err := loadPremises(premisesFile)
	return Premise{table}, err
}

// Name of the step in traces.
func (Premise) Name() string { return "premise" }

// Run notes the corrections; the composer cites them and prints them first.
func (s Premise) Run(_ context.Context, t *Turn) error {
	folded := spaced(t.Text) + spaced(spelledOut(t.Text))
	for _, p := range s.table {
		if !p.meets(folded, t.Reading.AsOf) {
			continue
		}
		words := p.Vi
		if t.Question.Lang == "en" {
			words = p.En
		}
		c := p.citation(words)
		c.Mark = len(t.Answer.Citations) + 1
		t.Answer.Citations = append(t.Answer.Citations, c)
		t.Answer.Corrections = append(t.Answer.Corrections, Correction{ID: p.ID, Text: words, Marks: []int{c.Mark}, Basis: p.basis()})
	}
	return nil
}

// premiseChunk marks citations whose source is the reviewed table itself.
const premiseChunk = "premise:"

// citation makes the table entry a source like any other: quoted, digested, dated and
// labelled as our digest of the provision that ended the belief.
func (p premise) citation(words string) Citation {
	return Citation{
		Chunk: corpus.ChunkID(premiseChunk + p.ID), Provision: p.Basis[0].provision(), Label: p.basis(), Title: p.Source,
		Quote: words, SHA256: digest(words), Validity: corpus.Validity{From: p.since}, Digest: true,
		VerifiedOn: p.verified, Confidence: p.Confidence,
	}
}

// stands checks a citation of the table: the words must be those of the entry, in force.
func (s Premise) stands(c Citation, on civil.Date) bool {
	for _, p := range s.table {
		if string(c.Chunk) == premiseChunk+p.ID {
			return (c.Quote == p.Vi || c.Quote == p.En) && digest(c.Quote) == c.SHA256 && !on.Before(p.since)
		}
	}
	return false
}

// String lists the beliefs known, for the operator.
func (s Premise) String() string { return fmt.Sprintf("%d premises", len(s.table)) }
