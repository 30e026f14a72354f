package parse

import (
	"fmt"
	"strings"
	"testing"
)

func TestAReducedSumForOnlineIsFiledUnderOnlineAlone(t *testing.T) {
	note := "Miễn phí(- Lệ phí cấp thẻ: 135.000 đồng/lần. - Trường hợp nộp hồ sơ theo hình thức trực tuyến: Kể từ ngày 01/12/2023 đến hết ngày 31/12/2025, áp dụng mức thu lệ phí là 115.000 đồng/lần.)"
	wantLines(t, feesOf(t, "Trực tuyến3 Ngày"+note, "Trực tiếp3 Ngày"+note),
		"135.000 đồng/lần",
		"Trường hợp nộp hồ sơ theo hình thức trực tuyến (trực tuyến): 115.000 đồng/lần [2023-12-01,2026-01-01)")
	wantLines(t, feesOf(t, "Trực tiếp3 Ngày"+note),
		"Lệ phí cấp thẻ (trực tiếp): 135.000 đồng/lần",
		"Trường hợp nộp hồ sơ theo hình thức trực tuyến (trực tiếp): 115.000 đồng/lần [2023-12-01,2026-01-01)")
}

func TestAPartOffForASpanIsWorkedOut(t *testing.T) {
	wantLines(t, feesOf(t, "Trực tiếp7 Ngày50,000 VNĐ(- Cấp đổi thẻ: 50.000 đồng/thẻ; Kể từ ngày 01/01/2025 đến hết ngày 31/12/2025, mức thu lệ phí khi nộp hồ sơ theo hình thức trực tuyến bằng 50% mức thu lệ phí quy định. "+
		"- Kể từ ngày 01/7/2025 đến hết ngày 31/12/2026 mức thu lệ phí bằng 40% mức thu nêu trên theo quy định tại Thông tư số 64/2025/TT-BTC.)"),
		"Cấp đổi thẻ (trực tiếp): 50.000 đồng/thẻ",
		"Cấp đổi thẻ: nộp hồ sơ trực tuyến (trực tiếp): 25.000 đồng/thẻ [2025-01-01,2026-01-01)",
		"Cấp đổi thẻ (trực tiếp): 20.000 đồng/thẻ [2025-07-01,2027-01-01)")
	kept := feesOf(t, "Trực tiếp7 Ngày50,000 VNĐ(Kể từ ngày 01/7/2025 đến hết ngày 31/12/2026 mức thu lệ phí bằng 50% mức thu tại Thông tư số 1/2020/TT-BTC.)")
	if len(kept) != 1 || !strings.Contains(kept[0], "50.000 đồng") || strings.Contains(kept[0], "25.000") {
		t.Errorf("a part of a sum the note does not say was worked out: %q", kept)
	}
}

func TestADescriptionThatSaysTheColumnsSumTellsItsCases(t *testing.T) {
	for _, c := range []struct {
		rule string
		rows []string
		want []string
	}{
		{"steps and their bound", []string{"Trực tiếp1 Ngày2,000 VNĐ(/trang)Tại xã: 2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá 200.000 đồng/bản."}, []string{
			"Tại xã (trực tiếp): 2.000 đồng/trang", "từ trang thứ 3 trở lên (trực tiếp): 1.000 đồng/trang; tối đa thu không quá 200.000 đồng/bản",
		}},
		{"foreign money abroad", []string{"Trực tiếp1 Ngày10 USD(/bản)Tại cơ quan đại diện: 10 USD/bản."}, []string{"Tại cơ quan đại diện (trực tiếp): 10 USD/bản"}},
		{"parts nobody pays together", []string{"Trực tiếp1 Ngày4,000,000 VNĐ((Áp dụng mức phí 2.000.000 đồng kể từ ngày 01/7/2025 đến hết ngày 31/12/2026))Bao gồm:\n" +
			"- 1.000.000 đồng (Một triệu đồng) đối với thẻ A (Áp dụng mức phí: 500.000 đồng kể từ ngày 01/7/2025 đến hết ngày 31/12/2026)\n" +
			"- 3.000.000 đồng đối với thẻ B"}, []string{
			"đối với thẻ A (trực tiếp): 1.000.000 đồng", "đối với thẻ A (trực tiếp): 500.000 đồng [2025-07-01,2027-01-01)", "đối với thẻ B (trực tiếp): 3.000.000 đồng",
		}},
		{"a zero is free", []string{"Trực tiếp1 Ngày500,000 VNĐĐối với thẻ A, mức phí: 500.000đ;", "Trực tiếp1 Ngày1 VNĐĐối với thẻ B, mức phí: 0đ."}, []string{
			"Đối với thẻ A (trực tiếp): 500.000 đồng", "Đối với thẻ B (trực tiếp): miễn phí",
		}},
		{"a description of other sums changes nothing", []string{"Trực tiếp1 Ngày500,000 VNĐVốn điều lệ: 900.000 đồng"}, []string{"Trực tiếp: 500.000 đồng"}},
	} {
		t.Run(c.rule, func(t *testing.T) { wantLines(t, feesOf(t, c.rows...), c.want...) })
	}
}

