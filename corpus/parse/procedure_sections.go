package parse

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The crawl cut each page at the first place where the name of a section stood, also when
// that was inside a sentence or an open bracket. The rest of the cut section then lies in
// another field. mendSections puts it back where the pieces prove where they belong, and
// flags what is lost.

const (
	waysHeader    = "Hình thức nộpThời gianPhí, lệ phíMô tả"
	dossierHeader = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
	basisHeader   = "Tên văn bản pháp lýMã văn bản"
)

var resultCodeAlone = regexp.MustCompile(`^KQ[.-]\S+$`)

func (r *portalReader) mendSections() {
	in := &r.in
	in.Ways += r.strayWays("can_cu_phap_ly", "Căn cứ pháp lý", basisHeader, &in.Basis)
	in.Ways += r.strayWays("thanh_phan_ho_so", "Thành phần hồ sơ", "", &in.Dossier)
	in.Ways += r.strayWays("co_quan_thuc_hien", "Cơ quan thực hiện", "", &in.CarriedOut)
	in.Ways += r.strayWays("yeu_cau_dieu_kien", "Yêu cầu, điều kiện thực hiện", "", &in.Conditions)
	r.straySteps("thanh_phan_ho_so", "Thành phần hồ sơ", &in.Dossier, strings.Contains(in.Dossier, dossierHeader))
	r.straySteps("co_quan_thuc_hien", "Cơ quan thực hiện", &in.CarriedOut, !isProse(in.CarriedOut))
	r.strayHead()
	r.strayBody()
	if resultCodeAlone.MatchString(in.Dossier) {
		r.flag("thanh_phan_ho_so", "Trường hồ sơ chỉ chứa mã kết quả, Cổng không nêu giấy tờ nào", in.Dossier)
		in.Dossier = ""
	}
	in.Conditions = r.dropFooter(in.Conditions)
}

// strayWays takes the part of a field that is really rows of the table of ways to submit.
// ownHeader, or the section's name printed again, marks where the field's own words begin.
func (r *portalReader) strayWays(field, section, ownHeader string, value *string) string {
	v := *value
	if v == "" || !strings.HasPrefix(r.in.Ways, waysHeader) {
		return ""
	}
	if first, _ := utf8.DecodeRuneInString(v); ownHeader != "" && strings.HasPrefix(v, ownHeader) || unicode.IsUpper(first) || first == '-' {
		return "" // the field begins as it should
	}
	if len(wayLeads(v)) == 0 {
		return ""
	}
	cut, own := len(v), ""
	if at := strings.LastIndex(v, section+"--"); at > 0 {
		cut, own = at, v[at+len(section):]
	} else if at := strings.Index(v, section+dossierHeader); section == "Thành phần hồ sơ" && at > 0 {
		cut, own = at, v[at+len(section):]
	} else if ownHeader != "" {
		if at := strings.Index(v, ownHeader); at > 0 {
			cut, own = at, v[at:]
		}
	}
	why := "Một phần bảng cách thức nộp nằm lạc ở trường này, đã ghép lại"
	if own == "" {
		why += "; nội dung thật của trường này không có trong nguồn"
		r.keep(field, v)
	}
	r.flag(field, why, clipRunes(v, 300))
	*value = strings.TrimSpace(own)
	return section + v[:cut]
}

// straySteps takes back the end of the steps from a field that holds running prose.
func (r *portalReader) straySteps(field, section string, value *string, proper bool) {
	first, _ := utf8.DecodeRuneInString(*value)
	if *value == "" || proper || !unicode.IsLower(first) || len(*value) < 60 {
		return
	}
	r.flag(field, "Phần cuối của trình tự thực hiện nằm lạc ở trường này, đã ghép lại; nội dung thật của trường này không có trong nguồn", clipRunes(*value, 300))
	r.keep(field, *value)
	r.in.Steps = strings.TrimSpace(r.in.Steps) + " " + section + " " + *value
	*value = ""
}

// strayHead finds the competent body behind a whole page head that landed in its field.
func (r *portalReader) strayHead() {
	const people, body = "Đối tượng thực hiện", "Cơ quan có thẩm quyền"
	v := r.in.Competent
	at := strings.Index(v, people)
	if at < 0 || !strings.Contains(v, "Mã thủ tục") {
		return
	}
	r.keep("co_quan_co_tham_quyen", v)
	r.in.Competent = ""
	if i := strings.Index(v[at:], body); i >= 0 {
		r.in.Competent = strings.TrimSpace(v[at+i+len(body):])
	}
	r.flag("co_quan_co_tham_quyen", "Đầu trang nằm lạc ở trường này; đã tách lấy tên cơ quan", clipRunes(v, 300))
}

// strayBody finds the office that stayed behind the legal basis, its section's name in
// front of it.
func (r *portalReader) strayBody() {
	const section = "Cơ quan thực hiện"
	at := strings.LastIndex(r.in.Basis, section)
	if at < 0 || r.in.CarriedOut != "" {
		return
	}
	if name := strings.TrimSpace(r.in.Basis[at+len(section):]); startsName(name) && len(name) < 200 && !isProse(name) {
		r.flag("co_quan_thuc_hien", "Tên cơ quan nằm lạc cuối trường căn cứ pháp lý, đã đưa về", name)
		r.in.CarriedOut, r.in.Basis = name, strings.TrimSpace(r.in.Basis[:at])
	}
}

// isProse reports whether a text is sentences rather than names.
func isProse(s string) bool {
	return strings.Contains(s, "\n") || strings.Contains(s, ". ") || strings.Contains(s, ": ")
}

// clipRunes cuts a text to n runes, with "…" where something was left off.
func clipRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}
