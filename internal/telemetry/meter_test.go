package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
)

// full is a meter on which everything has happened once.
func full(t *testing.T) *Meter {
	t.Helper()
	m := NewMeter("v1")
	m.Request("GET /{$}", "GET", 200, time.Millisecond)
	m.Answer("portal", "answered", time.Millisecond)
	m.Step("retrieve", time.Millisecond)
	m.Retrieval(time.Millisecond)
	m.Attempt("telegram", "sent", "accepted")
	m.Sent("telegram", time.Millisecond)
	m.Reply("zalo", "taken")
	m.Model("chat", "ok", time.Second)
	m.DailyWork(time.Unix(100, 0), nil)
	m.DailyWork(time.Unix(200, 0), errors.New("no"))
	m.Masked()
	m.Watch(func(context.Context) (State, error) {
		return State{
			Ready: map[string]bool{"store": true, "index": false}, CorpusGeneration: 3, IndexGeneration: 2, IndexUnits: 9, SchedulerDay: time.Unix(86400, 0),
			Outbox: []Queue{{"telegram", "pending", 4}}, OutboxDue: map[string]time.Duration{"telegram": time.Minute},
			Inbox: []Queue{{"zalo", "waiting", 5}}, InboxWait: map[string]time.Duration{"zalo": time.Second},
			BreakersOpen: map[string]bool{"embed": true}, Pools: []Pool{{"all", 8, 2, 1, time.Second}},
		}, nil
	})
	return m
}

// ours gathers the metrics of our own.
func ours(t *testing.T, m *Meter) map[string]*dto.MetricFamily {
	t.Helper()
	list, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*dto.MetricFamily{}
	for _, f := range list {
		if strings.HasPrefix(f.GetName(), "motcua_") {
			out[f.GetName()] = f
		}
	}
	return out
}

func TestEveryMetricOnTheListIsServedAndNoOther(t *testing.T) {
	seen := ours(t, full(t))
	kinds := map[Kind]dto.MetricType{Counter: dto.MetricType_COUNTER, Gauge: dto.MetricType_GAUGE, Histogram: dto.MetricType_HISTOGRAM}
	for _, d := range Defined() {
		f := seen[d.Name]
		if f == nil {
			t.Errorf("%s is on the list and not served", d.Name)
			continue
		}
		if f.GetType() != kinds[d.Kind] {
			t.Errorf("%s is a %v, listed as a %s", d.Name, f.GetType(), d.Kind)
		}
		var labels []string
		for _, l := range f.GetMetric()[0].GetLabel() {
			labels = append(labels, l.GetName())
		}
		want := labelNames(d)
		slices.Sort(want)
		if !slices.Equal(labels, want) {
			t.Errorf("%s has labels %v, listed with %v", d.Name, labels, want)
		}
		delete(seen, d.Name)
	}
	for name := range seen {
		t.Errorf("%s is served and not on the list", name)
	}
}

func TestEveryLabelIsBounded(t *testing.T) {
	for _, d := range Defined() {
		for _, l := range d.Labels {
			if len(l.Values) == 0 && l.Bound == "" {
				t.Errorf("%s: label %s names neither values nor what bounds them", d.Name, l.Name)
			}
		}
	}
	m := NewMeter("v1")
	for i := range 100 { // whatever callers bring, a closed list stays closed
		m.Answer(fmt.Sprintf("kênh %d", i), "answered", time.Millisecond)
		m.Request("GET /{$}", fmt.Sprintf("VERB%d", i), 200, time.Millisecond)
	}
	for _, name := range []string{"motcua_answers_total", "motcua_http_requests_total"} {
		f := ours(t, m)[name]
		if n := len(f.GetMetric()); n != 1 || f.GetMetric()[0].GetCounter().GetValue() != 100 {
			t.Errorf("%s: %d series", name, n)
		}
	}
}

func TestAStateThatCannotBeReadIsCountedAndTheRestIsTold(t *testing.T) {
	m := NewMeter("v1")
	m.Watch(func(context.Context) (State, error) { return State{IndexUnits: 7}, errors.New("database is down") })
	ours(t, m)
	seen := ours(t, m)
	if seen["motcua_index_units"].GetMetric()[0].GetGauge().GetValue() != 7 {
		t.Error("what could be read is not told")
	}
	if n := seen["motcua_state_read_failures_total"].GetMetric()[0].GetCounter().GetValue(); n != 1 {
		t.Errorf("%v failures counted", n) // two scrapes within five seconds read once
	}
}

func TestARequestIsCountedUnderItsPatternAndNeverItsPath(t *testing.T) {
	m := NewMeter("v1")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /thu-tuc/{id}", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	mux.HandleFunc("GET /", http.NotFound)
	copied := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // as whoever tells who is looking does
		Routed(mux).ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), someKey{}, 1)))
	})
	s := httptest.NewServer(Requests(m, nil, copied))
	defer s.Close()
	for _, path := range []string{"/thu-tuc/001099012345", "/thu-tuc/2", "/nguyen-van-a"} {
		resp, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Header.Get(RequestHeader)) != 32 {
			t.Errorf("request number %q", resp.Header.Get(RequestHeader))
		}
		resp.Body.Close()
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	body, _ := io.ReadAll(w.Body)
	for _, want := range []string{
		`motcua_http_requests_total{method="GET",route="GET /thu-tuc/{id}",status="418"} 2`,
		`motcua_http_requests_total{method="GET",route="GET /",status="404"} 1`,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("not told: %s", want)
		}
	}
	for _, not := range []string{"001099012345", "nguyen-van-a"} {
		if strings.Contains(string(body), not) {
			t.Errorf("metrics tell %s", not)
		}
	}
}

func TestAStreamIsFlushedThroughTheCounter(t *testing.T) {
	s := httptest.NewServer(Requests(NewMeter("v1"), nil, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
	})))
	defer s.Close()
	resp, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

// someKey is what another handler keeps in a context.
type someKey struct{}
