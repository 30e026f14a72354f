package parse

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// feeColumn is the fee cell: free, empty, or a sum.
type feeColumn struct {
	free, empty bool
	vnd         int64
	foreign     string
	// cut is set where the portal lost what stood behind the first dot: "100 VNĐ" for
	// 100.000; vnd then holds the few digits left.
	cut bool
}

// readFeeColumn reads the cell.
func readFeeColumn(w way) feeColumn {
	switch w.fee {
	case "Miễn phí":
		return feeColumn{free: true}
	case noInformation:
		return feeColumn{empty: true}
	}
	digits, cur := feeDigits(w.fee)
	if cur == "USD" || cur == "EUR" {
		return feeColumn{foreign: digits + " " + cur}
	}
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", ".", "").Replace(digits), 10, 64)
	if err != nil {
		return feeColumn{empty: true}
	}
	return feeColumn{vnd: n, cut: !strings.ContainsAny(digits, ".,") && n < 1000}
}

// feeDigits parts a sum from its currency: "7,000 Việt Nam Đồng".
func feeDigits(cell string) (digits, currency string) {
	end := strings.IndexFunc(cell, func(r rune) bool { return !isDigit(r) && r != '.' && r != ',' })
	if end < 0 {
		return cell, ""
	}
	return cell[:end], strings.TrimSpace(cell[end:])
}

// fees reads the fee of each row from its column and its note.
func (r *portalReader) fees(rows []way) {
	perChannel := map[corpus.Channel]map[string]bool{}
	for _, w := range rows {
		if perChannel[w.channel] == nil {
			perChannel[w.channel] = map[string]bool{}
		}
		perChannel[w.channel][w.fee+"|"+w.note] = true
	}
	var all []corpus.Fee
	read := map[[3]string][]corpus.Fee{} // the channels mostly repeat one another
	for _, w := range rows {
		key := [3]string{w.fee, w.note, w.about}
		if _, done := read[key]; !done {
			read[key] = r.feesOf(w)
		}
		list := slices.Clone(read[key])
		for i := range list {
			list[i].Channel = w.channel
		}
		ofItsChannel(list, perChannel)
		for i := range list {
			if list[i].Case == "" && len(perChannel[w.channel]) > 1 && w.about != "" {
				list[i].Case = zeroSum.ReplaceAllString(caseOfRow(way{about: w.about}), "")
			}
		}
		all = append(all, list...)
	}
	r.out.Fees = acrossChannels(all, channelsOf(rows), feeChannel, setFeeChannel)
	r.feesFarApart()
	r.freeAgainstOthers()
	if len(r.out.Fees) == 0 {
		r.flag("phi_le_phi", "Cổng không ghi phí, lệ phí", "")
	}
}

func feeChannel(f corpus.Fee) corpus.Channel        { return f.Channel }
func setFeeChannel(f *corpus.Fee, c corpus.Channel) { f.Channel = c }

// feesFarApart takes back a sum that is a hundred times another one per the same unit:
// one of them is misprinted at the source ("25.000.000đ/giấy thông hành" beside 50.000).
func (r *portalReader) feesFarApart() {
	low := map[string]int64{}
	for _, f := range r.out.Fees {
		if f.VND > 0 && f.Unit != "" && (low[f.Unit] == 0 || f.VND < low[f.Unit]) {
			low[f.Unit] = f.VND
		}
	}
	for i, f := range r.out.Fees {
		if f.VND > 0 && f.Unit != "" && f.VND >= 100*low[f.Unit] {
			r.flag("phi_le_phi", "Hai mức thu cùng đơn vị chênh nhau từ 100 lần trở lên, có thể nguồn ghi nhầm", f.Amount())
			r.keep("cach_thuc_thuc_hien", r.in.Ways)
			f.Text = f.Amount() + " (theo nguồn, có thể ghi nhầm)"
			f.VND, f.Unit = 0, ""
			r.out.Fees[i] = f
		}
	}
}

