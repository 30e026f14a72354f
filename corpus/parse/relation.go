package parse

import (
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Relations reads what an instrument says of others: in its title (what it guides or
// amends) and in the articles that close or amend. From is the khoản that says it,
// Evidence its sentence. A relation to an instrument known by name alone is kept where
// names resolves it. The order is that of the text; each is told once.
func Relations(in corpus.Instrument, names *Names) []corpus.Relation {
	r := relationReader{in: in, names: names, seen: map[string]bool{}}
	r.title()
	for i, a := range in.Articles {
		if closes(a, len(in.Articles)-i) {
			r.article(a)
		}
	}
	return r.out
}

type relationReader struct {
	in    corpus.Instrument
	names *Names
	seen  map[string]bool
	out   []corpus.Relation
}

// closes tells an article that may end or change other instruments: by its heading, or
// among the last ones by its words.
func closes(a corpus.Article, fromEnd int) bool {
	h := strings.ToLower(a.Heading)
	for _, w := range []string{"hiệu lực", "sửa đổi", "bãi bỏ", "thay thế", "bổ sung", "điều khoản thi hành", "tổ chức thực hiện", "trách nhiệm thi hành", "thi hành"} {
		if strings.Contains(h, w) {
			return true
		}
	}
	if fromEnd > 6 && a.Heading != "" {
		return false
	}
	text := a.Heading + "\n" + a.FullText()
	return strings.Contains(text, "hiệu lực") || strings.Contains(text, "thay thế") || strings.Contains(strings.ToLower(text), "bãi bỏ")
}

// sentence is one stretch of words with the place that says it.
type sentence struct {
	from corpus.Provision
	text string
}

// article reads each khoản; its points take the verb of the words before them.
func (r *relationReader) article(a corpus.Article) {
	at := corpus.Provision{Instrument: r.in.Number, Article: a.Number}
	target := r.amendedBy(a.Heading)
	if target.Instrument == "" {
		target = r.amendedBy(a.Text)
	}
	if target.Instrument != "" && strings.HasPrefix(strings.ToLower(a.Heading+a.Text), "sửa đổi") {
		r.add(corpus.Relation{From: at, Kind: corpus.Amends, To: target, Evidence: clip(a.Heading+a.Text, 600)})
	}
	head := a.Heading
	if a.Text != "" {
		head = a.Text
	}
	verb := r.sentences(sentence{at, head}, verbPhrase{}, target)
	for _, c := range a.Clauses {
		at.Clause, at.Point = c.Number, ""
		if c.Number == "" {
			at.Clause = ""
		}
		inner := verb
		if c.Text != "" {
			inner = r.sentences(sentence{at, c.Text}, verb, target)
		}
		for _, p := range c.Points {
			at.Point = p.Letter
			r.sentences(sentence{at, p.Text}, inner, target)
		}
	}
}

// sentences reads a text sentence by sentence. It returns the verb left open at its end
// ("bãi bỏ các văn bản sau đây:"), for the list that follows.
func (r *relationReader) sentences(s sentence, open verbPhrase, target corpus.Provision) verbPhrase {
	left := verbPhrase{}
	for _, text := range splitSentences(s.text) {
		v, ok := findVerb(text)
		if !ok && open.kind != "" && startsWithReference(text) {
			v = open
			v.at, v.end, v.before = 0, 0, false
			ok = true
		}
		if !ok {
			continue
		}
		r.apply(sentence{s.from, text}, v, target)
		if strings.HasSuffix(strings.TrimSpace(text), ":") {
			left = v
			left.effective = r.effectiveIn(text)
		}
	}
	if left.kind == "" && open.kind != "" && strings.HasSuffix(strings.TrimSpace(s.text), ":") {
		return open
	}
	return left
}

// add keeps a relation once; none to the instrument itself.
func (r *relationReader) add(rel corpus.Relation) {
	if rel.To.Instrument == "" || corpus.NumberKey(rel.To.Instrument) == corpus.NumberKey(r.in.Number) {
		return
	}
	if own, to := corpus.YearOf(r.in.Number), corpus.YearOf(rel.To.Instrument); own > 0 && to > own {
		return // a name resolved to a law that did not exist yet
	}
	if rel.Kind != corpus.Guides && !mayEnd(r.in.Number, rel.To.Instrument) {
		return // misread: a circular ends no decree
	}
	key := string(rel.Kind) + " " + rel.To.Key()
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	if rel.Effective.IsZero() && rel.Kind != corpus.Guides {
		rel.Effective = r.in.Validity.From
	}
	r.out = append(r.out, rel)
}

// day is when the instrument speaks: the eve of its first day in force, for names of laws
// it changes; that first day, for those it details.
func (r *relationReader) day(guides bool) civil.Date {
	from := r.in.Validity.From
	switch {
	case !from.IsZero() && guides:
		return from
	case !from.IsZero():
		return from.AddDays(-1)
	case !r.in.Issued.IsZero():
		return r.in.Issued
	}
	return civil.New(max(corpus.YearOf(r.in.Number), 1945), 12, 31)
}

// effectiveIn reads the day a sentence names for its own effect: "kể từ ngày 15 tháng 01
// năm 2024"; zero where it names none or the day the instrument itself takes effect.
func (r *relationReader) effectiveIn(text string) civil.Date {
	for rest := text; ; {
		i := strings.Index(rest, "từ ngày ")
		if i < 0 {
			return civil.Date{}
		}
		before := rest[max(0, i-40):i]
		rest = rest[i+len("từ ngày "):]
		if d, _ := scanDay(rest); !d.IsZero() && strings.Contains(before, "hiệu lực") {
			return d
		}
	}
}