func TestWordsAroundASumAreNotItsCase(t *testing.T) {
	for row, want := range map[string]string{
		"Trực tiếp3 Ngày50,000 VNĐ(Phí : 50.000 Đồng - 50.000đ/tem (Thông tư số 25/2021/TT-BTC).)": "Trực tiếp: 50.000 đồng/tem",
		"Trực tiếp3 Ngày50,000 VNĐ(Thông tư 199/2016/TT-BTC)":                                      "Trực tiếp: 50.000 đồng; Thông tư 199/2016/TT-BTC",
		"Trực tiếp3 Ngày4,500,000 VNĐ((bốn triệu năm trăm nghìn đồng)Lệ phí đăng ký)":              "Lệ phí đăng ký (trực tiếp): 4.500.000 đồng",
		"Trực tiếp3 Ngày1,800,000 VNĐ(/Lần. Giá trị dưới 2,1 tỷ đồng)":                             "Giá trị dưới 2,1 tỷ đồng (trực tiếp): 1.800.000 đồng/lần",
		"Trực tiếp3 NgàyMiễn phí(- Đối với kiểm tra: Không)":                                       "Đối với kiểm tra (trực tiếp): miễn phí",
		"Trực tiếp3 NgàyMiễn phí(Cách thức thực hiện: gửi hồ sơ trực tiếp đến cơ quan X)":          "Trực tiếp: miễn phí",
	} {
		if got := feesOf(t, row); len(got) != 1 || got[0] != want {
			t.Errorf("%s\n  got  %q\n  want %q", row, got, want)
		}
	}
	wantLines(t, feesOf(t, "Trực tiếp3 Ngày200,000 VNĐ((đồng/lần/người (Miễn phí từ ngày 07/4/2026 đến 30/6/2026 theo Thông tư 40/2026/TT-BTC))"),
		"Trực tiếp: 200.000 đồng/lần/người", "Trực tiếp: miễn phí [2026-04-07,2026-07-01)")
	wantLines(t, feesOf(t, "Trực tiếp3 Ngày400,000 VNĐ(Lý thuyết, Phí: 1,700,000 Sát hạch thực hành)"),
		"Lý thuyết (trực tiếp): 400.000 đồng", "Sát hạch thực hành (trực tiếp): 1.700.000 đồng")
	wantLines(t, feesOf(t, "Trực tiếp3 Ngày4,500,000 VNĐ(gồm 3.000.000 đồng thẩm định; 1.500.000 đồng cấp giấy. Áp dụng mức phí: 2.250.000 đồng kể từ ngày 01/7/2025 đến hết ngày 31/12/2026)")[1:],
		"Trực tiếp: 2.250.000 đồng [2025-07-01,2027-01-01)")
}

func TestTimesToldInADescriptionByTotalOrByClause(t *testing.T) {
	for about, want := range map[string]string{
		"Trong thời hạn 30 ngày, trong đó:\n- Kiểm tra: 10 ngày;\n- Đăng ký: 20 ngày.":           "30 day ",
		"đối với cấp mới là 07 ngày làm việc kể từ khi đủ hồ sơ; cấp lại trong thời hạn 02 ngày": "7 workday đối với cấp mới|2 day cấp lại",
		"Tàu đã được phép rời mà vẫn lưu lại tại cảng quá 24 giờ thì phải làm lại thủ tục":       "0  ",
		"Không quá 24 giờ kể từ khi nhận đủ hồ sơ":                                               "24 hour ",
		"Trường hợp cấp mới: 07 ngày; thông báo kết quả: 02 ngày":                                "0  ",
	} {
		var got []string
		for _, l := range record(t, map[string]string{"cach_thuc_thuc_hien": ways("Trực tiếpKhông có thông tinMiễn phí" + about)}).Times {
			got = append(got, fmt.Sprintf("%v %s %s", l.Count, l.Unit, l.Case))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: got %q, want %q", about, got, want)
		}
	}
}
