package assistant

import (
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/retrieval/viet"
)

// wholeFolded is the slow way, by the normal form of the whole text.
func wholeFolded(s string) []string {
	return strings.FieldsFunc(viet.Fold(viet.Normalize(s)), func(r rune) bool { return !inWord(r) })
}

func FuzzFoldingByLetterIsFoldingTheWhole(f *testing.F) {
	for _, s := range []string{
		"Đăng ký kết hôn", "ĐĂNG KÝ THƯỜNG TRÚ – 2026", "hoà giải, thuý, quý", "ho\u0300a gia\u0309i", "a\u200bb", "ﬁne ﬀ",
		"k0 bt j", "1.000.000 đồng", "\xff\xfe", "é ñ ü ø ß œ", "İstanbul ſ", "", "'’“”", "x²",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := foldedWords(s), wholeFolded(s); !slices.Equal(got, want) {
			t.Errorf("%q folds to %q, by the whole to %q", s, got, want)
		}
	})
}

func BenchmarkFoldedWords(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		foldedWords("Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất")
	}
}
