package assistant

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/retrieval/viet"
)

// A cueTable names classes of phrases: class → phrases parted by commas, written with their
// marks. A phrase with "=" before it counts only where the marks are written ("khống"
// without them is "không"); one with "^" only where a sentence opens; "…" at its end asks
// that a capitalised name follows.
type cueTable map[string]string

// A cueRule fires when each class of all occurs, apart from each other, in at most within
// words, and no class of unless occurs anywhere. inOrder asks for the order of all.
type cueRule struct {
	name    string
	all     string
	within  int
	inOrder bool
	unless  string
}

// harmless names the class whose phrases hide what they cover: in "gia đình" there is no
// "giả".
const harmless = "harmless"

// cueBook is a set of rules made ready: one walk over the words finds every class.
type cueBook struct {
	marked, bare map[string][]cuePhrase
	words        map[string]bool // of all phrases, with marks and without
	rules        []madeRule
	names        []string // of classes
	classes      int
}

type cuePhrase struct {
	class       int
	words       []string
	opens, name bool
}

type madeRule struct {
	name        string
	all, unless []int
	within      int
	inOrder     bool
}

// cueHit is one phrase found: words from ≤ i < to.
type cueHit struct{ class, from, to int }

// newCueBook panics on a rule that names no class: the tables are part of the program.
func newCueBook(rules []cueRule, tables ...cueTable) *cueBook {
	all := cueTable{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	b := &cueBook{marked: map[string][]cuePhrase{}, bare: map[string][]cuePhrase{}, words: map[string]bool{}}
	ids := map[string]int{}
	class := func(name string) int {
		id, ok := ids[name]
		if !ok {
			phrases, known := all[name]
			if !known {
				panic(fmt.Sprintf("assistant: no cue class %q", name))
			}
			id = len(ids)
			ids[name] = id
			b.names = append(b.names, name)
			b.learn(id, phrases)
			if strings.HasPrefix(name, deed) {
				b.suffered(phrases)
			}
		}
		return id
	}
	class(harmless) // 0
	for _, r := range rules {
		m := madeRule{name: r.name, within: r.within, inOrder: r.inOrder}
		for _, c := range strings.Fields(r.all) {
			m.all = append(m.all, class(c))
		}
		for _, c := range strings.Fields(r.unless) {
			m.unless = append(m.unless, class(c))
		}
		b.rules = append(b.rules, m)
	}
	b.classes = len(ids)
	return b
}

// deed begins the names of classes of wrongs; sufferedBy are words that make of a wrong
// one suffered, fought or named by the law.
const deed = "act"

var sufferedBy = []string{"bị", "=tội", "chống", "phòng", "nạn", "vụ", "=kẻ", "người bị"}

func (b *cueBook) suffered(phrases string) {
	for _, p := range strings.Split(phrases, ",") {
		p = strings.TrimLeft(strings.TrimSpace(p), "=^")
		for _, w := range sufferedBy {
			b.learn(0, w+" "+p)
		}
	}
}

func (b *cueBook) learn(class int, phrases string) {
	for _, p := range strings.Split(phrases, ",") {
		p = strings.TrimSpace(p)
		p, exact := strings.CutPrefix(p, "=")
		p, opens := strings.CutPrefix(p, "^")
		p, name := strings.CutSuffix(p, "…")
		words := strings.Fields(viet.Normalize(p))
		if len(words) == 0 {
			continue
		}
		for _, w := range words {
			b.words[w] = true
			b.words[viet.Fold(w)] = true
		}
		b.marked[words[0]] = append(b.marked[words[0]], cuePhrase{class, words, opens, name})
		if !exact && !blurred(words) {
			folded := strings.Fields(viet.Fold(strings.Join(words, " ")))
			b.bare[folded[0]] = append(b.bare[folded[0]], cuePhrase{class, folded, opens, name})
		}
	}
}

// clearBare are marked syllables that mean themselves even without their marks.
var clearBare = cueWords(`chồng mua làm bán thuê cách đâu bạn giả giấy bằng thẻ thuế luật trốn né lách nhờ chỉ xin cần muốn hãy phải luôn quên tắt bỏ lệnh nói trộm cướp súng hồ tôi mình vàng xăng phở bún quán nợ đảng bịa chèn mở giết đốt giải toán`)

func cueWords(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// blurred reports whether a phrase means too much without its marks: a lone syllable not
// known to be clear, and whatever has "khống" in it.
func blurred(words []string) bool {
	if len(words) == 1 {
		return viet.Fold(words[0]) != words[0] && !clearBare[words[0]]
	}
	return slices.Contains(words, "khống")
}

// knows reports whether w is a word of two letters or more in any phrase of the book.
func (b *cueBook) knows(w string) bool { return len(w) > 1 && b.words[w] }

// cueText is a text cut into the words that cues are matched with.
type cueText struct {
	words []cueWord
	bare  bool // hardly any marks: match without them
}

type cueWord struct {
	text, fold   string
	opens, upper bool // opens: first of a sentence; upper: begins with a capital
}

// cutters remember the words they have met; each is used by one reader at a time.
var cutters = sync.Pool{New: func() any { return &viet.Tokenizer{Remember: 1 << 14} }}

func readCues(text string) cueText {
	var t cueText
	marked, end := 0, 0
	cutter := cutters.Get().(*viet.Tokenizer)
	base, _ := cutter.Cut(text, nil, nil)
	cutters.Put(cutter)
	t.words = make([]cueWord, 0, len(base))
	for _, tok := range base {
		r, _ := utf8.DecodeRuneInString(text[tok.Start:])
		opens := end == 0 || strings.ContainsAny(text[end:tok.Start], ".!?:;\n\"“”>]")
		t.words = append(t.words, cueWord{tok.Text, tok.Fold, opens, unicode.IsUpper(r)})
		if tok.Text != tok.Fold {
			marked++
		}
		end = tok.End
	}
	t.bare = marked*4 < len(t.words)
	return t
}

// find returns the hits of a text, those inside a longer harmless phrase left out.
func (b *cueBook) find(t cueText) []cueHit {
	index := b.marked
	if t.bare {
		index = b.bare
	}
	var hits, hidden []cueHit
	for i, w := range t.words {
		first := w.text
		if t.bare {
			first = w.fold
		}
		starting := index[first]
		for k := range starting {
			p := &starting[k]
			if !t.holds(i, p) {
				continue
			}
			if h := (cueHit{p.class, i, i + len(p.words)}); p.class == 0 {
				hidden = append(hidden, h)
			} else {
				hits = append(hits, h)
			}
		}
	}
	if len(hidden) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(h cueHit) bool {
		return slices.ContainsFunc(hidden, func(s cueHit) bool {
			return s.from <= h.from && h.to <= s.to && s.to-s.from > h.to-h.from
		})
	})
}

func (t cueText) holds(i int, p *cuePhrase) bool {
	n := i + len(p.words)
	if n > len(t.words) || p.opens && !t.words[i].opens {
		return false
	}
	for j, w := range p.words {
		if t.bare && t.words[i+j].fold != w || !t.bare && t.words[i+j].text != w {
			return false
		}
	}
	return !p.name || n < len(t.words) && t.words[n].upper
}

// fires returns the first rule that the text fires.
func (b *cueBook) fires(t cueText) (rule string, yes bool) {
	hits := b.find(t)
	if len(hits) == 0 {
		return "", false
	}
	seen := make([]bool, b.classes)
	for _, h := range hits {
		seen[h.class] = true
	}
	has := func(c int) bool { return seen[c] }
	for _, r := range b.rules {
		if slices.ContainsFunc(r.all, func(c int) bool { return !seen[c] }) || slices.ContainsFunc(r.unless, has) {
			continue
		}
		if r.fits(hits, 0, nil) {
			return r.name, true
		}
	}
	return "", false
}

// fits chooses a hit for each class of the rule from the at-th on.
func (r madeRule) fits(hits []cueHit, at int, taken []cueHit) bool {
	if at == len(r.all) {
		return true
	}
	for _, h := range hits {
		if h.class != r.all[at] || !r.together(h, taken) {
			continue
		}
		if r.fits(hits, at+1, append(taken, h)) {
			return true
		}
	}
	return false
}

func (r madeRule) together(h cueHit, taken []cueHit) bool {
	from, to := h.from, h.to
	for _, o := range taken {
		if h.from < o.to && o.from < h.to || r.inOrder && h.from < o.from {
			return false
		}
		from, to = min(from, o.from), max(to, o.to)
	}
	return r.within == 0 || to-from <= r.within
}
