package postgres

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// tries is how often a transaction is run before its conflict is handed to the caller.
const tries = 8

// tx is a running transaction. It is not for use by several goroutines.
type tx struct {
	ctx   context.Context
	tx    pgx.Tx
	fault func(query string) error
}

// inTx runs f in one transaction: each statement sees what was committed before it began.
// What f read and then relies on it must have locked (FOR UPDATE), or be run by inSerialTx.
//
// f may run several times: the server ends one of two transactions that wait for each other,
// or that could not have run one after the other, and asks for it to be run again, which is
// the cure PostgreSQL's manual gives. So f must set what it hands out from scratch and must
// do nothing outside the transaction. An error, or a panic, rolls back.
func (db *DB) inTx(ctx context.Context, f func(t *tx) error) error {
	return db.retried(ctx, pgx.TxOptions{}, f)
}

// inSerialTx is inTx as if nothing else ran at the same time. It costs more and is run
// again more often: for rare decisions that rest on rows which may not exist yet.
func (db *DB) inSerialTx(ctx context.Context, f func(t *tx) error) error {
	return db.retried(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable}, f)
}

// inFullTx is inTx for what citizens are told and what they agreed to: once begun it is
// not cancelled half-way, and when it returns the change is on the server's disk, also where
// the server's default is not to wait for that.
func (db *DB) inFullTx(ctx context.Context, f func(t *tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.retried(context.WithoutCancel(ctx), pgx.TxOptions{BeginQuery: "BEGIN; SET LOCAL synchronous_commit = on"}, f)
}

// byKey keeps the server to one index look-up for each row asked for. It chooses by what it
// last counted, and an outbox fills by the hundred thousand and empties within minutes: by
// counts of before it would now and then compare every row asked for with every row that waits.
const byKey = `; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off` +
	`; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off`

// inOutboxTx is inFullTx for the steps of the outbox, every one of which names its rows.
func (db *DB) inOutboxTx(ctx context.Context, f func(t *tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.retried(context.WithoutCancel(ctx), pgx.TxOptions{BeginQuery: "BEGIN; SET LOCAL synchronous_commit = on" + byKey}, f)
}

// inOutboxView is inOutboxTx for reading.
func (db *DB) inOutboxView(ctx context.Context, f func(t *tx) error) error {
	return db.retried(ctx, pgx.TxOptions{BeginQuery: "BEGIN READ ONLY" + byKey}, f)
}

// inUrgentTx is inFullTx: here nobody waits for a turn. The name is kept so that both
// stores read alike.
func (db *DB) inUrgentTx(ctx context.Context, f func(t *tx) error) error { return db.inFullTx(ctx, f) }

// inView runs f on one consistent state, which it must not change.
func (db *DB) inView(ctx context.Context, f func(t *tx) error) error {
	return db.retried(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, f)
}

func (db *DB) retried(ctx context.Context, o pgx.TxOptions, f func(t *tx) error) error {
	if t, running := ctx.Value(joined{}).(*tx); running {
		return t.part(f)
	}
	for n := 1; ; n++ {
		err := db.once(ctx, o, f)
		if n == tries || !is(err, serializationFailure, deadlockDetected) {
			return full(err)
		}
		// Those who met wait for different times, or they would meet again.
		pause := time.NewTimer(time.Duration(rand.Int64N(int64(n) * int64(5*time.Millisecond))))
		select {
		case <-ctx.Done():
			pause.Stop()
			return errors.Join(ctx.Err(), err)
		case <-pause.C:
		}
	}
}

func (db *DB) once(ctx context.Context, o pgx.TxOptions, f func(t *tx) error) error {
	begun, err := db.pool.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	// After a commit it says so, and nothing else. A rollback must not be cancelled.
	defer func() { _ = begun.Rollback(context.WithoutCancel(ctx)) }()
	if err := f(&tx{ctx, begun, db.fault}); err != nil {
		return err
	}
	if err := begun.Commit(ctx); err != nil {
		return err
	}
	if db.fault != nil {
		return db.fault("committed")
	}
	return nil
}

// joined is the key under which a context carries the transaction that is running.
type joined struct{}

// Together makes one transaction of the writes that f makes with the context it is given:
// a commit costs more than a row. A write that fails is undone alone; what f returns, or
// a failing commit, undoes them all. f must not read what it writes; it is run once only.
func (db *DB) Together(ctx context.Context, f func(ctx context.Context) error) error {
	if t, running := ctx.Value(joined{}).(*tx); running {
		return t.part(func(t *tx) error { return f(context.WithValue(ctx, joined{}, t)) })
	}
	return full(db.once(ctx, pgx.TxOptions{}, func(t *tx) error { return f(context.WithValue(ctx, joined{}, t)) }))
}

// part runs f inside the running transaction, to be undone alone: PostgreSQL takes nothing
// more in a transaction after an error but for going back to a savepoint.
func (t *tx) part(f func(t *tx) error) error {
	point, err := t.tx.Begin(t.ctx)
	if err != nil {
		return err
	}
	if err := f(&tx{t.ctx, point, t.fault}); err != nil {
		return errors.Join(full(err), point.Rollback(context.WithoutCancel(t.ctx)))
	}
	return full(point.Commit(t.ctx))
}

func (t *tx) check(query string) error {
	if t.fault == nil {
		return nil
	}
	return t.fault(query)
}

// exec runs a statement with $1, $2 … for args.
func (t *tx) exec(query string, args ...any) (pgconn.CommandTag, error) {
	if err := t.check(query); err != nil {
		return pgconn.CommandTag{}, err
	}
	return t.tx.Exec(t.ctx, query, args...)
}

// row scans the only row; an error that is sql.ErrNoRows when there is none.
func (t *tx) row(query string, args []any, into ...any) error {
	if err := t.check(query); err != nil {
		return err
	}
	return t.tx.QueryRow(t.ctx, query, args...).Scan(into...)
}

// each scans every row before it returns, so that the caller may write next: a connection
// runs one statement at a time.
func (t *tx) each(query string, args []any, scan func(scan func(...any) error) error) error {
	if err := t.check(query); err != nil {
		return err
	}
	rows, err := t.tx.Query(t.ctx, query, args...)
	return eachRow(rows, err, scan)
}

// each reads outside any transaction.
func (db *DB) each(ctx context.Context, query string, args []any, scan func(scan func(...any) error) error) error {
	rows, err := db.pool.Query(ctx, query, args...)
	return eachRow(rows, err, scan)
}

// row reads one row outside any transaction.
func (db *DB) row(ctx context.Context, query string, args []any, into ...any) error {
	return db.pool.QueryRow(ctx, query, args...).Scan(into...)
}

func eachRow(rows pgx.Rows, err error, scan func(scan func(...any) error) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// insert adds many rows of some width, a few dozen with one statement. head ends with
// "VALUES", tail says what to do about rows already there or is "".
func (t *tx) insert(head string, width int, values []any, tail string) error {
	for _, rows := range [...]int{64, 8, 1} {
		if len(values) < rows*width {
			continue
		}
		query := head + places(rows, width) + tail
		for len(values) >= rows*width {
			if _, err := t.exec(query, values[:rows*width]...); err != nil {
				return err
			}
			values = values[rows*width:]
		}
	}
	return nil
}

// places is "($1, $2), ($3, $4)" for two rows of width two.
func places(rows, width int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteString(" (")
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(") ")
	return b.String()
}
