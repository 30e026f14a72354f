package store

import (
	"cmp"
	"slices"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
)

var wordingKinds = map[ingest.Class]assistant.WordingKind{
	ingest.Codified: assistant.Consolidated, ingest.Issued: assistant.AsEnacted, ingest.Enacted: assistant.AsEnacted, ingest.Starter: assistant.OurDigest,
}

var wordingRank = map[assistant.WordingKind]int{assistant.Consolidated: 0, assistant.AsEnacted: 1, assistant.OurDigest: 2}

// Wording reads a layer as a wording of its instrument; known is false for one that is none.
func Wording(class ingest.Class, edition string, body []byte) (w assistant.Wording, known bool, err error) {
	d, err := Unpack(body)
	if err != nil {
		return w, false, err
	}
	kind, known := wordingKinds[class]
	if d.Instrument == nil || !known {
		return w, false, nil
	}
	w = assistant.Wording{Kind: kind, Instrument: *d.Instrument}
	w.Edition, err = civil.Parse(edition)
	return w, err == nil, err
}

// SortWordings orders by kind; within one kind they stay as they are.
func SortWordings(list []assistant.Wording) {
	slices.SortStableFunc(list, func(a, b assistant.Wording) int { return cmp.Compare(wordingRank[a.Kind], wordingRank[b.Kind]) })
}
