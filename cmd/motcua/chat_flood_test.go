package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// roleVariable makes this test binary play a part in a load instead of testing: what posts
// forgeries must not share a process, or a turn at the processor, with what it is to disturb.
const roleVariable = "MOTCUA_TEST_ROLE"

// playRole reports whether this process was started to play a part, and plays it.
func playRole() bool {
	part := strings.Fields(os.Getenv(roleVariable))
	if len(part) == 0 {
		return false
	}
	switch part[0] {
	case "flood":
		flood(part[1:])
	case "refuse":
		refuseAll()
	case "program":
		program(part[1])
	}
	return true
}

// The flood: connections kept open, each writing some requests at a time without waiting
// for answers, as somebody who wants to do harm cheaply would.
const (
	floodLines = 32
	floodBatch = 8
	floodAhead = 20 * floodBatch // unanswered requests of a line before it waits
)

// flood posts what stands on its input to a host, so many times a second for so long, and
// prints how many were answered and how many as wanted.
func flood(args []string) {
	host, want := args[0], []byte("HTTP/1.1 "+args[3]+" ")
	var perSecond int
	var length time.Duration
	request, err := io.ReadAll(os.Stdin)
	if err == nil {
		_, err = fmt.Sscan(args[1], &perSecond)
	}
	if err == nil {
		length, err = time.ParseDuration(args[2])
	}
	if err != nil {
		panic(err)
	}
	batch := bytes.Repeat(request, floodBatch)
	each := time.Second * floodLines * floodBatch / time.Duration(perSecond)
	var answered, wanted atomic.Int64
	var under sync.WaitGroup
	begin := time.Now()
	for i := range floodLines {
		under.Go(func() {
			c, err := net.Dial("tcp", host)
			if err != nil {
				panic(err)
			}
			defer c.Close()
			room := make(chan struct{}, floodAhead)
			go func() {
				in := bufio.NewReaderSize(c, 32<<10)
				for {
					line, err := in.ReadSlice('\n')
					if err != nil {
						return
					}
					if bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
						answered.Add(1)
						if bytes.HasPrefix(line, want) {
							wanted.Add(1)
						}
						<-room
					}
				}
			}()
			for at := begin.Add(each * time.Duration(i) / floodLines); at.Before(begin.Add(length)); at = at.Add(each) {
				time.Sleep(time.Until(at))
				for range floodBatch {
					room <- struct{}{}
				}
				if _, err := c.Write(batch); err != nil {
					return
				}
			}
			for end := time.Now().Add(2 * time.Second); len(room) > 0 && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
		})
	}
	under.Wait()
	fmt.Println(answered.Load(), wanted.Load(), time.Since(begin).Seconds())
}

// refuseAll is the least that a server can do: it tells its address and says 401 to everything.
func refuseAll() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Addr())
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }), ReadHeaderTimeout: 5 * time.Second}
	panic(s.Serve(l))
}

// inRole starts this binary in a part; behind others for the processor where lowly.
func inRole(b *testing.B, lowly bool, part ...any) *exec.Cmd {
	b.Helper()
	command := []string{os.Args[0]}
	if nice, err := exec.LookPath("nice"); err == nil && lowly {
		command = []string{nice, "-n", "10", os.Args[0]}
	}
	c := exec.CommandContext(b.Context(), command[0], command[1:]...)
	c.Env = append(os.Environ(), roleVariable+"="+strings.TrimSpace(fmt.Sprintln(part...)))
	c.Stderr = os.Stderr
	return c
}

// forgery is one measurement of what forged posts do to good ones.
type forgery struct {
	host string
	// good is one good post ready to be written, forged the post to be refused, and want the
	// status of the refusal.
	good   func(i int) []byte
	forged func(host string) []byte
	want   string
	pid    int
}

const (
	forgedEach   = 10_000 // a second
	goodEach     = 200    // a second
	forgedFor    = 4 * time.Second
	forgedRounds = 5
)

// measure posts good updates alone, beside forged ones, and beside the same forged ones
// sent to another process that only says 401: what those slow is the price of sharing two
// processors with the flood, whoever refuses it. The three take turns, so that a machine
// that changes its pace changes it for all.
func (f *forgery) measure(b *testing.B) {
	b.Helper()
	control := inRole(b, false, "refuse")
	out, err := control.StdoutPipe()
	if err == nil {
		err = control.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = control.Process.Kill(); _ = control.Wait() }()
	other, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	other = strings.TrimSpace(other)
	next := 0
	good := func(into *[]time.Duration) {
		took, wrong := loadFor(b, f.host, forgedFor, goodEach, 16, "HTTP/1.1 200", func(i int) []byte { return f.good(next + i) })
		if next += len(took); wrong > 0 {
			b.Errorf("%d good posts were refused", wrong)
		}
		*into = append(*into, took...)
	}
	var alone, beside, elsewhere []time.Duration
	var answered, refused int64
	var busy time.Duration
	good(new([]time.Duration)) // the first posts make statements and caches
	for range forgedRounds {
		good(&alone)
		for _, c := range []struct {
			host, want string
			into       *[]time.Duration
		}{{f.host, f.want, &beside}, {other, "401", &elsewhere}} {
			before := processorTime(f.pid)
			n, wanted := runFlood(b, c.host, c.want, f.forged(c.host), func() { good(c.into) })
			if c.host == f.host {
				answered, refused = answered+n, refused+wanted
				busy += time.Duration(processorTime(f.pid)-before) * 10 * time.Millisecond
			}
		}
	}
	for _, took := range [][]time.Duration{alone, beside, elsewhere} {
		slices.Sort(took)
	}
	total := forgedFor.Seconds() * forgedRounds
	b.ReportMetric(float64(answered)/total, "forged/s")
	b.ReportMetric(float64(answered-refused), "not-refused")
	b.ReportMetric(busy.Seconds()/total*100, "cpu-%")
	for _, share := range []float64{0.5, 0.9, 0.99} {
		for name, took := range map[string][]time.Duration{"alone": alone, "beside": beside, "elsewhere": elsewhere} {
			b.ReportMetric(at(took, share), fmt.Sprintf("%s-p%.0f-ms", name, share*100))
		}
	}
}

// runFlood floods a host while f runs, and tells how many posts were answered, and how many
// as wanted.
func runFlood(b *testing.B, host, want string, request []byte, f func()) (answered, wanted int64) {
	b.Helper()
	c := inRole(b, true, "flood", host, forgedEach, forgedFor, want)
	c.Stdin = bytes.NewReader(request)
	var told bytes.Buffer
	c.Stdout = &told
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	f()
	if err := c.Wait(); err != nil {
		b.Fatal(err)
	}
	var took float64
	if _, err := fmt.Sscan(told.String(), &answered, &wanted, &took); err != nil {
		b.Fatalf("%q: %v", told.String(), err)
	}
	return answered, wanted
}
