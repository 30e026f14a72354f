package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
)

// cutFees reads a row whose column lost everything behind the first dot. The note can
// prove the full sum; where it does not, thousands are meant, since no fee is below a
// thousand đồng, and the fee is carried as uncertain. Abroad the sum is in another
// currency and stays in words.
func (r *portalReader) cutFees(w way, col feeColumn, rest, note string, exempted bool) []corpus.Fee {
	thousands := col.vnd * 1000
	fees, sure := r.sumsIn(rest)
	for _, f := range fees {
		if sure && (f.VND == thousands || strings.HasPrefix(f.Text, digitsOf(col.vnd)+" ")) {
			return fees // the note says it in full
		}
	}
	for _, f := range fees {
		if sure && f.VND > 0 && f.Prov != nil && halfOrFifthOff(thousands, f.VND) {
			return append([]corpus.Fee{{VND: thousands, Unit: f.Unit}}, fees...)
		}
	}
	lower := strings.ToLower(note + " " + w.about)
	switch {
	case col.vnd < 10 && (exempted || strings.Contains(lower, "miễn") || strings.Contains(lower, "0đ") || strings.Contains(lower, "0 đồng")):
		if exempted {
			return nil
		}
		return []corpus.Fee{{Free: true}}
	case sure && len(fees) > 0:
		r.flag("phi_le_phi", "Cột phí bị cắt số, lấy theo ghi chú", w.fee+" / "+clipRunes(rest, 200))
		return fees
	case col.vnd < 10, strings.Contains(lower, "cơ quan đại diện"), strings.Contains(strings.ToLower(r.in.Name), "ở nước ngoài"):
		r.flag("phi_le_phi", "Số tiền ở cột phí bị cắt, không rõ loại tiền và mức thật", w.fee)
		r.keep("cach_thuc_thuc_hien", r.in.Ways)
		f := corpus.Fee{Text: "Cổng ghi “" + digitsOf(col.vnd) + "”, không rõ loại tiền và mức thật"}
		if rest != "" && !strings.Contains(strings.ToLower(rest), "thông tư") {
			f.Case = trimCase(rest)
		}
		return []corpus.Fee{f}
	}
	r.flag("phi_le_phi", "Cổng cắt phần nghìn của mức thu; hiểu là nghìn đồng", w.fee)
	f := r.columnFee(thousands, rest)
	if f.Prov == nil {
		p := r.out.Prov
		f.Prov = &p
	}
	f.Prov.Confidence = corpus.Low
	f.Prov.Doubt = "Cổng ghi “" + digitsOf(col.vnd) + "”, mất phần nghìn"
	return []corpus.Fee{f}
}

// halfOrFifthOff reports whether reduced is full less the usual 50 %, 30 %, 20 % or 10 %.
func halfOrFifthOff(full, reduced int64) bool {
	for _, percent := range []int64{50, 70, 80, 90} {
		if full*percent == reduced*100 {
			return true
		}
	}
	return false
}

func digitsOf(n int64) string { return strings.TrimSuffix(corpus.Money(n), " đồng") }
