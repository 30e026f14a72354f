package parse

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus"
)

var (
	resultCode = regexp.MustCompile(`Mã: ?(KQ[.-][A-Z]\d+\.\d{6}|KQ[.-][A-Z]\d+\.\d{1,5}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-KQ\d{4}|[A-Za-z0-9._-]+)`)
	realCode   = regexp.MustCompile(`^KQ[.-][A-Z]|-KQ\d{4}$`)
	footer     = regexp.MustCompile(`Từ khóa\s*:?\s*`)
	aboutCell  = regexp.MustCompile(`(?s)^(.*?)Mô tả(.*?)(?:Chọn cơ quan thực hiện.*)?$`)
	stepMark   = regexp.MustCompile(`(?i)^(?:\(?[a-zđ]\)|\d{1,2}[.)]|[a-zđ]\.\s|bước \d+|[-•*]|[ivx]+[.)])`)
	stepWord   = regexp.MustCompile(`(?i)^(?:[-+*•]?\s*|\(?[a-zđ]\)\s*)bước\s+\d+`)
	relatedRow = regexp.MustCompile(`#\d+Tên thủ tục`)
)

// results reads the outcomes with their codes; the search footer behind them is dropped,
// but its description cell is kept as a note when somebody filled it in.
func (r *portalReader) results() {
	raw := r.in.Results
	body := raw
	if at := footer.FindStringIndex(raw); at != nil {
		body = raw[:at[0]]
		if m := aboutCell.FindStringSubmatch(raw[at[1]:]); m != nil {
			if text := strings.TrimSpace(m[2]); text != "" && text != noInformation {
				r.out.Notes = append(r.out.Notes, corpus.Fact{Case: "Mô tả", Text: text})
			}
		}
	}
	start := 0
	for _, m := range resultCode.FindAllStringSubmatchIndex(body, -1) {
		name := strings.Trim(oneLine(body[start:m[0]]), " .;,:-…")
		code := body[m[2]:m[3]]
		start = m[1]
		if !realCode.MatchString(code) {
			r.flag("ket_qua_xu_ly", "Mã kết quả không đúng dạng", code)
			code = ""
		}
		if name == "" {
			r.flag("ket_qua_xu_ly", "Kết quả không có tên", body[m[0]:m[1]])
			continue
		}
		r.out.Results = append(r.out.Results, corpus.Result{Name: name, Code: code})
	}
	if rest := strings.Trim(oneLine(body[start:]), " .;,:-"); rest != "" && rest != noInformation {
		r.out.Results = append(r.out.Results, corpus.Result{Name: rest})
	}
	if len(r.out.Results) == 0 {
		r.flag("ket_qua_xu_ly", "Cổng không ghi kết quả", clipRunes(body, 200))
	}
}

// dropFooter cuts the search footer that the crawl left behind some texts.
func (r *portalReader) dropFooter(s string) string {
	if !strings.Contains(s, "Từ khóa") {
		return s
	}
	at := footer.FindStringIndex(s)
	if rest := s[at[1]:]; rest != "" && !strings.Contains(rest, "Mô tả") {
		return s
	}
	s = strings.TrimSpace(s[:at[0]])
	if s == noInformation {
		return ""
	}
	return s
}

// words fills the running texts: steps, conditions, related procedures and other offices.
func (r *portalReader) words() {
	in, p := r.in, &r.out
	p.Steps = splitSteps(in.Steps)
	if len(p.Steps) == 0 {
		r.flag("trinh_tu_thuc_hien", "Cổng không ghi trình tự thực hiện", "")
	}
	if c := strings.Trim(in.Conditions, " .;"); c != "" && !feeless.MatchString(c) {
		for _, text := range splitSteps(in.Conditions) {
			p.Conds = append(p.Conds, corpus.Fact{Text: text})
		}
	}
	for i, part := range relatedRow.Split(in.Related, -1) {
		if name := oneLine(part); i > 0 && name != "" {
			p.Related = append(p.Related, corpus.Related{Name: name})
		}
	}
	if in.Related != "" && len(p.Related) == 0 {
		p.Related = append(p.Related, corpus.Related{Name: oneLine(in.Related)})
	}
	for _, office := range []struct{ role, names string }{
		{"Cơ quan thực hiện", in.CarriedOut}, {"Cơ quan được ủy quyền", in.Delegated}, {"Cơ quan phối hợp", in.Joint},
	} {
		if office.names != "" && !(office.role == "Cơ quan thực hiện" && (in.Competent == "" || office.names == in.Competent)) {
			p.Notes = append(p.Notes, corpus.Fact{Case: office.role, Text: strings.Join(splitNames(office.names), "; ")})
		}
	}
}

// splitSteps cuts running text into steps: at "Bước n" where the text counts its steps,
// else at lines that begin with a mark. Lines without a mark, and "+" lines, stay with the
// step in front.
func splitSteps(s string) []string {
	lines := strings.Split(s, "\n")
	counted := 0
	for _, line := range lines {
		if stepWord.MatchString(strings.TrimSpace(line)) {
			counted++
		}
	}
	var steps []string
	for _, line := range lines {
		line = oneLine(line)
		if line == "" {
			continue
		}
		begins := stepMark.MatchString(line)
		if counted > 1 {
			begins = stepWord.MatchString(line)
		}
		if begins || len(steps) == 0 {
			steps = append(steps, line)
			continue
		}
		steps[len(steps)-1] += "\n" + line
	}
	return steps
}
