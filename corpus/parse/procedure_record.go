package parse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// MaxPortalLine is the longest line PortalRecord reads, in bytes; the longest real one
// is about 77,000.
const MaxPortalLine = 256 << 10

// PortalError says why a line is not a portal record. Code is for machines: "empty",
// "too_long", "utf8", "json", "no_code", "no_name"; Error is a sentence for people.
type PortalError struct {
	Code   string
	Reason string
	Err    error
}

func (e *PortalError) Error() string { return "bản ghi Cổng Dịch vụ công: " + e.Reason }

func (e *PortalError) Unwrap() error { return e.Err }

// portalLine is one record as crawled: every table flattened into one string.
type portalLine struct {
	Code       string `json:"ma_thu_tuc"`
	URL        string `json:"detail_url"`
	Name       string `json:"ten_thu_tuc"`
	Decision   string `json:"so_quyet_dinh"`
	Levels     string `json:"cap_thuc_hien"`
	Field      string `json:"linh_vuc"`
	Who        string `json:"doi_tuong_thuc_hien"`
	Competent  string `json:"co_quan_co_tham_quyen"`
	Address    string `json:"dia_chi_tiep_nhan"`
	Delegated  string `json:"co_quan_duoc_uy_quyen"`
	Joint      string `json:"co_quan_phoi_hop"`
	Related    string `json:"thu_tuc_lien_quan"`
	Steps      string `json:"trinh_tu_thuc_hien"`
	Ways       string `json:"cach_thuc_thuc_hien"`
	Dossier    string `json:"thanh_phan_ho_so"`
	Basis      string `json:"can_cu_phap_ly"`
	CarriedOut string `json:"co_quan_thuc_hien"`
	Conditions string `json:"yeu_cau_dieu_kien"`
	Results    string `json:"ket_qua_xu_ly"`
	Folder     string `json:"agency_folder"`
}

// portalReader turns one line into a procedure, gathering what could not be read.
type portalReader struct {
	in   portalLine
	out  corpus.Procedure
	seen map[string]int // what is already in a list, by kind and key: its index
}

// first reports whether key is new among its kind, and remembers where it stands.
func (r *portalReader) first(kind, key string, at int) (index int, isNew bool) {
	if r.seen == nil {
		r.seen = map[string]int{}
	}
	if i, ok := r.seen[kind+"\x00"+key]; ok {
		return i, false
	}
	r.seen[kind+"\x00"+key] = at
	return at, true
}

// PortalRecord reads one line of the national portal's records. What cannot be read with
// certainty stays verbatim in Raw with a Flag; nothing is guessed. A line that is no
// record at all gives a *PortalError. Source fields that src leaves empty are filled from
// the record: its page and the digest of the line.
func PortalRecord(line []byte, src corpus.Source) (corpus.Procedure, error) {
	in, err := decodePortalLine(line)
	if err != nil {
		return corpus.Procedure{}, err
	}
	if src.URL == "" {
		src.URL = in.URL
	}
	if src.Name == "" {
		src.Name = "Cổng Dịch vụ công quốc gia"
	}
	if src.SHA256 == "" {
		sum := sha256.Sum256(line)
		src.SHA256 = hex.EncodeToString(sum[:])
	}
	r := &portalReader{in: in}
	r.mendSections()
	r.head(src)
	r.ways()
	r.dossier()
	r.basis()
	r.results()
	r.words()
	r.ending()
	return r.out, nil
}

func decodePortalLine(line []byte) (portalLine, error) {
	var in portalLine
	trimmed := bytes.TrimSpace(line)
	switch {
	case len(line) > MaxPortalLine:
		return in, &PortalError{Code: "too_long", Reason: fmt.Sprintf("dòng dài %d byte, quá giới hạn %d", len(line), MaxPortalLine)}
	case len(trimmed) == 0:
		return in, &PortalError{Code: "empty", Reason: "dòng trống"}
	case !utf8.Valid(line):
		return in, &PortalError{Code: "utf8", Reason: "dòng không phải chữ Unicode (UTF-8) hợp lệ"}
	case trimmed[0] != '{':
		return in, &PortalError{Code: "json", Reason: "dòng không phải một đối tượng JSON {…}"}
	}
	if err := json.Unmarshal(trimmed, &in); err != nil {
		var typed *json.UnmarshalTypeError
		if errors.As(err, &typed) {
			return in, &PortalError{Code: "json", Reason: fmt.Sprintf("trường %q không phải chuỗi chữ", typed.Field), Err: err}
		}
		return in, &PortalError{Code: "json", Reason: "dòng JSON bị hỏng hoặc bị cắt: " + err.Error(), Err: err}
	}
	in.clean()
	switch {
	case in.Code == "":
		return in, &PortalError{Code: "no_code", Reason: `thiếu mã thủ tục (trường "ma_thu_tuc")`}
	case in.Name == "":
		return in, &PortalError{Code: "no_name", Reason: fmt.Sprintf("thủ tục %s thiếu tên (trường \"ten_thu_tuc\")", in.Code)}
	}
	return in, nil
}

