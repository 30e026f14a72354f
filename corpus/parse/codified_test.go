package parse

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

func textOpener(s string) Opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}

func line(t *testing.T, l codifiedLine) string {
	t.Helper()
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

// collect reads all; errors come apart.
func collect(t *testing.T, open Opener) (in []corpus.Instrument, faults []string) {
	t.Helper()
	for i, err := range Codified(open, corpus.Source{Name: "pd"}) {
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		in = append(in, i)
	}
	return in, faults
}

const (
	youth1 = "(Điều 1 Luật số 57/2020/QH14 Thanh niên ngày 16/06/2020 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2021)"
	youth2 = "(Điều 2 Luật số 57/2020/QH14, có hiệu lực thi hành kể từ ngày 01/01/2021)"
)

func TestArticlesOfOneLawComeTogetherWhereverTheyStand(t *testing.T) {
	in, faults := collect(t, textOpener(
		line(t, codifiedLine{ID: "b", Subject: "Đề mục 36.3 Thanh niên", Chapter: "Chương I CHUNG", Note: youth2, Title: "Đối tượng", Text: "1. Một\na) A"})+
			line(t, codifiedLine{ID: "x", Note: "(Điều 7 Nghị định số 13/2021/NĐ-CP, có hiệu lực thi hành kể từ ngày 20/04/2021)", Text: "X", Related: []string{"a", "gone"}})+
			line(t, codifiedLine{ID: "a", Subject: "Đề mục 1.2 Khác", Note: youth1, Text: "Lời.\nmau so 1.docx"})))
	if len(faults) != 0 || len(in) != 2 {
		t.Fatalf("%d instruments, faults %v", len(in), faults)
	}
	decree, law := in[0], in[1]
	if law.Number != "57/2020/QH14" || law.Title != "Luật Thanh niên" || law.Type != corpus.Law || law.Issuer != "Quốc hội" || law.Issued != day("2020-06-16") {
		t.Errorf("head is %+v", law)
	}
	if law.Articles[0].Number != "1" || law.Articles[1].Number != "2" {
		t.Errorf("articles out of order: %+v", law.Articles)
	}
	if a := law.Articles[0]; a.Text != "Lời." || len(a.Attachments) != 1 || a.Validity.From != day("2021-01-01") {
		t.Errorf("article is %+v", a)
	}
	if u := law.Articles[1].Under; len(u) != 2 || u[0].String() != "Đề mục 36.3 Thanh niên" || u[1].Number != "I" {
		t.Errorf("headings %+v", u)
	}
	want := corpus.Relation{From: corpus.Provision{Instrument: "13/2021/NĐ-CP", Article: "7"}, Kind: corpus.Refers, To: corpus.Provision{Instrument: "57/2020/QH14", Article: "1"}}
	if len(decree.Relations) != 1 || decree.Relations[0] != want {
		t.Errorf("relations %+v", decree.Relations)
	}
}

func TestALawAndAResolutionOfOneNumberStayApart(t *testing.T) {
	in, faults := collect(t, textOpener(
		line(t, codifiedLine{Law: "24/2008/qh12", Article: "1", Note: "(Điều 1 Luật số 24/2008/QH12 Quốc tịch Việt Nam ngày 13/11/2008 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/07/2009)", Text: "Luật"})+
			line(t, codifiedLine{Law: "24/2008/qh12", Article: "1", Note: "(Điều 1 Nghị quyết số 24/2008/QH12 Về việc thi hành Luật thi hành án dân sự ngày 14/11/2008 của Quốc hội, có hiệu lực thi hành kể từ ngày 05/04/2009 )", Text: "NQ"})))
	if len(faults) != 0 || len(in) != 2 {
		t.Fatalf("%d instruments, faults %v", len(in), faults)
	}
	if in[0].Title != "Luật Quốc tịch Việt Nam" || in[1].Number != "24/2008/NQ-QH12" || in[1].Type != corpus.Resolution {
		t.Errorf("got %q and %q", in[0].Title, in[1].Number)
	}
}

func TestABadLineIsNamedAndTheRestGoesOn(t *testing.T) {
	good := line(t, codifiedLine{Note: youth1, Text: "Lời."})
	for _, c := range []struct{ name, bad, says string }{
		{"NotAnObject", "[1,2]\n", "dòng 1: không phải một đối tượng JSON"},
		{"CutOff", `{"note": "(Điều` + "\n", "dòng 1: JSON hỏng hoặc bị cắt ngang"},
		{"WrongType", `{"note": 5}` + "\n", "dòng 1: trường “note” sai kiểu"},
		{"NotUTF8", "{\"note\":\"\xff\"}\n", "dòng 1: có byte không phải UTF-8"},
		{"NoNote", `{"label":"Điều 41a. Quỹ"}` + "\n", "không có ghi chú nguồn"},
		{"TooLong", `{"note":"` + strings.Repeat("x", maxLine+5) + "\"}\n", "dòng 1: dòng dài quá 16 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, faults := collect(t, textOpener(c.bad+"\n"+good))
			if len(in) != 1 || len(faults) != 1 || !strings.Contains(faults[0], c.says) {
				t.Errorf("%d instruments, faults %q", len(in), faults)
			}
		})
	}
}

