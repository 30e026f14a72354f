package eval

import (
	"strings"
	"testing"
	"unicode"
)

func TestRewritings(t *testing.T) {
	cases := []struct{ rule, in, want string }{
		{"no marks", "Đường bộ, ủy ban?", "Duong bo, uy ban?"},
		{"telex raw", "Đường thuỷ được ưu tiên?", "Dduwowngf thuyr dduwowcj uwu tieen?"},
		{"telex raw", "Hỏi: mức phạt", "Hoir: muwcs phatj"},
		{"abbreviations", "Ủy ban nhân dân cấp xã không cấp giấy phép lái xe?", "UBND cấp xã ko cấp GPLX?"},
		{"abbreviations", "Phép tính", "Phép tính"},
	}
	for _, c := range cases {
		for _, w := range Rewritings {
			if w.Name == c.rule {
				if got := w.Of(c.in); got != c.want {
					t.Errorf("%s of %q is %q, want %q", c.rule, c.in, got, c.want)
				}
			}
		}
	}
}

func TestHalfTheMarksKeepsSomeWords(t *testing.T) {
	in := strings.Repeat("đường được người ", 40)
	kept := 0
	words := strings.Fields(HalfMarks(in))
	for _, w := range words {
		if w != NoMarks(w) {
			kept++
		}
	}
	if kept < 40 || kept > 80 {
		t.Errorf("%d of %d words keep their marks", kept, len(words))
	}
}

func TestTyposComeOncePerTwentyLetters(t *testing.T) {
	in := strings.Repeat("thủ tục đăng ký khai sinh cho trẻ em ", 10)
	out := Typos(in)
	changed := 0
	a, b := strings.Fields(in), strings.Fields(out)
	if len(a) != len(b) {
		t.Fatalf("%d words became %d", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			changed++
		}
	}
	letters := 0
	for _, r := range in {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if changed < letters/20-3 || changed > letters/20+3 {
		t.Errorf("%d words changed in %d letters", changed, letters)
	}
}

func FuzzRewritingsAreFixedByTheQuestion(f *testing.F) {
	f.Add("Điều kiện đăng ký kết hôn?")
	f.Add("\xff\xfe ơ̛ ")
	f.Fuzz(func(t *testing.T, q string) {
		for _, w := range Rewritings {
			if first, second := w.Of(q), w.Of(q); first != second {
				t.Errorf("%s of %q differs between calls", w.Name, q)
			}
		}
	})
}
