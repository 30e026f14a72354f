package parse

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// onlineOnly is a case that can hold for one channel alone: a note repeated under every
// channel says "Trường hợp … nộp hồ sơ theo hình thức trực tuyến" for the reduced sum.
var onlineOnly = regexp.MustCompile(`(?i)nộp (?:hồ sơ )?(?:[^,;:.]{0,60} )?trực tuy[ếể]n$`)

// ofItsChannel leaves a sum that is meant for those who submit online to that channel,
// where the procedure has it, whatever row repeats the note.
func ofItsChannel(list []corpus.Fee, channels map[corpus.Channel]map[string]bool) {
	if channels[corpus.Online] == nil {
		return
	}
	for i := range list {
		if onlineOnly.MatchString(list[i].Case) {
			list[i].Channel = corpus.Online
		}
	}
}

// boundBehind is what bounds a sum in the words behind it: "…, tối đa thu không quá
// 200.000 đồng/bản". It is no fee, and must not be lost.
var boundBehind = regexp.MustCompile(`(?i)^[^;.:]{0,4}(?:mức thu )?((?:tối đa|tối thiểu|không quá|không dưới)\D{0,30}\d[\d.,]* ?(?:đồng|đ)(?:/\p{L}+)?)`)

// boundOf finds the bound of a sum; "" where it has none.
func boundOf(behind string) string {
	if m := boundBehind.FindStringSubmatch(behind); m != nil {
		return m[1]
	}
	return ""
}

// partOff is a sentence that lowers the sums in front of it for a span: "Kể từ ngày … đến
// hết ngày … mức thu … bằng 50% mức thu nêu trên theo … Thông tư số 64/2025/TT-BTC …".
var partOff = regexp.MustCompile(`(?i)[-+*;.\s]*(?:kể )?từ ngày ` + dayShape + ` đến (?:hết )?(?:ngày )?` + dayShape + `,? (mức thu[^.;()\n]{0,160}?) bằng (\d{1,2}) ?% mức thu[^;\n]*?(?:\.(?:\s|$)|;|$|\n)`)

// partsOff takes such sentences out of a note and works their sums out of the others. It
// answers nothing unless every other sum of the note is certain.
func (r *portalReader) partsOff(note string) []corpus.Fee {
	if !strings.Contains(note, "%") {
		return nil
	}
	cuts := partOff.FindAllStringSubmatch(note, -1)
	if len(cuts) == 0 {
		return nil
	}
	full, sure := r.sumsIn(strings.TrimSpace(partOff.ReplaceAllString(note, ". ")))
	if !sure || len(full) == 0 {
		return nil
	}
	out := full
	for _, cut := range cuts {
		prov := r.provFor(cut[0])
		percent, _ := strconv.ParseInt(cut[len(cut)-1], 10, 64)
		for _, f := range full {
			if prov == nil || f.VND == 0 || f.Prov != nil {
				return nil
			}
			f.VND, f.Prov, f.Kind = f.VND*percent/100, prov, firstOf(kindOf(cut[0]), f.Kind)
			if strings.Contains(strings.ToLower(cut[len(cut)-2]), "trực tuy") {
				f.Case = joinCase(f.Case, "nộp hồ sơ trực tuyến")
			}
			out = append(out[:len(out):len(out)], f)
		}
	}
	return out
}

var zeroSum = regexp.MustCompile(`(?i),?\s*(?:mức )?(?:thu )?(?:lệ )?phí ?:? ?0 ?(?:đ|đồng)$|\s*:\s*không$`)

// sumThenCase is a line with its sum first: "- 1.000.000 đồng (Một triệu đồng) đối với …".
var sumThenCase = regexp.MustCompile(`(?m)^([-+*]\s*)(\d[\d.,]* ?(?:đồng|đ)(?: \([^()\n]*\))?) ((?:đối với|cho) [^();\n]+?)(\s*\(|;|\.?$)`)

// statedFees reads a description that says the column's sum again with what belongs to
// it: "Tại Ủy ban nhân dân cấp xã: 2.000 đồng/trang; từ trang thứ 3 …", or parts by case
// that add up to the column, which nobody pays. Nil where it does neither.
func (r *portalReader) statedFees(w way, col feeColumn, note string) []corpus.Fee {
	if w.about == "" || col.vnd == 0 && col.foreign == "" || col.cut {
		return nil
	}
	if !strings.Contains(w.about, "000") && col.foreign == "" {
		return nil // no sum there
	}
	if inNote, _ := findMoney(note); col.foreign != "" && note != "" && !unitOnly(note) || len(inNote) > 1 {
		return nil
	}
	fees, sure := r.sumsIn(sumThenCase.ReplaceAllString(w.about, "$1$3: $2$4"))
	if !sure || len(fees) == 0 {
		return nil
	}
	same, parts, sum := false, 0, int64(0)
	for i, f := range fees {
		open := f.Prov == nil || f.Prov.Validity == (corpus.Validity{})
		same = same || open && col.vnd > 0 && f.VND == col.vnd || col.foreign != "" && strings.HasPrefix(f.Text, col.foreign)
		if open && f.Case != "" {
			parts, sum = parts+1, sum+f.VND
		}
		if f.Case == "" && !open && i > 0 && fees[i-1].VND > f.VND {
			fees[i].Case = fees[i-1].Case // the reduced sum in the bracket behind
		}
	}
	if same && fees[0].Case != "" || parts > 1 && sum == col.vnd {
		return fees
	}
	return nil
}
