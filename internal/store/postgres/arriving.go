package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/internal/store"
)

// Columns implements store.Arriving.
func (db *DB) Columns(ctx context.Context, t store.Table) (out []store.Column, err error) {
	kinds := map[string]store.Kind{
		"bigint": store.Number, "integer": store.Number, "smallint": store.Number, "text": store.Words, "bytea": store.Bytes, "boolean": store.Flag,
	}
	err = db.each(ctx, `SELECT column_name, data_type FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`, []any{t.Name}, func(scan func(...any) error) error {
		var name, kind string
		if err := scan(&name, &kind); err != nil {
			return err
		}
		k, known := kinds[kind]
		if !known {
			return fmt.Errorf("postgres: column %s is of a kind not moved: %s", name, kind)
		}
		out = append(out, store.Column{Name: name, Kind: k})
		return nil
	})
	if err != nil {
		return nil, err
	}
	// The key first, the rest as it stands.
	place := func(c store.Column) int {
		if i := slices.Index(t.Key, c.Name); i >= 0 {
			return i
		}
		return len(t.Key)
	}
	slices.SortStableFunc(out, func(a, b store.Column) int { return place(a) - place(b) })
	if len(out) == 0 {
		return nil, errors.New("postgres: no such table")
	}
	return out, nil
}

// Page implements store.Arriving.
func (db *DB) Page(ctx context.Context, t store.Table, columns []store.Column, after []any, n int) (out [][]any, err error) {
	err = db.each(ctx, pageQuery(t, columns, after, n), pageArgs(t, columns, after), pageScan(columns, &out))
	return out, err
}

func pageQuery(t store.Table, columns []store.Column, after []any, n int) string {
	key := strings.Join(t.Key, ", ")
	where := ""
	if after != nil {
		where = ` WHERE (` + key + `) > ` + strings.TrimSpace(places(1, len(t.Key)))
	}
	return fmt.Sprintf(`SELECT %s FROM %s%s ORDER BY %s LIMIT %d`, store.Names(columns), t.Name, where, key, n)
}

func pageArgs(t store.Table, columns []store.Column, after []any) []any {
	if after == nil {
		return nil
	}
	return kept(columns, after[:len(t.Key)])
}

func pageScan(columns []store.Column, out *[][]any) func(scan func(...any) error) error {
	return func(scan func(...any) error) (err error) {
		row, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := scan(places...); err != nil {
			return err
		}
		for i, c := range columns {
			if row[i], err = c.Value(row[i]); err != nil {
				return err
			}
		}
		*out = append(*out, row)
		return nil
	}
}

// kept turns values into those this database keeps.
func kept(columns []store.Column, row []any) []any {
	out := slices.Clone(row)
	for i := range out {
		if n, ok := out[i].(int64); ok && columns[i].Kind == store.Flag {
			out[i] = n != 0
		}
	}
	return out
}

// Put implements store.Arriving. Rows come as they are, in whatever state: what guards the
// steps between states does not look at them.
func (db *DB) Put(ctx context.Context, t store.Table, columns []store.Column, rows [][]any, fresh bool) error {
	return db.unguarded(ctx, t, func(x *tx) error {
		if fresh {
			names := strings.Split(store.Names(columns), ", ")
			return x.copy(t.Name, names, len(rows), func(i int) []any { return kept(columns, rows[i]) })
		}
		var values []any
		for _, r := range rows {
			values = append(values, kept(columns, r)...)
		}
		var set []string
		for _, c := range columns[len(t.Key):] {
			set = append(set, c.Name+" = excluded."+c.Name)
		}
		tail := ` ON CONFLICT (` + strings.Join(t.Key, ", ") + `) DO `
		if len(set) == 0 {
			tail += `NOTHING`
		} else {
			tail += `UPDATE SET ` + strings.Join(set, ", ")
		}
		return x.insert(`INSERT INTO `+t.Name+` (`+store.Names(columns)+`) VALUES`, len(columns), values, tail)
	})
}

// Drop implements store.Arriving.
func (db *DB) Drop(ctx context.Context, t store.Table, columns []store.Column, keys [][]any) error {
	return db.unguarded(ctx, t, func(x *tx) error {
		for len(keys) > 0 {
			n := min(len(keys), 100)
			var values []any
			for _, k := range keys[:n] {
				values = append(values, kept(columns, k)...)
			}
			if _, err := x.exec(`DELETE FROM `+t.Name+` WHERE (`+strings.Join(t.Key, ", ")+`) IN (`+places(n, len(t.Key))+`)`, values...); err != nil {
				return err
			}
			keys = keys[n:]
		}
		return nil
	})
}

