package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// writing is the one connection that writes, with the statements prepared on it:
// preparing anew for each row costs more than running it.
type writing struct {
	mu    sync.Mutex // held for a whole transaction
	queue sync.Mutex // held while waiting for mu by all but those whom somebody waits for; see lock
	conn  *sql.Conn
	known map[string]*sql.Stmt
	// fault, in tests only, is asked before every statement and after every commit, and
	// stands for a process that dies there.
	fault func(query string) error
}

// lock waits for the connection. Of those not in a hurry one waits at a time, so whoever is
// finds at most one transaction running and one before it, however many there are.
func (w *writing) lock(hurry bool) {
	if !hurry {
		w.queue.Lock()
		defer w.queue.Unlock()
	}
	w.mu.Lock()
}

// tx is a running write transaction. It is not for use by several goroutines.
type tx struct {
	ctx context.Context
	w   *writing
}

// inTx runs f in one write transaction, one at a time in this process. An error, or a
// panic, rolls back.
func (db *DB) inTx(ctx context.Context, f func(t *tx) error) (err error) {
	if t, running := ctx.Value(joined{}).(*tx); running && t.w == &db.writing {
		return t.part(f)
	}
	db.writing.lock(false)
	defer db.writing.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{ctx, &db.writing}
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return full(err)
	}
	committed := false
	defer func() {
		if !committed {
			// A rollback must not be cancelled. SQLite may have rolled back already (disk
			// full), then there is nothing left to do and its error tells nothing.
			_, _ = db.writing.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if err := f(t); err != nil {
		return full(err)
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return full(err)
	}
	committed = true
	return nil
}

// joined is the key under which a context carries the transaction that is running.
type joined struct{}

// Together makes one transaction of the writes that f makes with the context it is given:
// a commit costs more than a row. A write that fails is undone alone; what f returns, or
// a failing commit, undoes them all. f must not read what it writes.
func (db *DB) Together(ctx context.Context, f func(ctx context.Context) error) error {
	return db.inTx(ctx, func(t *tx) error { return f(context.WithValue(ctx, joined{}, t)) })
}

// part runs f inside the running transaction, to be undone alone.
func (t *tx) part(f func(t *tx) error) error {
	if _, err := t.exec("SAVEPOINT part"); err != nil {
		return full(err)
	}
	err := f(t)
	if err != nil {
		if _, undo := t.exec("ROLLBACK TO part"); undo != nil {
			return errors.Join(full(err), undo)
		}
	}
	_, released := t.exec("RELEASE part")
	return errors.Join(full(err), released)
}

func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if t.w.fault != nil {
		if err := t.w.fault(query); err != nil {
			return nil, err
		}
	}
	if s, ok := t.w.known[query]; ok {
		return s, nil
	}
	s, err := t.w.conn.PrepareContext(t.ctx, query)
	if err == nil {
		t.w.known[query] = s
	}
	return s, err
}

func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.ctx, args...)
}

// query's rows must be closed before the next statement that writes what they read.
func (t *tx) query(query string, args ...any) (*sql.Rows, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(t.ctx, args...)
}

// row scans the only row; sql.ErrNoRows when there is none.
func (t *tx) row(query string, args []any, into ...any) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(t.ctx, args...).Scan(into...)
}

func (w *writing) close() error {
	var errs []error
	for _, s := range w.known {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}
