package viet

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func texts(toks []Token, kind Kind) []string {
	var out []string
	for _, t := range toks {
		if t.Kind == kind {
			out = append(out, t.Text)
		}
	}
	return out
}

func TestALegalReferenceIsOneExtraToken(t *testing.T) {
	cases := map[string][]string{
		"Nghị định số 123/2015/NĐ-CP":             {"§123/2015/nd-cp", "§123/2015"},
		"nghi dinh 123/2015/nd-cp":                {"§123/2015/nd-cp", "§123/2015"},
		"Luật số 60/2014/QH13":                    {"§60/2014/qh13", "§60/2014"},
		"Nghị định 63 năm 2024":                   {"§63/2024"},
		"nđ 123/2015":                             {"§123/2015"},
		"thông tư liên tịch 01/2016/TTLT-BTP-BNG": {"§1/2016/ttlt-btp-bng", "§1/2016"},
		"Quyết định 1751/QĐ-TTg":                  {"§1751/qd-ttg"},
		"điểm a khoản 2 Điều 15 Luật Hộ tịch":     {"§dieu:15", "§dieu:15:2", "§dieu:15:2:a"},
		"khoan 2 dieu 15":                         {"§dieu:15", "§dieu:15:2"},
		"Điều 15, khoản 2":                        {"§dieu:15", "§dieu:15:2"},
		"Điều 15a":                                {"§dieu:15a"},
		"thủ tục 1.001193":                        {"§1.001193"},
		"ngày 01/7/2025 nộp 70.000 đồng":          nil,
		"điều kiện 5 năm":                         nil,
		"50/2024 người":                           nil,
	}
	for in, want := range cases {
		if got := texts(Tokenize(in), Ref); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestNumbersLoseTheirSeparators(t *testing.T) {
	got := texts(Tokenize("70.000 đồng, 70,000; 5,5 độ; 01/07; 6m2; 1.2.3"), Number)
	want := []string{"70000", "70000", "5.5", "1", "7", "6", "2", "1.2.3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNormalizeHasOneFormForEachWord(t *testing.T) {
	cases := map[string]string{
		"hoà": "hòa", "HOÀ": "hòa", "thuỷ": "thủy", "khoẻ": "khỏe", "khoả": "khỏa", "thuý": "thúy",
		"quý": "quý", "qúy": "quý", "quỹ": "quỹ", "toàn": "toàn", "tòan": "toàn", "ngừơi": "người", "thúyền": "thúyền",
		"Ðăng ký": "đăng ký", "ＣＣＣＤ": "cccd", "đ\u200bường": "đường", "hộ  khẩu\x00x": "hộ khẩu x",
		"e\u0302\u0323": "ệ", "e\u0323\u0302": "ệ", "cоng": "cong", "ngƣời": "người", "Москва": "москва",
		"a\xff\xfeb": "a b", "123/2015/NĐ–CP": "123/2015/nđ-cp",
	}
	for in, want := range cases {
		if got := Normalize(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"Điều 15a khoản 2", "123/2015/NĐ-CP", "đ\u200bường hoà\xff", "1.001193", "e\u0302\u0323", "½ ㎡ ①", "ð Ð ƣ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for i, tok := range Tokenize(s) {
			if tok.Start < 0 || tok.End > len(s) || tok.Start >= tok.End {
				t.Fatalf("token %d of %q has offsets %d:%d", i, s, tok.Start, tok.End)
			}
			if tok.Text == "" || tok.Fold == "" || !utf8.ValidString(tok.Text) {
				t.Fatalf("token %d of %q is %q/%q", i, s, tok.Text, tok.Fold)
			}
			if tok.Kind == Ref {
				continue
			}
			if tok.Start < last {
				t.Fatalf("token %d of %q begins at %d before %d", i, s, tok.Start, last)
			}
			last = tok.End
			if tok.Kind == Word && utf8.ValidString(s) && len(s[tok.Start:tok.End]) < MaxToken {
				if again := Normalize(s[tok.Start:tok.End]); !strings.Contains(again, tok.Text) && !strings.Contains(Fold(again), tok.Fold) {
					t.Fatalf("the bytes of token %q normalize to %q", tok.Text, again)
				}
			}
		}
	})
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"hoà", "Ðăng", "e\u0302\u0323", "a\xff", "İ", "½", "ﬁ", "ǅ", "\u0345α", "K"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalize(s)
		if twice := Normalize(once); twice != once {
			t.Fatalf("%q: once %q, twice %q", s, once, twice)
		}
		if f := Fold(once); Fold(f) != f {
			t.Fatalf("%q: fold is not idempotent", s)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("%q gives invalid UTF-8", s)
		}
	})
}
