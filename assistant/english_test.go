package assistant

import (
	"strings"
	"testing"
)

func TestAnEnglishQuestionIsSaidInTheWordsOfTheRecords(t *testing.T) {
	for in, want := range map[string]string{
		"How much is the fee to replace a lost ID card?":         "cấp lại thẻ căn cước lệ phí bao nhiêu",
		"How do I register temporary residence?":                 "đăng ký tạm trú làm thế nào",
		"I lost my passport, what must I do?":                    "trình báo mất hộ chiếu",
		"What documents are needed for a birth certificate?":     "giấy khai sinh cần giấy tờ gì",
		"Where are international driving permits issued in Huế?": "giấy phép lái xe quốc tế nộp ở đâu",
	} {
		got, ok := fromEnglish(in)
		if !ok || !strings.HasPrefix(got, want) {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got, ok := fromEnglish("How do I get to the moon?"); ok {
		t.Errorf("a subject was found in a question without one: %q", got)
	}
}

func TestAVietnameseQuestionIsNotReadAsEnglish(t *testing.T) {
	for _, q := range []string{
		"Đăng ký tạm trú cần giấy tờ gì?", "dang ky ket hon o dau", "can cuoc het han thi lam the nao", "VNeID bị khóa thì mở thế nào", "toi muon do xe o to", "lam passport o dau, bao nhieu tien", "app vneid online duoc khong",
	} {
		if sure, maybe := isEnglish(q); sure || maybe {
			t.Errorf("%q is taken for English: %v, %v", q, sure, maybe)
		}
	}
}

func TestEveryEnglishTermSaysWhatItMeansAndWhy(t *testing.T) {
	seen := map[string]bool{}
	for _, term := range englishTerms {
		var parts []string
		for _, p := range term.parts {
			if len(p) == 0 {
				t.Fatalf("a part of a phrase for %q is empty", term.vi)
			}
			parts = append(parts, strings.Join(p, " "))
		}
		phrase := strings.Join(parts, " … ")
		if seen[phrase] {
			t.Errorf("%q stands in the table twice", phrase)
		}
		seen[phrase] = true
		if phrase != strings.ToLower(phrase) {
			t.Errorf("%q: words of questions are compared in lower case", phrase)
		}
	}
	for line := range strings.SplitSeq(englishFile, "\n") {
		if fields := strings.Split(line, " = "); len(fields) == 3 && len(strings.TrimSpace(fields[2])) < 4 {
			t.Errorf("no reason is given: %s", line)
		}
	}
}

func FuzzEnglishReadsAnything(f *testing.F) {
	f.Add("How do I register a birth?")
	f.Add("what's … \xff for …")
	f.Fuzz(func(t *testing.T, question string) {
		if vi, ok := fromEnglish(question); ok && vi == "" {
			t.Error("a subject was found and nothing is said")
		}
		isEnglish(question)
	})
}
