package parse

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
)

// record reads a synthetic record; set overrides the fields of a plain one.
func record(t testing.TB, set map[string]string) corpus.Procedure {
	t.Helper()
	p, err := PortalRecord(recordLine(t, set), corpus.Source{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func recordLine(t testing.TB, set map[string]string) []byte {
	t.Helper()
	fields := map[string]string{
		"ma_thu_tuc": "9.000001", "detail_url": "https://example.vn/9.000001", "ten_thu_tuc": "Cấp thẻ thử",
		"so_quyet_dinh": "12/QĐ-BTP", "cap_thuc_hien": "Cấp tỉnh, Cấp xã", "linh_vuc": "Hộ tịch",
		"doi_tuong_thuc_hien": "Công dân Việt Nam", "co_quan_co_tham_quyen": "", "co_quan_thuc_hien": "Sở Tư pháp",
		"trinh_tu_thuc_hien":  "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
		"cach_thuc_thuc_hien": ways("Trực tiếp5 Ngày làm việcMiễn phí"),
		"thanh_phan_ho_so":    "--" + dossierHeader + "Tờ khai1 bản chính",
		"can_cu_phap_ly":      basisHeader + "Luật Thử nghiệm60/2099/QH14",
		"yeu_cau_dieu_kien":   "Không có thông tin", "ket_qua_xu_ly": "ThẻMã: KQ.G15.000001Từ khóaKhông có thông tinMô tảKhông có thông tin",
		"thu_tuc_lien_quan": "Không có thông tin", "agency_folder": "bo-tu-phap",
	}
	maps.Copy(fields, set)
	line, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func ways(rows ...string) string { return waysHeader + strings.Join(rows, "") }

// feesOf reads the fees of rows of the ways table, one line each.
func feesOf(t *testing.T, rows ...string) []string {
	t.Helper()
	var lines []string
	for _, f := range record(t, map[string]string{"cach_thuc_thuc_hien": ways(rows...)}).Fees {
		line := feeLine(f)
		if f.Prov != nil && f.Prov.Validity != (corpus.Validity{}) {
			line += fmt.Sprintf(" [%s,%s)", f.Prov.Validity.From, f.Prov.Validity.Until)
		}
		lines = append(lines, line)
	}
	return lines
}

// feeLine is "case (channel): amount; words" without the kind, which cases often repeat.
func feeLine(f corpus.Fee) string {
	head := strings.TrimSpace(f.Case + " (" + f.Channel.Vietnamese() + "): ")
	switch {
	case f.Channel == "":
		head = ""
	case f.Case == "":
		head = map[corpus.Channel]string{corpus.Online: "Trực tuyến:", corpus.InPerson: "Trực tiếp:", corpus.Post: "Bưu chính:"}[f.Channel]
	}
	line := strings.TrimSpace(head + " " + f.Amount())
	if f.Text != "" && f.Text != f.Amount() {
		line += "; " + f.Text
	}
	return line
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func flagged(p corpus.Procedure, field, words string) bool {
	for _, f := range p.Flags {
		if f.Field == field && strings.Contains(f.Why, words) {
			return true
		}
	}
	return false
}

func TestFeesOfARow(t *testing.T) {
	for _, c := range []struct {
		rule string
		row  string
		want []string
	}{
		{"a full sum with its unit", "Trực tiếp3 Ngày10,000 Việt Nam Đồng(/hồ sơ)", []string{"Trực tiếp: 10.000 đồng/hồ sơ"}},
		{"a fee in a note beats free in the column", "Trực tiếp3 NgàyMiễn phí(Lệ phí cấp mới 40.000đồng/lần; lệ phí cấp lại 20.000 đồng/lần.)", []string{
			"Lệ phí cấp mới (trực tiếp): 40.000 đồng/lần", "lệ phí cấp lại (trực tiếp): 20.000 đồng/lần",
		}},
		{"a note that says no rule leaves it free", "Trực tiếp3 NgàyMiễn phí(Không quy định.)", []string{"Trực tiếp: miễn phí"}},
		{"a rule elsewhere is kept in its words", "Trực tiếp3 NgàyMiễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh.)", []string{"Trực tiếp: Theo quy định của Hội đồng nhân dân cấp tỉnh"}},
		{"exempt people are a case of their own", "Trực tiếp3 NgàyMiễn phí(Mức thu do Hội đồng nhân dân tỉnh quyết định. Miễn lệ phí cho người khuyết tật.)", []string{
			"Trực tiếp: Mức thu do Hội đồng nhân dân tỉnh quyết định", "người khuyết tật (trực tiếp): miễn phí",
		}},
		{"digits cut at the dot are proved by the note", "Trực tiếp3 Ngày135 VNĐ(Lệ phí: 135.000 đồng/lần.)", []string{"Trực tiếp: 135.000 đồng/lần"}},
		{"a reduced sum holds for its days", "Trực tiếp3 Ngày80,000 VNĐ((áp dụng mức phí 40.000 đồng/hồ sơ kể từ ngày 01/7/2025 đến hết ngày 31/12/2026 theo Thông tư số 64/2025/TT-BTC))", []string{
			"Trực tiếp: 80.000 đồng/hồ sơ", "Trực tiếp: 40.000 đồng/hồ sơ [2025-07-01,2027-01-01)",
		}},
		{"an expired note becomes validity", "Trực tiếp3 Ngày160,000 VNĐ(160.000/hộ chiếu, trường hợp cấp lại: 320.000đ/hộ chiếu (áp dụng đến hết ngày 31/12/2023))", []string{
			"Trực tiếp: 160.000 đồng/hộ chiếu [,2024-01-01)", "trường hợp cấp lại (trực tiếp): 320.000 đồng/hộ chiếu [,2024-01-01)",
		}},
		{"a free window does not hide the fee", "Trực tiếp3 Ngày5,000,000 VNĐ(đồng/lần Miễn lệ phí từ ngày 07/4/2026 đến 30/6/2026 theo quy định tại Thông tư 40/2026/TT-BTC)", []string{
			"Trực tiếp: 5.000.000 đồng/lần", "Trực tiếp: miễn phí [2026-04-07,2026-07-01)",
		}},
		{"headers go with their bullets", "Trực tiếp3 NgàyMiễn phí(- Lý thuyết: + Lần đầu: 600.000 đồng/lần. + Cấp lại: 400.000 đồng/lần. - Thực hành: 250.000 đồng/lần.)", []string{
			"Lý thuyết: Lần đầu (trực tiếp): 600.000 đồng/lần", "Lý thuyết: Cấp lại (trực tiếp): 400.000 đồng/lần", "Thực hành (trực tiếp): 250.000 đồng/lần",
		}},
		{"foreign money stays in words", "Trực tiếp3 Ngày145 VNĐ(Thẻ không quá 02 năm: 145 USD/thẻ.)", []string{"Thẻ không quá 02 năm (trực tiếp): 145 USD/thẻ"}},
		{"a column against its note is kept verbatim", "Trực tiếp3 Ngày40,000 VNĐ(50.000đ/giấy)", []string{"Trực tiếp: 40.000 đồng (50.000đ/giấy)"}},
		{"a formula is kept verbatim", "Trực tiếp3 NgàyMiễn phí(Nộp 150.000 đồng + (số tấn x 15.000 đồng/tấn); tối đa 700.000 đồng/lần)", []string{"Trực tiếp: Nộp 150.000 đồng + (số tấn x 15.000 đồng/tấn); tối đa 700.000 đồng/lần"}},
		{"a bracket that never closes ends before the description", "Trực tiếp3 Ngày20,000 VNĐ(đồng/lần (Đối với cấp mới)Trong thời hạn 03 ngày.", []string{"Đối với cấp mới (trực tiếp): 20.000 đồng/lần"}},
	} {
		t.Run(c.rule, func(t *testing.T) { wantLines(t, feesOf(t, c.row), c.want...) })
	}
}

func TestGluedTimeAndFeeArePartedWhereTheyCanBe(t *testing.T) {
	p := record(t, map[string]string{"cach_thuc_thuc_hien": ways("Trực tuyến1100 VNĐ", "Trực tiếp1100 VNĐ")})
	if len(p.Fees) != 1 || p.Fees[0].VND != 100_000 || p.Fees[0].Prov == nil || p.Fees[0].Prov.Confidence != corpus.Low {
		t.Errorf("fees %+v", p.Fees)
	}
	if len(p.Times) != 1 || p.Times[0].Count != 1 || p.Times[0].Unit != "" || !strings.Contains(p.Times[0].Text, "không ghi đơn vị") {
		t.Errorf("times %+v", p.Times)
	}
	if !flagged(p, "phi_le_phi", "cắt phần nghìn") || !flagged(p, "thoi_han", "không có đơn vị") {
		t.Errorf("flags %+v", p.Flags)
	}
	abroad := record(t, map[string]string{"ten_thu_tuc": "Cấp thẻ ở nước ngoài", "cach_thuc_thuc_hien": ways("Trực tiếp1250 VNĐ")})
	if abroad.Fees[0].VND != 0 || !strings.Contains(abroad.Fees[0].Text, "“250”") {
		t.Errorf("a sum whose money is not known was guessed: %+v", abroad.Fees)
	}
}

func TestAChannelThatAsksTheSameNamesNoChannel(t *testing.T) {
	wantLines(t, feesOf(t, "Trực tuyến3 Ngày5,000 VNĐ", "Trực tiếp3 Ngày5,000 VNĐ"), "5.000 đồng")
	wantLines(t, feesOf(t, "Trực tuyến3 Ngày5,000 VNĐ", "Trực tiếp3 Ngày9,000 VNĐ"), "Trực tuyến: 5.000 đồng", "Trực tiếp: 9.000 đồng")
}

func TestTimesFollowTheColumnAndTheirCase(t *testing.T) {
	p := record(t, map[string]string{"cach_thuc_thuc_hien": ways(
		"Trực tiếp7 Ngày làm việcMiễn phíĐối với cấp mới", "Trực tiếp0.5 GiờMiễn phíĐối với cấp lại",
		"Trực tuyếnKhông có thông tinMiễn phí28 ngày làm việc (đối với trường hợp cấp mới), 02 ngày làm việc (đối với trường hợp cấp lại)",
		"Dịch vụ bưu chínhKhông có thông tinMiễn phíKhông quá 12 giờ kể từ khi nhận đủ hồ sơ")})
	var got []string
	for _, l := range p.Times {
		got = append(got, fmt.Sprintf("%s|%s|%v %s", l.Channel, l.Case, l.Count, l.Unit))
	}
	wantLines(t, got, "in_person|Đối với cấp mới|7 workday", "in_person|Đối với cấp lại|0.5 hour",
		"online|đối với trường hợp cấp mới|28 workday", "online|đối với trường hợp cấp lại|2 workday", "post||12 hour")
	words := record(t, map[string]string{"cach_thuc_thuc_hien": ways("Trực tiếpKhông có thông tinMiễn phíLấy ý kiến: 20 ngày. Ra quyết định: 15 ngày.")})
	if len(words.Times) != 1 || words.Times[0].Count != 0 || words.Times[0].Text == "" || !flagged(words, "thoi_han", "nhiều thời hạn") {
		t.Errorf("several times in words were guessed: %+v", words.Times)
	}
}

func TestHostileLinesGiveOneClearError(t *testing.T) {
	for code, line := range map[string][]byte{
		"empty": []byte(" \n"), "utf8": []byte("{\"ma_thu_tuc\":\"\xff\"}"), "no_code": []byte(`{}`), "no_name": []byte(`{"ma_thu_tuc":"1"}`),
		"too_long": []byte(`{"ma_thu_tuc":"` + strings.Repeat("a", MaxPortalLine) + `"}`),
		"json":     []byte(`["a"]`),
	} {
		_, err := PortalRecord(line, corpus.Source{})
		var fault *PortalError
		if !errors.As(err, &fault) || fault.Code != code || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v", code, err)
		}
	}
	for _, line := range []string{`null`, `{"ma_thu_tuc":1}`, `{"ma_thu_tuc":"1","ten_thu_tuc":"a"`, `12`, `{"ma_thu_tuc":"1","ten_thu_tuc":"a"}{}`} {
		var fault *PortalError
		if _, err := PortalRecord([]byte(line), corpus.Source{}); !errors.As(err, &fault) || fault.Code != "json" {
			t.Errorf("%s: got %v", line, err)
		}
	}
}

func TestADemoDecisionIsNoDecision(t *testing.T) {
	p := record(t, map[string]string{"so_quyet_dinh": "Demo/QĐ-BCA"})
	if p.Decision != "" || p.Prov.Confidence != corpus.Low || !flagged(p, "so_quyet_dinh", "không phải số thật") {
		t.Errorf("decision %q, provenance %+v", p.Decision, p.Prov)
	}
}

func TestNamesKeepTheirOwnCommas(t *testing.T) {
	p := record(t, map[string]string{
		"co_quan_co_tham_quyen": "Cục cảnh sát quản lý hành chính về trật tự, xã hội, Công an tỉnh",
		"doi_tuong_thuc_hien":   "Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức",
	})
	if len(p.Body) != 2 || p.Body[0].Name != "Cục cảnh sát quản lý hành chính về trật tự, xã hội" || p.Body[1].Level != corpus.Province {
		t.Errorf("body %+v", p.Body)
	}
	wantLines(t, p.Who, "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Cán bộ, công chức, viên chức")
}

func TestCodesThatShareANameStayDistinct(t *testing.T) {
	set := []corpus.Procedure{
		record(t, map[string]string{"ma_thu_tuc": "1", "ten_thu_tuc": "Hỗ trợ cộng đồng."}),
		record(t, map[string]string{"ma_thu_tuc": "2", "ten_thu_tuc": "Hỗ trợ  cộng đồng"}),
		record(t, map[string]string{"ma_thu_tuc": "3"}), record(t, map[string]string{"ma_thu_tuc": "3"}),
	}
	twins := CheckPortalSet(set)
	if len(twins.Names) != 1 || strings.Join(twins.Names["hỗ trợ cộng đồng"], " ") != "1 2" || strings.Join(twins.Codes, " ") != "3" {
		t.Errorf("twins %+v", twins)
	}
	if !flagged(set[0], "ten_thu_tuc", "2 mã") || flagged(set[2], "ten_thu_tuc", "mã") {
		t.Error("the flags do not follow the names")
	}
}
