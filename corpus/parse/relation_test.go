package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
)

// said lists "kind target day" of what one closing article does.
func said(t *testing.T, heading, text string) []string {
	t.Helper()
	a := corpus.Article{Number: "9", Heading: heading}
	a.Text, a.Clauses = SplitArticle(text)
	in := corpus.Instrument{Number: "50/2020/QH14", Title: "Quy định về thí dụ", Articles: []corpus.Article{a}, Validity: corpus.Validity{From: day("2020-07-01")}}
	var out []string
	for _, r := range Relations(in, knownNames()) {
		out = append(out, string(r.Kind)+" "+r.To.Key()+" "+strings.TrimPrefix(r.Effective.String(), "2020-07-01"))
	}
	return out
}

func TestAClosingArticleTellsWhatItEnds(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"BeforeTheVerb", "Luật Cư trú số 81/2006/QH11 đã được sửa đổi, bổ sung một số điều theo Luật số 36/2013/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
			[]string{"repeals 81/2006/qh11 "}},
		{"BehindTheVerb", "Luật này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2020 và thay thế Nghị định số 1/2010/NĐ-CP ngày 01/01/2010 của Chính phủ quy định chi tiết Luật Cư trú.",
			[]string{"replaces 01/2010/nđ-cp "}},
		{"AListOfPoints", "1. Các văn bản sau đây hết hiệu lực kể từ ngày Luật này có hiệu lực:\na) Nghị định số 1/2010/NĐ-CP;\nb) Nghị định số 2/2011/NĐ-CP sửa đổi, bổ sung Nghị định số 1/2010/NĐ-CP và Nghị định số 9/2009/NĐ-CP.",
			[]string{"repeals 01/2010/nđ-cp ", "repeals 02/2011/nđ-cp "}},
		{"PlacesOfAnother", "Bãi bỏ Điều 3, khoản 2 Điều 5 và Điều 7 Thông tư số 8/2014/TT-BTP.",
			[]string{"repeals 08/2014/tt-btp#3 ", "repeals 08/2014/tt-btp#5#2 ", "repeals 08/2014/tt-btp#7 "}},
		{"WithADayOfItsOwn", "Thông tư số 8/2014/TT-BTP hết hiệu lực kể từ ngày 01 tháng 01 năm 2021.", []string{"repeals 08/2014/tt-btp 2021-01-01"}},
		{"WordsOnly", "Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại khoản 1 Điều 4 Thông tư số 8/2014/TT-BTP.", []string{"amends 08/2014/tt-btp#4#1 "}},
		{"WhatMayHappenIsNoEnd", "Trường hợp các văn bản dẫn chiếu tại Nghị định này được sửa đổi, bổ sung hoặc thay thế thì thực hiện theo Nghị định số 8/2014/NĐ-CP.", nil},
		{"PapersThatExpireAreNoInstruments", "Giấy phép cấp theo Nghị định số 8/2014/NĐ-CP còn thời hạn thì được sử dụng cho đến khi hết hiệu lực.", nil},
		{"APartWithoutAnAddressEndsNothingWhole", "Bãi bỏ Mục 6 Phần I, Chương II Phần II Thông tư số 8/2014/TT-BTP.", nil},
		{"ALawInATitleDoesNotCarryTheListOn", "Thông tư số 8/2014/TT-BTP quy định chi tiết một số điều của Luật Xuất bản và Nghị định số 195/2013/NĐ-CP hết hiệu lực.", []string{"repeals 08/2014/tt-btp "}},
		{"ALawOfTheFutureCannotBeMeant", "Bãi bỏ Nghị định số 8/2024/NĐ-CP.", nil},
		{"NamesAreReadAsOfTheDay", "Bãi bỏ Điều 20 Luật Cư trú.", []string{"repeals 81/2006/qh11#20 "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, said(t, "Hiệu lực thi hành", c.text)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestACircularEndsNoDecree(t *testing.T) {
	in := corpus.Instrument{Number: "5/2020/TT-BTP", Articles: []corpus.Article{{Number: "9", Heading: "Hiệu lực", Text: "Bãi bỏ Nghị định số 8/2014/NĐ-CP và Thông tư số 9/2014/TT-BTP."}}}
	if rels := Relations(in, nil); len(rels) != 1 || rels[0].To.Instrument != "09/2014/TT-BTP" {
		t.Errorf("%+v", rels)
	}
}

func TestATitleTellsWhatIsGuided(t *testing.T) {
	in := corpus.Instrument{Number: "145/2020/NĐ-CP", Validity: corpus.Validity{From: day("2021-02-01")},
		Title: "Quy định chi tiết và hướng dẫn thi hành một số điều của Bộ luật Lao động về điều kiện lao động"}
	rels := Relations(in, knownNames())
	if len(rels) != 1 || rels[0].Kind != corpus.Guides || rels[0].To.Instrument != "45/2019/QH14" {
		t.Errorf("%+v", rels)
	}
}

func TestTheTableOfLawsIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range knownLaws {
		s := l.span()
		if CanonicalNumber(l.Number) != l.Number || s.From.IsZero() || seen[l.Number] || (l.By == "") != s.Until.IsZero() || !s.Until.IsZero() && !s.From.Before(s.Until) {
			t.Errorf("%+v", l)
		}
		if l.By != "" && corpus.YearOf(l.By) < corpus.YearOf(l.Number) {
			t.Errorf("%s ended by an older one", l.Number)
		}
		seen[l.Number] = true
	}
}

func FuzzRelations(f *testing.F) {
	f.Add("Hiệu lực thi hành", "1. Bãi bỏ:\na) Nghị định số 1/2010/NĐ-CP; Điều 5 Luật Cư trú")
	f.Add("Sửa đổi, bổ sung một số điều của Luật Hộ tịch", "1. Bổ sung điểm d vào sau điểm c khoản 1 Điều 5 như sau: “\n2. Bãi bỏ Điều 3")
	f.Fuzz(func(t *testing.T, heading, text string) {
		a := corpus.Article{Number: "1", Heading: heading}
		a.Text, a.Clauses = SplitArticle(text)
		for _, r := range Relations(corpus.Instrument{Number: "1/2020/QH14", Articles: []corpus.Article{a}}, knownNames()) {
			if r.To.Instrument == "" || r.From.Instrument == "" || r.Kind == "" {
				t.Errorf("%+v", r)
			}
		}
	})
}
