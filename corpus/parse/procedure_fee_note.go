package parse

import (
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus"
)

var (
	bulletMark  = regexp.MustCompile(`(?:^|[\s.;:)])\s*([-+*])\s*|(?:^|[\s.;])\s*[a-zđ]\)\s+|\n|;\s*|\.\s+|\t+`)
	orGoesOn    = regexp.MustCompile(`(?i)^(?:hoặc|và) `)
	spanPhrase  = regexp.MustCompile(`(?i),?\s*(?:kể )?từ\s+(?:kể từ )?(?:ngày\s+)?` + dayShape + `(?:\s+đến\s+(?:hết\s+)?(?:ngày\s+)?` + dayShape + `)?,?`)
	fillerEnd   = regexp.MustCompile(`(?i)(?:^|[\s,;:(]+)(?:thì|áp dụng|mức thu|mức|thu|lệ phí|phí|nộp|là|gồm|bao gồm|kể)+$`)
	fillerHead  = regexp.MustCompile(`(?i)^(?:(?:mức )?(?:thu )?(?:lệ phí|phí)|mức thu|kể từ|áp dụng)\s*:?\s*$|^(?:lệ phí|phí)\s*:\s*|^(?:mức (?:thu )?(?:lệ )?phí)\s*:\s*`)
	boundInside = regexp.MustCompile(`(?i)tối thiểu|tối đa|không dưới|không quá`)
	forTail     = regexp.MustCompile(`(?i)^(?:đối với|cho|trường hợp|nếu) [^.;]*$`)
	moneyWords  = regexp.MustCompile(`(?i)(?:mươi|mười|trăm|nghìn|ngàn|triệu|tỷ)\s.*đồng`)
	behindSum   = regexp.MustCompile(`^\s*(?:[Đđ]ồng)?\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)?`)
)

// sumsIn reads every sum of a note with its case, unit and days. sure is false where the
// note is a formula or a number is misprinted: then its words must stand as they are.
func (r *portalReader) sumsIn(note string) (fees []corpus.Fee, sure bool) {
	found, broken := findMoney(note)
	if broken || len(found) > 0 && formulaHit.MatchString(note) {
		return nil, false
	}
	header, headerMark, stem, last := "", "", "", 0
	for i, m := range found {
		next := len(note)
		if i+1 < len(found) {
			next = found[i+1].at
		}
		pre := note[last:m.at]
		var mark, words string
		header, headerMark, mark, words = caseBefore(pre, header, headerMark)
		if mark != "" && mark == headerMark {
			header, headerMark = "", ""
		}
		inside, end := insideBehind(note[m.end:next], m.end)
		if strings.HasPrefix(strings.TrimSpace(pre), ",") {
			words = joinCase(stem, words) // "… hạng A1: lý thuyết: 60.000, thực hành: 60.000"
		} else if at := strings.LastIndex(words, ": "); at > 0 {
			stem = words[:at]
		} else {
			stem = ""
		}
		f := corpus.Fee{VND: m.vnd, Unit: m.unit, Case: joinCase(header, words)}
		if m.foreign != "" {
			f.Text = m.foreign
			if m.unit != "" {
				f.Text, f.Unit = f.Text+"/"+m.unit, ""
			}
		}
		if c := trimCase(inside); f.Case == "" && c != "" && !spanWords.MatchString(c) && citation.FindString(c) == "" && !moneyWords.MatchString(c) {
			if first, _, more := strings.Cut(c, ". "); more && (len([]rune(first)) > 80 || strings.HasPrefix(first, "Mức")) {
				f.Text = strings.TrimPrefix(f.Text+"; "+c, "; ")
			} else {
				f.Case = trimCase(first)
			}
		} else if boundInside.MatchString(inside) && f.Text == "" {
			f.Text = strings.TrimSpace(inside)
		}
		if f.Text == "" {
			f.Text = boundOf(note[end:next])
		}
		f.Prov = r.provFor(scopeOf(note, m, last, next))
		if spanWords.MatchString(f.Case) {
			f.Case = ""
		}
		f.Kind = kindOf(pre)
		if k := len(fees) - 1; k >= 0 && fees[k].VND == f.VND && fees[k].Text == f.Text && strings.Contains(note[last:m.at], "(") && !strings.Contains(note[last:m.at], ")") {
			// "20.000 Đồng (Lệ phí cấp mới: 20.000 đồng/giấy)": one fee said twice.
			fees[k].Case, fees[k].Unit, last = firstOf(fees[k].Case, f.Case), firstOf(fees[k].Unit, f.Unit), end
			continue
		}
		fees = append(fees, f)
		last = end
	}
	if len(fees) == 1 && fees[0].Text == "" {
		tail := strings.Trim(note[last:], " .;,)(")
		if fees[0].Case == "" && forTail.MatchString(tail) && len([]rune(tail)) < 120 {
			fees[0].Case = trimCase(tail)
		} else if len([]rune(tail)) > 15 && !citesOnly.MatchString(tail) && !spanWords.MatchString(tail) {
			fees[0].Text = tail
		}
	}
	return withoutRepeatedFees(fees), true
}

