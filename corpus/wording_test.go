package corpus

import "testing"

func TestFactsReadAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Money(35000), "35.000 đồng"}, {Money(0), "0 đồng"}, {Money(1366200), "1.366.200 đồng"},
		{Fee{Channel: Online, VND: 7000}.Line(), "Trực tuyến: 7.000 đồng"},
		{Fee{Case: "Cấp lại", Channel: Online, VND: 35000, Unit: "lần"}.Line(), "Cấp lại (trực tuyến): 35.000 đồng/lần"},
		{Fee{Free: true, Text: "đúng hạn"}.Line(), "miễn phí; đúng hạn"},
		{Fee{Text: "Theo quy định của HĐND cấp tỉnh"}.Line(), "Theo quy định của HĐND cấp tỉnh"},
		{Fee{Min: 100000, Max: 150000}.Line(), "từ 100.000 đồng đến 150.000 đồng"},
		{Fee{Percent: 0.5}.Line(), "0,5 %"},
		{TimeLimit{Count: 3, Unit: Workdays}.Line(), "3 ngày làm việc"},
		{TimeLimit{Unit: Same}.Line(), "trong ngày"},
		{TimeLimit{Case: "Cần xác minh", AtMost: 5, Unit: Workdays}.Line(), "Cần xác minh: tối đa 5 ngày làm việc"},
		{TimeLimit{Count: 8, AtMost: 10, Unit: Workdays}.Line(), "8 đến 10 ngày làm việc"},
		{Paper{Name: "Tờ khai;", Form: "CT01", Originals: 1}.Line(), "Tờ khai (mẫu CT01; 1 bản chính)"},
		{Paper{Name: "Căn cước", Present: true}.Line(), "Căn cước (xuất trình)"},
		{Place{Channel: Online, Text: "Cổng Dịch vụ công quốc gia"}.Line(), "Trực tuyến: Cổng Dịch vụ công quốc gia"},
		{Deadline{Text: "60 ngày kể từ ngày sinh.", Late: "vẫn đăng ký được"}.Line(), "60 ngày kể từ ngày sinh. Nếu trễ: vẫn đăng ký được"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestAProvisionCoversPlacesInsideIt(t *testing.T) {
	law := Provision{Instrument: "60/2014/QH13"}
	article := Provision{Instrument: "60/2014/qh13", Article: "15"}
	clause := Provision{Instrument: "60/2014/QH13", Article: "15", Clause: "1"}
	other := Provision{Instrument: "60/2014/QH13", Article: "1"}
	if !law.Covers(clause) || !article.Covers(clause) || clause.Covers(article) || other.Covers(article) {
		t.Error("Covers must follow the tree: the law and article 15 cover clause 1 of article 15, article 1 does not")
	}
	if got := clause.String(); got != "khoản 1 Điều 15 Luật 60/2014/QH13" {
		t.Errorf("citation reads %q", got)
	}
}