// freeAgainstOthers doubts a channel that is plainly free while another one asks a fee:
// "Miễn phí" is what the portal shows where nobody filled in the cell.
func (r *portalReader) freeAgainstOthers() {
	asked := false
	for _, f := range r.out.Fees {
		asked = asked || !f.Free
	}
	for i, f := range r.out.Fees {
		if asked && f.Free && f.Case == "" && f.Channel != "" && f.Prov == nil {
			p := r.out.Prov
			p.Confidence, p.Doubt = corpus.Low, "Kênh nộp khác của cùng thủ tục lại ghi có phí"
			r.out.Fees[i].Prov = &p
			r.flag("phi_le_phi", "Các kênh nộp không thống nhất: kênh ghi miễn phí, kênh ghi có phí", string(f.Channel))
		}
	}
}

// feesOf reads one row.
func (r *portalReader) feesOf(w way) []corpus.Fee {
	col := readFeeColumn(w)
	if w.torn {
		r.flag("phi_le_phi", "Ghi chú phí mở ngoặc mà không đóng", clipRunes(w.note, 300))
		r.keep("cach_thuc_thuc_hien", r.in.Ways)
	}
	note := trimOuterBrackets(joinSentences(unwrapNote(w.note, col), feeLines(w.about)))
	note = strings.TrimSpace(strings.ReplaceAll(note, "\t", " "))
	if len(note) > maxNote {
		r.flag("phi_le_phi", "Ghi chú phí quá dài, giữ nguyên văn", clipRunes(note, 300))
		r.keep("cach_thuc_thuc_hien", r.in.Ways)
		return []corpus.Fee{{Text: clipRunes(note, 2000)}}
	}
	if fees := r.partsOff(note); len(fees) > 0 {
		return fees
	}
	if fees := r.statedFees(w, col, note); len(fees) > 0 {
		return fees
	}
	rest, exempt := r.exemptions(note)
	if (col.free || col.empty) && feeless.MatchString(strings.Trim(rest, " .;:-")) {
		rest = ""
	}
	var list []corpus.Fee
	switch {
	case col.free || col.empty:
		list = r.feesOfNote(w, col, rest, len(exempt) > 0)
	case col.foreign != "":
		list = r.foreignFees(col.foreign, rest)
	case col.cut:
		list = r.cutFees(w, col, rest, note, len(exempt) > 0)
	default:
		list = r.sumFees(col.vnd, rest)
	}
	for i := range list {
		if list[i].VND == 0 && !list[i].Free {
			list[i].Text = strings.TrimRight(strings.TrimLeft(list[i].Text, "-+* "), " ;")
			if strings.Count(list[i].Text, ". ") == 0 {
				list[i].Text = strings.TrimRight(list[i].Text, ".")
			}
		}
	}
	return append(list, exempt...)
}

// maxNote is the longest note taken apart, in bytes; the longest real one is about 4,000.
const maxNote = 12_000

var (
	wrappedNote = regexp.MustCompile(`(?s)^(?:Phí ?: ?|Lệ phí ?: ?)?Đồng\s*\((.*)\)$`)
	wrappedSum  = regexp.MustCompile(`(?s)^(?:Phí|Lệ phí) ?: ?([\d.,]+) ?Đồng\s*\((.*)\)$`)
)

// unwrapNote takes off what an older form of the portal put around a note: "Đồng (…)",
// "Lệ phí : 400.000 Đồng (…)", where the words inside say the sum again.
func unwrapNote(note string, col feeColumn) string {
	if m := wrappedNote.FindStringSubmatch(note); m != nil && (col.free || col.empty) {
		return m[1]
	}
	if m := wrappedSum.FindStringSubmatch(note); m != nil {
		inner, broken := findMoney(m[2])
		for _, s := range inner {
			if !broken && digitsOf(s.vnd) == m[1] {
				return m[2]
			}
		}
	}
	return note
}

var (
	feeless = regexp.MustCompile(`(?i)^(?:không|không có|không quy định|chưa quy định|không thu|không thu (?:lệ )?phí|không áp dụng|chưa có quy định|không mất phí|không phải nộp)$`)
	// namesAFee tells a note that speaks of a fee set elsewhere from a bare case.
	namesAFee = regexp.MustCompile(`(?i)phí|giá |mức thu|thông tư|nghị quyết|hội đồng nhân dân|quy định|biểu`)
	kindOnly  = regexp.MustCompile(`(?i)^(?:phí|lệ phí|phí, lệ phí|phí thẩm định|lệ phí cấp[^:.]*|phí \p{Ll}[^:.]*)$`)
	noRule    = regexp.MustCompile(`(?i)không quy định[^.\n;]*phí`)
)

