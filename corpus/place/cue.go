package place

import "strings"

// cue is a word before a name that says what tier is meant.
type cue struct {
	kind  string // as in kindWords
	short bool   // one letter: needs a dot, a number or a capital behind it
}

// cues are keyed by the folded words.
var cues = map[string]cue{
	"phuong": {kind: "phường"}, "p": {kind: "phường", short: true},
	"xa": {kind: "xã"}, "x": {kind: "xã", short: true},
	"thi tran": {kind: "thị trấn"}, "tt": {kind: "thị trấn"},
	"dac khu": {kind: "đặc khu"},
	"quan":    {kind: "quận"}, "q": {kind: "quận", short: true},
	"huyen": {kind: "huyện"}, "h": {kind: "huyện", short: true},
	"thi xa": {kind: "thị xã"}, "tx": {kind: "thị xã"},
	"thanh pho": {kind: "thành phố"}, "tp": {kind: "thành phố"},
	"tinh": {kind: "tỉnh"}, "t": {kind: "tỉnh", short: true},
}

// tiers a cue may mean. People keep saying "huyện" of what became a town, so kinds are
// mixed freely within a tier, at a small price.
func (c cue) means(l Level) bool {
	switch c.kind {
	case "phường", "xã", "thị trấn", "đặc khu":
		return l == CommuneLevel
	case "quận", "huyện", "thị xã":
		return l == DistrictLevel
	case "tỉnh":
		return l == ProvinceLevel
	}
	return l != CommuneLevel // thành phố
}

// cued reads a cue and the longest name behind it.
func (r *reading) cued(i int) (atom, bool) {
	for n := 2; n > 0; n-- {
		if i+n >= len(r.ws) {
			continue
		}
		plain := r.ws[i].plain
		if n == 2 {
			plain += " " + r.ws[i+1].plain
		}
		c, ok := cues[plain]
		if !ok || !r.isCue(c, i, n) {
			continue
		}
		for size := min(r.ix.longest, len(r.ws)-i-n); size > 0; size-- {
			if units := r.behind(c, r.ws[i+n:i+n+size]); len(units) > 0 && !r.offhand(r.ws[i+n:i+n+size], units) {
				return atom{from: i, to: i + n + size, cued: true, units: units, tier: tierOf(units)}, true
			}
		}
	}
	return atom{}, false
}

// offhand reports whether small words behind a cue only happen to spell a name once marks
// are thought away: "cấp xã cho phép" is not the town of Chờ.
func (r *reading) offhand(ws []word, units []scored) bool {
	for _, w := range ws {
		if w.title {
			return false
		}
	}
	return (r.marked || len(ws) == 1) && !anyExact(atom{units: units})
}

// isCue weeds out words that only look like cues: "xã hội", "cơ quan", "tính".
func (r *reading) isCue(c cue, i, n int) bool {
	w, next := r.ws[i], r.ws[i+n]
	if c.short {
		dotted := strings.HasPrefix(next.gap, ".")
		number := classOf(rune(next.plain[0])) == 2
		return w.bare() && (dotted || number && (c.kind == "phường" || c.kind == "quận") || w.title && next.title && next.gap == " ")
	}
	if strings.ContainsAny(strings.TrimPrefix(next.gap, "."), ",.;:?!\n()") {
		return false
	}
	marks := r.ws[i].marked
	if n == 2 {
		marks += " " + r.ws[i+1].marked
	}
	if len(marks) > 2 && marks != c.kind { // abbreviations carry no marks
		for j := i; j < i+n; j++ {
			if !r.ws[j].bare() {
				return false // "tính", "xả", "phương"
			}
		}
		if r.marked && !next.title {
			return false // in a text with marks "quan" is not "quận"
		}
	}
	if c.kind == "xã" && i > 0 && w.gap == " " && r.ws[i-1].plain == "tac" {
		return false // hợp tác xã
	}
	if c.kind == "xã" && next.plain == "hoi" && !(next.title && !w.title) {
		return false
	}
	return !(c.kind == "quận" && marks != c.kind && i > 0 && w.gap == " " && officeWords[r.ws[i-1].plain])
}

// officeWords before "quan" make another word: cơ quan, hải quan, bảo quản, liên quan.
var officeWords = wordSet("co hai bao lien khach chu truc tong tham y thuong quan")

// behind returns what the words may name in the tier of the cue, kind for kind first.
func (r *reading) behind(c cue, ws []word) []scored {
	if strings.ContainsAny(joinedGaps(ws), ",;?!\n()") {
		return nil
	}
	var out []scored
	for _, s := range r.ix.lookup(ws, r.price) {
		if !c.means(s.unit.Level) {
			continue
		}
		if s.kind != c.kind {
			if classOf(rune(ws[len(ws)-1].plain[0])) == 2 && len(ws) == 1 {
				continue // "quận 2" is no "thị xã 2"; "xã 5" is no ward
			}
			s.score -= 0.15
		}
		out = append(out, s)
	}
	return out
}