// listItem begins one more fee in the flattened list of an older portal: the column's
// sum, its case, then "Phí: 400000 Đồng (case)" again and again.
var listItem = regexp.MustCompile(`(?:^|[\s,.;)])(?:Lệ phí|Phí)\s*:\s*\d`)

// listedFees reads such a list. The words in front of the first item are the case of the
// column's sum, unless that sum is listed itself: then the column holds another item.
func (r *portalReader) listedFees(vnd int64, note string) []corpus.Fee {
	at := listItem.FindStringIndex(note)
	if at == nil || at[0] == 0 {
		return nil
	}
	head := strings.TrimPrefix(strings.TrimSpace(note[:at[0]]), "Đồng")
	if sums, broken := findMoney(head); len(sums) > 0 || broken {
		return nil
	}
	fees, sure := r.sumsIn(note[at[0]:])
	if !sure || len(fees) == 0 {
		return nil
	}
	listed := false
	for i, f := range fees {
		listed = listed || f.VND == vnd
		if f.Case == "" && f.Text != "" && len([]rune(f.Text)) <= 120 && citation.FindString(f.Text) == "" {
			fees[i].Case, fees[i].Text = trimCase(f.Text), "" // "Phí: 1,700,000 Sát hạch thực hành"
		}
	}
	if listed {
		return fees
	}
	return append([]corpus.Fee{r.columnFee(vnd, strings.TrimSpace(head))}, fees...)
}

// spanWords marks words that say when a sum holds, not for whom.
var spanWords = regexp.MustCompile(`(?i)từ ngày|từ kể từ|đến hết|đến ngày|áp dụng mức`)

// caseBefore reads what stands in front of a sum: the last clause is its case; a clause
// ending in ":" in front of a bullet is the header of the bullets that follow.
func caseBefore(pre, header, headerMark string) (newHeader, newMark, mark, words string) {
	newHeader, newMark = header, headerMark
	type piece struct{ mark, text string }
	var pieces []piece
	start, m := 0, ""
	for _, at := range bulletMark.FindAllStringSubmatchIndex(pre, -1) {
		pieces = append(pieces, piece{m, strings.TrimSpace(pre[start:at[0]] + strings.Trim(pre[at[0]:at[0]+min(1, at[1]-at[0])], " -+*\n\t;.)"))})
		start, m = at[1], ""
		if at[2] >= 0 {
			m = pre[at[2]:at[3]]
		}
	}
	pieces = append(pieces, piece{m, strings.TrimSpace(pre[start:])})
	for _, p := range pieces[:len(pieces)-1] {
		if strings.HasSuffix(p.text, ":") {
			newHeader, newMark = trimCase(p.text), p.mark
		}
	}
	last := pieces[len(pieces)-1]
	if len(pieces) > 1 && orGoesOn.MatchString(last.text) {
		before := pieces[len(pieces)-2]
		last.text, last.mark = before.text+"; "+last.text, before.mark
	}
	return newHeader, newMark, last.mark, trimCase(spanPhrase.ReplaceAllString(last.text, " "))
}

