// Package postgres keeps everything on a PostgreSQL server, for installations that run
// several replicas of the program side by side. It has the names and the behaviour of
// package sqlite, held by the same suites of storetest.
//
// Instants are Unix milliseconds, days of law YYYY-MM-DD, days of life events yyyymmdd as a
// number: the same values as in the SQLite file, so that moving is copying. Text that is
// sorted or compared is declared COLLATE "C": order must not depend on the language the
// server was set up with.
package postgres

import (
	"context"
	"io/fs"
	"runtime"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Options are how the server is used. The zero value suits a server beside the program.
type Options struct {
	// Conns is how many connections this process may hold. Default 4 for each processor, at
	// least 8; one more is held by whoever listens and one by who runs the daily work.
	Conns int
	// Statement bounds one statement. Default 30s; negative means no bound.
	Statement time.Duration
	// Lock bounds waiting for a lock that another transaction holds. Default 10s; negative
	// means no bound.
	Lock time.Duration
	// Name is what the server's own lists call this process. Default "motcua".
	Name string
	// AsIs refuses a schema that is not this program's instead of bringing it up to date:
	// for roles that may not change tables.
	AsIs bool

	// steps are those this program knows; tests put another program's here.
	steps fs.FS
}

func (o Options) filled() Options {
	if o.Conns <= 0 {
		o.Conns = max(8, 4*runtime.NumCPU())
	}
	o.Conns = max(2, o.Conns) // bringing the schema up to date takes two
	if o.Statement == 0 {
		o.Statement = 30 * time.Second
	}
	if o.Lock == 0 {
		o.Lock = 10 * time.Second
	}
	if o.Name == "" {
		o.Name = "motcua"
	}
	if o.steps == nil {
		o.steps = migrations
	}
	return o
}

// DB is reached and migrated.
type DB struct {
	pool *pgxpool.Pool
	// fault, in tests only, is asked before every statement of a transaction and after every
	// commit, and stands for a process that dies there.
	fault func(query string) error
}

// Open reaches the server at dsn ("postgres://user@host:5432/database?sslmode=verify-full" or
// "host=… dbname=…") and brings the schema up to date; any number of processes may do so at
// once. What keeps it from opening is an OpenError. The password may stand in dsn, in
// PGPASSWORD or in a file named by PGPASSFILE.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	o = o.filled()
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, explainSettings(err)
	}
	cfg.MaxConns = int32(o.Conns)
	cfg.MaxConnIdleTime = 10 * time.Minute
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	setting := cfg.ConnConfig.RuntimeParams
	setting["application_name"] = o.Name
	setting["statement_timeout"] = milliseconds(o.Statement)
	setting["lock_timeout"] = milliseconds(o.Lock)
	setting["idle_in_transaction_session_timeout"] = milliseconds(2 * o.Statement)
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, explain(cfg.ConnConfig, err)
	}
	if err := migrate(ctx, pool, o.steps, o.AsIs); err != nil {
		pool.Close()
		return nil, explain(cfg.ConnConfig, err)
	}
	return &DB{pool: pool}, nil
}

// milliseconds is how PostgreSQL reads a time-out; 0 is none.
func milliseconds(d time.Duration) string { return strconv.FormatInt(max(0, d.Milliseconds()), 10) }

// Close gives every connection back; it waits for those in use.
func (db *DB) Close() error {
	db.pool.Close()
	return nil
}

// Server says what was found: version, database and role, for the operator's eyes.
func (db *DB) Server(ctx context.Context) (string, error) {
	var version, name, role string
	err := db.pool.QueryRow(ctx, `SELECT current_setting('server_version'), current_database(), current_user`).Scan(&version, &name, &role)
	return "PostgreSQL " + version + ", cơ sở dữ liệu " + name + ", vai trò " + role, err
}
