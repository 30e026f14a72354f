package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/intake"
)

// program is the part of the whole program with its clock set: notices go out at decent
// hours only, and a test runs at any. It is what main does, in this test binary.
func program(seconds string) {
	shift, err := strconv.Atoi(seconds)
	if err != nil {
		panic(err)
	}
	always = append(always, app.Clock(func() time.Time { return time.Now().Add(time.Duration(shift) * time.Second) }))
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// shift is what to add to the clock so that it is half past nine in Vietnam.
func shift() time.Duration {
	now := time.Now()
	return civil.On(now).Start().Add(9*time.Hour + 30*time.Minute).Sub(now).Round(time.Second)
}

// fleet is several replicas of the program on one store, with a fake Telegram and a reverse
// proxy before them.
type fleet struct {
	t        testing.TB
	shift    time.Duration
	env      []string
	fake     *channeltest.Telegram
	replicas []*replica
	proxy    *httptest.Server
	next     atomic.Int64
	tried    atomic.Int64 // replicas that did not answer, of all requests
}

// replica is one process and what is its own.
type replica struct {
	fleet *fleet
	name  string
	data  string
	addr  string
	mu    sync.Mutex
	cmd   *exec.Cmd
	log   string
}

const fleetKey = "he-thong-thu-nghiem-0123456789abcdef"

// newFleet starts n replicas on the store that env names; the first makes the keys, which
// the others are given.
func newFleet(t testing.TB, n int, env ...string) *fleet {
	t.Helper()
	f := &fleet{t: t, shift: shift(), fake: channeltest.NewTelegram(chatToken, "motcua_thu_bot")}
	f.fake.PerSecond, f.fake.Gap = 1<<20, -1
	platform := httptest.NewServer(f.fake)
	t.Cleanup(platform.Close)
	f.env = append(append(os.Environ(),
		fmt.Sprintf("%s=program %d", roleVariable, int(f.shift.Seconds())), "MOTCUA_TELEGRAM_TOKEN="+chatToken, "MOTCUA_TELEGRAM_SERVER="+platform.URL,
		"MOTCUA_PUBLIC_URL=https://motcua.example", "MOTCUA_RATE_PER_MINUTE=0", "MOTCUA_INTAKE_KEYS=thu:"+fleetKey+":traffic"), env...)
	f.proxy = httptest.NewServer(http.HandlerFunc(f.forward))
	t.Cleanup(f.proxy.Close)
	dir := t.TempDir()
	for i := range n {
		r := &replica{fleet: f, name: strconv.Itoa(i + 1), data: filepath.Join(dir, strconv.Itoa(i+1)), addr: freeAddress(t), log: filepath.Join(dir, strconv.Itoa(i+1)+".log")}
		if i > 0 {
			copyKeys(t, f.replicas[0].data, r.data)
		}
		f.replicas = append(f.replicas, r)
		t.Cleanup(r.kill)
		r.start()
		r.awaitReady()
	}
	return f
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func copyKeys(t testing.TB, from, to string) {
	t.Helper()
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(from, "*.key*"))
	if err != nil || len(names) < 4 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(filepath.Join(to, filepath.Base(name)), body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// command is the program with other arguments in this replica's folder.
func (r *replica) command(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], append([]string{"--data", r.data}, args...)...)
	c.Env = r.fleet.env
	return c
}

func (r *replica) start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	log, err := os.OpenFile(r.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		r.fleet.t.Error(err)
		return
	}
	defer log.Close()
	r.cmd = r.command("serve", "--addr", r.addr)
	r.cmd.Stdout, r.cmd.Stderr = log, log
	if err := r.cmd.Start(); err != nil {
		r.fleet.t.Error(err)
		r.cmd = nil
	}
}

// kill ends the process with no chance to say anything.
func (r *replica) kill() { r.end(syscall.SIGKILL) }

func (r *replica) end(s syscall.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cmd == nil {
		return
	}
	_ = r.cmd.Process.Signal(s) // it may be gone already
	_ = r.cmd.Wait()
	r.cmd = nil
}

