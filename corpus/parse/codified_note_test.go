package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestANoteTellsSourceAndDays(t *testing.T) {
	for _, c := range []struct {
		name, note string
		want       codifiedNote
	}{
		{"FirstArticleNamesTheInstrument",
			"(Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2021)",
			codifiedNote{Article: "1", Type: "Luật", Number: "57/2020/QH14", Title: "Luật Thanh niên", Issued: day("2020-06-16"), Issuer: "Quốc hội", From: day("2021-01-01")}},
		{"TheTitleMayQuoteAnotherInstrumentWithItsDate",
			"(Điều 3 Thông tư số 16/2013/TT-BTP Sửa đổi, bổ sung một số điều của Thông tư số 13/2011/TT-BTP ngày 27/6/2011 của Bộ trưởng Bộ Tư pháp ngày 11/11/2013 của Bộ Tư pháp, có hiệu lực thi hành kể từ ngày 26/12/2013)",
			codifiedNote{Article: "3", Type: "Thông tư", Number: "16/2013/TT-BTP", Issuer: "Bộ Tư pháp", Issued: day("2013-11-11"), From: day("2013-12-26"),
				Title: "Sửa đổi, bổ sung một số điều của Thông tư số 13/2011/TT-BTP ngày 27/6/2011 của Bộ trưởng Bộ Tư pháp"}},
		{"SpacesInsideTheNumberAreNoise",
			"(Điều 2 Thông tư liên tịch số 02 /2018/TTLT-BCA-VKSNDTC-TANDTC-BQP, có hiệu lực thi hành kể từ ngày 18/03/2018)",
			codifiedNote{Article: "2", Type: "Thông tư liên tịch", Number: "02/2018/TTLT-BCA-VKSNDTC-TANDTC-BQP", From: day("2018-03-18")}},
		{"AJointCircularWithItsFormMisplaced",
			"(Điều 1 Thông tư số liên tịch 191/2005/TTLT/BQP-BLĐTBXH-BTC, có hiệu lực thi hành kể từ ngày 25/01/2006)",
			codifiedNote{Article: "1", Type: "Thông tư liên tịch", Number: "191/2005/TTLT/BQP-BLĐTBXH-BTC", From: day("2006-01-25")}},
		{"DoubleBracketsAndSlashedDates",
			"((Điều 12a Luật số 33/2013/QH13, có hiệu lực kể từ ngày 01/5/2014))",
			codifiedNote{Article: "12a", Type: "Luật", Number: "33/2013/QH13", From: day("2014-05-01")}},
		{"AnEndIsTheDayAfterTheLast",
			"(Điều 2 Thông tư số 8/2019/TT-BTC, có hiệu lực thi hành kể từ ngày 01/02/2019, có hiệu lực thi hành đến hết ngày 31/12/2020. )",
			codifiedNote{Article: "2", Type: "Thông tư", Number: "08/2019/TT-BTC", From: day("2019-02-01"), Until: day("2021-01-01")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := parseNote(c.note)
			if !ok {
				t.Fatalf("not read: %s", c.note)
			}
			got.Verbatim = ""
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestANoteTellsWhoChangedTheArticle(t *testing.T) {
	const head = "(Điều 26 Luật số 24/2008/QH12, có hiệu lực thi hành kể từ ngày 01/07/2009, "
	law := func(number string, articles ...string) (out []corpus.Provision) {
		for _, a := range articles {
			out = append(out, corpus.Provision{Instrument: number, Article: a})
		}
		return out
	}
	for _, c := range []struct {
		name, note string
		want       []noteChange
	}{
		{"PartAmended", "có nội dung được sửa đổi, có nội dung được bổ sung bởi Điều 3, Điều 4 Thông tư số 13/2022/TT-BNNPTNT có hiệu lực thi hành kể từ ngày 12/11/2022)",
			[]noteChange{{Kind: corpus.Amends, By: law("13/2022/TT-BNNPTNT", "3", "4"), Effective: day("2022-11-12")}}},
		{"PartRepealedLeavesTheArticle", "có nội dung bị bãi bỏ bởi Điều 1 Luật số 56/2014/QH13 có hiệu lực thi hành kể từ ngày 26/06/2014)",
			[]noteChange{{Kind: corpus.Amends, By: law("56/2014/QH13", "1"), Effective: day("2014-06-26")}}},
		{"WholeRepealed", "bị bãi bỏ bởi Điều 1 Luật số 56/2014/QH13 có hiệu lực thi hành kể từ ngày 26/06/2014)",
			[]noteChange{{Kind: corpus.Repeals, Whole: true, By: law("56/2014/QH13", "1"), Effective: day("2014-06-26")}}},
		{"SeveralSourcesEachWithItsDay", "có nội dung được sửa đổi bởi Điều 1 Luật số 1/2016/QH13 có hiệu lực thi hành kể từ ngày 01/01/2017; Điều 2 Luật số 2/2019/QH14 có hiệu lực thi hành kể từ ngày 01/07/2019)",
			[]noteChange{{Kind: corpus.Amends, By: law("01/2016/QH13", "1"), Effective: day("2017-01-01")}, {Kind: corpus.Amends, By: law("02/2019/QH14", "2"), Effective: day("2019-07-01")}}},
		{"Suspended", "bị ngưng hiệu lực theo quy định tại Điều 2 của Thông tư số 9/2020/TT-BYT, có hiệu lực thi hành kể từ ngày 01/02/2020)",
			[]noteChange{{Kind: corpus.Suspends, Whole: true, By: law("09/2020/TT-BYT", "2"), Effective: day("2020-02-01")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := parseNote(head + c.note)
			if !ok {
				t.Fatal("not read")
			}
			for i := range got.Changes {
				if got.Changes[i].Evidence == "" {
					t.Error("no evidence kept")
				}
				got.Changes[i].Evidence = ""
			}
			if d := cmp.Diff(c.want, got.Changes); d != "" {
				t.Error(d)
			}
			if got.From != day("2009-07-01") {
				t.Errorf("own first day is %v", got.From)
			}
		})
	}
}

func FuzzNote(f *testing.F) {
	f.Add("(Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2021)")
	f.Add("((Điều 12a Nghị định số 84-CP (1), có hiệu lực từ ngày 1 tháng 2 năm 1994, bị bãi bỏ bởi Điều 1, Điều 2 Luật số 3/2010/QH12; Điều")
	f.Add("(Pháp lệnh số Không số ngày của , có hiệu lực")
	f.Fuzz(func(t *testing.T, note string) {
		n, ok := parseNote(note)
		if ok && n.Number == "" && n.Title == "" {
			t.Error("read, but names nothing")
		}
		for _, c := range n.Changes {
			if len(c.By) == 0 {
				t.Error("a change by nobody")
			}
		}
	})
}
