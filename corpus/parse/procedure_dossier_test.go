package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
)

func papers(p corpus.Procedure) []string {
	var lines []string
	for _, d := range p.Dossier {
		lines = append(lines, fmt.Sprintf("%s|%s|%d+%d|%s|%v", d.Case, d.Name, d.Originals, d.Copies, d.Form, d.Present))
	}
	return lines
}

func TestRowsOfTheDossierAreCutAtTheirCounts(t *testing.T) {
	for _, c := range []struct {
		rule, table string
		want        []string
	}{
		{"counts glued to a year", "--" + dossierHeader + "Đơn theo Thông tư ngày 01/01/20261 bản chính,1 bản saoẢnh 3x42 bản chính", []string{
			"|Đơn theo Thông tư ngày 01/01/2026|1+1||false", "|Ảnh 3x4|2+0||false",
		}},
		{"counts said in words", "--" + dossierHeader + "Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực) đã ký.1 bản chính,1 bản sao01 bản chính biên bản giao0 bản chính", []string{
			"|Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực) đã ký.|1+1||false", "|01 bản chính biên bản giao|0+0||false",
		}},
		{"groups between tables", "* Giấy tờ phải nộp:" + dossierHeader + "- Tờ khai1 bản chính* Giấy tờ phải xuất trình:" + dossierHeader + "Hộ chiếu1 bản chính", []string{
			"Giấy tờ phải nộp|Tờ khai|1+0||false", "Giấy tờ phải xuất trình|Hộ chiếu|1+0||true",
		}},
		{"files glued to names", "--" + dossierHeader + "Đơn theo mẫu;MauDon.docxMauBanKe (2).pdf1 bản chínhTờ khai theo Nghị định số 33/2026/NĐ-CPMẫu số 25.docx1 bản chínhBáo cáo theo quy địnhvăn bản đề nghị.doc1 bản chính", []string{
			"|Đơn theo mẫu;|1+0|MauDon.docx; MauBanKe (2).pdf|false", "|Tờ khai theo Nghị định số 33/2026/NĐ-CP|1+0|Mẫu số 25.docx|false",
			"|Báo cáo theo quy định|1+0|văn bản đề nghị.doc|false",
		}},
		{"stray marks between rows", "--" + dossierHeader + "(2) Giấy chứng nhận.,1 bản chính;- Bản vẽ1 bản chính.", []string{
			"|(2) Giấy chứng nhận.,|1+0||false", "|Bản vẽ|1+0||false",
		}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			wantLines(t, papers(record(t, map[string]string{"thanh_phan_ho_so": c.table})), c.want...)
		})
	}
}

func TestASectionCutAtAWordInsideANoteIsMended(t *testing.T) {
	p := record(t, map[string]string{
		"cach_thuc_thuc_hien": ways("Trực tuyến3 Ngày200,000 VNĐ("),
		"can_cu_phap_ly":      ": Thông tư 1/2099/TT-BTC quy định mức thu.)Trực tiếp3 Ngày200,000 VNĐ(Căn cứ pháp lý: Thông tư 1/2099/TT-BTC quy định mức thu.)",
	})
	if len(p.Where) != 2 || len(p.Fees) != 1 || p.Fees[0].VND != 200_000 || !flagged(p, "can_cu_phap_ly", "nằm lạc") {
		t.Errorf("where %+v\nfees %+v\nflags %+v", p.Where, p.Fees, p.Flags)
	}
	q := record(t, map[string]string{
		"cach_thuc_thuc_hien": ways("Trực tuyến3 NgàyMiễn phíNêu rõ "),
		"thanh_phan_ho_so":    ":\nTrực tiếp5 NgàyMiễn phíThành phần hồ sơ--" + dossierHeader + "Tờ khai1 bản chính",
	})
	if len(q.Times) != 2 || len(q.Dossier) != 1 || q.Dossier[0].Name != "Tờ khai" || !flagged(q, "thanh_phan_ho_so", "đã ghép lại") {
		t.Errorf("times %+v\ndossier %+v\nflags %+v", q.Times, q.Dossier, q.Flags)
	}
}

func TestStepsThatFellIntoAnotherFieldGoBack(t *testing.T) {
	p := record(t, map[string]string{
		"trinh_tu_thuc_hien": "Trường hợp nộp qua mạng:",
		"thanh_phan_ho_so":   "phải được kê khai trên biểu mẫu điện tử và ký số. Cơ quan trả lời trong 01 ngày làm việc kể từ ngày nhận.",
	})
	if len(p.Dossier) != 0 || !strings.Contains(strings.Join(p.Steps, "\n"), "Thành phần hồ sơ phải được kê khai") || p.Raw["thanh_phan_ho_so"] == "" {
		t.Errorf("steps %q\nraw %q", p.Steps, p.Raw)
	}
}

func TestBasisNumbersAreCanonical(t *testing.T) {
	p := record(t, map[string]string{"can_cu_phap_ly": basisHeader +
		"Luật Nhà ở số 27/2098/QH1527/2098/QH15Quy định mức thu theo Nghị định số 1/2097/NĐ-CP5/2096/TT-BTCQUY ĐỊNH CHUNGThông tư số 06/2095/TT_BCAVề cắt giảm66.7/2025/NQ-CPLuật Thú yLuật 79/2015/QH13Bộ luật khác"})
	var got []string
	for _, b := range p.Basis {
		got = append(got, b.Provision.Instrument+"|"+b.Title)
	}
	wantLines(t, got, "27/2098/QH15|Luật Nhà ở số 27/2098/QH15", "05/2096/TT-BTC|Quy định mức thu theo Nghị định số 1/2097/NĐ-CP",
		"06/2095/TT-BCA|QUY ĐỊNH CHUNG", "66.7/2025/NQ-CP|Về cắt giảm", "79/2015/QH13|Luật Thú y")
	if !flagged(p, "can_cu_phap_ly", "không có số hiệu") {
		t.Errorf("flags %+v", p.Flags)
	}
}

func TestTheFooterBehindTheResultIsDropped(t *testing.T) {
	p := record(t, map[string]string{"ket_qua_xu_ly": "Giấy phépMã: KQ.G01.000001Biển sốMã: 000.00.00.G04-KQ0251Văn bảnMã: dsfasTừ khóaKhông có thông tinMô tảLàm tại xã.Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"})
	var got []string
	for _, r := range p.Results {
		got = append(got, r.Name+"|"+r.Code)
	}
	wantLines(t, got, "Giấy phép|KQ.G01.000001", "Biển số|000.00.00.G04-KQ0251", "Văn bản|")
	if len(p.Notes) != 1 || p.Notes[0].Text != "Làm tại xã." {
		t.Errorf("notes %+v", p.Notes)
	}
}
