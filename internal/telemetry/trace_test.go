package telemetry

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func TestProcessesWriteIntoTheSameTraceOfANotice(t *testing.T) {
	kept := tracetest.NewInMemoryExporter()
	one, other := newTraces(Mask{}, sdk.WithSyncer(kept)), newTraces(Mask{}, sdk.WithSyncer(kept))
	_, s := one.Resume(t.Context(), "notice", "mc-7", "send")
	s.End(nil)
	ctx, s := other.Resume(t.Context(), "notice", "mc-7", "settle")
	_, inner := other.Begin(ctx, "store")
	inner.End(nil)
	s.End(nil)
	_, s = other.Resume(t.Context(), "notice", "mc-8", "settle")
	s.End(nil)
	spans := kept.GetSpans()
	if len(spans) != 4 {
		t.Fatalf("%d spans", len(spans))
	}
	for i, want := range []bool{true, true, true, false} {
		if same := spans[i].SpanContext.TraceID() == TraceOf("notice", "mc-7"); same != want {
			t.Errorf("span %d (%s): in the trace of the notice: %v", i, spans[i].Name, same)
		}
	}
}

func TestARequestsNumberIsItsTrace(t *testing.T) {
	kept := tracetest.NewInMemoryExporter()
	traces := newTraces(Mask{}, sdk.WithSyncer(kept))
	s := httptest.NewServer(Requests(NewMeter("v1"), traces, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, span := traces.Begin(r.Context(), "answer")
		span.End(nil)
	})))
	defer s.Close()
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
	req.Header.Set(RequestHeader, "chosen by a stranger")
	req.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	for _, span := range kept.GetSpans() {
		if got := span.SpanContext.TraceID().String(); got != resp.Header.Get(RequestHeader) {
			t.Errorf("%s is in trace %s, the request is %s", span.Name, got, resp.Header.Get(RequestHeader))
		}
	}
	if len(kept.GetSpans()) != 2 {
		t.Errorf("%d spans", len(kept.GetSpans()))
	}
}

func TestAnErrorInATraceIsMasked(t *testing.T) {
	kept := tracetest.NewInMemoryExporter()
	traces := newTraces(NewMask(people, nil), sdk.WithSyncer(kept))
	_, s := traces.Begin(t.Context(), "x")
	s.End(errors.New("no answer from 0912345678"))
	if d := kept.GetSpans()[0].Status.Description; strings.Contains(d, "0912345678") || d == "" {
		t.Errorf("the trace tells %q", d)
	}
}

func TestTracesGoWhereTheEnvironmentSays(t *testing.T) {
	got := make(chan string, 10)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- r.Header.Get("Content-Type") + " " + r.URL.Path + " " + string(body)
	}))
	defer s.Close()
	off := func(string) string { return "" }
	if traces, err := OpenTraces(t.Context(), off, "v1", Mask{}, slog.New(slog.DiscardHandler)); traces != nil || err != nil {
		t.Fatalf("on without an address: %v", err)
	}
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", s.URL)
	on := func(k string) string { return map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": s.URL}[k] }
	traces, err := OpenTraces(t.Context(), on, "v1", Mask{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, span := traces.Resume(t.Context(), "notice", "mc-7", "send")
	span.End(nil)
	if err := traces.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sent := <-got; !strings.HasPrefix(sent, "application/x-protobuf /v1/traces") || !strings.Contains(sent, "mc-7") || !strings.Contains(sent, "motcua") {
		t.Errorf("sent %q", sent)
	}
}

// BenchmarkASpanNobodyCollects is what every step of an answer pays while traces are off.
func BenchmarkASpanNobodyCollects(b *testing.B) {
	var traces *Traces
	for b.Loop() {
		_, s := traces.Begin(context.Background(), "step")
		s.Set("motcua.answer", "a1")
		s.End(nil)
	}
}

func BenchmarkACountedStep(b *testing.B) {
	m := NewMeter("v1")
	for b.Loop() {
		m.Step("retrieve", 1)
	}
}
