package parse

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

// portalLines reads the real records; skipped where they are absent.
func portalLines(t testing.TB) [][]byte {
	t.Helper()
	f, err := os.Open(sharedFile(t, "data/procedures/national_portal_2026-07.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]byte
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, MaxPortalLine+1)
	for scan.Scan() {
		lines = append(lines, append([]byte(nil), scan.Bytes()...))
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// sound reports what must hold of any record whatever it says.
func sound(t testing.TB, p corpus.Procedure) {
	t.Helper()
	for _, f := range p.Fees {
		kinds := 0
		for _, holds := range []bool{f.Free, f.VND > 0, f.Min+f.Max > 0, f.Percent > 0} {
			if holds {
				kinds++
			}
		}
		if kinds > 1 || kinds == 0 && f.Text == "" {
			t.Errorf("%s: fee %+v says none or several things", p.Code, f)
		}
	}
	for _, l := range p.Times {
		if l.Count <= 0 && l.Text == "" || l.Count > 0 && l.Unit == "" && l.Text == "" {
			t.Errorf("%s: time %+v says nothing", p.Code, l)
		}
	}
	for _, d := range p.Dossier {
		if d.Name == "" || d.Originals < 0 || d.Copies < 0 {
			t.Errorf("%s: paper %+v", p.Code, d)
		}
	}
	for _, b := range p.Basis {
		if b.Provision.Instrument == "" {
			t.Errorf("%s: basis without number: %+v", p.Code, b)
		}
	}
	text, err := json.Marshal(p)
	if err != nil || !utf8.Valid(text) || !norm.NFC.IsNormal(text) {
		t.Errorf("%s: not NFC text (%v)", p.Code, err)
	}
}

func TestEveryRealRecordIsRead(t *testing.T) {
	lines := portalLines(t)
	var set []corpus.Procedure
	missing := map[string]int{}
	for _, line := range lines {
		p, err := PortalRecord(line, corpus.Source{})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, p)
		for field, empty := range map[string]bool{
			"times": len(p.Times) == 0, "dossier": len(p.Dossier) == 0, "where": len(p.Where) == 0, "steps": len(p.Steps) == 0,
			"fees": len(p.Fees) == 0, "body": len(p.Body) == 0,
		} {
			if empty {
				missing[field]++
				if len(p.Flags) == 0 {
					t.Errorf("%s: no %s and no flag", p.Code, field)
				}
			}
		}
		set = append(set, p)
	}
	twins := CheckPortalSet(set)
	t.Logf("%d records; not in the source: %v; repeated codes %d, shared names %d", len(set), missing, len(twins.Codes), len(twins.Names))
	if len(set) == 0 || missing["where"] > 0 || missing["dossier"] > len(set)/50 {
		t.Errorf("too much is missing: %v", missing)
	}
}

func FuzzPortalRecord(f *testing.F) {
	f.Add(ways("Trực tiếp1100 VNĐ((a) 5.000 đồng/lần; b) x", "Trực tuyến2Miễn phí(Miễn lệ phí từ ngày 1/1/2026 đến 31/2/2026)"), "--"+dossierHeader+"x1 bản chính", basisHeader+"a1/2026/NĐ-CP", "KếtMã: KQ.G01.000001Từ khóa", "Sở A, Bộ B")
	f.Add(ways("Trực tiếpKhông có thông tin10 USD(/lần)05 ngày"), "x"+dossierHeader+"a.docx1 bản chính,99999999999999999999 bản sao"+dossierHeader, ": Thông tư)Trực tiếp3 NgàyMiễn phí(", "", "a(, B")
	f.Fuzz(func(t *testing.T, ways, dossier, basis, results, names string) {
		line := recordLine(t, map[string]string{
			"cach_thuc_thuc_hien": ways, "thanh_phan_ho_so": dossier, "can_cu_phap_ly": basis, "ket_qua_xu_ly": results,
			"co_quan_co_tham_quyen": names, "trinh_tu_thuc_hien": results + ways, "yeu_cau_dieu_kien": names + results,
		})
		p, err := PortalRecord(line, corpus.Source{})
		if err != nil {
			var fault *PortalError
			if !errors.As(err, &fault) {
				t.Fatalf("a fault without a code: %v", err)
			}
			return
		}
		sound(t, p)
		again, _ := PortalRecord(line, corpus.Source{})
		a, _ := json.Marshal(p)
		b, _ := json.Marshal(again)
		if string(a) != string(b) {
			t.Error("two readings of one line differ")
		}
	})
}

func FuzzPortalLine(f *testing.F) {
	f.Add(recordLine(f, nil))
	f.Add([]byte(`{"ma_thu_tuc":"1","ten_thu_tuc":"a","can_cu_phap_ly":7}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		p, err := PortalRecord(line, corpus.Source{})
		var fault *PortalError
		switch {
		case err == nil:
			sound(t, p)
		case !errors.As(err, &fault) || fault.Code == "":
			t.Fatalf("a fault without a code: %v", err)
		}
	})
}

func BenchmarkPortalRecord(b *testing.B) {
	lines := portalLines(b)
	for b.Loop() {
		for _, line := range lines {
			if _, err := PortalRecord(line, corpus.Source{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "records/s")
}
