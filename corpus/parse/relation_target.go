package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

// apply adds the relations of one sentence.
func (r *relationReader) apply(s sentence, v verbPhrase, target corpus.Provision) {
	effective := r.effectiveIn(s.text)
	if effective.IsZero() {
		effective = v.effective
	}
	kind := v.kind
	if v.partly {
		kind = corpus.Amends
	}
	for _, p := range r.targets(s, v, target) {
		r.add(corpus.Relation{From: s.from, Kind: kind, To: p, Effective: effective, Evidence: clip(s.text, 600)})
	}
}

// targets lists what the verb acts on: the references on its side of the sentence, less
// those that only belong to the name or the history of another.
func (r *relationReader) targets(s sentence, v verbPhrase, target corpus.Provision) []corpus.Provision {
	part := s.text[v.end:]
	if v.before {
		part = s.text[:v.at]
	}
	part = withoutQuotes(part)
	if p, ok := r.inserted(part, target); ok {
		return p
	}
	reader := Reader{In: target, Names: r.names, On: r.day(false)}
	if target.Instrument == "" {
		reader.In = corpus.Provision{Instrument: r.in.Number}
	}
	mentions := reader.References(part)
	var out []corpus.Provision
	end, title := 0, false
	for i, m := range mentions {
		gap := part[end:m.Start]
		listed := i == 0 && (v.partly || !inHistory(gap)) || isListGap(gap, title)
		end = m.End
		// "bãi bỏ Điều 5 Thông tư A sửa đổi Thông tư B; Thông tư C": C is of A's name.
		if title && len(out) > 0 && out[0].Article != "" && m.Provisions[0].Article == "" {
			listed = false
		}
		if !listed {
			title = true
			continue
		}
		title = false
		if m.Provisions[0].Article == "" && m.Provisions[0].Annex == "" && namesPart(gap) {
			continue // "bãi bỏ Mục 6 Phần I Thông tư …": a part we have no address for
		}
		out = append(out, m.Provisions...)
	}
	return out
}

// namesPart reports whether the words before an instrument name a part of it.
func namesPart(gap string) bool {
	low := strings.ToLower(gap)
	for _, w := range []string{"mục ", "phần ", "chương ", "phụ lục", "mẫu ", "khoản ", "điểm ", "biểu ", "điều "} {
		if i := strings.LastIndex(low, w); i >= 0 && (i == 0 || low[i-1] == ' ') && !strings.ContainsAny(low[i:], ";") {
			return true
		}
	}
	return false
}

// ranks order forms of instruments: none ends one that stands higher.
var ranks = map[corpus.InstrumentType]int{
	corpus.Constitution: 5, corpus.Code: 4, corpus.Law: 4, corpus.Ordinance: 3, corpus.Resolution: 4, corpus.Decree: 2, corpus.Decision: 1, corpus.Circular: 1,
	corpus.JointCirc: 1, corpus.Directive: 1,
}

// mayEnd reports whether from may end or change to by the order of legal forms; unknown
// forms may.
func mayEnd(from, to string) bool {
	a, b := ranks[corpus.TypeOfNumber(from)], ranks[corpus.TypeOfNumber(to)]
	return a == 0 || b == 0 || a >= b
}

// inserted reads "bổ sung điểm d vào sau điểm c khoản 3 Điều 10 …": the new place is
// named short, and where it goes in full.
func (r *relationReader) inserted(part string, target corpus.Provision) ([]corpus.Provision, bool) {
	what, where, ok := strings.Cut(part, " vào sau ")
	if !ok {
		if what, where, ok = strings.Cut(part, " vào trước "); !ok {
			return nil, false
		}
	}
	beside := Reader{In: target, Names: r.names, On: r.day(false)}.References(where)
	if len(beside) == 0 {
		return nil, false
	}
	in := beside[0].Provisions[0]
	fresh := Reader{In: corpus.Provision{Instrument: in.Instrument, Article: in.Article, Clause: in.Clause}}
	var out []corpus.Provision
	for _, m := range fresh.References(what) {
		for _, p := range m.Provisions {
			if p.Point != "" && p.Clause == "" {
				p.Clause = in.Clause
			}
			out = append(out, p)
		}
	}
	return out, len(out) > 0
}