// feesOfNote reads a row whose column says free or nothing: a fee in the note counts.
func (r *portalReader) feesOfNote(w way, col feeColumn, note string, exempted bool) []corpus.Fee {
	if note == "" {
		switch {
		case exempted:
			if col.free {
				for _, f := range []string{w.note, w.about} {
					if strings.Contains(strings.ToLower(f), "đối với") || strings.Contains(strings.ToLower(f), " cho ") {
						r.flag("phi_le_phi", "Ghi chú chỉ nêu trường hợp được miễn, không nêu mức thu của trường hợp khác", clipRunes(w.note, 300))
						break
					}
				}
			}
			return nil
		case col.free:
			return []corpus.Fee{{Free: true}}
		case noRule.MatchString(w.about):
			return []corpus.Fee{{Text: "Không quy định phí, lệ phí"}}
		}
		return nil
	}
	if fees, sure := r.sumsIn(note); sure && len(fees) > 0 {
		return fees
	} else if len(fees) > 0 || !sure {
		r.flag("phi_le_phi", "Mức thu trong ghi chú không tách được chắc chắn, giữ nguyên văn", clipRunes(note, 300))
		r.keep("cach_thuc_thuc_hien", r.in.Ways)
		return []corpus.Fee{{Text: note, Kind: kindOf(note), Prov: r.provFor(note)}}
	}
	if namesAFee.MatchString(note) {
		if kindOnly.MatchString(strings.Trim(note, " .;:-")) {
			r.flag("phi_le_phi", "Ghi chú nêu có phí nhưng không nêu mức; cột ghi miễn phí", note)
			note = strings.TrimRight(note, " .:;") + ": Cổng không nêu mức"
		}
		return []corpus.Fee{{Text: note, Kind: kindOf(note), Prov: r.provFor(note)}}
	}
	if col.free {
		r.flag("phi_le_phi", "Cột ghi miễn phí kèm ghi chú không rõ nghĩa, cần đối chiếu", clipRunes(note, 300))
		return []corpus.Fee{{Free: true, Case: zeroSum.ReplaceAllString(trimCase(note), "")}}
	}
	return nil
}

// sumFees reads a row whose column holds a full sum.
func (r *portalReader) sumFees(vnd int64, note string) []corpus.Fee {
	plain := func() []corpus.Fee { return []corpus.Fee{r.columnFee(vnd, note)} }
	if note == "" {
		return []corpus.Fee{{VND: vnd}}
	}
	if listed := r.listedFees(vnd, note); len(listed) > 0 {
		return listed
	}
	fees, sure := r.sumsIn(note)
	if !sure {
		r.flag("phi_le_phi", "Ghi chú phí không tách được chắc chắn; lấy mức ở cột, giữ nguyên văn ghi chú", clipRunes(note, 300))
		return []corpus.Fee{{VND: vnd, Text: note}}
	}
	var open, sum int64
	same, bounded, most := false, true, int64(0)
	for _, f := range fees {
		same = same || f.VND == vnd
		if f.Prov == nil || f.Prov.Validity == (corpus.Validity{}) {
			bounded = false
			open, sum = open+1, sum+f.VND
		}
		most = max(most, f.VND)
	}
	switch {
	case len(fees) == 0:
		return plain()
	case same:
		return fees
	case bounded && most <= vnd:
		return append([]corpus.Fee{{VND: vnd, Unit: fees[0].Unit, Kind: kindOf(note)}}, fees...)
	case open > 1 && sum == vnd:
		whole := []corpus.Fee{{VND: vnd, Text: note}} // "gồm 3.000.000 … ; 1.500.000 …"
		for _, f := range fees {
			if f.Prov != nil && f.Prov.Validity != (corpus.Validity{}) && f.VND < vnd {
				whole = append(whole, f)
			}
		}
		return whole
	}
	r.flag("phi_le_phi", "Mức thu ở cột và ở ghi chú không khớp, giữ nguyên văn", corpus.Money(vnd)+" / "+clipRunes(note, 300))
	r.keep("cach_thuc_thuc_hien", r.in.Ways)
	return []corpus.Fee{{Text: corpus.Money(vnd) + " (" + note + ")"}}
}

