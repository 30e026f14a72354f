package sqlite

import (
	"context"

	"github.com/motcua/motcua/lifeevents"
)

// All lists rows over one channel after the ID given, by ID, at most n: for reports over
// everything ever said or planned.
func (o *Outbox) All(ctx context.Context, channel string, after int64, n int) ([]Said, error) {
	return o.list(ctx, `WHERE o.channel = ? AND o.id > ? ORDER BY o.id LIMIT ?`, channel, after, n)
}

// GiveAll writes entries of the consent ledger, given or withdrawn, in one transaction.
func (s *People) GiveAll(ctx context.Context, list []lifeevents.Consent) error {
	return s.db.inFullTx(ctx, func(t *tx) error {
		k := newTaking(t)
		for _, c := range list {
			if err := k.consent(c); err != nil {
				return err
			}
		}
		return nil
	})
}
