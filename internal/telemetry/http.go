package telemetry

import (
	"context"
	"net/http"
	"time"
)

// RequestHeader carries the number of a request back to whoever made it: with it, logs and
// traces of this request are found.
const RequestHeader = "X-Request-ID"

// routed is where an inner mux tells which of its patterns a request matched.
type routed struct{ pattern string }

type routedKey struct{}

// Routed tells Requests which pattern of a mux matched: a handler between the two may have
// copied the request, so that the pattern is not seen outside.
func Routed(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
		if at, ok := r.Context().Value(routedKey{}).(*routed); ok && r.Pattern != "" {
			at.pattern = r.Pattern
		}
	})
}

// Requests counts, times and traces every request and gives it a number. A number that
// comes along is not taken over: it would let strangers write into our logs and traces.
func Requests(m *Meter, t *Traces, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := NewRequestID()
		at := &routed{}
		ctx := About(context.WithValue(r.Context(), routedKey{}, at), "request", id)
		ctx, span := t.Resume(ctx, "request", id, "http")
		w.Header().Set(RequestHeader, id)
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		inner := r.WithContext(ctx)
		m.inFlight.Inc()
		ended := false
		defer func() {
			m.inFlight.Dec()
			if !ended { // a panic, which the server turns into a broken connection
				seen.status = http.StatusInternalServerError
			}
			pattern := at.pattern
			if pattern == "" {
				pattern = inner.Pattern
			}
			m.Request(pattern, r.Method, seen.status, time.Since(start))
			span.Set("http.route", pattern)
			span.Set("http.request.method", method.allowed(r.Method))
			span.End(nil)
		}()
		next.ServeHTTP(seen, inner)
		ended = true
	})
}

// statusWriter remembers the status. http.ResponseController finds the rest by Unwrap.
type statusWriter struct {
	http.ResponseWriter
	status int
	told   bool
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	if !w.told && status >= 200 {
		w.status, w.told = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *statusWriter) Write(b []byte) (int, error) {
	w.told = true
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
