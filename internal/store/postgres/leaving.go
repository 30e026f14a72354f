package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/motcua/motcua/internal/store"
)

// View lets f read everything as it is at one moment, while others read and write.
func (db *DB) View(ctx context.Context, f func(store.Leaving) error) error {
	return db.inView(ctx, func(t *tx) error {
		// Whoever is read to may be slow: this transaction may stand idle.
		if _, err := t.exec(`SELECT set_config('idle_in_transaction_session_timeout', '0', true)`); err != nil {
			return err
		}
		return f(view{t})
	})
}

// view implements store.Leaving.
type view struct{ t *tx }

func (v view) Count(_ context.Context, t store.Table) (n int64, err error) {
	err = v.t.row(`SELECT count(*) FROM `+t.Name, nil, &n)
	return n, err
}

func (v view) Counter(_ context.Context, t store.Table) (n int64, err error) {
	var sequence string
	err = v.t.row(`SELECT pg_get_serial_sequence($1, column_name) FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'`, []any{t.Name}, &sequence)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	err = v.t.row(`SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM `+sequence, nil, &n)
	return n, err
}

func (v view) Each(_ context.Context, t store.Table, columns []store.Column, f func(row []any) error) error {
	var after []any
	for {
		var rows [][]any
		if err := v.t.each(pageQuery(t, columns, after, 1000), pageArgs(t, columns, after), pageScan(columns, &rows)); err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if err := f(r); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1]
	}
}
