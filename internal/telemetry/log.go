package telemetry

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
)

// LogOptions are how a log is written.
type LogOptions struct {
	Level slog.Level
	JSON  bool // one JSON object a line instead of key=value
	Mask  Mask
	// Masked is called for each value in which something was masked; may be nil.
	Masked func()
}

// NewLog writes structured lines to w. Every message and value passes the mask, also what
// errors say; every line tells which request, answer, message or notice it is about.
//
// The mask is the second line of defence: what people say must not be handed to a log in the
// first place, and motcua_log_masked_total counts where it was.
func NewLog(w io.Writer, o LogOptions) *slog.Logger {
	masked := o.Masked
	if masked == nil {
		masked = func() {}
	}
	options := &slog.HandlerOptions{Level: o.Level, ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		changed, was := o.Mask.attr(a)
		if was {
			masked()
		}
		return changed
	}}
	if o.JSON {
		return slog.New(aboutHandler{slog.NewJSONHandler(w, options)})
	}
	return slog.New(aboutHandler{slog.NewTextHandler(w, options)})
}

// aboutHandler adds the numbers that the context carries.
type aboutHandler struct{ slog.Handler }

// Handle implements slog.Handler.
func (h aboutHandler) Handle(ctx context.Context, r slog.Record) error {
	if a, ok := ctx.Value(aboutKey{}).(*about); ok {
		r.AddAttrs(a.attrs(make([]slog.Attr, 0, 4))...)
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h aboutHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return aboutHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (h aboutHandler) WithGroup(name string) slog.Handler {
	return aboutHandler{h.Handler.WithGroup(name)}
}

// attr masks one attribute.
func (m Mask) attr(a slog.Attr) (_ slog.Attr, changed bool) {
	switch a.Key {
	case slog.TimeKey, slog.LevelKey, slog.SourceKey:
		return a, false
	}
	a.Value = a.Value.Resolve()
	var text string
	switch a.Value.Kind() {
	case slog.KindString:
		text = a.Value.String()
	case slog.KindAny:
		text = words(a.Value.Any())
	default:
		return a, false // times, durations, counts: nothing of people is written so
	}
	if secretName(a.Key) && text != "" {
		return slog.String(a.Key, "["+hidden+"]"), true
	}
	if ourNumber(text) {
		return a, false
	}
	clean := m.Text(text)
	if clean == text {
		return a, false
	}
	return slog.String(a.Key, clean), true
}

// words is how a handler would write a value.
func words(v any) string {
	if err, ok := v.(error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%+v", v)
}

// Switch hands on what was masked to a counter that is known only later.
type Switch struct{ to atomic.Pointer[func()] }

// Set names the counter.
func (s *Switch) Set(f func()) { s.to.Store(&f) }

// Call calls it, if it is known.
func (s *Switch) Call() {
	if f := s.to.Load(); f != nil {
		(*f)()
	}
}
