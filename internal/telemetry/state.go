package telemetry

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// State is what is read from stores and parts when the metrics are asked for.
type State struct {
	Ready                map[string]bool // by part
	Outbox, Inbox        []Queue
	CorpusGeneration     int64
	IndexGeneration      int64
	IndexUnits           int
	SchedulerDay         time.Time // zero where none has run
	BreakersOpen         map[string]bool
	Pools                []Pool
	OutboxDue, InboxWait map[string]time.Duration // by channel: age of the oldest that may go
}

// Queue is how many rows of a channel stand in one state.
type Queue struct {
	Channel, State string
	N              int
}

// Pool is the connections of one pool to the database.
type Pool struct {
	Name              string // "read", "write" or "all"
	Limit, Used, Idle int
	Waited            time.Duration // for a free connection, since the start
}

// stateNames are the metrics that State feeds.
var stateNames = []string{
	"motcua_corpus_generation", "motcua_database_connections", "motcua_database_connections_limit", "motcua_database_wait_seconds_total",
	"motcua_inbox_messages", "motcua_inbox_oldest_seconds", "motcua_index_generation", "motcua_index_units", "motcua_model_breaker_open",
	"motcua_outbox_notices", "motcua_outbox_oldest_seconds", "motcua_ready", "motcua_scheduler_day_timestamp_seconds",
	"motcua_scheduler_last_run_timestamp_seconds",
}

func isState(name string) bool {
	for _, n := range stateNames {
		if n == name {
			return true
		}
	}
	return false
}

// Looking: a scrape waits no longer than lookWithin for the store, and several within
// lookEvery read it once.
const (
	lookWithin = 5 * time.Second
	lookEvery  = 5 * time.Second
)

// Watch reads the state with look whenever the metrics are asked for. Where look fails, what
// it could read is told all the same.
func (m *Meter) Watch(look func(ctx context.Context) (State, error)) {
	m.state = &stateCollector{meter: m, look: look, descs: map[string]*prometheus.Desc{}}
	for _, name := range stateNames {
		d := m.defined[name]
		m.state.descs[name] = prometheus.NewDesc(name, d.Help, labelNames(d), nil)
	}
	m.registry.MustRegister(m.state)
}

// stateCollector implements prometheus.Collector.
type stateCollector struct {
	meter *Meter
	look  func(ctx context.Context) (State, error)
	descs map[string]*prometheus.Desc

	mu   sync.Mutex
	at   time.Time
	seen State
}

// Describe implements prometheus.Collector.
func (c *stateCollector) Describe(to chan<- *prometheus.Desc) {
	for _, name := range stateNames {
		to <- c.descs[name]
	}
}

func (c *stateCollector) read() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.at) < lookEvery {
		return c.seen
	}
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin) // a scrape hands over no context
	defer cancel()
	s, err := c.look(ctx)
	if err != nil {
		c.meter.add("motcua_state_read_failures_total")
	}
	c.seen, c.at = s, time.Now()
	return s
}

// Collect implements prometheus.Collector.
func (c *stateCollector) Collect(to chan<- prometheus.Metric) {
	s := c.read()
	tell := func(name string, v float64, values ...string) {
		kind := prometheus.GaugeValue
		if strings.HasSuffix(name, "_total") {
			kind = prometheus.CounterValue
		}
		to <- prometheus.MustNewConstMetric(c.descs[name], kind, v, c.meter.values(name, values)...)
	}
	for part, ok := range s.Ready {
		tell("motcua_ready", oneIf(ok), part)
	}
	for _, q := range s.Outbox {
		tell("motcua_outbox_notices", float64(q.N), q.Channel, q.State)
	}
	for channel, age := range s.OutboxDue {
		tell("motcua_outbox_oldest_seconds", age.Seconds(), channel)
	}
	for _, q := range s.Inbox {
		tell("motcua_inbox_messages", float64(q.N), q.Channel, q.State)
	}
	for channel, age := range s.InboxWait {
		tell("motcua_inbox_oldest_seconds", age.Seconds(), channel)
	}
	for kind, open := range s.BreakersOpen {
		tell("motcua_model_breaker_open", oneIf(open), kind)
	}
	for _, p := range s.Pools {
		tell("motcua_database_connections", float64(p.Used), p.Name, "used")
		tell("motcua_database_connections", float64(p.Idle), p.Name, "idle")
		tell("motcua_database_connections_limit", float64(p.Limit), p.Name)
		tell("motcua_database_wait_seconds_total", p.Waited.Seconds(), p.Name)
	}
	tell("motcua_corpus_generation", float64(s.CorpusGeneration))
	tell("motcua_index_generation", float64(s.IndexGeneration))
	tell("motcua_index_units", float64(s.IndexUnits))
	tell("motcua_scheduler_last_run_timestamp_seconds", float64(c.meter.ran.Load()))
	if !s.SchedulerDay.IsZero() {
		tell("motcua_scheduler_day_timestamp_seconds", float64(s.SchedulerDay.Unix()))
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
