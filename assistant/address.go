package assistant

import (
	"regexp"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// NamedLaw is a law that people call by its name: "Luật Hộ tịch".
type NamedLaw struct {
	Title, Number string
	Validity      corpus.Validity
}

// LawBook finds laws by name and day.
type LawBook struct{ byName map[string][]NamedLaw }

// NewLawBook takes laws in any order. Codes are found without "bộ" too, and names without
// "và", as people say them; laws that only amend others have no name of their own.
func NewLawBook(laws []NamedLaw) *LawBook {
	b := &LawBook{byName: map[string][]NamedLaw{}}
	for _, l := range laws {
		words := foldedWords(l.Title)
		name := strings.Join(words, " ")
		if len(words) < 2 || slices.Contains(words, "so") || strings.Contains(name, "sua doi") {
			continue
		}
		if words[0] != "luat" && words[0] != "phap" && !strings.HasPrefix(name, "bo luat ") && words[0] != "hien" {
			continue
		}
		for _, n := range []string{name, strings.TrimPrefix(name, "bo "), strings.ReplaceAll(name, " va ", " "), strings.TrimSuffix(name, " viet nam")} {
			if !slices.ContainsFunc(b.byName[n], func(o NamedLaw) bool { return o.Number == l.Number }) {
				b.byName[n] = append(b.byName[n], l)
			}
		}
	}
	for _, same := range b.byName {
		slices.SortFunc(same, func(a, c NamedLaw) int {
			if d := a.Validity.From.Compare(c.Validity.From); d != 0 {
				return d
			}
			return strings.Compare(a.Number, c.Number)
		})
	}
	return b
}

// On is the law of that name on a day: the one in force, the newest where several are,
// else the last that had begun, else the first.
func (b *LawBook) on(name string, day civil.Date) (number string, ok bool) {
	if b == nil || len(b.byName[name]) == 0 {
		return "", false
	}
	same := b.byName[name]
	chosen := same[0]
	for _, l := range same {
		if !day.Before(l.Validity.From) {
			chosen = l
		}
	}
	return chosen.Number, true
}

// longestLawName is the most words of a name that are looked for.
const longestLawName = 12

// named finds the laws that a text names, each once, in order.
func (b *LawBook) named(words []string, day civil.Date) (numbers []string) {
	for i := 0; i < len(words); i++ {
		if words[i] != "luat" && words[i] != "bo" && words[i] != "phap" && words[i] != "hien" {
			continue
		}
		for n := min(longestLawName, len(words)-i); n >= 2; n-- {
			if number, ok := b.on(strings.Join(words[i:i+n], " "), day); ok {
				numbers = appendNew(numbers, number)
				i += n - 1
				break
			}
		}
	}
	return numbers
}

// reArticle finds an article with the clause and point named before or behind it, in folded
// words.
var (
	reArticle = regexp.MustCompile(`\bdieu (\d{1,3}[a-z]?)\b`)
	reClause  = regexp.MustCompile(`\bkhoan (\d{1,2}[a-z]?)\b`)
	rePoint   = regexp.MustCompile(`\bdiem ([a-z])\b`)
)

// addressOf is the one place in one text that a question names; ok is false when it names
// none, or several.
func addressOf(text string, book *LawBook, day civil.Date) (p corpus.Provision, ok bool) {
	words := foldedWords(text)
	folded := strings.Join(words, " ")
	numbers := instrumentsIn(text)
	if len(numbers) == 0 {
		numbers = book.named(words, day)
	}
	if len(numbers) != 1 {
		return p, false
	}
	p.Instrument = numbers[0]
	one := func(re *regexp.Regexp) string {
		found := re.FindAllStringSubmatch(folded, -1)
		for _, m := range found {
			if m[1] != found[0][1] {
				return "?"
			}
		}
		if len(found) == 0 {
			return ""
		}
		return found[0][1]
	}
	p.Article, p.Clause, p.Point = one(reArticle), one(reClause), one(rePoint)
	if p.Article == "?" || p.Clause == "?" {
		return p, false
	}
	if p.Clause == "" || p.Point == "?" {
		p.Point = ""
	}
	if p.Article == "" {
		p.Clause, p.Point = "", ""
	}
	return p, true
}

// instrumentsIn are the official numbers in a text, each once, in order.
func instrumentsIn(text string) (numbers []string) {
	for _, w := range strings.Fields(text) {
		if w = strings.Trim(w, "?,.;:()“”\"'"); corpus.TypeOfNumber(w) != corpus.Other {
			numbers = appendNew(numbers, w)
		}
	}
	return numbers
}
