package chunk

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// words of real length and shape for made-up law.
var words = strings.Fields("công dân có quyền đăng ký khai sinh; cơ quan quản lý hộ tịch. Ủy ban nhân dân cấp xã, trong thời hạn 05 ngày làm việc: hồ sơ gồm tờ khai theo mẫu và giấy chứng sinh.")

func sentence(r *rand.Rand, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = words[r.IntN(len(words))]
		if r.IntN(40) == 0 {
			out[i] += "\n" + words[r.IntN(len(words))]
		}
	}
	return strings.Join(out, " ")
}

// randomArticle draws any shape the vocabulary allows: no text, no clauses, points
// without a clause, lines far beyond MaxRunes.
func randomArticle(r *rand.Rand, number int) corpus.Article {
	length := func() int { return []int{0, 3, 20, 80, 900}[r.IntN(5)] }
	a := corpus.Article{Number: fmt.Sprint(number), Heading: sentence(r, 4)}
	if r.IntN(3) > 0 {
		a.Text = sentence(r, length())
	}
	for c := range r.IntN(5) {
		clause := corpus.Clause{Number: fmt.Sprint(c + 1), Text: sentence(r, length())}
		if r.IntN(6) == 0 {
			clause.Number = ""
		}
		for p := range r.IntN(6) {
			clause.Points = append(clause.Points, corpus.Point{Letter: string(rune('a' + p)), Text: sentence(r, length())})
		}
		a.Clauses = append(a.Clauses, clause)
	}
	return a
}

func randomInstrument(seed uint64) corpus.Instrument {
	r := rand.New(rand.NewPCG(seed, 7))
	in := corpus.Instrument{Number: "60/2014/QH13", Title: "Luật Hộ tịch"}
	for n := range 1 + r.IntN(8) {
		in.Articles = append(in.Articles, randomArticle(r, n+1))
	}
	return in
}

func bare(s string) string { return strings.Join(strings.Fields(s), "") }

func TestChunksOfAnArticleAreItsWordsAndNothingElse(t *testing.T) {
	for seed := range uint64(300) {
		in := randomInstrument(seed)
		got := map[corpus.UnitID]string{}
		for _, c := range Instrument(in) {
			got[c.Unit] += c.Text
		}
		for _, a := range in.Articles {
			unit := corpus.UnitOf(corpus.Provision{Instrument: in.Number, Article: a.Number})
			if want := bare(a.FullText()); bare(got[unit]) != want {
				t.Fatalf("seed %d, Điều %s: chunks hold\n%s\nwant\n%s", seed, a.Number, bare(got[unit]), want)
			}
		}
	}
}

func TestAChunkIsARunOfBytesOfOneArticle(t *testing.T) {
	for seed := range uint64(300) {
		in := randomInstrument(seed)
		full := map[string]string{}
		for _, a := range in.Articles {
			full[a.Number] = a.FullText()
		}
		for _, c := range Instrument(in) {
			if !strings.Contains(full[c.Provision.Article], c.Text) {
				t.Fatalf("seed %d: %s is not verbatim:\n%q", seed, c.ID, c.Text)
			}
			if n := utf8.RuneCountInString(c.Text); n > MaxRunes {
				t.Fatalf("seed %d: %s has %d runes", seed, c.ID, n)
			}
		}
	}
}

