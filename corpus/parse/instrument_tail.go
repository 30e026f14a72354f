package parse

import (
	"strings"
	"unicode"

	"github.com/motcua/motcua/corpus"
)

// readTail reads what stands under the last article: the day a law was passed, and who
// signed.
func readTail(in *corpus.Instrument, lines []string) {
	if in.Issued.IsZero() {
		all := strings.Join(lines, " ")
		if d, ok := dayAfter(all, "thông qua ngày "); ok && len(lines) > 0 {
			in.Issued = d
		}
	}
	signing := false
	for _, l := range lines {
		if isSignerTitle(l) {
			signing = true
			continue
		}
		if signing && isPersonName(l) {
			in.Signer = l
			return
		}
	}
}

var signerTitles = []string{"TM.", "KT.", "TL.", "TUQ.", "THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "TỔNG CỤC TRƯỞNG",
	"THỐNG ĐỐC", "PHÓ THỐNG ĐỐC", "CHÁNH ÁN", "VIỆN TRƯỞNG", "TỔNG"}

func isSignerTitle(l string) bool {
	for _, t := range signerTitles {
		if strings.HasPrefix(l, t) {
			return true
		}
	}
	return false
}

// isPersonName tells a line of two to five words, each with one capital in front.
func isPersonName(l string) bool {
	words := strings.Fields(l)
	if len(words) < 2 || len(words) > 5 || strings.ContainsAny(l, ".,:;()/0123456789|") {
		return false
	}
	for _, w := range words {
		r := []rune(w)
		if !unicode.IsUpper(r[0]) || len(r) > 1 && !unicode.IsLower(r[1]) {
			return false
		}
	}
	return true
}

// readAnnexes cuts what follows the signature at its own heads. Two annexes of one number
// get "a second" behind it so that each has its own address.
func readAnnexes(lines []string) []corpus.Annex {
	var out []corpus.Annex
	var body []string
	seen := map[string]int{}
	flush := func() {
		if k := len(out); k > 0 {
			out[k-1].Text = strings.Join(joinWrapped(body), "\n")
		}
		body = nil
	}
	for i := 0; i < len(lines); i++ {
		if !startsAnnex(lines, i) || len(out) > 0 && !isAnnexHead(lines[i]) && !bodyHasText(body) {
			body = append(body, lines[i])
			continue
		}
		flush()
		a := annexHead(lines[i])
		if seen[a.Number]++; seen[a.Number] > 1 {
			a.Number += "-" + string(rune('0'+min(seen[a.Number], 9)))
		}
		for i+1 < len(lines) && (lines[i+1] == "" || isUpper(lines[i+1]) && !isAnnexHead(lines[i+1]) && !opensLevel(lines[i+1]) && !strings.HasPrefix(lines[i+1], "|")) {
			a.Title = strings.TrimSpace(a.Title + " " + lines[i+1])
			i++
		}
		out = append(out, a)
	}
	flush()
	return out
}

func bodyHasText(body []string) bool {
	for _, l := range body {
		if l != "" && !isUpper(l) && !strings.HasPrefix(l, "(") {
			return true
		}
	}
	return false
}

// annexHead reads "PHỤ LỤC SỐ 01: DANH MỤC"; an annex without a number is "kèm theo".
func annexHead(l string) corpus.Annex {
	rest, ok := cutFoldPrefix(l, "phụ lục")
	if !ok {
		return corpus.Annex{Number: "kèm theo", Title: l}
	}
	rest = strings.TrimSpace(rest)
	if r, ok := cutFoldPrefix(rest, "số"); ok {
		rest = strings.TrimLeft(r, ": ")
	}
	c := &cursor{s: rest}
	number := c.annexNumber()
	if number == "" {
		number = "kèm theo"
	}
	return corpus.Annex{Number: number, Title: strings.TrimLeft(rest[c.i:], ".:- ")}
}
