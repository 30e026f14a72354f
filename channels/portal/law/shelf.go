package law

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval/viet"
)

// shelved is an instrument with what the list is searched by.
type shelved struct {
	corpus.Head

	folded string // number and title without marks, in lower case
}

// shelfList keeps the list of instruments until the corpus changes.
type shelfList struct {
	mu         sync.Mutex
	generation int64
	all        []shelved
	bySlug     map[string]corpus.Head
	issuers    []string // most instruments first
}

// load reads the list again when the corpus has changed.
func (l *shelfList) load(ctx context.Context, s corpus.Shelf) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, err := s.Generation(ctx)
	if err != nil || l.bySlug != nil && now == l.generation {
		return err
	}
	heads, err := s.Heads(ctx)
	if err != nil {
		return err
	}
	l.generation, l.all, l.bySlug = now, make([]shelved, 0, len(heads)), make(map[string]corpus.Head, len(heads))
	count := map[string]int{}
	for _, h := range heads {
		l.all = append(l.all, shelved{h, strings.ToLower(viet.Fold(h.Number + " " + h.Title))})
		l.bySlug[corpus.Slug(h.Number)] = h
		count[h.Issuer]++
	}
	l.issuers = nil
	for name := range count {
		if name != "" {
			l.issuers = append(l.issuers, name)
		}
	}
	slices.SortFunc(l.issuers, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	return nil
}

func (l *shelfList) head(slug string) (corpus.Head, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h, ok := l.bySlug[strings.ToLower(slug)]
	return h, ok
}

// bodies are those that issued something, the busiest first. The caller changes nothing: a
// new list is made when the corpus changes.
func (l *shelfList) bodies() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.issuers
}

// perPage is how many instruments or passages one page lists.
const perPage = 20

// choice is what a reader filters by. Words match the number and the title.
type choice struct {
	Words  string
	On     civil.Date
	Type   corpus.InstrumentType
	Issuer string
	// Status is "" for every instrument, "in", "not_yet" or "out".
	Status string
	Page   int // from 1
}

func (c choice) takes(h shelved) bool {
	if c.Type != "" && h.Type != c.Type || c.Issuer != "" && h.Issuer != c.Issuer {
		return false
	}
	for word := range strings.FieldsSeq(strings.ToLower(viet.Fold(c.Words))) {
		if !strings.Contains(h.folded, word) {
			return false
		}
	}
	switch c.Status {
	case "in":
		return h.Validity.Holds(c.On)
	case "not_yet":
		return c.On.Before(h.Validity.From)
	case "out":
		return !h.Validity.Until.IsZero() && !c.On.Before(h.Validity.Until)
	}
	return true
}

// pick returns one page of what the choice takes, and how many there are in all.
func (l *shelfList) pick(c choice) (some []corpus.Head, total int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := (c.Page - 1) * perPage
	for _, h := range l.all {
		if !c.takes(h) {
			continue
		}
		if total >= first && len(some) < perPage {
			some = append(some, h.Head)
		}
		total++
	}
	return some, total
}

// choiceOf reads the filters; what is not on a list counts as not chosen.
func choiceOf(v url.Values, on civil.Date) choice {
	c := choice{Words: clip(v.Get("q")), On: on, Type: corpus.InstrumentType(v.Get("loai")), Issuer: v.Get("co-quan"), Status: v.Get("hieu-luc"), Page: 1}
	if c.Type.Vietnamese() == "" {
		c.Type = ""
	}
	if !slices.Contains([]string{"in", "not_yet", "out"}, c.Status) {
		c.Status = ""
	}
	if n, err := strconv.Atoi(v.Get("trang")); err == nil && n > 1 && n < 10_000 {
		c.Page = n
	}
	return c
}

// longest is how many characters of a query are read.
const longest = 500

func clip(s string) string {
	s = strings.TrimSpace(page.Clean(s))
	if r := []rune(s); len(r) > longest {
		return string(r[:longest])
	}
	return s
}
