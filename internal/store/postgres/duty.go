package postgres

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// How soon a duty changes hands: whoever waits asks every dutyEvery, whoever holds it looks
// as often whether it still does, and a look or an answer may take dutyWithin. A holder
// whose machine is gone without a word is given up by the server after lostAfter.
const (
	dutyEvery  = 500 * time.Millisecond
	dutyWithin = 2 * time.Second
	lostAfter  = 3 // seconds
)

// Duty runs work in one process at a time of all that share the database and ask for the
// duty of that name; it returns when ctx ends and work has come back. work's context ends
// when the duty is lost: the connection that holds the lock has broken. Another process
// takes it up within five seconds. For as long as a broken connection is not noticed there
// may be two who work, so work must bear that; the daily work does, since a notice is queued
// once and whoever has changed meanwhile is left alone.
func (db *DB) Duty(ctx context.Context, name string, log *slog.Logger, work func(ctx context.Context)) {
	for ctx.Err() == nil {
		if err := db.hold(ctx, name, work); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "postgres: duty", "name", name, "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(dutyEvery):
		}
	}
}

// hold does the work if the duty is free; nil when it is not.
func (db *DB) hold(ctx context.Context, name string, work func(ctx context.Context)) error {
	conn, err := db.alone(ctx)
	if err != nil {
		return err
	}
	defer func() { // to close gives the lock back; a broken connection has nothing to give
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), dutyWithin)
		defer cancel()
		_ = conn.Close(last)
	}()
	for {
		free, err := asks(ctx, conn, `SELECT pg_try_advisory_lock(hashtextextended('motcua duty ' || $1, 0))`, name)
		if err != nil {
			return err
		}
		if free {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(dutyEvery):
		}
	}
	working, cancel := context.WithCancel(ctx)
	defer cancel()
	var under sync.WaitGroup
	under.Go(func() { defer cancel(); work(working) })
	defer under.Wait()
	for working.Err() == nil {
		select {
		case <-working.Done():
		case <-time.After(dutyEvery):
			if _, err := asks(ctx, conn, `SELECT true`); err != nil {
				cancel()
				return err
			}
		}
	}
	return nil
}

func asks(ctx context.Context, conn *pgx.Conn, query string, args ...any) (yes bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, dutyWithin)
	defer cancel()
	err = conn.QueryRow(ctx, query, args...).Scan(&yes)
	return yes, err
}

// alone is a connection outside the pool, for what is held for long. The server notices
// within seconds that the other end is gone.
func (db *DB) alone(ctx context.Context) (*pgx.Conn, error) {
	cfg := db.pool.Config().ConnConfig
	for name, value := range map[string]string{
		"statement_timeout": "0", "lock_timeout": "0", "idle_session_timeout": "0",
		"tcp_keepalives_idle": "1", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "2", "tcp_user_timeout": milliseconds(lostAfter * time.Second),
	} {
		cfg.RuntimeParams[name] = value
	}
	return pgx.ConnectConfig(ctx, cfg)
}