func TestADoubletWithOtherWordsIsTold(t *testing.T) {
	in, faults := collect(t, textOpener(line(t, codifiedLine{Note: youth1, Text: "Lời."})+line(t, codifiedLine{Note: youth1, Text: "Lời."})+line(t, codifiedLine{Note: youth1, Text: "Khác."})))
	if len(in) != 1 || len(in[0].Articles) != 1 || len(faults) != 1 || !strings.Contains(faults[0], "hai lần") {
		t.Errorf("%+v %v", in, faults)
	}
}

func TestAnArticleWithoutANoteGoesWithItsLabel(t *testing.T) {
	in, faults := collect(t, textOpener(
		line(t, codifiedLine{Label: "Điều 36.3.LQ.3. Ba", Text: "Ba."})+
			line(t, codifiedLine{Label: "Điều 36.3.LQ.1. Một", Note: youth1, Text: "Một."})+
			line(t, codifiedLine{Label: "Điều 9.9.LQ.3. Lạc", Text: "Lạc."})))
	if len(in) != 1 || len(in[0].Articles) != 2 || in[0].Articles[1].Number != "3" || len(faults) != 1 {
		t.Errorf("%+v %v", in, faults)
	}
}

func TestTwoDecreesOfOneNumberWithoutAYearStayApart(t *testing.T) {
	in, faults := collect(t, textOpener(
		line(t, codifiedLine{Note: "(Điều 1 Nghị định số 73-CP, có hiệu lực thi hành kể từ ngày 25/10/1993)", Text: "Đất."})+
			line(t, codifiedLine{Note: "(Điều 1 Nghị định số 73-CP, có hiệu lực thi hành kể từ ngày 30/07/1994)", Text: "Ngoại giao."})+
			line(t, codifiedLine{Note: "(Điều 1 Nghị định số 74-CP, có hiệu lực thi hành kể từ ngày 30/07/1994)", Text: "Một mình."})))
	if len(in) != 3 || len(faults) != 0 || in[0].Number != "73-CP (1993)" || in[1].Number != "73-CP (1994)" || in[2].Number != "74-CP" {
		t.Errorf("%+v %v", in, faults)
	}
}

// TestTheWholeCodifiedLawIsReadWordForWord goes through all 62,323 real articles.
func TestTheWholeCodifiedLawIsReadWordForWord(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 20 MB of gzip three times")
	}
	open := gzipOpener(sharedFile(t, "data/laws/phapdien_2026-01.jsonl.gz"))
	want := map[string]int{} // words of an article, without white space and file names → times
	records := 0
	for r, err := range jsonRecords(open) {
		if err != nil {
			t.Fatal(err)
		}
		text, _ := takeAttachments(norm.NFC.String(r.Text))
		want[squeeze(text)]++
		records++
	}
	articles, faults := 0, 0
	for in, err := range Codified(open, corpus.Source{}) {
		if err != nil {
			faults++
			continue
		}
		if in.Number == "" || in.Type == "" || in.Title == "" || in.Validity.From.IsZero() {
			t.Errorf("%q lacks type, title or first day", in.Number)
		}
		for i, a := range in.Articles {
			articles++
			if want[squeeze(a.FullText())] == 0 {
				t.Errorf("Điều %s %s has other words than its source", a.Number, in.Number)
			}
			if i > 0 && compareArticles(in.Articles[i-1].Number, a.Number) >= 0 {
				t.Errorf("%s: Điều %s after Điều %s", in.Number, a.Number, in.Articles[i-1].Number)
			}
		}
	}
	t.Logf("%d records, %d articles, %d faults told", records, articles, faults)
	if articles < records*9995/10000 || faults > 30 {
		t.Errorf("%d of %d records became articles, %d faults", articles, records, faults)
	}
}