// unguarded runs f in one transaction without the triggers of a table.
func (db *DB) unguarded(ctx context.Context, t store.Table, f func(*tx) error) error {
	return db.inTx(ctx, func(x *tx) error {
		var guarded bool
		err := x.row(`SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal)`, []any{t.Name}, &guarded)
		if err != nil {
			return err
		}
		if !guarded {
			return f(x)
		}
		if _, err := x.exec(`ALTER TABLE ` + t.Name + ` DISABLE TRIGGER USER`); err != nil {
			return err
		}
		if err := f(x); err != nil {
			return err
		}
		_, err = x.exec(`ALTER TABLE ` + t.Name + ` ENABLE TRIGGER USER`)
		return err
	})
}

// SetCounter implements store.Arriving.
func (db *DB) SetCounter(ctx context.Context, t store.Table, at int64) error {
	var column, sequence string
	err := db.row(ctx, `SELECT column_name, pg_get_serial_sequence($1, column_name) FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'`, []any{t.Name}, &column, &sequence)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = db.pool.Exec(ctx, `SELECT setval($1::regclass, n, true) FROM (SELECT GREATEST($2, MAX(`+column+`)) AS n FROM `+t.Name+`) x WHERE n > 0`, sequence, at)
	return err
}

// Reasons why a move cannot begin.
var (
	ErrNotEmpty = errors.New("cơ sở dữ liệu PostgreSQL này đã có dữ liệu; hãy chuyển vào một cơ sở dữ liệu trống (createdb)")
	ErrInUse    = errors.New("dịch vụ đã chạy trên kho PostgreSQL này từ khi chuyển; chuyển lại sẽ xóa những gì ghi từ đó, nên chương trình không làm")
	ErrMoving   = errors.New("kho PostgreSQL này đang được chuyển dở; hãy chạy lại motcua migrate-store cho xong")
)

// BeginMove marks that everything is being brought from a source: into an empty database, or
// once more from the same source as long as no service used what arrived.
func (db *DB) BeginMove(ctx context.Context, source string) error {
	return db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`LOCK TABLE moves IN EXCLUSIVE MODE`); err != nil {
			return err
		}
		var before, state string
		err := t.row(`SELECT source, state FROM moves`, nil, &before, &state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			if err := t.empty(); err != nil {
				return err
			}
		case err != nil:
			return err
		case before != source:
			return ErrNotEmpty
		case state == "used":
			return ErrInUse
		}
		_, err = t.exec(`INSERT INTO moves (source, state) VALUES ($1, 'moving') ON CONFLICT (one) DO UPDATE SET state = 'moving'`, source)
		return err
	})
}

// empty checks that there is nothing but what the migrations put there.
func (t *tx) empty() error {
	for _, table := range store.Tables {
		if table.Name == "meta" || table.Name == "schedule" {
			continue
		}
		var some bool
		if err := t.row(`SELECT EXISTS (SELECT FROM `+table.Name+`)`, nil, &some); err != nil {
			return err
		}
		if some {
			return ErrNotEmpty
		}
	}
	return nil
}

// EndMove marks that everything has arrived.
func (db *DB) EndMove(ctx context.Context) error {
	return db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`UPDATE moves SET state = 'moved'`)
		return err
	})
}

// BeginUse is called by a service before it uses the store: one that is being brought here
// is not whole yet.
func (db *DB) BeginUse(ctx context.Context) error {
	return db.inTx(ctx, func(t *tx) error {
		var state string
		err := t.row(`SELECT state FROM moves FOR UPDATE`, nil, &state)
		switch {
		case errors.Is(err, sql.ErrNoRows) || err == nil && state == "used":
			return nil
		case err != nil:
			return err
		case state == "moving":
			return ErrMoving
		}
		_, err = t.exec(`UPDATE moves SET state = 'used'`)
		return err
	})
}

// Identity names this database apart from every other.
func (db *DB) Identity(ctx context.Context) (id string, err error) {
	err = db.row(ctx, `SELECT id::text FROM identity`, nil, &id)
	return id, err
}

// Where says which server and database these are, without any secret.
func (db *DB) Where() string {
	c := db.pool.Config().ConnConfig
	return fmt.Sprintf("PostgreSQL %s:%d/%s", c.Host, c.Port, c.Database)
}
