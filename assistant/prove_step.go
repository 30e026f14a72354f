package assistant

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Prove checks, apart from whoever wrote the answer: each citation against the stored
// bytes, its digest and its days in force; each sentence and card line against the quotes
// it is marked with. What fails is removed; when nothing is left, the answer becomes a
// refusal.
type Prove struct {
	Library  corpus.Library
	Premises Premise
	// Tables are reviewed sources of our own beside the library.
	Tables []Table
}

// Table is a source of our own whose citations can be checked against it: officials'
// corrections, who is competent.
type Table interface {
	// Cites reports whether a citation names this table.
	Cites(c Citation) bool
	// Stands reports whether its words are those of the table and hold for the answer.
	Stands(c Citation, a Answer) bool
}

// Name of the step in traces.
func (Prove) Name() string { return "prove" }

// Run sets the status: Answered, Partial or NoSource.
func (s Prove) Run(ctx context.Context, t *Turn) error {
	a := &t.Answer
	good := map[int]Citation{}
	for _, c := range a.Citations {
		ok, err := s.stands(ctx, c, *a)
		if err != nil {
			return err
		}
		if ok {
			good[c.Mark] = c
		}
	}
	a.Sentences = slices.DeleteFunc(a.Sentences, func(x Sentence) bool { return !proved(x, good) })
	a.Sentences = dropLoneFrames(a.Sentences)
	proveCard(a.Card, good)
	proveTasks(a, good)
	a.Passages = slices.DeleteFunc(a.Passages, func(p Passage) bool { return good[p.Mark].Mark == 0 })
	a.Corrections = slices.DeleteFunc(a.Corrections, func(c Correction) bool { return len(c.Marks) == 0 || good[c.Marks[0]].Mark == 0 })
	a.Citations = slices.DeleteFunc(a.Citations, func(c Citation) bool { return good[c.Mark].Mark == 0 })
	s.settle(a)
	if a.Status == Answered && !t.Question.AskedAt.IsZero() && civil.On(t.Question.AskedAt).AddMonths(foreseen).Before(t.Reading.AsOf) {
		a.Status, a.Caution = Partial, strings.TrimSpace(a.Caution+" "+notForeseen)
		a.Text = plain(*a)
	}
	return nil
}

// foreseen is for how many months ahead the law known today is taken to hold.
const foreseen = 6

const notForeseen = "Ngày bạn hỏi còn xa: đây là quy định biết được hôm nay, đến ngày đó có thể đã thay đổi."

func (s Prove) settle(a *Answer) {
	hasCard := a.Card != nil && len(a.Card.Sections) > 0
	switch {
	case len(a.Citations) > 0 && len(a.Corrections) > 0 && len(a.Sentences) == 0 && !hasCard:
		a.Status = Partial // the belief is put right; of the rest we hold nothing
	case len(a.Citations) == 0 || (len(a.Sentences) == 0 && !hasCard):
		a.Status, a.Card, a.Passages, a.Sentences, a.Citations = NoSource, nil, nil, nil, []Citation{}
		return
	case len(a.Missing) > 0:
		a.Status = Partial
	default:
		a.Status = Answered
	}
	a.Text = plain(*a)
}

// stands reports whether the quote is in the stored chunk byte for byte, matches its
// digest, and was in force on the day of the answer.
func (s Prove) stands(ctx context.Context, c Citation, a Answer) (bool, error) {
	if strings.HasPrefix(string(c.Chunk), premiseChunk) {
		return s.Premises.stands(c, a.AsOf), nil
	}
	if strings.HasPrefix(string(c.Chunk), placeChunk) {
		return standsPlace(c), nil
	}
	for _, table := range s.Tables {
		if table.Cites(c) {
			return table.Stands(c, a), nil
		}
	}
	ch, err := s.Library.Chunk(ctx, c.Chunk)
	if errors.Is(err, corpus.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return c.Quote != "" && strings.Contains(ch.Text, c.Quote) && c.Provision == ch.Provision && digest(c.Quote) == c.SHA256 && ch.Validity.Holds(dayOfCitation(c, a)), nil
}

// dayOfCitation is the day on which the words cited have to be in force.
func dayOfCitation(c Citation, a Answer) civil.Date {
	if c.On.IsZero() || !c.On.Before(a.AsOf) {
		return a.AsOf
	}
	return c.On
}

// hard are the tokens that must never be invented: numbers, dates, sums, official
// numbers and codes.
var hard = regexp.MustCompile(`\d[\d./,]*\d(?:/[\p{L}\d-]+)*|\d+`)

// proved reports whether every hard token of the sentence occurs in a cited quote. A
// frame states nothing and may hold no hard token beyond the names it was given.
func proved(x Sentence, good map[int]Citation) bool {
	if x.Frame {
		return true
	}
	var quotes []string
	for _, m := range x.Marks {
		if c, ok := good[m]; ok {
			quotes = append(quotes, c.Quote)
			if x.Slot == LegalBasis {
				quotes = append(quotes, c.Provision.String()) // the place itself is what is stated
			}
		}
	}
	if len(quotes) == 0 {
		return false
	}
	all := strings.Join(quotes, "\n")
	for _, token := range hard.FindAllString(x.Text, -1) {
		if !strings.Contains(all, token) {
			return false
		}
	}
	return true
}

// dropLoneFrames removes a frame that no statement follows.
func dropLoneFrames(all []Sentence) []Sentence {
	var out []Sentence
	for i, x := range all {
		if x.Frame && (i+1 == len(all) || all[i+1].Frame) {
			continue
		}
		out = append(out, x)
	}
	return out
}

func proveTasks(a *Answer, good map[int]Citation) {
	for i := range a.Tasks {
		k := &a.Tasks[i]
		k.Due, k.Where = provedLines(k.Due, good), provedLines(k.Where, good)
	}
	a.Tasks = slices.DeleteFunc(a.Tasks, func(k Task) bool { return len(k.Due)+len(k.Where) == 0 })
}

func provedLines(lines []Line, good map[int]Citation) []Line {
	return slices.DeleteFunc(lines, func(l Line) bool { return !strings.Contains(good[l.Mark].Quote, l.Text) })
}

func proveCard(card *Card, good map[int]Citation) {
	if card == nil {
		return
	}
	for i := range card.Sections {
		sec := &card.Sections[i]
		sec.Lines = slices.DeleteFunc(sec.Lines, func(l Line) bool {
			c, ok := good[l.Mark]
			return !ok || (sec.Slot != LegalBasis && !strings.Contains(c.Quote, l.Text))
		})
	}
	card.Sections = slices.DeleteFunc(card.Sections, func(s Section) bool { return len(s.Lines) == 0 })
}
