package telemetry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Traces follows work from request to answer and from notice to delivery. A nil *Traces
// follows nothing and costs nothing.
//
// The trace of a request is named by its number, that of a chat message or a notice by a
// digest of its number in the store: whichever process takes it up next works in the same
// trace, and no column carries it.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	mask     Mask
}

// TracesOn reports whether the standard environment of OpenTelemetry names where traces go.
func TracesOn(getenv func(string) string) bool {
	if getenv("OTEL_SDK_DISABLED") == "true" || getenv("OTEL_TRACES_EXPORTER") == "none" {
		return false
	}
	return getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

// OpenTraces sends traces over OTLP/HTTP as the environment says (OTEL_EXPORTER_OTLP_*,
// OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES); nil where it names no address. A server
// that cannot be reached loses traces and nothing else.
func OpenTraces(ctx context.Context, getenv func(string) string, running string, mask Mask, log *slog.Logger) (*Traces, error) {
	if !TracesOn(getenv) {
		return nil, nil
	}
	to, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("telemetry: traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "motcua"), attribute.String("service.version", running)), resource.WithFromEnv())
	if err != nil {
		log.WarnContext(ctx, "telemetry: part of OTEL_RESOURCE_ATTRIBUTES was not understood", "error", err)
	}
	// The exporter tells its troubles to a global handler alone.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("telemetry: traces", "error", err) }))
	return newTraces(mask, sdk.WithBatcher(to), sdk.WithResource(about)), nil
}

func newTraces(mask Mask, options ...sdk.TracerProviderOption) *Traces {
	p := sdk.NewTracerProvider(append(options, sdk.WithIDGenerator(named{}))...)
	return &Traces{provider: p, tracer: p.Tracer("motcua"), mask: mask}
}

// Close sends what has not been sent.
func (t *Traces) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// Span is a piece of work under way. The zero Span is one nobody looks at.
type Span struct {
	span trace.Span
	mask Mask
}

// Begin starts a piece of work inside the one that the context carries.
func (t *Traces) Begin(ctx context.Context, name string) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	ctx, s := t.tracer.Start(ctx, name) //nolint:spancheck // the caller ends it
	return ctx, Span{s, t.mask}         //nolint:spancheck // as above
}

// Resume starts a piece of work in the trace of something that has a number: a request, or
// a message or notice that several processes handle in turn.
func (t *Traces) Resume(ctx context.Context, kind, id, name string) (context.Context, Span) {
	return t.ResumeAt(ctx, kind, id, name, time.Time{})
}

// ResumeAt is Resume of work that began at an instant.
func (t *Traces) ResumeAt(ctx context.Context, kind, id, name string, began time.Time) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	options := []trace.SpanStartOption{trace.WithNewRoot(), trace.WithAttributes(attribute.String("motcua."+kind, id))}
	if outer := trace.SpanContextFromContext(ctx); outer.IsValid() {
		options = append(options, trace.WithLinks(trace.Link{SpanContext: outer}))
	}
	if !began.IsZero() {
		options = append(options, trace.WithTimestamp(began))
	}
	ctx, s := t.tracer.Start(context.WithValue(ctx, traceKey{}, TraceOf(kind, id)), name, options...) //nolint:spancheck // the caller ends it
	return ctx, Span{s, t.mask}                                                                       //nolint:spancheck // as above
}

// Set notes a name or number of ours; words of people have no place here.
func (s Span) Set(key, value string) {
	if s.span != nil {
		s.span.SetAttributes(attribute.String(key, value))
	}
}

// End ends the work; err may be nil.
func (s Span) End(err error) {
	if s.span == nil {
		return
	}
	if err != nil {
		s.span.SetStatus(codes.Error, s.mask.Text(err.Error()))
	}
	s.span.End()
}

// TraceOf names the trace of something that has a number. The number of a request is its
// trace.
func TraceOf(kind, id string) trace.TraceID {
	var t trace.TraceID
	if raw, err := hex.DecodeString(id); kind == "request" && err == nil && len(raw) == len(t) {
		return trace.TraceID(raw)
	}
	sum := sha256.Sum256([]byte(kind + "\x00" + id))
	copy(t[:], sum[:])
	return t
}

type traceKey struct{}

// named draws numbers of spans, and takes the number of a trace from the context.
type named struct{}

// NewIDs implements sdk.IDGenerator.
func (g named) NewIDs(ctx context.Context) (trace.TraceID, trace.SpanID) {
	id, ok := ctx.Value(traceKey{}).(trace.TraceID)
	if !ok {
		for i := range id {
			id[i] = byte(rand.Uint32())
		}
	}
	return id, g.NewSpanID(ctx, id)
}

// NewSpanID implements sdk.IDGenerator.
func (named) NewSpanID(context.Context, trace.TraceID) (s trace.SpanID) {
	for i := range s {
		s[i] = byte(rand.Uint32())
	}
	return s
}
