package assistant

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// maxPassages shown for a regulation; more is a list, not an answer.
const maxPassages = 3

// regulation answers with passages: their words, their place in the law, their state on
// the day and what changed them.
func (s Compose) regulation(ctx context.Context, t *Turn, c *citer) error {
	if t.Address.Instrument != "" && (t.Address.Article == "" || !t.Reading.Against.IsZero()) {
		return s.life(ctx, t)
	}
	laws, err := t.laws(ctx)
	if err != nil {
		return err
	}
	for _, h := range rulesFirst(laws) {
		if !h.Chunk.Validity.Holds(t.Answer.AsOf) {
			continue
		}
		p, err := s.passage(ctx, t, c, h)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		if len(t.Answer.Passages) == 0 || t.Address.Instrument != "" {
			t.Answer.Sentences = append(t.Answer.Sentences, quoteOf(*p, h.Chunk)...)
			if t.Address.Instrument == "" {
				if err := s.goOn(ctx, t, c, h.Chunk, p); err != nil {
					return err
				}
			}
		}
		if t.Answer.Passages = append(t.Answer.Passages, *p); len(t.Answer.Passages) == maxPassages {
			break
		}
	}
	return nil
}

// mostListed is how many places of a list are told after the words that open it.
const mostListed = 8

// goOn tells what a passage that ends in a colon opens: the clauses or points below it, each
// from its own chunk.
func (s Compose) goOn(ctx context.Context, t *Turn, c *citer, opened corpus.Chunk, p *Passage) error {
	if !strings.HasSuffix(strings.TrimSpace(opened.Text), ":") {
		return nil
	}
	chunks, err := s.Library.Unit(ctx, opened.Unit)
	if err != nil {
		return err
	}
	from, told := slices.IndexFunc(chunks, func(ch corpus.Chunk) bool { return ch.ID == opened.ID }), 0
	for _, ch := range chunks[from+1:] {
		if told == mostListed || !opened.Provision.Covers(ch.Provision) || !ch.Validity.Holds(t.Answer.AsOf) {
			break
		}
		told++
		mark := c.cite(ch)
		for line := range strings.SplitSeq(ch.Text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				t.Answer.Sentences = append(t.Answer.Sentences, Sentence{Text: line, Marks: []int{mark}, Slot: LegalBasis})
			}
		}
		p.Text += "\n" + ch.Text
	}
	return nil
}

// rulesFirst puts texts that bind everybody before directives, which tell offices what to do
// for a while; within both the order found stays.
func rulesFirst(hits []retrieval.Hit) []retrieval.Hit {
	out := slices.Clone(hits)
	slices.SortStableFunc(out, func(a, b retrieval.Hit) int { return cmp.Compare(directive(a), directive(b)) })
	return out
}

func directive(h retrieval.Hit) int {
	if corpus.TypeOfNumber(h.Chunk.Provision.Instrument) == corpus.Directive {
		return 1
	}
	return 0
}

// passage is nil for a text that does not apply on the day.
func (s Compose) passage(ctx context.Context, t *Turn, c *citer, h retrieval.Hit) (*Passage, error) {
	to, _, err := s.Library.Relations(ctx, h.Chunk.Provision)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return nil, err
	}
	status := corpus.StatusOn(h.Chunk.Provision, h.Chunk.Validity, to, t.Answer.AsOf)
	if !status.Applies() {
		return nil, nil
	}
	p := &Passage{
		Unit: h.Unit, Path: h.Chunk.Headings, Title: h.Chunk.Title, Text: h.Chunk.Text, Mark: c.cite(h.Chunk),
		Validity: h.Chunk.Validity, State: stateWords[status.State], Reason: status.Reason, Digest: h.Chunk.Digest,
	}
	for _, r := range to {
		if r.Kind == corpus.Amends && !wholeText(r.To) && !t.Answer.AsOf.Before(r.Effective) {
			p.Amended = appendNew(p.Amended, amendedBy(r))
		}
	}
	return p, nil
}

func amendedBy(r corpus.Relation) string {
	words := r.From.String()
	if !r.Effective.IsZero() {
		words += " (từ " + r.Effective.VN() + ")"
	}
	return words
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

var stateWords = map[corpus.State]string{
	corpus.InForce: "còn hiệu lực", corpus.Amended: "còn hiệu lực, đã được sửa đổi", corpus.EarlierWording: "còn hiệu lực vào ngày hỏi; lời văn đã được sửa sau đó",
	corpus.NotYet: "chưa có hiệu lực", corpus.Suspended: "tạm ngưng hiệu lực", corpus.Expired: "hết hiệu lực", corpus.Repealed: "đã bị bãi bỏ", corpus.Replaced: "đã bị thay thế",
}

// quoteOf is the text as an answer: where it stands, then its own words line by line.
func quoteOf(p Passage, ch corpus.Chunk) []Sentence {
	kind := ""
	if p.Digest {
		kind = " (tóm lược)"
	}
	out := []Sentence{{Text: "Theo " + ch.Provision.String() + kind + ":", Slot: LegalBasis, Frame: true}}
	for line := range strings.SplitSeq(ch.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, Sentence{Text: line, Marks: []int{p.Mark}, Slot: LegalBasis})
		}
	}
	return out
}
