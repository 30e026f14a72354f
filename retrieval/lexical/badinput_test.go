package lexical

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// hostile lists questions that no person asks in good faith.
func hostile() map[string]string {
	r := rand.New(rand.NewPCG(21, 22))
	var terms, noise strings.Builder
	for range 10_000 {
		for range 2 + r.IntN(6) {
			terms.WriteByte(byte('a' + r.IntN(26)))
		}
		terms.WriteByte(' ')
	}
	for range 300_000 {
		noise.WriteRune(rune(r.IntN(0x11000)))
	}
	return map[string]string{
		"a megabyte of words":  strings.Repeat("đăng ký khai sinh ", 60_000),
		"one endless word":     strings.Repeat("a", 1<<20),
		"endless marks":        "a" + strings.Repeat("\u0301", 1<<19),
		"endless digits":       strings.Repeat("1.", 1<<19),
		"ten thousand terms":   terms.String(),
		"punctuation":          strings.Repeat("?!.,;:()[]{}…“”\"'", 50_000),
		"control characters":   strings.Repeat("\x00\x01\x1b[31m\r\n\t\x7f", 50_000),
		"invalid UTF-8":        strings.Repeat("\xff\xfe\xc3(\xf0\x9f", 100_000),
		"zero-width only":      strings.Repeat("\u200b\ufeff\u2060", 100_000),
		"references only":      strings.Repeat("123/2015/NĐ-CP khoản 2 Điều 15 ", 30_000),
		"random code points":   noise.String(),
		"numbers of places":    strings.Repeat("điểm a khoản 1 Điều 1, ", 40_000),
		"keys of Telex":        strings.Repeat("dduowngf d9uong2 ", 50_000),
		"everyday words":       strings.Repeat("cho tôi hỏi như thế nào ạ ", 40_000),
		"empty":                "",
		"a space":              " ",
		"words of the lexicon": strings.Repeat("sổ đỏ cccd ko dc j ", 50_000),
	}
}

func TestBadInputIsBoundedAndAnswered(t *testing.T) {
	x := buildIndex(t, invented(rand.New(rand.NewPCG(23, 24)), 2000), DefaultSettings())
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			q := x.Analyze(text)
			hits := x.Search(q, nil, 10)
			runtime.ReadMemStats(&after)
			if n := len(q.Terms); n > maxQueryTerms {
				t.Errorf("%d terms are searched for, at most %d may be", n, maxQueryTerms)
			}
			for _, term := range q.Terms {
				if !(term.Weight <= maxTermWeight) {
					t.Errorf("%v weighs %v", term.Words, term.Weight)
				}
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
				t.Errorf("it took %d MB of memory", used>>20)
			}
			if len(hits) > 10 {
				t.Errorf("%d hits for k=10", len(hits))
			}
			if again := x.Search(x.Analyze(text), nil, 10); !same(hits, again) {
				t.Error("the second answer differs")
			}
		})
	}
}

func TestATextWithoutWordsFindsNothing(t *testing.T) {
	x := buildIndex(t, invented(rand.New(rand.NewPCG(23, 25)), 100), DefaultSettings())
	for _, text := range []string{"", "   ", "?!…", "\x00\x01", "\xff\xff", "\u200b"} {
		if hits := x.Search(x.Analyze(text), nil, 10); len(hits) != 0 {
			t.Errorf("%q finds %v", text, hits)
		}
	}
}

func FuzzSearch(f *testing.F) {
	x := buildIndex(f, invented(rand.New(rand.NewPCG(25, 26)), 1500), DefaultSettings())
	f.Add("Điều 15 đăng ký khai sinh", 10)
	f.Add("dang ky d9uong2 sổ đỏ ko 123/2015/NĐ-CP", 1)
	f.Fuzz(func(t *testing.T, text string, k int) {
		k = min(max(k, 0), 200)
		q := x.Analyze(text)
		for _, tok := range q.Tokens {
			if tok.Start < 0 || tok.End > len(text) || tok.Start >= tok.End {
				t.Fatalf("token %q spans %d:%d of %d bytes", tok.Text, tok.Start, tok.End, len(text))
			}
		}
		if got, want := x.Search(q, nil, k), x.search(q, nil, k, false); !same(got, want) {
			t.Fatalf("%q: pruned %v, exhaustive %v", text, got, want)
		}
	})
}