// withoutQuotes blanks what stands in quotation marks: words, not references.
func withoutQuotes(s string) string {
	for {
		i := strings.Index(s, "“")
		if i < 0 {
			return s
		}
		j := strings.Index(s[i:], "”")
		if j < 0 {
			return s[:i]
		}
		s = s[:i] + s[i+j+len("”"):]
	}
}

// history words join an instrument to the one before it: it is named as part of the
// other's title or past.
var history = []string{"sửa đổi", "bổ sung", "theo ", "hướng dẫn", "quy định", "thi hành", "ban hành", "về ", "của ", "tại ", "bởi ", "căn cứ", "bằng", "trừ "}

func inHistory(gap string) bool {
	low := strings.ToLower(gap)
	for _, w := range history {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// isListGap reports whether what stands between two references makes the second an item
// of the same list: a comma, "và" or a semicolon right before it. Inside a title a comma
// goes on with the title.
func isListGap(gap string, title bool) bool {
	t := strings.TrimRight(strings.TrimSuffix(strings.TrimRight(gap, " \n"), "số"), " \n")
	semicolon := strings.HasSuffix(t, ";") || strings.HasSuffix(t, "; và")
	if semicolon {
		return true
	}
	joint := strings.HasSuffix(t, ",") || strings.HasSuffix(t, " và") || t == "và" || strings.HasSuffix(t, ", và") || strings.HasSuffix(strings.ToLower(t), "các") && strings.Contains(t, ",")
	if !joint || title {
		return false
	}
	low := strings.ToLower(gap)
	return !strings.Contains(low, "sửa đổi") && !strings.Contains(low, " theo ") && !ofALaw(low)
}

// ofALaw: "… một số điều của Luật Xuất bản và": the next one goes on with that title.
func ofALaw(low string) bool {
	for _, w := range []string{"của luật ", "của bộ luật ", "của pháp lệnh ", "thi hành luật ", "thi hành bộ luật ", "thi hành pháp lệnh "} {
		if i := strings.LastIndex(low, w); i >= 0 && !strings.ContainsAny(low[i:], ";") {
			return true
		}
	}
	return false
}

// amendedBy reads which instrument an amending article is about: "Sửa đổi, bổ sung một số
// điều của Luật Hộ tịch số 60/2014/QH13" (zero where it is about none).
func (r *relationReader) amendedBy(head string) corpus.Provision {
	low := strings.ToLower(head)
	if !strings.HasPrefix(low, "sửa đổi") && !strings.HasPrefix(low, "bổ sung") && !strings.HasPrefix(low, "bãi bỏ") && !strings.HasPrefix(low, "thay thế") {
		return corpus.Provision{}
	}
	for _, m := range (Reader{Names: r.names, On: r.day(false)}).References(withoutQuotes(head)) {
		if n := m.Provisions[0].Instrument; n != "" {
			return corpus.Provision{Instrument: n, Article: m.Provisions[0].Article}
		}
	}
	return corpus.Provision{}
}

// title reads what the name says: guides and amends.
func (r *relationReader) title() {
	t := r.in.Title
	low := strings.ToLower(t)
	kind := corpus.RelationKind("")
	switch {
	case strings.Contains(low, "sửa đổi") || strings.Contains(low, "bổ sung một số điều"):
		kind = corpus.Amends
	case strings.Contains(low, "bãi bỏ"):
		return // the articles say what, and whether in part
	case strings.Contains(low, "quy định chi tiết") || strings.Contains(low, "hướng dẫn") || strings.Contains(low, "biện pháp thi hành"):
		kind = corpus.Guides
	}
	if kind == "" {
		return
	}
	title := false
	end := 0
	for i, m := range (Reader{Names: r.names, On: r.day(kind == corpus.Guides)}).References(t) {
		gap := t[end:m.Start]
		end = m.End
		p := m.Provisions[0]
		if i > 0 && !isListGap(gap, title) {
			title = true
			continue
		}
		if p.Instrument != "" {
			r.add(corpus.Relation{From: corpus.Provision{Instrument: r.in.Number}, Kind: kind, To: corpus.Provision{Instrument: p.Instrument}, Evidence: t})
		}
	}
}
