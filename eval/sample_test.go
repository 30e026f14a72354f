package eval

import (
	"fmt"
	"testing"
)

func TestASampleIsSpreadOverTheQuestionsWithTheirJudgements(t *testing.T) {
	d := &Dataset{Name: "d", Relevant: map[string]map[string]int{}}
	for i := range 10 {
		id := fmt.Sprint(i)
		d.Questions = append(d.Questions, Question{ID: id})
		d.Relevant[id] = map[string]int{"x": 1}
	}
	got := d.Sample(4)
	ids := ""
	for _, q := range got.Questions {
		ids += q.ID
	}
	if ids != "0257" || len(got.Relevant) != 4 || got.Relevant["5"] == nil {
		t.Errorf("questions %s, judgements %v", ids, got.Relevant)
	}
	for _, n := range []int{-1, 0, 10, 11} {
		if all := d.Sample(n); all != d {
			t.Errorf("a sample of %d has %d questions", n, len(all.Questions))
		}
	}
}
