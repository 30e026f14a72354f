package ingest

import (
	"context"
	"iter"

	"github.com/motcua/motcua/corpus/parse"
)

// EnactedReader reads a collection of laws as enacted: JSON lines, one article each.
type EnactedReader struct{}

// Reads wants a law, an article, and no place in the codified law.
func (EnactedReader) Reads(_ string, head []byte) bool {
	return hasKeys(head, "law_id", "article_id", "law_title", "text") && !hasKeys(head, "pd_id")
}

// Recipe names the parser.
func (EnactedReader) Recipe() string { return "enacted-1" }

// Layers yields one layer per law.
func (EnactedReader) Layers(_ context.Context, in Input) iter.Seq2[Layer, error] {
	return instrumentLayers(in, Enacted, parse.Enacted(in.Open, in.Source))
}
