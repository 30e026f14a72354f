package eval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/retrieval/lexical"
)

// small is a dataset of a few articles and procedures with a question each.
func small() *Dataset {
	d := &Dataset{Name: "small", Relevant: map[string]map[string]int{}}
	topics := []string{
		"khai sinh", "kết hôn", "khai tử", "giám hộ", "nhận con nuôi", "quốc tịch", "căn cước", "hộ chiếu", "thường trú", "tạm trú",
		"đất đai", "xây dựng", "thuế", "doanh nghiệp", "lao động", "bảo hiểm xã hội", "khiếu nại", "tố cáo", "công chứng", "chứng thực",
	}
	for i, topic := range topics {
		id := fmt.Sprintf("%d/2014/qh13#%d", 60+i%4, i)
		d.Documents = append(d.Documents, Document{
			ID: id, Law: fmt.Sprintf("%d/2014/qh13", 60+i%4), Title: "Điều " + fmt.Sprint(i) + ". Đăng ký " + topic,
			Text: "Cơ quan có thẩm quyền giải quyết " + topic + " trong thời hạn luật định.",
		}, Document{
			ID: fmt.Sprintf("1.%06d", i), Title: "Thủ tục đăng ký " + topic, Field: "Lĩnh vực " + topic,
			Text: "trinh_tu_thuc_hien: Nộp hồ sơ về " + topic + "\nthanh_phan_ho_so: Tờ khai",
		})
		q := fmt.Sprintf("q%02d", i)
		d.Questions = append(d.Questions, Question{ID: q, Text: "Điều nào quy định việc đăng ký " + topic + " trong luật?"})
		d.Relevant[q] = map[string]int{id: 1}
	}
	return d
}

// kindOf keeps the articles or the procedures of small.
func kindOf(d *Dataset, procedures bool) *Dataset {
	out := &Dataset{Name: "articles", Questions: d.Questions, Relevant: map[string]map[string]int{}}
	if procedures {
		out.Name = "procedures"
	}
	for i, doc := range d.Documents {
		if (doc.Field != "") == procedures {
			out.Documents = append(out.Documents, doc)
			out.Relevant[fmt.Sprintf("q%02d", i/2)] = map[string]int{doc.ID: 1}
		}
	}
	return out
}

func TestTwoRunsGiveIdenticalReports(t *testing.T) {
	var texts, jsons [2]string
	for i := range texts {
		d := kindOf(small(), false)
		r, err := Retrieval(t.Context(), d, Lexical{Index: d.Index(lexical.DefaultSettings()), Rerank: lexical.Shipped()}, Options{System: "lexical"})
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = r.String()
		b, err := r.JSON()
		if err != nil {
			t.Fatal(err)
		}
		jsons[i] = string(b)
	}
	if texts[0] != texts[1] || jsons[0] != jsons[1] {
		t.Errorf("reports differ:\n%s\n%s", texts[0], texts[1])
	}
	if !strings.Contains(texts[0], "questions  20") {
		t.Errorf("report:\n%s", texts[0])
	}
}

func TestTrainingIsReproducibleAndLeavesTheLawOut(t *testing.T) {
	train := func(seed uint64) string {
		tr, err := Train(t.Context(), []*Dataset{kindOf(small(), false), kindOf(small(), true)}, seed)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := tr.WriteWeights(&b); err != nil {
			t.Fatal(err)
		}
		if len(tr.Cards) != 2 || tr.Cards[0].CrossValidated.Questions != 20 {
			t.Errorf("cards %+v", tr.Cards)
		}
		return b.String()
	}
	if a, b := train(1), train(1); a != b {
		t.Errorf("the same seed gives different weights:\n%s\n%s", a, b)
	}
	l, err := newLesson(t.Context(), kindOf(small(), false), 1)
	if err != nil {
		t.Fatal(err)
	}
	foldOf := map[string]int{}
	for i, q := range l.d.Questions {
		law, _, _ := strings.Cut(l.d.Gold(q.ID)[0], "#")
		if old, seen := foldOf[law]; seen && old != l.fold[i] {
			t.Errorf("questions on %s are dealt to folds %d and %d", law, old, l.fold[i])
		}
		foldOf[law] = l.fold[i]
	}
}

func TestACardSurvivesPrintingAndReading(t *testing.T) {
	tr, err := Train(t.Context(), []*Dataset{kindOf(small(), false), kindOf(small(), true)}, 1)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := tr.Cards[0].WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	c, err := readCard(&b)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := tr.Cards[0].CrossValidatedBare.Value("nDCG@10")
	if got := c["cross-validated, no marks"]["nDCG@10"]; fmt.Sprintf("%.4f", got) != fmt.Sprintf("%.4f", want) {
		t.Errorf("read %v, wrote %v", got, want)
	}
}

// broken fails at every question after the first.
type broken struct{ asked int }

func (b *broken) Search(context.Context, string, int) ([]string, error) {
	if b.asked++; b.asked > 1 {
		return nil, errors.New("down")
	}
	return nil, nil
}

func TestAFailingSystemIsNotMeasured(t *testing.T) {
	if r, err := Retrieval(t.Context(), small(), &broken{}, Options{}); err == nil {
		t.Errorf("measured:\n%s", r)
	}
}

func TestSpeedIsMeasuredOnlyWithAClock(t *testing.T) {
	d := kindOf(small(), false)
	x := Lexical{Index: d.Index(lexical.DefaultSettings())}
	r, err := Retrieval(t.Context(), d, x, Options{})
	if err != nil || r.Speed.N != 0 {
		t.Fatalf("%v, %+v", err, r.Speed)
	}
	now := time.Time{}
	tick := func() time.Time { now = now.Add(time.Millisecond); return now }
	if r, err = Retrieval(t.Context(), d, x, Options{Now: tick}); err != nil {
		t.Fatal(err)
	}
	if r.Speed.N != 20 || r.Speed.P50 != time.Millisecond || r.Speed.Max != time.Millisecond {
		t.Errorf("speed %+v", r.Speed)
	}
}

func TestRobustnessSetsEveryRewritingBesideTheOriginal(t *testing.T) {
	d := kindOf(small(), false)
	r, err := Robust(t.Context(), d, Lexical{Index: d.Index(lexical.DefaultSettings())}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := r.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, w := range Rewritings {
		if loss, ok := r.Loss(w.Name, "nDCG@10"); !ok || loss > 0.5 {
			t.Errorf("%s loses %v, %v", w.Name, loss, ok)
		}
		if !strings.Contains(b.String(), w.Name) {
			t.Errorf("%s is not in the table:\n%s", w.Name, &b)
		}
	}
	if _, ok := r.Loss("no such rewriting", "nDCG@10"); ok {
		t.Error("measured a rewriting that is none")
	}
}
