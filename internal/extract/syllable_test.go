package extract

import "testing"

func TestSyllablesOfVietnameseAreKnown(t *testing.T) {
	for _, w := range []string{"quyết", "định", "nghiệp", "gì", "giếng", "quỳnh", "khuyết", "uống", "yêu", "Ủy", "uỷ", "hoà", "hòa", "ĐIỀU", "thuế", "nghĩa", "xoong", "khuya", "qua", "cuốc", "ướt", "an"} {
		if !IsSyllable(w) {
			t.Errorf("%s is a syllable", w)
		}
	}
}

func TestWhatNoOneWritesIsNoSyllable(t *testing.T) {
	for _, w := range []string{"", "QUYET1", "thcing", "clink", "cna", "ngê", "kà", "ghà", "cét̀", "hợcp", "ànàn", "céng\u00b7", "héi\u00a9", "Internet", "mạc̃", "càt", "\uFFFDn"} {
		if IsSyllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
}

func TestTheShareTellsBrokenLettersFromLaw(t *testing.T) {
	law := "Điều 1. Luật này quy định về căn cước; số 26/2023/QH15, UBND xã, mục a) và b)."
	if s := SyllableShare(law); s != 1 {
		t.Errorf("law: %.2f", s)
	}
	broken := "BO GIAO DVC VA DAO TAO CONG 110A XA HOT CHV NGHIA VItT NAM Can ca.Nght clink so ngay 19 thcing 11 nom cna Chinhphn quy dinh chirc ming, nhiem vy, quydn hgn va ea eciu"
	if SyllableShare(broken) >= usualSyllables || markedShare(broken) >= usualMarks {
		t.Errorf("broken layer passes: %.2f, %.2f", SyllableShare(broken), markedShare(broken))
	}
	if s := SyllableShare("https://csdl.dichvucong.gov.vn/web/jsp/download_file.jsp?ma=3fb23b 1.2 %"); s != 0 {
		t.Errorf("addresses and numbers are not counted: %.2f", s)
	}
}