var (
	unitNote      = regexp.MustCompile(`(?i)^(?:đồng|đông|đ)? ?/? ?((?:1 |01 )?(?:lần|hồ sơ|bản|giấy|văn bản|di chúc|giao dịch|trường hợp|trang|lần cấp|người|thẻ|tấn|loại|hộ chiếu|lô hàng|mẫu|đơn|chứng chỉ|sản phẩm)(?:[ /][^;:,.()]{0,40})?)$`)
	slashUnit     = regexp.MustCompile(`(?i)^(?:đồng|đông|đ)? ?/ ?([^;:,.()/]{2,40})$`)
	justWord      = regexp.MustCompile(`(?i)^(?:đồng|đông|đ|vnđ|việt nam đồng)$`)
	sumWords      = regexp.MustCompile(`\d ?(?:đ|đồng|Đồng)(?:[^\p{L}]|$)`) // a sum that could not be read
	citesOnly     = regexp.MustCompile(`(?i)^(?:phí ?: ?)?(?:đồng )?\(?(?:theo |áp dụng |quy định |từ ngày |mức phí kể từ|thực hiện |căn cứ |thông tư |nghị quyết )`)
	inLettersHead = regexp.MustCompile(`(?i)^\(?[^()]*(?:mươi|mười|trăm|nghìn|ngàn|triệu|tỷ)[^()]*đồng\)\s*`)
	unitThenCase  = regexp.MustCompile(`(?i)^(?:đồng)? ?/ ?(lần|hồ sơ|bản|giấy|trường hợp|trang|người|thẻ)[.;,:]\s+(.+)$`)
)

// columnFee words a column's sum with a note that holds no sum: unit, case or rule.
func (r *portalReader) columnFee(vnd int64, note string) corpus.Fee {
	note = inLettersHead.ReplaceAllString(note, "")
	if strings.Count(note, "(") > strings.Count(note, ")") {
		note = strings.TrimLeft(note, "( ")
	}
	f := corpus.Fee{VND: vnd, Kind: kindOf(note), Prov: r.provFor(note)}
	if m := unitThenCase.FindStringSubmatch(note); m != nil {
		f.Unit, f.Case = strings.ToLower(m[1]), trimCase(m[2])
		return f
	}
	body, paren := note, ""
	if at := strings.IndexByte(note, '('); at >= 0 && (strings.HasSuffix(strings.TrimRight(note, " ."), ")") || unitOnly(note[:at])) {
		body, paren = strings.TrimSpace(note[:at]), trimCase(note[at:])
	}
	body = strings.TrimSpace(strings.TrimSuffix(strings.Trim(body, " .;:-"), " Đồng"))
	m := unitNote.FindStringSubmatch(body)
	if m == nil {
		m = slashUnit.FindStringSubmatch(body)
	}
	switch {
	case m != nil:
		f.Unit = strings.TrimSpace(m[1])
		if citation.FindString(paren) == "" {
			f.Case = paren
		} else {
			f.Text = paren
		}
	case justWord.MatchString(body) || body == "":
		f.Case = trimCase(paren)
	case citesOnly.MatchString(note), sumWords.MatchString(note):
		f.Text = note
	case kindOnly.MatchString(body) && !strings.Contains(body, " "), strings.EqualFold(body, "Phí, lệ phí"):
	case len([]rune(note)) <= 240:
		f.Case = trimCase(note)
	default:
		f.Text = note
	}
	return f
}

// unitOnly reports whether words are nothing but a unit: "đồng/lần", "/hồ sơ".
func unitOnly(s string) bool {
	s = strings.TrimSpace(strings.TrimSuffix(strings.Trim(s, " .;:-"), " Đồng"))
	return justWord.MatchString(s) || slashUnit.MatchString(s) || unitNote.MatchString(s)
}

// foreignFees words a sum in a foreign currency; corpus.Fee counts đồng only.
func (r *portalReader) foreignFees(sum, note string) []corpus.Fee {
	if note == "" {
		return []corpus.Fee{{Text: sum}}
	}
	if fees, sure := r.sumsIn(note); sure && len(fees) > 0 {
		return fees
	}
	f := r.columnFee(0, note)
	f.VND = 0
	if f.Unit != "" {
		sum, f.Unit = sum+"/"+f.Unit, ""
	}
	if f.Text != "" {
		sum += " (" + f.Text + ")"
	}
	f.Text = sum
	return []corpus.Fee{f}
}
