package viet

import (
	"strings"
	"testing"
)

func TestEveryEntryOfTheLexiconIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Lexicon() {
		key := strings.Join(e.Words, " ")
		if key == "" || seen[key] {
			t.Errorf("entry %q is empty or stands twice", key)
		}
		seen[key] = true
		switch e.Kind {
		case Abbreviation, Teencode, Regional, Lay:
		default:
			t.Errorf("%q is of unknown kind %q", key, e.Kind)
		}
		if len([]rune(e.Reason)) < 8 {
			t.Errorf("%q gives no reason", key)
		}
		for _, to := range e.To {
			if len(to) == 0 || strings.Join(to, " ") == key {
				t.Errorf("%q expands to nothing new: %q", key, to)
			}
			for _, w := range to {
				if Normalize(w) != w {
					t.Errorf("%q expands to %q, which is not in its normal form", key, w)
				}
			}
		}
	}
	if len(seen) < 300 {
		t.Errorf("%d entries, want 300 at least", len(seen))
	}
}

func TestTheLongestEntryIsFound(t *testing.T) {
	cases := map[string]string{
		"sang tên sổ đỏ cho con": "sang tên sổ đỏ", "cap so do": "so do", "CCCD của tôi": "cccd",
		"ba má tôi mất": "ba má", "Điều 5": "", "mất sổ hộ khẩu": "sổ hộ khẩu", "bang lai xe b2": "bang lai xe",
	}
	for in, want := range cases {
		toks := Tokenize(in)
		got := ""
		for _, f := range Meanings(toks) {
			got = strings.ToLower(in[toks[f.From].Start:toks[f.To-1].End])
			break
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", in, got, want)
		}
	}
}
