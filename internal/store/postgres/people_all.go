package postgres

import (
	"context"
	"sync"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

var _ lifeevents.Everybody = (*People)(nil)

// EachView reads everybody, each worker a stretch of the table on a connection of its own;
// see lifeevents.Everybody.
func (s *People) EachView(ctx context.Context, workers int, f func(*lifeevents.View) error) error {
	var last int64
	if err := s.db.row(ctx, `SELECT coalesce(max(id), 0) FROM people`, nil, &last); err != nil {
		return err
	}
	workers = max(1, min(workers, int(s.db.pool.Config().MaxConns)/2)) // others want to read meanwhile
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	stretch := last/int64(workers) + 1
	for i := range workers {
		wg.Go(func() {
			if err := s.stretch(ctx, int64(i)*stretch, int64(i+1)*stretch, f); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// stretch reads the people numbered above from, up to to, some hundreds in one query: a
// long one would keep the server from clearing up behind everybody else.
func (s *People) stretch(ctx context.Context, from, to int64, f func(*lifeevents.View) error) error {
	const most = 2000
	for from < to && ctx.Err() == nil {
		next := min(from+most, to)
		err := s.db.each(ctx, `SELECT view FROM people WHERE id > $1 AND id <= $2 AND view IS NOT NULL`, []any{from, next}, func(scan func(...any) error) error {
			var raw []byte
			if err := scan(&raw); err != nil {
				return err
			}
			v, err := store.DecodeView(raw)
			if err == nil {
				err = f(v)
			}
			return err
		})
		if err != nil {
			return err
		}
		from = next
	}
	return ctx.Err()
}

// AddDue adds rows to the index; see lifeevents.Everybody.
func (s *People) AddDue(ctx context.Context, rows []lifeevents.Due) error {
	if len(rows) == 0 {
		return nil
	}
	return s.db.inFullTx(ctx, func(t *tx) error { return addDue(newIDs(t), rows) })
}

// Doubt marks what is queued under rules; see lifeevents.Everybody.
func (s *People) Doubt(ctx context.Context, rules []string) error {
	return s.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`UPDATE outbox SET rev = -1, `+takenBack+` WHERE `+unsaid+` AND rule = ANY($1)`, rules)
		return err
	})
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
