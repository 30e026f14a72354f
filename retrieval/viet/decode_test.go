package viet

import "testing"

func TestTypedKeysAreReadInTheirPlace(t *testing.T) {
	vocabulary := set("đường thủ tục đăng ký tạm trú hạng bằng lái xe a b luật căn cước")
	known := func(w string) bool { return vocabulary[w] }
	cases := map[string]string{
		"thur tucj ddawng kys": "thủ tục đăng ký", "d9uong2 xe": "đường xe", "hạng A1": "hạng a 1", "bằng B2": "bằng b 2",
		"d9a8ng ky1 ta5m tru1": "đăng ký tạm trú", "web": "web", "ca8n cu7o7c1": "căn cước",
	}
	for in, want := range cases {
		toks := Decode(in, Tokenize(in), known)
		got, last := "", 0
		for i, tok := range toks {
			if i > 0 {
				got += " "
			}
			got += tok.Text
			if tok.Start < last || tok.End > len(in) || tok.Start >= tok.End {
				t.Errorf("%q: token %q spans %d:%d", in, tok.Text, tok.Start, tok.End)
			}
			last = tok.End
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
