package telemetry

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Meter counts and times what one process does. Its zero value is not usable; its methods
// are safe for concurrent use.
type Meter struct {
	registry   *prometheus.Registry
	defined    map[string]Definition
	counters   map[string]*prometheus.CounterVec
	histograms map[string]*prometheus.HistogramVec
	inFlight   prometheus.Gauge
	state      *stateCollector
	ran        atomic.Int64 // Unix seconds
}

// buckets reach from half a millisecond, below which no answer falls, to the minute after
// which every request is cut.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}

// NewMeter starts with nothing counted.
func NewMeter(running string) *Meter {
	m := &Meter{
		registry: prometheus.NewRegistry(), defined: map[string]Definition{},
		counters: map[string]*prometheus.CounterVec{}, histograms: map[string]*prometheus.HistogramVec{},
	}
	for _, d := range Defined() {
		m.defined[d.Name] = d
		switch {
		case isState(d.Name): // read when asked for
		case d.Kind == Counter:
			m.counters[d.Name] = prometheus.NewCounterVec(prometheus.CounterOpts{Name: d.Name, Help: d.Help}, labelNames(d))
			m.registry.MustRegister(m.counters[d.Name])
			if len(d.Labels) == 0 {
				m.counters[d.Name].WithLabelValues() // tells 0 from the start
			}
		case d.Kind == Histogram:
			m.histograms[d.Name] = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: d.Name, Help: d.Help, Buckets: buckets}, labelNames(d))
			m.registry.MustRegister(m.histograms[d.Name])
		}
	}
	m.inFlight = prometheus.NewGauge(prometheus.GaugeOpts{Name: "motcua_http_in_flight", Help: m.defined["motcua_http_in_flight"].Help})
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "motcua_build_info", Help: m.defined["motcua_build_info"].Help}, []string{"version"})
	info.WithLabelValues(running).Set(1)
	m.registry.MustRegister(m.inFlight, info, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func labelNames(d Definition) (names []string) {
	for _, l := range d.Labels {
		names = append(names, l.Name)
	}
	return names
}

// values keeps labels to their lists.
func (m *Meter) values(name string, values []string) []string {
	d := m.defined[name]
	for i := range values {
		values[i] = d.Labels[i].allowed(values[i])
	}
	return values
}

func (m *Meter) add(name string, values ...string) {
	m.counters[name].WithLabelValues(m.values(name, values)...).Inc()
}

func (m *Meter) time(name string, took time.Duration, values ...string) {
	m.histograms[name].WithLabelValues(m.values(name, values)...).Observe(took.Seconds())
}

// Handler serves the metrics in Prometheus's text format.
func (m *Meter) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// Request counts one request that has been answered.
func (m *Meter) Request(route, method string, status int, took time.Duration) {
	m.add("motcua_http_requests_total", route, method, strconv.Itoa(status))
	m.time("motcua_http_request_seconds", took, route)
}

// Answer counts one answer.
func (m *Meter) Answer(channel, outcome string, took time.Duration) {
	m.add("motcua_answers_total", channel, outcome)
	m.time("motcua_answer_seconds", took, channel)
}

// Step times one step of an answer.
func (m *Meter) Step(step string, took time.Duration) {
	m.time("motcua_answer_step_seconds", took, step)
}

// Retrieval times one search.
func (m *Meter) Retrieval(took time.Duration) { m.time("motcua_retrieval_seconds", took) }

// Attempt counts one claim of a notice that ended.
func (m *Meter) Attempt(channel, state, reason string) {
	m.add("motcua_outbox_attempts_total", channel, state, reason)
}

// Sent times one message handed to a channel.
func (m *Meter) Sent(channel string, took time.Duration) {
	m.time("motcua_outbox_send_seconds", took, channel)
}

// Reply counts one part of a chat reply handed to a platform.
func (m *Meter) Reply(channel, result string) { m.add("motcua_replies_total", channel, result) }

// Model counts one request to a model server.
func (m *Meter) Model(kind, result string, took time.Duration) {
	m.add("motcua_model_requests_total", kind, result)
	m.time("motcua_model_seconds", took, kind)
}

// DailyWork takes how a run of the daily work ended.
func (m *Meter) DailyWork(at time.Time, err error) {
	if err != nil {
		m.add("motcua_scheduler_failures_total")
		return
	}
	m.ran.Store(at.Unix())
}

// Masked counts one log line in which something was masked.
func (m *Meter) Masked() { m.add("motcua_log_masked_total") }
