package postgrestest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// template is a database that was prepared once and is copied for each test.
var template struct {
	sync.Mutex
	name string
	err  error
}

var count atomic.Int64

// Empty is the address of a database of the test's own with nothing in it; it is dropped
// when the test ends.
func Empty(tb testing.TB) string {
	tb.Helper()
	return made(tb, "template0")
}

// Fresh is Empty with what prepare put into a database; prepare runs once for a test binary,
// which must always give the same one.
func Fresh(tb testing.TB, prepare func(dsn string) error) string {
	tb.Helper()
	admin := Server(tb)
	template.Lock()
	if template.name == "" && template.err == nil {
		template.name = fmt.Sprintf("motcua_test_%d_template", os.Getpid())
		if template.err = run(admin, "CREATE DATABASE "+template.name+" TEMPLATE template0"); template.err == nil {
			template.err = prepare(Named(admin, template.name))
		}
	}
	err := template.err
	template.Unlock()
	if err != nil {
		tb.Fatal(err)
	}
	return made(tb, template.name)
}

func made(tb testing.TB, from string) string {
	tb.Helper()
	admin := Server(tb)
	name := fmt.Sprintf("motcua_test_%d_%d", os.Getpid(), count.Add(1))
	if err := run(admin, "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		// A test that is over may have left connections behind when it failed.
		if err := run(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Error(err)
		}
	})
	return Named(admin, name)
}

// Named is the address of another database on the same server.
func Named(dsn, name string) string {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme == "" {
		return strings.TrimSpace(dsn) + " dbname=" + name
	}
	u.Path = "/" + name
	return u.String()
}

// Run runs one statement on the server as the role that may do everything.
func Run(tb testing.TB, dsn, statement string) {
	tb.Helper()
	if err := run(dsn, statement); err != nil {
		tb.Fatal(err)
	}
}

func run(dsn, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }() // what it was opened for is done
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
