package place

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestTonePlacementCaseAndFormDoNotMatter(t *testing.T) {
	for _, s := range []string{"Hòa Bình", "Hoà Bình", norm.NFD.String("HOÀ BÌNH"), "hoa-binh", " Hoa  Binh "} {
		if got := Fold(s); got != "hoa binh" {
			t.Errorf("Fold(%q) = %q", s, got)
		}
	}
	if Fold("Đắk Lắk") != "dak lak" {
		t.Errorf("đ folds to %q", Fold("Đ"))
	}
}

func TestNormalMovesOnlyTonesOfOpenPairs(t *testing.T) {
	for in, want := range map[string]string{
		"Hoà": "Hòa", "THUỶ": "THỦY", "khoẻ": "khỏe", "toàn": "toàn", "quý": "quý", "Quỳnh": "Quỳnh",
		"hoà thuỷ": "hòa thủy", "oà": "òa", "thuý kiều": "thúy kiều", "English": "English",
	} {
		if got := Normal(in); got != want {
			t.Errorf("Normal(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Phường Hoà Khánh", norm.NFD.String("Thuỷ"), "Q.1 - P.05", "İstanbul ǅ ﬁ", "\xff\xfe", "0١٢"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
		if n := Normal(s); Normal(n) != n {
			t.Errorf("Normal(%q) = %q is not settled", s, n)
		}
		end := 0
		for _, w := range words(s) {
			if w.start < end || w.end <= w.start || w.end > len(s) {
				t.Fatalf("word [%d,%d) after %d in %q", w.start, w.end, end, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[w.start:w.end]) {
				t.Errorf("a word of %q is cut inside a letter", s)
			}
			if strings.TrimSpace(w.marked) == "" {
				t.Errorf("an empty word in %q", s)
			}
			end = w.end
		}
	})
}
