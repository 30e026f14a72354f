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

func TestOnlyWhatPointsBeyondOurBordersIsOfAnotherCountry(t *testing.T) {
	for q, want := range map[string]bool{
		"nồng độ cồn xe máy phạt bao nhiêu": false, "điều kiện nhập quốc tịch Việt Nam": false, "nghỉ phép năm bao nhiêu ngày": false,
		"ở Mỹ lái xe bên nào": true, "luật Nhật Bản về ly hôn": true, "bang Texas có án tử hình không": true, "xin visa đi Hàn": true, "bên Đài Loan ly hôn chồng thì ai nuôi con": true,
	} {
		if got := abroad(q); got != want {
			t.Errorf("%q: %v", q, got)
		}
	}
}
