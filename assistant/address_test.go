package assistant

import (
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func law(title, number, from string) NamedLaw {
	day, err := civil.Parse(from)
	if err != nil {
		panic(err)
	}
	return NamedLaw{Title: title, Number: number, Validity: corpus.Validity{From: day}}
}

func lawsByName() *LawBook {
	return NewLawBook([]NamedLaw{
		law("Luật Hộ tịch", "60/2014/QH13", "2016-01-01"), law("Luật Hộ tịch", "03/2026/QH16", "2027-03-01"),
		law("Bộ Luật lao động", "45/2019/QH14", "2021-01-01"), law("Luật Hôn nhân và gia đình", "52/2014/QH13", "2015-01-01"),
		law("Luật Cư trú", "81/2006/QH11", "2007-07-01"), law("Luật cư trú", "68/2020/QH14", "2021-07-01"),
		law("Luật sửa đổi, bổ sung một số điều của Luật Cư trú", "36/2013/QH13", "2014-01-01"),
		law("Luật Bảo hiểm xã hội", "41/2024/QH15", "2025-07-01"), law("Luật Bảo hiểm y tế", "25/2008/QH12", "2009-07-01"),
	})
}

func TestAPlaceInTheLawIsReadByNameOrNumber(t *testing.T) {
	day := civil.New(2026, time.November, 20)
	for text, want := range map[string]corpus.Provision{
		"Điều 15 Luật Hộ tịch nói gì":                   {Instrument: "60/2014/QH13", Article: "15"},
		"dieu 198 cua bo luat lao dong noi ve dieu gi":  {Instrument: "45/2019/QH14", Article: "198"},
		"luật lao động điều 104":                        {Instrument: "45/2019/QH14", Article: "104"},
		"Khoản 2 Điều 8 luật hôn nhân gia đình":         {Instrument: "52/2014/QH13", Article: "8", Clause: "2"},
		"điểm b khoản 1 điều 27 Luật 68/2020/QH14":      {Instrument: "68/2020/QH14", Article: "27", Clause: "1", Point: "b"},
		"Nghị định 123/2015/NĐ-CP còn hiệu lực không?":  {Instrument: "123/2015/NĐ-CP"},
		"luật cư trú có hiệu lực khi nào":               {Instrument: "68/2020/QH14"},
		"khoản 3 luật cư trú":                           {Instrument: "68/2020/QH14"}, // a clause without its article is no place
		"theo luật bảo hiểm xã hội điều 64 cần mấy năm": {Instrument: "41/2024/QH15", Article: "64"},
		"Điều 25a Luật Cư trú":                          {Instrument: "68/2020/QH14", Article: "25a"},
		"Điều 5 và điều 6 Luật Cư trú":                  {},
		"Điều 5 luật cư trú và luật hộ tịch":            {},
		"điều kiện đăng ký thường trú theo luật là gì":  {},
		"điều 5 nói gì":                                 {},
		"luật sư ở đâu điều 3":                          {},
		"":                                              {},
	} {
		got, ok := addressOf(text, lawsByName(), day)
		if ok != (want.Instrument != "") || ok && got != want {
			t.Errorf("%q: %+v %v, not %+v", text, got, ok, want)
		}
	}
}

func TestALawIsTheOneOfTheDay(t *testing.T) {
	for day, want := range map[civil.Date]string{
		civil.New(2015, time.June, 1): "60/2014/QH13", civil.New(2027, time.February, 28): "60/2014/QH13",
		civil.New(2027, time.March, 1): "03/2026/QH16",
	} {
		if got, ok := addressOf("điều 1 luật hộ tịch", lawsByName(), day); !ok || got.Instrument != want {
			t.Errorf("on %s: %+v", day, got)
		}
	}
	if _, ok := addressOf("điều 1 luật hộ tịch", nil, civil.New(2026, time.May, 1)); ok {
		t.Error("a law nobody named was found")
	}
}

func TestTwoDaysAreReadOnlyWhereTheyAreCompared(t *testing.T) {
	today := civil.New(2026, time.November, 20)
	day := func(y int, m time.Month, d int) civil.Date { return civil.New(y, m, d) }
	for text, want := range map[string][2]civil.Date{
		"so với trước 1/7/2025 thì lệ phí khác gì":           {day(2025, 6, 30), today},
		"Điều 15 ngày 1/1/2024 và hôm nay khác gì":           {day(2024, 1, 1), today},
		"trước và sau 1/1/2027 lệ phí thay đổi thế nào":      {day(2026, 12, 31), day(2027, 1, 1)},
		"lệ phí ngày 5/5/2026 so với 1/2/2025 tăng hay giảm": {day(2025, 2, 1), day(2026, 5, 5)},
		"lệ phí trước 1/7/2025 là bao nhiêu":                 {},
		"con sinh 12/3/2012 thì làm căn cước khi nào":        {},
		"hai thủ tục này khác gì nhau":                       {},
	} {
		read := today
		first, second, ok := daysCompared(text, read, today, false)
		if ok != (want != [2]civil.Date{}) || ok && (first != want[0] || second != want[1]) {
			t.Errorf("%q: %s and %s, %v", text, first, second, ok)
		}
	}
}
