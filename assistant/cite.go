package assistant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// citer numbers citations of one answer; the same words of the same chunk keep one mark.
type citer struct {
	library corpus.Library
	answer  *Answer
	seen    map[corpus.ChunkID]int
}

func newCiter(l corpus.Library, a *Answer) *citer {
	return &citer{library: l, answer: a, seen: map[corpus.ChunkID]int{}}
}

// cite quotes a whole chunk and returns its mark.
func (c *citer) cite(ch corpus.Chunk) int {
	if mark, ok := c.seen[ch.ID]; ok {
		return mark
	}
	mark := len(c.answer.Citations) + 1
	c.seen[ch.ID] = mark
	c.answer.Citations = append(c.answer.Citations, Citation{
		Mark: mark, Chunk: ch.ID, Unit: ch.Unit, Provision: ch.Provision, Procedure: ch.Procedure,
		Label: label(ch), Title: ch.Title, Quote: ch.Text, SHA256: digest(ch.Text), Validity: ch.Validity,
		URL: ch.Source.URL, Digest: ch.Digest, Confidence: ch.Conf,
	})
	return mark
}

// line finds the chunk of a unit that holds these exact words and cites it; 0 when none
// does, and then the words must not be shown.
func (c *citer) line(chunks []corpus.Chunk, words string) int {
	for _, ch := range chunks {
		if words != "" && strings.Contains(ch.Text, words) {
			return c.cite(ch)
		}
	}
	return 0
}

// provision cites the text of a provision if the corpus holds it in force on the day of
// the answer; 0 when not.
func (c *citer) provision(ctx context.Context, p corpus.Provision) (int, error) {
	if p.Article == "" && p.Annex == "" {
		return 0, nil
	}
	chunks, err := c.library.Unit(ctx, corpus.UnitOf(p))
	if errors.Is(err, corpus.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for _, ch := range chunks {
		inside := p.Covers(ch.Provision) || ch.Provision.Covers(p)
		if inside && ch.Validity.Holds(c.answer.AsOf) {
			return c.cite(ch), nil
		}
	}
	return 0, nil
}

// label names a source as people cite it.
func label(ch corpus.Chunk) string {
	if ch.Procedure != "" {
		if strings.Contains(ch.Procedure, ".") {
			return "Thủ tục " + ch.Procedure
		}
		return "Thủ tục: " + ch.Title
	}
	return ch.Provision.String()
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
