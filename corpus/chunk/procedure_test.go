package chunk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
)

func birth() corpus.Procedure {
	return corpus.Procedure{
		ID: "1.001193", Code: "1.001193", Name: "Đăng ký khai sinh", Aliases: []string{"làm giấy khai sinh"},
		Field: "Hộ tịch", Levels: []corpus.Level{corpus.Commune}, Ministry: "Bộ Tư pháp",
		Body: []corpus.Authority{{Name: "Ủy ban nhân dân cấp xã"}},
		Dossier: []corpus.Paper{
			{Case: "Giấy tờ phải nộp", Name: "Giấy chứng sinh", Originals: 1},
			{Case: "Giấy tờ phải xuất trình", Name: "Căn cước", Present: true},
		},
		Fees:  []corpus.Fee{{Kind: "lệ phí", Case: "đúng hạn", Free: true}, {Kind: "phí", Case: "bản sao", VND: 8000, Unit: "bản"}},
		Times: []corpus.TimeLimit{{Channel: corpus.Online, Unit: corpus.Same}, {Count: 5, Unit: corpus.Workdays, Case: "phải xác minh"}},
		Steps: []string{"Bước 1: Nộp hồ sơ.", strings.Repeat("Công chức kiểm tra. ", 100)},
		Raw:   map[string]string{"fees": "Lệ phí: theo nghị quyết"},
	}
}

func TestEachFacetThatHasWordsIsAChunk(t *testing.T) {
	texts := map[string]string{}
	for _, c := range Procedure(birth()) {
		if c.Unit != "tthc:1.001193" || c.Procedure != "1.001193" || c.Provision != (corpus.Provision{}) {
			t.Errorf("%s belongs to %q, %q", c.ID, c.Unit, c.Procedure)
		}
		texts[c.Facet] += c.Text + "|"
	}
	want := map[string]string{
		"name":    "Đăng ký khai sinh\nlàm giấy khai sinh|",
		"dossier": "Giấy tờ phải nộp:\nGiấy chứng sinh (1 bản chính)\nGiấy tờ phải xuất trình:\nCăn cước (xuất trình)|",
		"fees":    "đúng hạn: miễn phí\nbản sao: 8.000 đồng/bản\nLệ phí: theo nghị quyết|",
		"times":   "Trực tuyến: trong ngày\nphải xác minh: 5 ngày làm việc|",
		"where":   "Ủy ban nhân dân cấp xã|",
	}
	if !strings.HasPrefix(texts["steps"], "Bước 1: Nộp hồ sơ.|Công chức") {
		t.Errorf("steps: %.80s", texts["steps"])
	}
	delete(texts, "steps")
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Error(diff)
	}
}

func TestAFactIsNeverCutUnlessItIsTooLong(t *testing.T) {
	p := birth()
	p.Steps = nil
	for i := range 40 {
		p.Steps = append(p.Steps, "Bước "+strings.Repeat("một ", 12+i)+"\nvà dòng thứ hai của bước ấy.")
	}
	for _, step := range p.Steps {
		found := 0
		for _, c := range Procedure(p) {
			if strings.Contains(c.Text, step) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("the step stands whole in %d chunks: %.40s", found, step)
		}
	}
}
