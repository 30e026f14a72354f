package place

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// competenceTSV is written and reviewed by hand; its head explains the columns.
//
//go:embed competence.tsv
var competenceTSV string

// Entry says which body now does what a district, or a body at district level, did before
// 1 July 2025. Days are ISO dates; Until is the first day it no longer holds, "" unknown.
type Entry struct {
	ID         string   `json:"id"`
	Field      string   `json:"field"`
	Task       string   `json:"task"`
	Words      []string `json:"words"` // phrases people ask with
	Before     string   `json:"before"`
	Now        string   `json:"now"`
	Basis      string   `json:"basis"`
	From       string   `json:"from"`
	Until      string   `json:"until,omitempty"`
	Confidence string   `json:"confidence"` // high, medium or low, as corpus.Confidence
	Source     string   `json:"source"`
	Doubt      string   `json:"doubt,omitempty"` // Vietnamese; shown beside the entry
	Procedures []string `json:"procedures,omitempty"`
}

// Holds reports whether the entry applies on the ISO day.
func (e Entry) Holds(day string) bool {
	return e.From <= day && (e.Until == "" || day < e.Until)
}

var loadCompetence = sync.OnceValue(func() []Entry {
	entries, err := readCompetence(competenceTSV)
	if err != nil {
		panic(fmt.Sprintf("place: the table of competence is damaged: %v", err))
	}
	return entries
})

func readCompetence(text string) ([]Entry, error) {
	var out []Entry
	for n, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 13 {
			return nil, fmt.Errorf("line %d has %d columns, want 13", n+1, len(f))
		}
		out = append(out, Entry{
			ID: f[0], Field: f[1], Task: f[2], Words: strings.Split(f[3], ";"), Before: f[4], Now: f[5],
			Basis: f[6], From: f[7], Until: f[8], Confidence: f[9], Source: f[10], Doubt: f[11], Procedures: list(f[12]),
		})
	}
	return out, nil
}

// Competence returns the whole table, in file order.
func Competence() []Entry { return slices.Clone(loadCompetence()) }

// Competent returns the entries a question is about: those with a phrase all of whose words
// stand in it, the longest such phrase first, ties in file order. A word typed with marks
// must carry the right ones. The caller asks Holds for the day in question.
func Competent(task string) []Entry {
	asked := map[string][]word{}
	for _, w := range words(clip(task)) {
		asked[w.plain] = append(asked[w.plain], w)
	}
	type hit struct {
		entry Entry
		size  int
	}
	var hits []hit
	for _, e := range loadCompetence() {
		best := 0
		for _, phrase := range e.Words {
			if n := contains(asked, words(phrase)); n > best {
				best = n
			}
		}
		if best > 0 {
			hits = append(hits, hit{e, best})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.size, a.size) })
	out := make([]Entry, len(hits))
	for i, h := range hits {
		out[i] = h.entry
	}
	return out
}

// contains returns how many words the phrase has when all were asked, else 0.
func contains(asked map[string][]word, phrase []word) int {
	for _, p := range phrase {
		if !slices.ContainsFunc(asked[p.plain], func(w word) bool { return w.marked == p.marked || w.bare() }) {
			return 0
		}
	}
	return len(phrase)
}

// CompetentFor returns the entries that name a procedure by its code, in file order.
func CompetentFor(code string) []Entry {
	var out []Entry
	for _, e := range loadCompetence() {
		if slices.Contains(e.Procedures, code) {
			out = append(out, e)
		}
	}
	return out
}
