package portal

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval/viet"
)

// Catalogue lists the procedures held.
type Catalogue interface {
	// Procedures yields every procedure, ordered by ID.
	Procedures(ctx context.Context, each func(corpus.Procedure) error) error
	// Generation changes whenever the corpus does.
	Generation(ctx context.Context) (int64, error)
}

// entry is a procedure as lists show it.
type entry struct {
	ID, Code, Name, Field, Ministry, Decision, URL string
	Levels                                         []corpus.Level
	Events                                         []string
	Online, Free, Digest                           bool
	Verified                                       string
	Superseded                                     string

	words string // folded name and what people call it, with a space at both ends
}

// catalogue keeps the entries of one generation of the corpus.
type catalogue struct {
	mu         sync.Mutex
	generation int64
	read       bool
	entries    []entry
	faceted
}

// faceted are the values entries can be chosen by, each ordered for reading.
type faceted struct{ fields, ministries []string }

// all is the catalogue as it is now.
func (c *catalogue) all(ctx context.Context, from Catalogue) ([]entry, faceted, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	g, err := from.Generation(ctx)
	if err != nil {
		return nil, faceted{}, err
	}
	if c.read && g == c.generation {
		return c.entries, c.faceted, nil
	}
	var entries []entry
	fields, ministries := map[string]bool{}, map[string]bool{}
	if err := from.Procedures(ctx, func(p corpus.Procedure) error {
		e := newEntry(p)
		entries = append(entries, e)
		fields[e.Field], ministries[e.Ministry] = true, true
		return nil
	}); err != nil {
		return nil, faceted{}, err
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Or(inVietnamese(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	c.entries, c.faceted = entries, faceted{inOrder(fields), inOrder(ministries)}
	c.generation, c.read = g, true
	return c.entries, c.faceted, nil
}

func newEntry(p corpus.Procedure) entry {
	e := entry{
		ID: p.ID, Code: p.Code, Name: p.Name, Field: p.Field, Ministry: p.Ministry, Decision: p.Decision, Levels: p.Levels, Events: p.Events,
		Digest: p.Digest, Superseded: p.Superseded, URL: p.Source.URL, Free: len(p.Fees) > 0 && !slices.ContainsFunc(p.Fees, func(f corpus.Fee) bool { return !f.Free }),
	}
	if !p.Prov.VerifiedOn.IsZero() {
		e.Verified = p.Prov.VerifiedOn.String()
	}
	e.Online = slices.ContainsFunc(p.Where, func(w corpus.Place) bool { return w.Channel == corpus.Online })
	words := append([]string{p.Name, p.Code, p.Field}, p.Aliases...)
	e.words = " " + strings.Join(foldedWords(strings.Join(words, " ")), " ") + " "
	return e
}

func inOrder(set map[string]bool) (out []string) {
	for s := range set {
		if s != "" {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, inVietnamese)
	return out
}

// wanted is what a reader of the list chose.
type wanted struct {
	Words, Situation, Field, Ministry string
	Level                             corpus.Level
	Page                              int // from 1
}

// pick lists the entries that fit, best first where words were given.
func (w wanted) pick(all []entry) []entry {
	terms := foldedWords(w.Words)
	s, known := situationNamed(w.Situation)
	type hit struct {
		e     entry
		score int
	}
	var hits []hit
	for _, e := range all {
		if known && !slices.ContainsFunc(e.Events, func(x string) bool { return slices.Contains(s.Events, x) }) ||
			w.Field != "" && e.Field != w.Field || w.Ministry != "" && e.Ministry != w.Ministry || w.Level != "" && !slices.Contains(e.Levels, w.Level) {
			continue
		}
		if score := e.score(terms); score > 0 {
			hits = append(hits, hit{e, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	out := make([]entry, len(hits))
	for i, h := range hits {
		out[i] = h.e
	}
	return out
}

// score is 0 when a term is missing; more where the terms stand together.
func (e entry) score(terms []string) int {
	score := 1
	for _, t := range terms {
		if !strings.Contains(e.words, " "+t) {
			return 0
		}
		if strings.Contains(e.words, " "+t+" ") {
			score++
		}
	}
	if len(terms) > 1 && strings.Contains(e.words, " "+strings.Join(terms, " ")) {
		score += 2 * len(terms)
	}
	if e.Superseded != "" {
		score = 1
	}
	return score
}

// foldedWords are the words of a text without marks and case; a code stays one word.
func foldedWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(viet.Fold(s)), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '.' })
}

// inVietnamese orders names as people look them up: by letters, marks deciding ties.
func inVietnamese(a, b string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(viet.Fold(a)), strings.ToLower(viet.Fold(b))), cmp.Compare(a, b))
}
