package assistant

import (
	"context"
	"fmt"
	"math"
	"strings"
)

// Weights of the choice between the law and a record: a logistic fit of 855 questions about the
// law (Zalo, ALQAC and VLSP development sets) against 797 about procedures (portal questions
// and the development half of the exam), with the codified law and the portal's records
// loaded, rounded. Cross-validated in five parts at lawMeant: 85, 90 and 70 % of the questions
// about the law go to the law, and 9 % and 0.5 % of those about procedures, most of which no
// record answers.
const (
	lawBias      = -1.58
	lawCovered   = 1.28  // of the question's own words, what a passage among the first holds
	lawScore     = 0.56  // of the best passage
	recordHolds  = -4.91 // of the question's own words, what the best record holds
	recordScore  = -0.11 // of the best record
	recordAnswer = -3.38 // probability that the best record answers
	lawAsked     = 2.61  // the words ask for the law
	lawMeant     = 0.7   // at least this probability: the law is meant
	lawShown     = 0.6   // and at least this much of the question stands in a passage
	lawLooked    = 3     // passages looked at
)

// meansLaw reports whether the passages found answer a question better than the records found.
func (s Choose) meansLaw(ctx context.Context, t *Turn, found []candidate, sure float64) (bool, error) {
	hits, err := t.laws(ctx)
	if err != nil || len(hits) == 0 {
		return false, err
	}
	own, held := ownWords(t.Text), 0.0
	for _, h := range hits[:min(len(hits), lawLooked)] {
		text := foldedWords(strings.Join(h.Chunk.Headings, " ") + " . " + h.Chunk.Title + " . " + h.Chunk.Text)
		held = max(held, covered(own, text))
	}
	z := lawBias + lawCovered*held + lawScore*hits[0].Score + recordAnswer*sure
	if asksLaw(t.Text) {
		z += lawAsked
	}
	if len(found) > 0 {
		chunks, err := s.Library.Unit(ctx, found[0].hit.Unit)
		if err != nil {
			return false, err
		}
		var text []string
		for _, c := range chunks {
			text = append(text, foldedWords(c.Text)...)
		}
		z += recordHolds*covered(own, text) + recordScore*found[0].hit.Score
	}
	p := 1 / (1 + math.Exp(-z))
	t.Notes = append(t.Notes, fmt.Sprintf("law %.2f", p))
	return p >= lawMeant && held >= lawShown && hits[0].Score >= sureProvision, nil
}
