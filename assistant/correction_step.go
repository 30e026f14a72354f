package assistant

import (
	"context"
	"errors"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Steer leads a question an official has corrected to the record it should have led to.
// It stands before the choosing.
type Steer struct {
	Book    *CorrectionBook
	Library corpus.Library
}

// Name of the step in traces.
func (Steer) Name() string { return "steer" }

// Run leads to the record when it is there; otherwise what the official said is itself
// the answer, before any text of law that bears on the question. A choice of the person's
// own stays.
func (s Steer) Run(ctx context.Context, t *Turn) error {
	live, err := s.Book.Live(ctx, t.Question.AskedAt)
	if err != nil || len(live) == 0 || t.Question.Chosen != "" {
		return err
	}
	words := topicWords(t.Text)
	for _, c := range live {
		if !c.answers(words) || !c.holds(t.Reading) {
			continue
		}
		unit := c.record()
		_, err := s.Library.Procedure(ctx, strings.TrimPrefix(string(unit), "tthc:"))
		switch {
		case unit != "" && err == nil:
			t.Question.Chosen = string(unit)
			return nil
		case err != nil && !errors.Is(err, corpus.ErrNotFound):
			return err
		}
		mark := t.cite(c.citation())
		t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: c.Words(), Marks: []int{mark}, Slot: LegalBasis})
		t.Route, t.Hits = ToRegulation, nil
		return nil
	}
	return nil
}

// record is the procedure the corrected question is about; empty when it names none.
func (c OfficialCorrection) record() corpus.UnitID {
	switch {
	case c.Procedure != "":
		return corpus.UnitOfProcedure(c.Procedure)
	case strings.HasPrefix(string(c.Unit), "tthc:"):
		return c.Unit
	}
	return ""
}

// Correct puts officials' corrections in front of the answer, for citizens and officials
// alike. It stands after the choosing.
type Correct struct{ Book *CorrectionBook }

// Name of the step in traces.
func (Correct) Name() string { return "correct" }

// correctionChunk marks citations whose source is a signed correction.
const correctionChunk = "correction:"

// Run adds the corrections that concern the subject of the turn, newest first, before
// what else is put right.
func (s Correct) Run(ctx context.Context, t *Turn) error {
	live, err := s.Book.Live(ctx, t.Question.AskedAt)
	if err != nil || len(live) == 0 {
		return err
	}
	subjects, err := t.subjects(ctx)
	if err != nil {
		return err
	}
	words := topicWords(t.Text)
	var first []Correction
	for _, c := range live {
		concerns := c.aboutAny(subjects, t.Reading.Slots) || t.Choice != nil && c.answers(words)
		if !concerns || !c.holds(t.Reading) {
			continue
		}
		mark := t.cite(c.citation())
		first = append(first, Correction{ID: correctionChunk + c.ID, Text: c.Words(), Marks: []int{mark}, Basis: c.basis()})
	}
	t.Answer.Corrections = append(first, t.Answer.Corrections...)
	return nil
}

func (c OfficialCorrection) aboutAny(units []corpus.UnitID, asked []Slot) bool {
	for _, u := range units {
		if c.about(u, asked) {
			return true
		}
	}
	return false
}

// subjects are the units the answer will be about: the procedure chosen, or the texts of
// law that will be shown.
func (t *Turn) subjects(ctx context.Context) ([]corpus.UnitID, error) {
	if t.Choice != nil {
		units := []corpus.UnitID{corpus.UnitOfProcedure(t.Choice.ID)}
		if t.Choice.Code != "" && t.Choice.Code != t.Choice.ID {
			units = append(units, corpus.UnitOfProcedure(t.Choice.Code))
		}
		return units, nil
	}
	laws, err := t.laws(ctx)
	var units []corpus.UnitID
	for _, h := range laws {
		if h.Chunk.Validity.Holds(t.Reading.AsOf) && len(units) < maxPassages {
			units = append(units, h.Unit)
		}
	}
	return units, err
}

// cite adds a citation of a table and returns its mark.
func (t *Turn) cite(c Citation) int {
	c.Mark = len(t.Answer.Citations) + 1
	t.Answer.Citations = append(t.Answer.Citations, c)
	return c.Mark
}

// citation makes the correction a source like any other.
func (c OfficialCorrection) citation() Citation {
	words := c.Words()
	return Citation{
		Chunk: corpus.ChunkID(correctionChunk + c.ID), Unit: c.Unit, Provision: c.Basis[0], Label: "Đính chính của " + c.Office, Title: c.basis(),
		Quote: words, SHA256: digest(words), Validity: c.Validity, Digest: true, Confidence: corpus.Medium,
	}
}

// Cites implements Table.
func (b *CorrectionBook) Cites(c Citation) bool {
	return strings.HasPrefix(string(c.Chunk), correctionChunk)
}

// Stands implements Table: the words must be those of a correction whose signature was
// checked, in force on the day of the answer.
func (b *CorrectionBook) Stands(c Citation, a Answer) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, have := range b.live {
		if string(c.Chunk) == correctionChunk+have.ID {
			return c.Quote == have.Words() && digest(c.Quote) == c.SHA256 && have.Validity.Holds(a.AsOf)
		}
	}
	return false
}
