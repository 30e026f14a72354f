package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"sync"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

var _ lifeevents.Everybody = (*People)(nil)

// EachView reads everybody, each worker a stretch of the table on a connection of its own;
// see lifeevents.Everybody.
func (s *People) EachView(ctx context.Context, workers int, f func(*lifeevents.View) error) error {
	var last int64
	if err := s.db.read.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM people`).Scan(&last); err != nil {
		return err
	}
	workers = max(1, min(workers, readers))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	stretch := last/int64(workers) + 1
	for i := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := s.stretch(ctx, int64(i)*stretch, int64(i+1)*stretch, f); err != nil {
				cancel(err)
			}
		}()
	}
	wg.Wait()
	return context.Cause(ctx)
}

// stretch reads the people numbered above from, up to to, some hundreds in one query: a
// long one would keep the write-ahead log from being folded in.
func (s *People) stretch(ctx context.Context, from, to int64, f func(*lifeevents.View) error) error {
	const most = 2000
	for from < to && ctx.Err() == nil {
		next := min(from+most, to)
		if err := s.some(ctx, from, next, f); err != nil {
			return err
		}
		from = next
	}
	return ctx.Err()
}

func (s *People) some(ctx context.Context, from, to int64, f func(*lifeevents.View) error) error {
	rows, err := s.db.read.QueryContext(context.WithoutCancel(ctx), `SELECT view FROM people WHERE id > ? AND id <= ? AND view IS NOT NULL`, from, to)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var raw sql.RawBytes
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		v, err := store.DecodeView(raw)
		if err == nil {
			err = f(v)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
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
	asked, err := json.Marshal(rules)
	if err != nil {
		return err
	}
	return s.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`UPDATE outbox SET rev = -1, claims = claims + 1 WHERE state = 'pending' AND rule IN (SELECT value FROM json_each(?))`, string(asked))
		return err
	})
}
