package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/telemetry"
)

// observing is what operators see of this process.
type observing struct {
	meter  *telemetry.Meter
	traces *telemetry.Traces // nil while nobody collects them

	mu       sync.Mutex
	breakers map[string]func() bool // by kind of model: whether its server is left alone
}

// Telemetry gives the App a counter of its own log's masked lines and traces; without it,
// it counts alone.
func Telemetry(running string, traces *telemetry.Traces, masked *telemetry.Switch) Option {
	return func(a *App) {
		a.observe = newObserving(running, traces)
		if masked != nil {
			masked.Set(a.observe.meter.Masked)
		}
	}
}

func newObserving(running string, traces *telemetry.Traces) *observing {
	return &observing{meter: telemetry.NewMeter(running), traces: traces, breakers: map[string]func() bool{}}
}

// breaker shows whether a model server is left alone.
func (o *observing) breaker(kind string, open func() bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.breakers[kind] = open
}

func (o *observing) open() map[string]bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := map[string]bool{}
	for kind, open := range o.breakers {
		out[kind] = open()
	}
	return out
}

// depther is a store that tells how much waits in it; both do.
type depther interface {
	Depths(ctx context.Context, now time.Time) (store.Depths, error)
}

// look reads the state of stores and parts for the metrics.
func (a *App) look(ctx context.Context) (s telemetry.State, err error) {
	s.Ready = map[string]bool{}
	for _, p := range a.parts(ctx) {
		s.Ready[p.Name] = p.OK
	}
	s.CorpusGeneration, err = a.store.Generation(ctx)
	s.IndexGeneration, s.IndexUnits = a.search.reached()
	s.BreakersOpen = a.observe.open()
	ran, err2 := a.store.People().Ran(ctx)
	if !ran.IsZero() {
		s.SchedulerDay = ran.Start()
	}
	err = errors.Join(err, err2)
	from, tells := any(a.store).(depther)
	if !tells {
		return s, err
	}
	now := a.now()
	d, err2 := from.Depths(ctx, now)
	for _, p := range d.Pools {
		s.Pools = append(s.Pools, telemetry.Pool(p))
	}
	s.Outbox, s.OutboxDue = queues(d.Outbox, now)
	s.Inbox, s.InboxWait = queues(d.Inbox, now)
	return s, errors.Join(err, err2)
}

// queues adds up rows by channel and state, and tells the age of the oldest of each channel.
func queues(list []store.Depth, now time.Time) ([]telemetry.Queue, map[string]time.Duration) {
	out, oldest := make([]telemetry.Queue, 0, len(list)), map[string]time.Duration{}
	for _, d := range list {
		out = append(out, telemetry.Queue{Channel: d.Channel, State: d.State, N: d.N})
		age := time.Duration(0)
		if !d.Since.IsZero() {
			age = max(0, now.Sub(d.Since))
		}
		oldest[d.Channel] = max(oldest[d.Channel], age)
	}
	return out, oldest
}

// Part is how one part of the service stands.
type Part struct {
	Name  string `json:"name"`
	OK    bool   `json:"ok"`
	State string `json:"state"`
	// Serving: without it no request can be answered, so that the process is not ready.
	Serving bool `json:"serving"`
}

// daysBehind is how many days the daily work may lag before it is told as not well: today's
// run may still be under way.
const daysBehind = 1

// parts looks at the store, the index and the daily work. The daily work does not make the
// process unready: every replica would be taken out of service at once, and people could
// not even ask.
func (a *App) parts(ctx context.Context) []Part {
	tell := func(name string, serving bool, state string, err error) Part {
		if err != nil {
			state = err.Error()
		}
		return Part{Name: name, OK: err == nil, State: state, Serving: serving}
	}
	generation, err := a.store.Generation(ctx)
	out := []Part{tell("store", true, "generation "+strconv.FormatInt(generation, 10), err), tell("index", true, a.search.describe(), a.search.ready())}
	ran, err := a.store.People().Ran(ctx)
	state := "not run yet"
	if err == nil && !ran.IsZero() {
		state = "done up to " + ran.String()
		if lag := ran.DaysUntil(civil.On(a.now())); lag > daysBehind {
			err = fmt.Errorf("%d days behind", lag)
		}
	}
	return append(out, tell("scheduler", false, state, err))
}

// operations serves metrics, health and readiness on an address of their own until the
// function it returns is called. Metrics tell strangers how the service is doing, so they
// are not on the address that people use; without a setting they are nowhere.
func (a *App) operations(ctx context.Context) (stop func(), err error) {
	if a.cfg.MetricsListen == "" {
		return func() {}, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("app: metrics_listen: %w", err)
	}
	server := &http.Server{Handler: a.OperationsHandler(), ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			a.log.ErrorContext(ctx, "app: metrics are no longer served", "error", err)
		}
	}()
	a.log.InfoContext(ctx, "app: metrics", "listen", listener.Addr().String())
	return func() {
		_ = server.Close() // a scrape under way may be lost
		<-done
	}, nil
}

// OperationsHandler is what operators and their machines ask: /metrics, /healthz, /readyz.
func (a *App) OperationsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.observe.meter.Handler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		parts := a.parts(r.Context())
		w.Header().Set("Content-Type", "application/json")
		for _, p := range parts {
			if p.Serving && !p.OK {
				w.WriteHeader(http.StatusServiceUnavailable)
				break
			}
		}
		_ = json.NewEncoder(w).Encode(parts)
	})
	return mux
}