// trimCase takes bullets, closing marks and words like "mức thu là" off a case.
func trimCase(s string) string {
	s = oneLine(strings.NewReplacer("->", " – ").Replace(s))
	for {
		t := strings.Trim(s, " .;:,-+*/()")
		if strings.Count(t, "(") > strings.Count(t, ")") {
			t += ")"
		}
		t = fillerEnd.ReplaceAllString(t, "")
		t = fillerHead.ReplaceAllString(t, "")
		if t == s || len(t) >= len(s) {
			return t
		}
		s = t
	}
}

// insideBehind reads the bracket right behind a sum and says where it ends; a bracket
// that holds a sum of its own is left for that sum.
func insideBehind(s string, at int) (inside string, end int) {
	m := behindSum.FindStringSubmatchIndex(s)
	if m == nil {
		return "", at
	}
	return s[m[2]:m[3]], at + m[1]
}

// scopeOf is the stretch of words whose dates bind a sum: its own bracket where the sum
// stands in one, else its sentence with the bracket behind it.
func scopeOf(note string, m money, last, next int) string {
	if open := strings.LastIndexByte(note[:m.at], '('); open >= last-1 && open >= 0 && strings.IndexByte(note[open:m.at], ')') < 0 {
		if end := closingBracket(note[open:]); end > 0 {
			return note[open : open+end]
		}
		return note[open:]
	}
	start := 0
	for _, mark := range []string{". ", "; ", ";", "\n", " - ", " + "} {
		if i := strings.LastIndex(note[:m.at], mark); i >= 0 {
			start = max(start, i+len(mark))
		}
	}
	end, depth := len(note), 0
	for i := m.end; i < len(note); i++ {
		c := note[i]
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0 && (c == ';' || c == '\n' || c == '.' && i+1 < len(note) && note[i+1] == ' '):
			end = i
		}
		if end < len(note) {
			break
		}
	}
	scope := note[start:end]
	// A bracket with a sum inside speaks of that sum alone.
	if open := strings.IndexByte(scope[min(len(scope), m.end-start):], '('); open >= 0 {
		open += m.end - start
		if inner, _ := findMoney(scope[open:]); len(inner) > 0 {
			scope = scope[:open]
		}
	}
	return scope
}

func joinCase(header, words string) string {
	switch {
	case header == "" || header == words:
		return words
	case words == "":
		return header
	}
	return header + ": " + words
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func withoutRepeatedFees(fees []corpus.Fee) []corpus.Fee {
	var out []corpus.Fee
	for _, f := range fees {
		repeated := false
		for i, g := range out {
			fits := g.Unit == f.Unit || g.Unit == "" || f.Unit == "" || g.Case != "" && f.Case == ""
			same := fits && g.VND == f.VND && g.Text == f.Text && g.Free == f.Free && (g.Case == f.Case || f.Case == "")
			if same && (g.Prov == nil) == (f.Prov == nil) && (f.Prov == nil || f.Prov.Validity == g.Prov.Validity) {
				out[i].Unit = firstOf(g.Unit, f.Unit) // "Phí: 50.000 Đồng - 50.000đ/tem"
				repeated = true
			}
		}
		if !repeated {
			out = append(out, f)
		}
	}
	return out
}

// kindOf says whether words speak of phí or of lệ phí; "" where of both or neither.
func kindOf(s string) string {
	s = strings.ToLower(s)
	charge := strings.Count(s, "lệ phí")
	fee := strings.Count(s, "phí") - charge - strings.Count(s, "chi phí")
	for _, free := range []string{"miễn phí", "miễnphí", "miễ phí"} { // the last two are how it is mistyped
		fee -= strings.Count(s, free)
	}
	switch {
	case charge > 0 && fee <= 0:
		return "lệ phí"
	case fee > 0 && charge == 0:
		return "phí"
	}
	return ""
}
