package sqlite

import (
	"context"

	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// OutboxRows lists the outbox by ID.
func (db *DB) OutboxRows(ctx context.Context) ([]storetest.Row, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT id, said, state, reason, channel FROM outbox ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []storetest.Row
	for rows.Next() {
		var r storetest.Row
		if err := rows.Scan(&r.ID, &r.Said, &r.State, &r.Reason, &r.Channel); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// ForceState writes a state past all our code.
func (db *DB) ForceState(ctx context.Context, id int64, state delivery.State) error {
	_, err := db.writing.conn.ExecContext(ctx, `UPDATE outbox SET state = ? WHERE id = ?`, string(state), id)
	return err
}

// SetFault asks fault before every statement that writes, and after every commit.
func (db *DB) SetFault(fault func(query string) error) {
	db.writing.mu.Lock()
	defer db.writing.mu.Unlock()
	db.writing.fault = fault
}

// OutboxRowsOf lists the rows of people whose pseudonym begins so.
func (db *DB) OutboxRowsOf(ctx context.Context, prefix string) ([]storetest.Row, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT o.id, o.said, o.state, o.reason, o.channel FROM people p JOIN outbox o ON o.person = p.id
		WHERE p.name >= ?1 AND p.name < ?1 || '~' ORDER BY o.id`, prefix)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []storetest.Row
	for rows.Next() {
		var r storetest.Row
		if err := rows.Scan(&r.ID, &r.Said, &r.State, &r.Reason, &r.Channel); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// OverBudget counts person-days with more than one message in the ledger of attention.
func (db *DB) OverBudget(ctx context.Context) (n int, err error) {
	err = db.read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM attention WHERE exempt = 0 GROUP BY person, day HAVING count(DISTINCT message) > 1)`).Scan(&n)
	return n, err
}

// ForgetHomes makes the store one that is older than its index of homes.
func (db *DB) ForgetHomes(ctx context.Context) error {
	_, err := db.writing.conn.ExecContext(ctx, `DELETE FROM homes; DELETE FROM schedule WHERE name = 'homes'`)
	return err
}
