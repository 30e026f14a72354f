package parse

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// knownLaw is one line of the table of laws people ask about most: since when it holds
// and what ended it. Until and By are empty while it stands. Two uses: names in texts
// become numbers, and a law whose successor is not in the corpus is not taken to be in
// force.
type knownLaw struct {
	Name, Number string
	From, Until  string // ISO days; Until is the first day it no longer held
	By           string // number of the instrument that ended it
}

func (l knownLaw) span() corpus.Validity {
	from, _ := civil.Parse(l.From)
	until, _ := civil.Parse(l.Until)
	return corpus.Validity{From: from, Until: until}
}

// KnownEndings lists, as relations, the ends of laws that the table knows, by number of
// the law ended. Evidence is empty: no closing sentence was read; a relation read from a
// text goes before one of these.
func KnownEndings() []corpus.Relation {
	var out []corpus.Relation
	for _, l := range knownLaws {
		if l.By != "" {
			out = append(out, corpus.Relation{From: corpus.Provision{Instrument: l.By}, Kind: corpus.Replaces, To: corpus.Provision{Instrument: l.Number}, Effective: l.span().Until})
		}
	}
	return out
}

// KnownSpan is the span in which the table knows an instrument to hold; ok is false for
// one it does not list. Some laws took effect on another day than they say themselves:
// the Penal Code 100/2015/QH13 was postponed, the Land Law 31/2024/QH15 brought forward.
func KnownSpan(number string) (span corpus.Validity, ok bool) {
	key := corpus.NumberKey(number)
	for _, l := range knownLaws {
		if corpus.NumberKey(l.Number) == key {
			return l.span(), true
		}
	}
	return corpus.Validity{}, false
}
