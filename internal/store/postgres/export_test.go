package postgres

import (
	"context"

	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// OutboxRows lists the outbox by ID.
func (db *DB) OutboxRows(ctx context.Context) ([]storetest.Row, error) {
	return db.OutboxRowsOf(ctx, "")
}

// OutboxRowsOf lists the rows of people whose pseudonym begins so.
func (db *DB) OutboxRowsOf(ctx context.Context, prefix string) (out []storetest.Row, err error) {
	err = db.each(ctx, `SELECT o.id, o.said, o.state, o.reason, o.channel FROM people p JOIN outbox o ON o.person = p.id
		WHERE starts_with(p.name, $1) ORDER BY o.id`, []any{prefix}, func(scan func(...any) error) error {
		var r storetest.Row
		err := scan(&r.ID, &r.Said, &r.State, &r.Reason, &r.Channel)
		out = append(out, r)
		return err
	})
	return out, err
}

// ForceState writes a state past all our code.
func (db *DB) ForceState(ctx context.Context, id int64, state delivery.State) error {
	_, err := db.pool.Exec(ctx, `UPDATE outbox SET state = $1 WHERE id = $2`, string(state), id)
	return err
}

// SetFault asks fault before every statement of a transaction, and after every commit.
func (db *DB) SetFault(fault func(query string) error) { db.fault = fault }

// OverBudget counts person-days with more than one message in the ledger of attention.
func (db *DB) OverBudget(ctx context.Context) (n int, err error) {
	err = db.row(ctx, `SELECT count(*) FROM (SELECT 1 FROM attention WHERE NOT exempt GROUP BY person, day HAVING count(DISTINCT message) > 1) x`, nil, &n)
	return n, err
}

// ForgetHomes makes the store one that is older than its index of homes.
func (db *DB) ForgetHomes(ctx context.Context) error {
	_, err := db.pool.Exec(ctx, `DELETE FROM homes; DELETE FROM schedule WHERE name = 'homes'`)
	return err
}
