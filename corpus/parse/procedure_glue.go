package parse

import "strings"

// unglue parts the time from the fee where the time cell has a number without a unit: the
// table then reads "1100 VNĐ" for time 1 and fee 100. The portal groups thousands by
// commas and its time cell is never empty, so at least one digit is the time and at most
// three stand in front of the first comma. Of several ways to cut, the one that a sibling
// row or the note proves is taken; where nothing proves it the row is flagged.
func (r *portalReader) unglue(rows []way) {
	bare := map[string]bool{}
	for _, w := range rows {
		if allDigits(w.time) {
			bare[w.time] = true
		}
	}
	for i := range rows {
		w := &rows[i]
		if w.time != "" || !strings.ContainsFunc(w.fee, isDigit) {
			continue
		}
		digits, cur := feeDigits(w.fee)
		cuts := gluedCuts(digits)
		if len(cuts) == 0 {
			r.flag("cach_thuc_thuc_hien", "Không tách được thời gian và phí dính liền", w.fee)
			continue
		}
		best := cuts[0]
		for _, c := range cuts {
			if bare[digits[:c]] || strings.Contains(w.note, digits[c:]+".000") {
				best = c
				break
			}
		}
		if len(cuts) > 1 && !bare[digits[:best]] && !strings.Contains(w.note, digits[best:]+".000") {
			r.flag("cach_thuc_thuc_hien", "Thời gian và phí dính liền, có thể tách nhiều cách", w.fee)
		}
		w.time, w.fee = digits[:best], digits[best:]+" "+cur
	}
}

// gluedCuts lists where digits may part into time and fee, shortest time first.
func gluedCuts(digits string) []int {
	head := digits
	if i := strings.IndexAny(digits, ".,"); i >= 0 {
		head = digits[:i]
	}
	var cuts []int
	for c := 1; c < len(head) && c <= 3; c++ {
		if head[c] != '0' && head[0] != '0' && len(head)-c <= 3 {
			cuts = append(cuts, c)
		}
	}
	return cuts
}

func allDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return !isDigit(c) })
}
