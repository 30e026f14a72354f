package assistant

import (
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

func TestADirectiveStandsBehindWhatBindsEverybody(t *testing.T) {
	var hits []retrieval.Hit
	for _, number := range []string{"17/2005/CT-TTg", "54/2019/NĐ-CP", "212/2016/TT-BTC"} {
		hits = append(hits, retrieval.Hit{Chunk: corpus.Chunk{Provision: corpus.Provision{Instrument: number, Article: "1"}}})
	}
	got := rulesFirst(hits)
	for i, want := range []string{"54/2019/NĐ-CP", "212/2016/TT-BTC", "17/2005/CT-TTg"} {
		if got[i].Chunk.Provision.Instrument != want {
			t.Errorf("place %d: %s, want %s", i+1, got[i].Chunk.Provision.Instrument, want)
		}
	}
	if hits[0].Chunk.Provision.Instrument != "17/2005/CT-TTg" {
		t.Error("the hits given were reordered")
	}
}
