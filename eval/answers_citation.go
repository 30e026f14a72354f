package eval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// ownTables are the chunk names of sources that stand in the program and not in the library:
// the table of false beliefs and the table of places.
var ownTables = []string{"premise:", "place:", "life:", "compare:"}

func fromOwnTable(c assistant.Citation) bool {
	return slices.ContainsFunc(ownTables, func(t string) bool { return strings.HasPrefix(string(c.Chunk), t) })
}

// markCitations checks every citation: it resolves, its quote stands in the source byte for
// byte, its digest is right, it was in force on the day; it bears on the case; and every
// statement has one that stands.
func (x *exam) markCitations(ctx context.Context, r *CaseResult) error {
	a := r.Answer
	good := map[int]bool{}
	var faults []string
	for _, c := range a.Citations {
		fault, err := x.unsound(ctx, c, a.AsOf)
		if err != nil {
			return err
		}
		if fault == "" {
			good[c.Mark] = true
		} else {
			faults = append(faults, fmt.Sprintf("citation [%d] %s: %s", c.Mark, c.Label, fault))
		}
	}
	if n := len(a.Citations); n > 0 {
		r.set(mSound, float64(n-len(faults))/float64(n), strings.Join(faults, "; "))
	}
	if err := x.markRelevant(ctx, r); err != nil {
		return err
	}
	r.markCovered(good)
	r.markCites()
	return nil
}

// unsound says why a citation is false; "" when it stands.
func (x *exam) unsound(ctx context.Context, c assistant.Citation, on civil.Date) (string, error) {
	sum := sha256.Sum256([]byte(c.Quote))
	if c.On.Before(on) && !c.On.IsZero() {
		on = c.On // said to be of that day
	}
	switch {
	case c.Quote == "":
		return "no words quoted", nil
	case hex.EncodeToString(sum[:]) != c.SHA256:
		return "the digest is not that of the quote", nil
	case !c.Validity.Holds(on):
		return "not in force on " + on.String(), nil
	case fromOwnTable(c):
		return "", nil
	}
	ch, err := x.library.Chunk(ctx, c.Chunk)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		return "names no source", nil
	case err != nil:
		return "", err
	case !strings.Contains(ch.Text, c.Quote):
		return "the words do not stand in the source", nil
	case ch.Unit != c.Unit || ch.Procedure != c.Procedure || ch.Provision != c.Provision:
		return "the words stand in another place than the one named", nil
	}
	return x.outOfForce(ctx, ch, on)
}

// outOfForce says why a source may not be applied on a day; "" when it may.
func (x *exam) outOfForce(ctx context.Context, ch corpus.Chunk, on civil.Date) (string, error) {
	if !ch.Validity.Holds(on) {
		return "the source is not in force on " + on.String(), nil
	}
	if ch.Procedure != "" {
		return "", nil
	}
	to, _, err := x.library.Relations(ctx, ch.Provision)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return "", err
	}
	if s := corpus.StatusOn(ch.Provision, ch.Validity, to, on); !s.Applies() {
		return s.Reason, nil
	}
	return "", nil
}

// markRelevant is the share of citations that bear on the case: of the right record, of a
// provision the record rests on, of what the case wants cited, or of a correction.
func (x *exam) markRelevant(ctx context.Context, r *CaseResult) error {
	if r.Case.Procedure == "" || len(r.Answer.Citations) == 0 || r.Case.Kind != Answerable {
		return nil
	}
	basis, err := x.basisOf(ctx, alternatives(r.Case.Procedure))
	if err != nil {
		return err
	}
	hits := 0
	for _, c := range r.Answer.Citations {
		switch {
		case fromOwnTable(c):
			hits++
		case c.Procedure != "":
			hits += int(share(slices.Contains(alternatives(r.Case.Procedure), c.Procedure)))
		default:
			hits += int(share(basis[corpus.NumberKey(c.Provision.Instrument)] || citedAs(c, r.Case.Cites)))
		}
	}
	n := len(r.Answer.Citations)
	r.set(mRelevant, float64(hits)/float64(n), fmt.Sprintf("%d of %d citations do not bear on the question", n-hits, n))
	return nil
}

// basisOf collects the instruments the records rest on.
func (x *exam) basisOf(ctx context.Context, records []string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, id := range records {
		p, err := x.library.Procedure(ctx, id)
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, b := range p.Basis {
			out[corpus.NumberKey(b.Provision.Instrument)] = true
		}
	}
	return out, nil
}

// citedAs reports whether the citation is one of the places, or inside one.
func citedAs(c assistant.Citation, keys []string) bool {
	got := c.Provision.Key()
	return c.Provision.Instrument != "" && slices.ContainsFunc(keys, func(k string) bool { return got == k || strings.HasPrefix(got, k+"#") })
}

func (r *CaseResult) markCites() {
	var missing []string
	for _, k := range r.Case.Cites {
		found := slices.ContainsFunc(r.Answer.Citations, func(c assistant.Citation) bool {
			return slices.ContainsFunc(alternatives(k), func(one string) bool { return citedAs(c, []string{one}) })
		})
		if !found {
			missing = append(missing, k)
		}
	}
	if len(missing) > 0 {
		r.fault("does not cite " + strings.Join(missing, ", "))
	}
}

// markCovered is the share of statements, in sentences and on the card, that rest on a
// citation that stands. Words of ours that state nothing do not count.
func (r *CaseResult) markCovered(good map[int]bool) {
	n, covered := 0, 0
	count := func(marks ...int) {
		n++
		if slices.ContainsFunc(marks, func(m int) bool { return good[m] }) {
			covered++
		}
	}
	for _, s := range r.Answer.Sentences {
		if !s.Frame {
			count(s.Marks...)
		}
	}
	if r.Answer.Card != nil {
		for _, sec := range r.Answer.Card.Sections {
			for _, l := range sec.Lines {
				count(l.Mark)
			}
		}
	}
	for _, c := range r.Answer.Corrections {
		count(c.Marks...)
	}
	if n > 0 {
		r.set(mCovered, float64(covered)/float64(n), fmt.Sprintf("%d of %d statements have no source that stands", n-covered, n))
	}
}
