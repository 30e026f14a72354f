// Package postgrestest gives tests a PostgreSQL server: the one MOTCUA_TEST_POSTGRES names,
// or one of their own that ends with them. It knows nothing of what is kept there.
package postgrestest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// errNone is why a test is skipped, or under CI fails.
var errNone = errors.New("no PostgreSQL: set MOTCUA_TEST_POSTGRES to an address whose role may create databases, or install the server (Debian: apt-get install postgresql)")

// server is started once for a test binary.
var server = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("MOTCUA_TEST_POSTGRES"); given != "" {
		return given, nil
	}
	return start()
})

// Server is the address of a server whose role may do everything. Without one the test is
// skipped; with CI set it fails, since there nothing may be left out.
func Server(tb testing.TB) string {
	tb.Helper()
	dsn, err := server()
	switch {
	case err == nil:
		return dsn
	case errors.Is(err, errNone) && os.Getenv("CI") == "":
		tb.Skip(err)
	default:
		tb.Fatal(err)
	}
	return ""
}

// alive is the other end of the server's input. It is kept here so that it is closed by the
// end of this process alone, and not by the garbage collector.
var alive io.Closer //nolint:unused // held, never read

// script runs the server until its input ends, which it does when whoever holds the other
// end is gone, in whatever way; then nothing of it stays behind.
const script = `"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=300 -c shared_buffers=128MB \
  -c max_wal_size=2GB -c log_min_messages=fatal >"$2/log" 2>&1 </dev/null & server=$!
read -r _
kill -QUIT $server; wait $server
rm -rf "$2"`

// start makes a server and runs it until the test binary ends.
func start() (string, error) {
	bin, dir, err := initialised()
	if err != nil {
		return "", err
	}
	run := command("/bin/sh", "-c", script, "sh", bin, dir)
	if alive, err = run.StdinPipe(); err != nil {
		return "", err
	}
	if err := run.Start(); err != nil {
		return "", err
	}
	return address(dir), await(address(dir), filepath.Join(dir, "log"))
}

// initialised makes a server in a temporary folder, reached over a socket only. Durability is
// as by default: speed measured here is that of a server that keeps what it was given. Its
// language is Vietnamese, so that an order left to the server shows.
func initialised() (bin, dir string, err error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		return "", "", errNone
	}
	bin = found[len(found)-1]
	if dir, err = os.MkdirTemp("", "motcua-pg-"); err != nil {
		return "", "", err
	}
	if err := own(dir); err != nil {
		return "", "", err
	}
	made := command(filepath.Join(bin, "initdb"), "-D", dir+"/data", "-U", "motcua", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
		"--locale-provider=icu", "--icu-locale=vi", "--no-instructions")
	if out, err := made.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	return bin, dir, nil
}

// address is where the server of a folder answers.
func address(dir string) string {
	return (&url.URL{Scheme: "postgres", User: url.User("motcua"), Path: "/postgres", RawQuery: url.Values{"host": {dir}, "sslmode": {"disable"}}.Encode()}).String()
}

// own gives the folder to the user the server will run as: as root it refuses to.
func own(dir string) error {
	if os.Getuid() != 0 {
		return nil
	}
	if out, err := exec.Command("chown", "postgres", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// command runs as the user postgres when we are root, else as we are.
func command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	if os.Getuid() == 0 {
		cmd = exec.Command("setpriv", append([]string{"--reuid=postgres", "--regid=postgres", "--clear-groups", "--", name}, args...)...)
	}
	cmd.Dir = "/"
	return cmd
}

// await waits until the server answers, at most two minutes on a busy machine.
func await(dsn, log string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, dsn)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			said, _ := os.ReadFile(log) // without it the error still says that nothing answered
			return fmt.Errorf("the server does not answer: %w: %s", err, bytes.TrimSpace(said))
		case <-time.After(50 * time.Millisecond):
		}
	}
}