// clean brings every text to NFC with plain spaces; the portal's "no information" is empty.
func (l *portalLine) clean() {
	for _, s := range []*string{
		&l.Code, &l.URL, &l.Name, &l.Decision, &l.Levels, &l.Field, &l.Who, &l.Competent, &l.Address, &l.Delegated,
		&l.Joint, &l.Related, &l.Steps, &l.Ways, &l.Dossier, &l.Basis, &l.CarriedOut, &l.Conditions, &l.Results, &l.Folder,
	} {
		*s = cleanPortalText(*s)
		if strings.TrimRight(*s, ".") == noInformation {
			*s = ""
		}
	}
}

// head fills what stands alone: code, names, decision, levels, who and the competent body.
func (r *portalReader) head(src corpus.Source) {
	in, p := r.in, &r.out
	p.Code, p.ID, p.Source = in.Code, in.Code, src
	p.Name = strings.TrimRight(oneName(in.Name), " .;,")
	p.Field = in.Field
	p.Ministry = ministryOf[in.Folder]
	p.Who = splitNames(in.Who)
	p.Levels = r.levels()
	p.Prov = corpus.Provenance{
		Source: src.Name, Decision: strings.ReplaceAll(in.Decision, "./", "/"),
		VerifiedOn: dayOf(src), Confidence: corpus.Medium,
	}
	p.Decision = p.Prov.Decision
	r.checkDecision()
	body := in.Competent
	if body == "" {
		body = in.CarriedOut
	}
	for _, name := range splitNames(body) {
		p.Body = append(p.Body, corpus.Authority{Name: name, Level: levelOfBody(name)})
	}
	if len(p.Body) == 0 {
		r.flag("co_quan_co_tham_quyen", "Cổng không ghi cơ quan có thẩm quyền và cơ quan thực hiện", "")
	}
}

// checkDecision flags a decision that cannot be a decision: "Demo/QĐ-BCA".
func (r *portalReader) checkDecision() {
	d := r.in.Decision
	switch {
	case d == "":
		r.flag("so_quyet_dinh", "Cổng không ghi quyết định công bố", "")
	case strings.Contains(strings.ToLower(d), "demo") || !strings.ContainsFunc(d, isDigit):
		r.flag("so_quyet_dinh", "Số quyết định công bố không phải số thật", d)
		r.out.Decision, r.out.Prov.Decision = "", ""
		r.out.Prov.Confidence = corpus.Low
		r.out.Prov.Doubt = "Cổng ghi quyết định công bố là “" + d + "”, không phải số thật"
	case !decisionShape.MatchString(d):
		r.flag("so_quyet_dinh", "Số quyết định công bố không đúng dạng thường gặp", d)
	}
}

// flag notes a field that a person should look at.
func (r *portalReader) flag(field, why, raw string) {
	if _, isNew := r.first("flag", field+"\x00"+why+"\x00"+raw, 0); !isNew {
		return
	}
	r.out.Flags = append(r.out.Flags, corpus.Flag{Field: field, Why: why, Raw: raw})
}

// keep holds a field's words verbatim beside a flag.
func (r *portalReader) keep(field, verbatim string) {
	if verbatim == "" {
		return
	}
	if r.out.Raw == nil {
		r.out.Raw = map[string]string{}
	}
	r.out.Raw[field] = verbatim
}

func dayOf(src corpus.Source) civil.Date {
	if src.RetrievedAt.IsZero() {
		return civil.Date{}
	}
	return civil.On(src.RetrievedAt)
}
