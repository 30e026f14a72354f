package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
)

// loadTime is how long a load lasts.
const loadTime = 10 * time.Second

// post is one webhook request ready to be written.
func postBytes(host, secret string, body []byte) []byte {
	return fmt.Appendf(nil, "POST /webhook/telegram HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: %s\r\nContent-Length: %d\r\n\r\n%s", host, secret, len(body), body)
}

// line is one kept connection, as Telegram and attackers have them.
type line struct {
	net.Conn
	in *bufio.Reader
}

func dial(b *testing.B, host string) *line {
	b.Helper()
	c, err := net.Dial("tcp", host)
	if err != nil {
		b.Fatal(err)
	}
	return &line{c, bufio.NewReader(c)}
}

// ask writes a request and reads the answer's status.
func (l *line) ask(request []byte) (string, error) {
	if _, err := l.Write(request); err != nil {
		return "", err
	}
	first, err := l.in.ReadString('\n')
	for err == nil {
		var s string
		if s, err = l.in.ReadString('\n'); s == "\r\n" {
			break // every answer of the webhook has an empty body
		}
	}
	return strings.TrimSpace(first), err
}

// loadFor posts at a steady rate over some connections, each request due at its own moment:
// one that waits for those before it waits on the clock too. It returns the times to
// acknowledgement, in order, and how many got another status than the one wanted.
func loadFor(b *testing.B, host string, length time.Duration, perSecond, lines int, want string, request func(i int) []byte) (took []time.Duration, other int64) {
	b.Helper()
	n := int(length.Seconds()) * perSecond
	took = make([]time.Duration, n)
	var next, wrong atomic.Int64
	var under sync.WaitGroup
	begin := time.Now()
	for range lines {
		under.Go(func() {
			l := dial(b, host)
			defer l.Close()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				due := begin.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
				time.Sleep(time.Until(due))
				status, err := l.ask(request(i))
				took[i] = time.Since(due)
				if err != nil || !strings.HasPrefix(status, want) {
					wrong.Add(1)
				}
			}
		})
	}
	under.Wait()
	slices.Sort(took)
	return took, wrong.Load()
}

func at(took []time.Duration, share float64) float64 {
	return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
}

func serveForLoad(b *testing.B) (s *service, host, secret string) {
	b.Helper()
	s = &service{t: b, path: binary(b), data: filepath.Join(b.TempDir(), "data"), fake: channeltest.NewTelegram(chatToken, "motcua_thu_bot")}
	s.server = httptest.NewServer(s.fake)
	b.Cleanup(s.server.Close)
	var err error
	if s.log, err = os.Create(filepath.Join(b.TempDir(), "log")); err != nil {
		b.Fatal(err)
	}
	s.start(true)
	b.Cleanup(s.stop)
	return s, strings.TrimPrefix(s.address, "http://"), s.secret()
}

// update is one person's question; every number is new.
func (s *service) update(i int) []byte {
	return fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"Lan","language_code":"vi"},"chat":{"id":%d,"type":"private"},"date":1790000000,"text":%q}}`,
		5_000_000+i, i, 10_000+i%5000, 10_000+i%5000, chatQuestions[i%len(chatQuestions)])
}

// BenchmarkWebhook posts 1,000 updates a second to the real program, which answers what it
// can behind. Metrics: milliseconds to acknowledgement.
func BenchmarkWebhook(b *testing.B) {
	s, host, secret := serveForLoad(b)
	for id := range int64(5000) {
		s.fake.Known(10_000 + id)
	}
	base := 0
	for b.Loop() {
		before := processorTime(s.cmd.Process.Pid)
		took, wrong := loadFor(b, host, loadTime, 1000, 64, "HTTP/1.1 200", func(i int) []byte { return postBytes(host, secret, s.update(base+i)) })
		base += len(took)
		b.ReportMetric(float64(processorTime(s.cmd.Process.Pid)-before)/loadTime.Seconds(), "cpu-%")
		answered := len(s.fake.Requests("sendMessage"))
		b.ReportMetric(at(took, 0.5), "p50-ms")
		b.ReportMetric(at(took, 0.99), "p99-ms")
		b.ReportMetric(at(took, 1), "max-ms")
		b.ReportMetric(float64(answered), "answered-behind")
		b.ReportMetric(float64(wrong), "not-accepted")
	}
}

// BenchmarkWebhookForged adds 10,000 forged posts a second to 200 good ones; see measure.
func BenchmarkWebhookForged(b *testing.B) {
	s, host, secret := serveForLoad(b)
	f := forgery{host: host, want: "401", pid: s.cmd.Process.Pid}
	base := 0
	f.good = func(i int) []byte { return postBytes(host, secret, s.update(base+i)) }
	f.forged = func(host string) []byte { return postBytes(host, strings.Repeat("x", len(secret)), s.update(1)) }
	for ; b.Loop(); base += 1_000_000 {
		f.measure(b)
	}
}

// processorTime is what a process has used, in hundredths of a second: what it needs, also
// on a machine that others keep busy. 0 where the system does not tell.
func processorTime(pid int) (ticks int64) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	for _, f := range fields[11:13] {
		var n int64
		if _, err := fmt.Sscan(f, &n); err == nil {
			ticks += n
		}
	}
	return ticks
}
