package lexical

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/rank"
)

// registry is a small index of near twins among procedures, and some articles.
func registry(t testing.TB) *Index {
	t.Helper()
	var docs []Document
	procedure := func(id, name string) {
		docs = append(docs, Document{
			ID: id, Title: name, Facets: []Facet{
				{Domain, "Hộ tịch"}, {Steps, "Người yêu cầu nộp hồ sơ tại Ủy ban nhân dân cấp xã; cán bộ tiếp nhận kiểm tra giấy tờ."},
				{Dossier, "Tờ khai theo mẫu, giấy chứng sinh, giấy tờ tùy thân"},
			}, Attr: Attributes{Procedure: true, Field: "Hộ tịch"},
		})
	}
	procedure("birth", "Thủ tục đăng ký khai sinh")
	procedure("birth-again", "Thủ tục đăng ký lại khai sinh")
	procedure("birth-foreign", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài")
	procedure("birth-mobile", "Thủ tục đăng ký khai sinh lưu động")
	procedure("marriage", "Thủ tục đăng ký kết hôn")
	procedure("death", "Thủ tục đăng ký khai tử")
	for i := range 40 {
		docs = append(docs, Document{
			ID: fmt.Sprintf("law#%d", i+1), LawName: "Luật Hộ tịch", Title: fmt.Sprintf("Điều %d. Trách nhiệm đăng ký", i+1),
			Body: fmt.Sprintf("Cơ quan thứ %d có trách nhiệm đăng ký khai sinh trong thời hạn %d ngày.", i, i+5),
			Attr: Attributes{Instrument: "60/2014/QH13"},
		})
	}
	return buildIndex(t, docs, DefaultSettings())
}

func TestTheShippedWeightsFitTheCode(t *testing.T) {
	l := Shipped()
	if len(l.provisions.Weights) != int(numFeatures) || len(l.procedures.Weights) != int(numFeatures) {
		t.Error("a model lacks weights")
	}
	for i, name := range FeatureNames() {
		if name == "" || slices.Index(FeatureNames(), name) != i {
			t.Errorf("feature %d has no name of its own: %q", i, name)
		}
	}
}

func TestAModelForOtherFeaturesIsRefused(t *testing.T) {
	if _, err := NewLearned([]*rank.Model{{Name: ProvisionModel, Features: []string{"x"}, Weights: []float64{1}}}); err == nil {
		t.Error("taken")
	}
	if _, err := NewLearned(nil); err == nil {
		t.Error("no models taken")
	}
}

// first asks the shipped second stage among procedures.
func first(t *testing.T, x *Index, question string) string {
	t.Helper()
	q := x.Analyze(question)
	found := x.Search(q, &Filter{Filter: retrieval.Filter{Only: retrieval.OnlyProcedures}}, 100)
	found = Shipped().Rerank(t.Context(), x, q, found)
	if len(found) == 0 {
		t.Fatalf("nothing found for %q", question)
	}
	return found[0].ID
}

func TestThePlainProcedureUnlessTheQuestionNamesTheSpecialOne(t *testing.T) {
	x := registry(t)
	for question, want := range map[string]string{
		"Đăng ký khai sinh cho con cần giấy tờ gì?":      "birth",
		"Đăng ký lại khai sinh cần giấy tờ gì?":          "birth-again",
		"đăng ký khai sinh có yếu tố nước ngoài ở đâu":   "birth-foreign",
		"Đăng ký khai sinh lưu động thực hiện thế nào?":  "birth-mobile",
		"thu tuc dang ky khai sinh can nhung gi":         "birth",
		"thu tuc dang ky khai sinh co yeu to nuoc ngoai": "birth-foreign",
	} {
		if got := first(t, x, question); got != want {
			t.Errorf("%q finds %s first, want %s", question, got, want)
		}
	}
}

func TestReorderingKeepsThePlacesOfEachKind(t *testing.T) {
	x := registry(t)
	q := x.Analyze("đăng ký khai sinh trong thời hạn 20 ngày")
	before := x.Search(q, nil, 200)
	kinds := func(rs []Result) string {
		var b strings.Builder
		for _, r := range rs {
			if strings.HasPrefix(r.ID, "law#") {
				b.WriteByte('a')
			} else {
				b.WriteByte('p')
			}
		}
		return b.String()
	}
	want := kinds(before)
	after := Shipped().Rerank(t.Context(), x, q, slices.Clone(before))
	if got := kinds(after); got != want {
		t.Errorf("kinds %s, want %s", got, want)
	}
	ids := func(rs []Result) (out []string) {
		for _, r := range rs {
			out = append(out, r.ID)
		}
		slices.Sort(out)
		return out
	}
	if !slices.Equal(ids(before), ids(after)) {
		t.Error("reordering lost or doubled a result")
	}
	for i := 1; i < len(after); i++ {
		if after[i].Score >= after[i-1].Score {
			t.Fatalf("score %d does not fall: %v after %v", i, after[i].Score, after[i-1].Score)
		}
	}
}

func TestReorderingIsTheSameEveryTime(t *testing.T) {
	x := registry(t)
	want := ""
	for range 5 {
		q := x.Analyze("khai sinh cho con ở nước ngoài bị mất giấy")
		got := ""
		for _, r := range Shipped().Rerank(t.Context(), x, q, x.Search(q, nil, 200)) {
			got += fmt.Sprintf("%s %.9f\n", r.ID, r.Score)
		}
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("two orders:\n%s\n%s", want, got)
		}
	}
}

func TestAReorderedResultSaysWhy(t *testing.T) {
	x := registry(t)
	q := x.Analyze("đăng ký khai sinh")
	found := Shipped().Rerank(t.Context(), x, q, x.Search(q, nil, 200))
	why := found[0].reasons()
	if len(why) == 0 || why[0].Retriever != "rerank" || why[0].Field == "" {
		t.Fatalf("reasons %+v", why)
	}
	for i := 1; i < len(why); i++ {
		if math.Abs(why[i].Share) > math.Abs(why[i-1].Share) {
			t.Errorf("reason %d weighs more than the one before", i)
		}
	}
	if found[0].First <= 0 {
		t.Error("the first stage's score is lost")
	}
}

func TestFeaturesAreBounded(t *testing.T) {
	x := registry(t)
	r := NewRanker(x)
	for _, text := range []string{
		"đăng ký khai sinh", "", "???", strings.Repeat("khai sinh ", 3000), "Điều 5 Luật 60/2014/QH13", "xyzzy",
		strings.Repeat("a b c d e f g h i k l m n o p q r s t u v x y ", 20),
	} {
		q := x.Analyze(text)
		for _, row := range r.Features(q, x.Search(q, nil, 100)) {
			for f, v := range row {
				if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 50 {
					t.Errorf("%.20q: %s is %v", text, featureNames[f], v)
				}
			}
		}
	}
}

func FuzzRerank(f *testing.F) {
	x := registry(f)
	l := Shipped()
	f.Add("đăng ký khai sinh")
	f.Add("\xff Điều 1 khoản 2 60/2014/QH13")
	f.Fuzz(func(t *testing.T, text string) {
		q := x.Analyze(text)
		found := x.Search(q, nil, 200)
		n := len(found)
		if got := l.Rerank(t.Context(), x, q, found); len(got) != n {
			t.Errorf("%d results became %d", n, len(got))
		}
	})
}
