package app

import "net/http"

// tryAgainIn is what those are told who come while something we need is away, in seconds: a
// database that changes hands, or starts again, takes about as long.
const tryAgainIn = "10"

// withRetryAfter says with every 503 when to come again, where nobody has said it better.
func withRetryAfter(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(&retryWriter{w}, r) })
}

// retryWriter adds the header. http.ResponseController finds the rest by Unwrap.
type retryWriter struct{ http.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w *retryWriter) WriteHeader(status int) {
	if status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", tryAgainIn)
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (w *retryWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
