package parse

import (
	"testing"

	"github.com/motcua/motcua/corpus"
)

func TestTheLawsOwnDayBeatsAMistypedNote(t *testing.T) {
	for _, c := range []struct{ name, number, issued, note, says, want string }{
		{"TheYearWasMistyped", "39/2090/QH14", "2019-06-13", "2019-07-01", "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2020.", "2020-07-01"},
		{"ADayBeforeTheIssueIsNotBelieved", "1/2020/NĐ-CP", "2020-12-08", "2021-01-23", "Nghị định này có hiệu lực từ ngày 23 tháng 01 năm 2020.", "2021-01-23"},
		{"ADayOfAnAmendmentIsNotBelieved", "80/2014/TT-BGTVT", "2014-12-30", "2015-02-15", "Thông tư này có hiệu lực thi hành kể từ ngày 01/11/2019.", "2015-02-15"},
		{"APostponedCodeKeepsTheDayOfItsPostponement", "101/2015/QH13", "2015-11-27", "2018-01-01", "Bộ luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2016.", "2018-01-01"},
		{"WithoutADayOfItsOwnTheNoteStands", "2/2020/NĐ-CP", "2020-01-01", "2020-03-01", "Bộ trưởng chịu trách nhiệm thi hành.", "2020-03-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := corpus.Instrument{Number: c.number, Issued: day(c.issued), Validity: corpus.Validity{From: day(c.note)},
				Articles: []corpus.Article{{Number: "9", Text: c.says, Validity: corpus.Validity{From: day(c.note)}}}}
			settleDays(&in)
			if in.Validity.From != day(c.want) || in.Articles[0].Validity.From != day(c.want) {
				t.Errorf("instrument from %s, article from %s", in.Validity.From, in.Articles[0].Validity.From)
			}
			if (in.Confidence == corpus.Medium) != (c.want != c.note) {
				t.Errorf("confidence %q", in.Confidence)
			}
		})
	}
}
