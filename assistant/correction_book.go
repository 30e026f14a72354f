package assistant

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Statements keeps signed statements.
type Statements interface {
	// Post adds one; its ID must be new.
	Post(ctx context.Context, s Statement) error
	// Statements lists all, by ID.
	Statements(ctx context.Context) ([]Statement, error)
}

// CorrectionFault is a correction that is not applied though nobody withdrew it: expired, or
// not as it was signed. For the operator.
type CorrectionFault struct {
	ID  string `json:"id"`
	Why string `json:"why"` // Vietnamese
	// Forged: the signature does not match; otherwise it has run out.
	Forged bool `json:"forged,omitempty"`
}

// CorrectionBook holds the corrections in force. It reads the store anew, checking every
// signature, after each signing and at most Every apart.
type CorrectionBook struct {
	Store  Statements
	Signer Signer
	Every  time.Duration
	// Told is told the faults of a reading when they are others than before; may be nil.
	Told func([]CorrectionFault)

	mu     sync.Mutex
	read   time.Time
	live   []OfficialCorrection // newest first
	faults []CorrectionFault
}

// Live returns the corrections that are signed, not withdrawn and not expired at the
// instant, newest first.
func (b *CorrectionBook) Live(ctx context.Context, now time.Time) ([]OfficialCorrection, error) {
	if b == nil {
		return nil, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if age := now.Sub(b.read); b.read.IsZero() || age < 0 || age >= b.Every {
		if err := b.load(ctx, now); err != nil {
			return nil, err
		}
	}
	return b.live, nil
}

// Faults reads the store anew and returns what is not applied and why, by ID.
func (b *CorrectionBook) Faults(ctx context.Context, now time.Time) ([]CorrectionFault, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.load(ctx, now)
	return b.faults, err
}

func (b *CorrectionBook) load(ctx context.Context, now time.Time) error {
	all, err := b.Store.Statements(ctx)
	if err != nil {
		return fmt.Errorf("assistant: corrections: %w", err)
	}
	live, faults := b.sort(all, civil.On(now))
	if b.Told != nil && len(faults) > 0 && !slices.Equal(faults, b.faults) {
		b.Told(faults)
	}
	b.read, b.live, b.faults = now, live, faults
	return nil
}

// sort parts the statements into corrections to apply and faults.
func (b *CorrectionBook) sort(all []Statement, today civil.Date) (live []OfficialCorrection, faults []CorrectionFault) {
	withdrawn := map[string]bool{}
	for _, st := range all {
		var w withdrawal
		if st.Kind != WithdrawalKind {
			continue
		}
		if err := b.Signer.opens(st, &w); err != nil || w.ID != st.ID {
			faults = append(faults, CorrectionFault{st.ID, errForged.Error(), true})
			continue
		}
		withdrawn[w.Correction] = true
	}
	for _, st := range all {
		var c OfficialCorrection
		if st.Kind != CorrectionKind {
			continue
		}
		err := b.Signer.opens(st, &c)
		switch {
		case err != nil || c.ID != st.ID:
			faults = append(faults, CorrectionFault{st.ID, cmp.Or(err, errForged).Error(), true})
		case withdrawn[c.ID]:
		case c.expired(today):
			faults = append(faults, CorrectionFault{ID: c.ID, Why: "hết hạn từ ngày " + c.Validity.Until.VN() + "; " + c.Office + " cần ký lại nếu còn đúng"})
		default:
			c.topic = topicWords(c.Question)
			live = append(live, c)
		}
	}
	slices.SortFunc(live, func(x, y OfficialCorrection) int {
		return cmp.Or(y.SignedAt.Compare(x.SignedAt), cmp.Compare(x.ID, y.ID))
	})
	slices.SortFunc(faults, func(x, y CorrectionFault) int { return cmp.Compare(x.ID, y.ID) })
	return live, faults
}

// CorrectionError carries a Vietnamese sentence on why a correction cannot be signed.
type CorrectionError struct{ Problem string }

func (e *CorrectionError) Error() string { return e.Problem }

// Sign checks the correction, signs it at the instant and puts it to use. A basis that
// names an article our corpus does not have, of an instrument it does, is refused.
func (b *CorrectionBook) Sign(ctx context.Context, library corpus.Library, c OfficialCorrection, now time.Time) (OfficialCorrection, error) {
	c.ID, c.SignedAt = newStatementID("dc-", now), now.UTC().Truncate(time.Second)
	if problem := c.Prepare(); problem != "" {
		return c, &CorrectionError{problem}
	}
	if err := checkBasis(ctx, library, c); err != nil {
		return c, err
	}
	st, err := b.Signer.seal(c.ID, CorrectionKind, c)
	if err != nil {
		return c, err
	}
	return c, b.post(ctx, st)
}

// SignFor signs a correction and, when it answers an item of the queue (c.Item), moves that
// on. The item is looked at first: one that the author does not hold gets no correction.
func (b *CorrectionBook) SignFor(ctx context.Context, q Queue, library corpus.Library, c OfficialCorrection, now time.Time) (OfficialCorrection, error) {
	if c.Item == 0 {
		return b.Sign(ctx, library, c, now)
	}
	move := Move{To: ItemAnswered, By: c.Author, Note: c.Text, At: now}
	item, _, err := q.Item(ctx, c.Item)
	if err != nil {
		return c, err
	}
	if _, _, err := move.Apply(item); err != nil {
		return c, err
	}
	if c.Question == "" {
		c.Question = item.Question
	}
	if c, err = b.Sign(ctx, library, c, now); err != nil {
		return c, err
	}
	move.Correction = c.ID
	_, err = q.Change(ctx, c.Item, move.Apply)
	return c, err
}

// Withdraw ends a correction at once, by a signed statement of its own; ErrNotKept when
// none with that ID is in force.
func (b *CorrectionBook) Withdraw(ctx context.Context, id, author, note string, now time.Time) error {
	live, err := b.Live(ctx, now)
	if err != nil {
		return err
	}
	if !rePseudonym.MatchString(author) {
		return ErrPseudonym
	}
	if !slices.ContainsFunc(live, func(c OfficialCorrection) bool { return c.ID == id }) {
		return ErrNotKept
	}
	w := withdrawal{ID: newStatementID("rut-", now), Correction: id, Author: author, SignedAt: now.UTC().Truncate(time.Second), Note: cleanWords(note)}
	st, err := b.Signer.seal(w.ID, WithdrawalKind, w)
	if err != nil {
		return err
	}
	return b.post(ctx, st)
}

func (b *CorrectionBook) post(ctx context.Context, st Statement) error {
	if err := b.Store.Post(ctx, st); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read = time.Time{} // the next answer reads anew
	return nil
}

// checkBasis looks up what a correction is about and what it rests on.
func checkBasis(ctx context.Context, library corpus.Library, c OfficialCorrection) error {
	if c.Unit != "" {
		if _, err := library.Unit(ctx, c.Unit); errors.Is(err, corpus.ErrNotFound) {
			return &CorrectionError{"Kho không có “" + string(c.Unit) + "”: viết như tthc:1.001193, hoặc bỏ trống và nêu câu hỏi (question)."}
		} else if err != nil {
			return err
		}
	}
	for _, p := range c.Basis {
		if p.Article == "" && p.Annex == "" {
			continue
		}
		if _, err := library.Instrument(ctx, p.Instrument); errors.Is(err, corpus.ErrNotFound) {
			continue // nothing to check it against
		} else if err != nil {
			return err
		}
		if _, err := library.Unit(ctx, corpus.UnitOf(p)); errors.Is(err, corpus.ErrNotFound) {
			return &CorrectionError{"Kho có văn bản " + p.Instrument + " nhưng không có " + p.String() + "; hãy xem lại căn cứ."}
		} else if err != nil {
			return err
		}
	}
	return nil
}
