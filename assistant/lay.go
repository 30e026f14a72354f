package assistant

import (
	"context"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Lay lays a procedure out as an answer would, with what proves each line, as of a day:
// for pages that show a procedure nobody asked about. The answer has a card and citations,
// and neither text nor status.
func Lay(ctx context.Context, l corpus.Library, p corpus.Procedure, on civil.Date) (Answer, error) {
	a := Answer{AsOf: on, Citations: []Citation{}}
	card, err := makeCard(ctx, newCiter(l, &a), p)
	a.Card = card
	return a, err
}
