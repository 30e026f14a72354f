package viet

import (
	"strings"
	"testing"
)

func TestKeysLeftInTheTextAreRead(t *testing.T) {
	cases := map[string]string{
		"dduowngf": "đường", "duowngfd": "đường", "d9uong2": "đường", "tie1ng": "tiếng", "vie5c": "việc", "d9u7o7ng2": "đường", "d9uo7ng2": "đường",
		"nghij": "nghị", "ddijnh": "định", "hooj": "hộ", "khaaur": "khẩu", "khai": "", "sinh": "", "thuwowngf": "thường",
		"toans": "toán", "giaays": "giấy", "quys": "quý", "hoaf": "hòa", "tieengs": "tiếng", "tie6ng1": "tiếng", "vieetj": "việt",
		"cawn": "căn", "cuowcs": "cước", "ho6": "hô", "kha6u3": "khẩu", "ddaats": "đất", "gif": "gì", "chuwngs": "chứng",
		"nguowif": "người", "ngu7o7i2": "người", "www": "", "file": "", "cc": "", "b2": "", "km2": "", "qh13": "", "law": "", "xe": "",
		"muaw": "mưa", "ddawng": "đăng", "kys": "ký", "tajm": "tạm", "trus": "trú",
	}
	for in, want := range cases {
		if got, _ := Untype(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSyllablesAreToldFromOtherWords(t *testing.T) {
	yes := "đường quý gì giếng nghiêng khuya thuở hòa thúy người xoong yêu ia quốc giường gìn huỷch tuyệt nguyễn bưu ừ ở"
	yes = strings.ReplaceAll(yes, "huỷch", "huých")
	for _, w := range strings.Fields(yes) {
		if !IsSyllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
	for _, w := range strings.Fields("các̀ duowng dduong nghan kan ce file zalo cấch cac tuc xpong nguyênh ngỳêu") {
		if IsSyllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
}

func FuzzUntype(f *testing.F) {
	for _, s := range []string{"dduowngf", "d9uong2", "qww", "gi2", "ưww", "uw7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if w, ok := Untype(s); ok && (!IsSyllable(w) || NormalizeWord(w) != w) {
			t.Fatalf("%q gives %q, which is no syllable in its normal form", s, w)
		}
	})
}