func TestChunkIDsAreUniqueAndStable(t *testing.T) {
	for seed := range uint64(300) {
		in := randomInstrument(seed)
		seen := map[corpus.ChunkID]bool{}
		chunks := Instrument(in)
		for _, c := range chunks {
			if seen[c.ID] {
				t.Fatalf("seed %d: %s twice", seed, c.ID)
			}
			seen[c.ID] = true
		}
		if diff := cmp.Diff(chunks, Instrument(in)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestAnotherArticleDoesNotMoveAnID(t *testing.T) {
	in := randomInstrument(4)
	before := Instrument(in)
	in.Articles = append([]corpus.Article{{Number: "0", Text: "Điều mới."}}, in.Articles...)
	after := Instrument(in)[1:]
	for i := range before {
		if before[i].ID != after[i].ID || before[i].Order != after[i].Order {
			t.Fatalf("%s became %s", before[i].ID, after[i].ID)
		}
	}
}

func TestAClauseIsOneChunkAndALongOneIsCutBetweenPoints(t *testing.T) {
	long := strings.Repeat("giấy tờ chứng minh nơi cư trú ", 30) // 900 runes
	in := corpus.Instrument{
		Number: "68/2020/QH14", Title: "Luật Cư trú",
		Articles: []corpus.Article{{
			Number: "20", Heading: "Điều kiện đăng ký thường trú",
			Under: []corpus.Heading{{Kind: "Chương", Number: "III", Title: "ĐĂNG KÝ THƯỜNG TRÚ"}},
			Text:  "Công dân được đăng ký:",
			Clauses: []corpus.Clause{
				{Number: "1", Text: "Có chỗ ở hợp pháp.", Points: []corpus.Point{{Letter: "a", Text: "Của mình;"}}},
				{Number: "2", Text: "Được đồng ý:", Points: []corpus.Point{{Letter: "a", Text: long}, {Letter: "b", Text: long}}},
			},
		}},
	}
	var places []string
	for _, c := range Instrument(in) {
		places = append(places, c.Provision.Key())
		if diff := cmp.Diff([]string{"Luật Cư trú", "Chương III ĐĂNG KÝ THƯỜNG TRÚ"}, c.Headings); diff != "" {
			t.Error(diff)
		}
	}
	want := []string{"68/2020/qh14#20", "68/2020/qh14#20#1", "68/2020/qh14#20#2", "68/2020/qh14#20#2#b"}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
}

func TestAnArticleLivesWithinItsInstrument(t *testing.T) {
	day := func(s string) civil.Date { d, _ := civil.Parse(s); return d }
	in := corpus.Instrument{
		Number: "1/2020/NĐ-CP", Validity: corpus.Validity{From: day("2020-01-01"), Until: day("2025-07-01")},
		Articles: []corpus.Article{
			{Number: "1", Text: "Một."},
			{Number: "2", Text: "Hai.", Validity: corpus.Validity{From: day("2022-01-01")}},
		},
	}
	chunks := Instrument(in)
	if chunks[0].Validity != in.Validity {
		t.Errorf("Điều 1 holds %v", chunks[0].Validity)
	}
	if want := (corpus.Validity{From: day("2022-01-01"), Until: day("2025-07-01")}); chunks[1].Validity != want {
		t.Errorf("Điều 2 holds %v; want %v", chunks[1].Validity, want)
	}
}

func TestAnAnnexIsAUnitOfItsOwn(t *testing.T) {
	in := corpus.Instrument{Number: "1/2020/NĐ-CP", Annexes: []corpus.Annex{{Number: "I", Title: "Biểu phí", Text: strings.Repeat("Dòng phí.\n", 300)}}}
	chunks := Instrument(in)
	if len(chunks) < 2 {
		t.Fatalf("%d chunks", len(chunks))
	}
	for i, c := range chunks {
		if c.Unit != "1/2020/nđ-cp#pl:i" || c.Order != i {
			t.Errorf("chunk %d: unit %s order %d", i, c.Unit, c.Order)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("Công dân có quyền.\nĐăng ký", "khai sinh; kết hôn")
	f.Add(strings.Repeat("a", 5000), "\xff\xfe")
	f.Fuzz(func(t *testing.T, text, point string) {
		a := corpus.Article{Number: "1", Text: text, Clauses: []corpus.Clause{{Number: "1", Text: point, Points: []corpus.Point{{Letter: "a", Text: point}}}}}
		var got string
		for _, c := range Instrument(corpus.Instrument{Number: "1/2000/QH10", Articles: []corpus.Article{a}}) {
			if utf8.RuneCountInString(c.Text) > MaxRunes {
				t.Fatal("too long")
			}
			got += c.Text
		}
		if bare(got) != bare(a.FullText()) {
			t.Fatalf("%q became %q", a.FullText(), got)
		}
	})
}
