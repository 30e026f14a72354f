package parse

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
)

func TestAnArticleIsCutAtItsKhoanAndDiem(t *testing.T) {
	intro, clauses := SplitArticle("Người có quyền:\n1. Một:\na) A;\nb) B\ntiếp theo B;\nđ) Đ.\n2. Hai\n2a. Hai a\n4. Bốn")
	want := []corpus.Clause{
		{Number: "1", Text: "Một:", Points: []corpus.Point{{Letter: "a", Text: "A;"}, {Letter: "b", Text: "B\ntiếp theo B;"}, {Letter: "đ", Text: "Đ."}}},
		{Number: "2", Text: "Hai"}, {Number: "2a", Text: "Hai a"}, {Number: "4", Text: "Bốn"},
	}
	if intro != "Người có quyền:" {
		t.Errorf("intro %q", intro)
	}
	if d := cmp.Diff(want, clauses); d != "" {
		t.Error(d)
	}
}

func TestPointsMayStandWithoutKhoan(t *testing.T) {
	_, clauses := SplitArticle("Gồm:\na) A\nb) B")
	want := []corpus.Clause{{Points: []corpus.Point{{Letter: "a", Text: "A"}, {Letter: "b", Text: "B"}}}}
	if d := cmp.Diff(want, clauses); d != "" {
		t.Error(d)
	}
}

func TestAQuotedArticleIsNoKhoanOfItsOwn(t *testing.T) {
	_, clauses := SplitArticle("1. Sửa đổi Điều 5 như sau:\n“Điều 5. Tên\n1. Lời mới.\n2. Lời mới nữa.”\n2. Bãi bỏ Điều 6.")
	if len(clauses) != 2 || clauses[1].Text != "Bãi bỏ Điều 6." {
		t.Errorf("got %+v", clauses)
	}
}

func TestAMarkerOutOfOrderStaysText(t *testing.T) {
	for _, text := range []string{
		"1. Một\n1. Lặp\n2. Hai", "2010. năm", "1. Một\n1.1. Nhỏ\n2.000 đồng", "1. Một\nc) chi\na) lại", "9. Chín", "f) không", "1.\n2.",
	} {
		t.Run(text, func(t *testing.T) {
			intro, clauses := SplitArticle(text)
			if got := squeeze(corpus.Article{Text: intro, Clauses: clauses}.FullText()); got != squeeze(text) {
				t.Errorf("%q became %q", text, got)
			}
		})
	}
}

// squeeze drops all white space: what a split may change.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzSplitArticle(f *testing.F) {
	f.Add("1. Một:\na) A;\nb) B\n2. Hai “\n3. Ba”\na1) x")
	f.Add("a)\n1.\n1a.\nđ)\n\n“")
	f.Fuzz(func(t *testing.T, text string) {
		intro, clauses := SplitArticle(text)
		if got := squeeze(corpus.Article{Text: intro, Clauses: clauses}.FullText()); got != squeeze(text) {
			t.Errorf("%q became %q", text, got)
		}
	})
}