func (r *replica) ready() bool {
	resp, err := http.Get("http://" + r.addr + "/readyz")
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func (r *replica) awaitReady() {
	r.fleet.t.Helper()
	eventual(r.fleet.t, "replica "+r.name+" is ready", func() bool { return r.ready() }, r.logged)
}

func (r *replica) logged() string {
	b, err := os.ReadFile(r.log)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// eventual waits for a state, two minutes at most on a busy machine.
func eventual(t testing.TB, what string, done func() bool, more func() string) {
	t.Helper()
	eventualIn(t, 2*time.Minute, what, done, more)
}

func eventualIn(t testing.TB, within time.Duration, what string, done func() bool, more func() string) {
	t.Helper()
	for end := time.Now().Add(within); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s\n%s", what, more())
		}
	}
}

// proxyWithin is how long the reverse proxy tries one replica after another, as lb_try_duration
// does in docs/deploy/Caddyfile.
const proxyWithin = 5 * time.Second

// forward is a reverse proxy that takes turns and goes on with the next replica where one does
// not answer, or breaks off: what comes back is whole.
func (f *fleet) forward(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	end := time.Now().Add(proxyWithin)
	for n := f.next.Add(1); ; n++ {
		resp, text, err := f.replicas[int(n)%len(f.replicas)].pass(r, body)
		if err == nil {
			for name, values := range resp.Header {
				w.Header()[name] = values
			}
			w.WriteHeader(resp.StatusCode)
			_, _ = w.Write(text) // who asked may be gone
			return
		}
		f.tried.Add(1)
		if time.Now().After(end) || r.Context().Err() != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

var behind = &http.Client{
	Timeout:       30 * time.Second,
	Transport:     &http.Transport{MaxIdleConnsPerHost: 16, DialContext: (&net.Dialer{Timeout: time.Second}).DialContext},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func (r *replica) pass(in *http.Request, body []byte) (*http.Response, []byte, error) {
	out, err := http.NewRequestWithContext(in.Context(), in.Method, "http://"+r.addr+in.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	for name, values := range in.Header {
		out.Header[name] = values
	}
	resp, err := behind.Do(out)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp, text, err
}

// now is what the replicas take for the present.
func (f *fleet) now() time.Time { return time.Now().Add(f.shift) }

// buyer is a person by number.
func buyer(i int) string { return fmt.Sprintf("mua-%06d", i) }

// sendSale tells, as the register of vehicles does, that somebody bought a vehicle three days
// ago, again until it is taken: the buyer is to be told today what to do.
func (f *fleet) sendSale(ctx context.Context, i int) error {
	body := fmt.Appendf(nil, `{"specversion":"1.0","id":"xe-%d","source":"/registers/traffic","type":"vn.motcua.event.vehicle_bought","subject":%q,"time":%q,
"datacontenttype":"application/json","data":{"on":%q,"subject":"xe-%06d"}}`, i, buyer(i), f.now().Format(time.RFC3339), civil.On(f.now()).AddDays(-3), i)
	var last error
	for end := time.Now().Add(2 * time.Minute); ctx.Err() == nil && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, f.proxy.URL+"/api/v1/events", bytes.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/cloudevents+json")
		r.Header.Set(intake.SignatureHeader, intake.Sign(intake.Sender{Key: "thu", Secret: []byte(fleetKey)}, r.Header, body, f.now().Add(time.Duration(rand.IntN(60))*time.Second)))
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			last = err
			continue
		}
		said, _ := io.ReadAll(resp.Body) // only to be shown
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusAccepted || resp.StatusCode == http.StatusOK {
			return nil
		}
		last = fmt.Errorf("%d %s", resp.StatusCode, said)
	}
	return errors.Join(last, ctx.Err())
}

// ask asks one question and reports whether a whole answer came.
func (f *fleet) ask(ctx context.Context, question string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, f.proxy.URL+"/api/v1/ask", strings.NewReader(fmt.Sprintf(`{"question":%q}`, question)))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && (resp.StatusCode != http.StatusOK || !bytes.Contains(text, []byte(`"status":"answered"`))) {
		err = fmt.Errorf("%d %.200s", resp.StatusCode, text)
	}
	return err
}
