package postgres

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/motcua/motcua/internal/store/postgrestest"
)

// open is a store of the test's own, empty and up to date.
func open(tb testing.TB) *DB {
	tb.Helper()
	return at(tb, fresh(tb))
}

// fresh is the address of a prepared, empty database.
func fresh(tb testing.TB) string {
	tb.Helper()
	return postgrestest.Fresh(tb, func(dsn string) error {
		db, err := Open(context.Background(), dsn, Options{})
		if err != nil {
			return err
		}
		return db.Close()
	})
}

// at is one process on the database.
func at(tb testing.TB, dsn string) *DB {
	tb.Helper()
	db, err := Open(context.Background(), dsn, Options{Conns: 8})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

func TestAnyNumberOfReplicasMayStartAtOnce(t *testing.T) {
	dsn := postgrestest.Empty(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			db, err := Open(t.Context(), dsn, Options{Conns: 2})
			if err != nil {
				t.Error(err)
				return
			}
			db.Close()
		})
	}
	all.Wait()
	db := at(t, dsn)
	var twice int
	if err := db.row(t.Context(), `SELECT count(*) - count(DISTINCT version_id) FROM goose_db_version`, nil, &twice); err != nil || twice != 0 {
		t.Errorf("%d steps were taken twice, %v", twice, err)
	}
}

func TestASchemaOfAnotherProgramIsRefusedInWordsThatSayHowToMendIt(t *testing.T) {
	dsn := postgrestest.Empty(t)
	assertRefused(t, dsn, Options{AsIs: true}, SchemaOlder, "còn thiếu", "vai trò được tạo bảng")
	var tables int
	db := at(t, dsn)
	if _, err := db.pool.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true); UPDATE schema_floor SET step = 99999`); err != nil {
		t.Fatal(err)
	}
	before := tablesOf(t, db)
	assertRefused(t, dsn, Options{}, SchemaNewer, "99999", "bản mới hơn", "Chưa có gì bị thay đổi")
	assertRefused(t, dsn, Options{AsIs: true}, SchemaNewer, "99999")
	if tables = tablesOf(t, db); tables != before {
		t.Errorf("%d tables after refusing, %d before", tables, before)
	}
}

func tablesOf(t *testing.T, db *DB) (n int) {
	t.Helper()
	if err := db.row(t.Context(), `SELECT count(*) FROM information_schema.tables`, nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// assertRefused checks code and words.
func assertRefused(t *testing.T, dsn string, o Options, code string, words ...string) {
	t.Helper()
	db, err := Open(t.Context(), dsn, o)
	if err == nil {
		db.Close()
		t.Fatalf("%s: it opened", code)
	}
	var e *OpenError
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("%s: got %v", code, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%s: %q does not say %q", code, err, w)
		}
	}
}

func TestWhatKeepsAServerFromBeingUsedIsSaidWithoutThePassword(t *testing.T) {
	dsn := postgrestest.Empty(t)
	for _, c := range []struct {
		dsn, code string
		words     []string
	}{
		{"postgres://u:bi-mat-1@127.0.0.1:port/x", WrongSettings, []string{"postgres://"}},
		{"postgres://u:bi-mat-1@127.0.0.1:1/x?sslmode=disable&connect_timeout=5", Unreachable, []string{"127.0.0.1:1", "tường lửa"}},
		{"postgres://u:bi-mat-1@khong-co.invalid/x?connect_timeout=5", Unreachable, []string{"khong-co.invalid"}},
		{"host=/khong/co user=u password=bi-mat-1 dbname=x", Unreachable, []string{"/khong/co"}},
		{postgrestest.Named(dsn, "khong_co"), WrongDatabase, []string{"khong_co", "createdb"}},
		{strings.Replace(dsn, "motcua@", "khong_ai:bi-mat-1@", 1), WrongPassword, []string{"khong_ai", "pg_hba.conf"}},
	} {
		assertRefused(t, c.dsn, Options{}, c.code, c.words...)
		if _, err := Open(t.Context(), c.dsn, Options{}); strings.Contains(err.Error(), "bi-mat") {
			t.Errorf("the password stands in %q", err)
		}
	}
}
