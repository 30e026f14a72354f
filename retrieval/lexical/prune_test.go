package lexical

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// invented makes a corpus with few words, some of them in nearly every document, so that
// long lists, rows and ties all occur.
func invented(r *rand.Rand, n int) []Document {
	words := strings.Fields("đăng ký khai sinh kết hôn tạm trú thường căn cước công dân hộ khẩu giấy phép lái xe thuế đất nhà ở con cha mẹ " +
		"xã phường tỉnh bộ luật nghị định điều khoản điểm hồ sơ lệ phí thời hạn cấp lại đổi mới hủy tẩy xóa chứng thực bản sao dang ky cha me")
	text := func(most int) string {
		var b strings.Builder
		for range 1 + r.IntN(most) {
			x := r.Float64()
			b.WriteString(words[int(x*x*x*float64(len(words)))] + " ")
		}
		return b.String()
	}
	docs := make([]Document, n)
	for i := range docs {
		docs[i] = Document{ID: fmt.Sprint("d", i), Title: text(8), Body: text(60), LawName: text(4)}
		docs[i].Attr = Attributes{Issuer: fmt.Sprint("i", r.IntN(4)), Procedure: r.IntN(3) == 0, Levels: []corpus.Level{corpus.Commune}}
		docs[i].Attr.Validity.From = civil.New(2000+r.IntN(25), 1, 1)
		docs[i].Attr.Validity.Until = civil.New(2026, 1, 1+r.IntN(20))
	}
	return docs
}

func same(a, b []Result) bool { return slices.Equal(a, b) }

func TestPrunedSearchIsTheExhaustiveOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 50, 1500, 6000} {
		docs := invented(r, n)
		x := buildIndex(t, docs, DefaultSettings())
		for range 150 {
			q := x.Analyze(docs[r.IntN(n)].Title + " " + docs[r.IntN(n)].Title)
			var f *Filter
			switch r.IntN(4) {
			case 0:
				f = &Filter{InForceOn: civil.New(2010+r.IntN(17), 1, 2)}
			case 1:
				f = &Filter{Filter: retrieval.Filter{Issuers: []string{"i1", "i9"}, Only: retrieval.OnlyProcedures}}
			}
			k := []int{1, 3, 10, 100, 1000}[r.IntN(5)]
			got, want := x.Search(q, f, k), x.search(q, f, k, false)
			if !same(got, want) {
				t.Fatalf("%d documents, k=%d, %q:\n got %v\nwant %v", n, k, q.Text, got, want)
			}
			for i := 1; i < len(want); i++ {
				if want[i-1].Score < want[i].Score || want[i-1].Score == want[i].Score && want[i-1].ID >= want[i].ID {
					t.Fatalf("results out of order: %v before %v", want[i-1], want[i])
				}
			}
		}
	}
}

func TestPrunedSearchIsTheExhaustiveOneOnRealText(t *testing.T) {
	d := loadDataset(t, "procedures")
	x := buildIndex(t, d.docs, DefaultSettings())
	for i, q := range d.queries {
		k := []int{1, 10, 100}[i%3]
		a := x.Analyze(q.Text)
		if got, want := x.Search(a, nil, k), x.search(a, nil, k, false); !same(got, want) {
			t.Fatalf("k=%d %q:\n got %v\nwant %v", k, q.Text, got, want)
		}
	}
}

func TestTheSumOfAListIsThatOfItsPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x := buildIndex(t, invented(r, 3000), DefaultSettings())
	p := x.segs[0]
	words := make([]Words, p.size())
	for i := range words {
		p.forward.read(uint32(i), &words[i])
	}
	for _, t1 := range []string{"đăng", "dang", "cha", "sao"} {
		id := x.TermID(t1)
		if id == NoTerm {
			t.Fatalf("%q is not in the index", t1)
		}
		term := Term{kind: exactWord, key: uint64(id), Weight: 1, Words: []string{t1}}
		n := 0
		for i := range words {
			total, _ := x.spread(p, &words[i], term)
			want := uint8(0)
			if total > 0 {
				n++
				want = impactOf(total, x.settings.K1)
			}
			if got := p.lists[exactWord].impact(uint64(id), uint32(i)); got != want && got+1 != want && got != want+1 {
				t.Fatalf("%q in document %d: impact %d, want %d", t1, i, got, want)
			}
		}
		if n != x.DF(id) {
			t.Errorf("%q: %d documents have it, the list %d", t1, n, x.DF(id))
		}
	}
}

func TestAHitExplainsItsWholeScore(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	x := buildIndex(t, invented(r, 2000), DefaultSettings())
	q := x.Analyze("đăng ký khai sinh lệ phí")
	for _, hit := range x.Search(q, nil, 5) {
		sum := 0.0
		for _, why := range x.Explain(q, hit.Doc) {
			sum += why.Share
			if len(why.Words) == 0 || why.Field == "" {
				t.Errorf("%s: a reason without words or field: %+v", hit.ID, why)
			}
		}
		if d := sum - hit.Score; d > 0.05*hit.Score || d < -0.05*hit.Score {
			t.Errorf("%s: shares add up to %.3f, the score is %.3f", hit.ID, sum, hit.Score)
		}
	}
}
