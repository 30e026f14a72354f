package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// Migrations are numbered by area, so that two lines of work never take one number: life
// events from 00101, channels from 00201, corpus from 00301, assistant and portal from 00401.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrating is the number of the advisory lock held while the schema is brought up to date.
const migrating = 0x6d6f7463 // "motc"

// migrate applies what is pending, one process at a time, or with asIs only looks.
func migrate(ctx context.Context, pool *pgxpool.Pool, steps fs.FS, asIs bool) error {
	db := stdlib.OpenDBFromPool(pool)
	defer func() { _ = db.Close() }() // its connections are the pool's
	files, err := fs.Sub(steps, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithAllowOutofOrder(true), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	if asIs {
		return compare(ctx, db, p, false)
	}
	// The lock is of a session of its own and not of goose's, which asks for its lock every
	// few seconds: here the next replica goes on the moment the one before is done.
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)`); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(migrating)); err != nil {
		return err
	}
	err = compare(ctx, db, p, true)
	if err == nil {
		_, err = p.Up(ctx)
	}
	keep := context.WithoutCancel(ctx)
	_, unlock := conn.Exec(keep, `SELECT pg_advisory_unlock($1)`, int64(migrating))
	_, reset := conn.Exec(keep, `RESET statement_timeout; RESET lock_timeout`)
	return errors.Join(err, unlock, reset)
}

// compare refuses a schema that asks for a step this program does not know, and with older
// false one that lacks some. Other steps it does not know it lives with: they only add, so
// that replicas of before and after work side by side (docs/adr/0006).
func compare(ctx context.Context, db *sql.DB, p *goose.Provider, older bool) error {
	have, err := applied(ctx, db)
	if err != nil {
		return err
	}
	var lacking []int64
	for _, s := range p.ListSources() {
		if at := slices.Index(have, s.Version); at >= 0 {
			have = slices.Delete(have, at, at+1)
		} else {
			lacking = append(lacking, s.Version)
		}
	}
	if len(have) > 0 {
		floor, err := floorOf(ctx, db)
		if err != nil {
			return err
		}
		if slices.Contains(have, floor) {
			return &OpenError{Code: SchemaNewer, Says: fmt.Sprintf("cơ sở dữ liệu do một bản Một Cửa mới hơn chuẩn bị và đòi hỏi bước %05d mà bản này không biết; "+
				"hãy chạy bản mới hơn đó, hoặc khôi phục bản sao lưu trước khi nâng cấp. Chưa có gì bị thay đổi", floor)}
		}
	}
	if len(lacking) > 0 && !older {
		return &OpenError{Code: SchemaOlder, Says: fmt.Sprintf("cơ sở dữ liệu còn thiếu %d bước chuẩn bị (bước đầu tiên: %05d); "+
			"hãy chạy motcua một lần bằng vai trò được tạo bảng rồi khởi động lại. Chưa có gì bị thay đổi", len(lacking), lacking[0])}
	}
	return nil
}

// floorOf is the newest step that a program must know; 0 where there is none.
func floorOf(ctx context.Context, db *sql.DB) (step int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT step FROM schema_floor`).Scan(&step)
	var e *pgconn.PgError
	if errors.Is(err, sql.ErrNoRows) || errors.As(err, &e) && e.Code == undefinedTable {
		err = nil
	}
	return step, err
}

// applied lists the steps the database holds; none for an empty one.
func applied(ctx context.Context, db *sql.DB) ([]int64, error) {
	rows, err := db.QueryContext(ctx, `SELECT version_id FROM goose_db_version WHERE version_id > 0 GROUP BY version_id ORDER BY version_id`)
	if err != nil {
		var e *pgconn.PgError
		if errors.As(err, &e) && e.Code == undefinedTable {
			return nil, nil
		}
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var v int64
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
