package postgrestest

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Own is a server of one test's own, which it may stop and start again.
type Own struct {
	tb       testing.TB
	bin, dir string
	cmd      *exec.Cmd
	alive    io.Closer
}

// NewOwn makes a server and starts it; it ends with the test. Without Debian's postgresql the
// test is skipped, or fails under CI, as with Server.
func NewOwn(tb testing.TB) *Own {
	tb.Helper()
	bin, dir, err := initialised()
	switch {
	case errors.Is(err, errNone) && os.Getenv("CI") == "":
		tb.Skip(err)
	case err != nil:
		tb.Fatal(err)
	}
	o := &Own{tb: tb, bin: bin, dir: dir}
	tb.Cleanup(func() {
		o.Stop()
		_ = os.RemoveAll(dir) // in the folder for temporary files
	})
	o.Start()
	return o
}

// DSN is its address.
func (o *Own) DSN() string { return address(o.dir) }

// again is script for a server whose data stays.
const again = `"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=100 -c log_min_messages=fatal >>"$2/log" 2>&1 </dev/null & server=$!
read -r _
kill -QUIT $server; wait $server`

// Start runs it and waits until it answers.
func (o *Own) Start() {
	o.tb.Helper()
	o.cmd = command("/bin/sh", "-c", again, "sh", o.bin, o.dir)
	var err error
	if o.alive, err = o.cmd.StdinPipe(); err == nil {
		err = o.cmd.Start()
	}
	if err == nil {
		err = await(o.DSN(), filepath.Join(o.dir, "log"))
	}
	if err != nil {
		o.tb.Fatal(err)
	}
}

// Stop ends it at once, with every connection to it.
func (o *Own) Stop() {
	if o.cmd == nil {
		return
	}
	_ = o.alive.Close()
	_ = o.cmd.Wait() // it was ended: its status says so
	o.cmd = nil
}
