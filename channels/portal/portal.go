// Package portal serves the web pages and the JSON API.
package portal

import (
	"context"
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
)

//go:embed pages static
var files embed.FS

// Portal is the handler of pages and API.
type Portal struct {
	Answerer channels.Answerer
	Now      assistant.Clock
	Log      *slog.Logger
	// MaxBody is the largest request body in bytes.
	MaxBody int64
	// Timeout bounds one answer; 0 is no bound.
	Timeout time.Duration
	// PerMinute is how many questions one address may ask a minute; 0 is no limit.
	PerMinute int
	// Ready reports what is not ready, or nil.
	Ready func(ctx context.Context) error
	// Desk takes feedback and deletions; nil where nothing is kept.
	Desk Desk
	// Officials is their desk; nil is off.
	Officials *Officials
	// Law answers about texts of law; may be nil.
	Law *Law

	pages *template.Template
	rate  *rateLimiter
}

// Handler is everything the portal serves, behind its headers and limits.
func (p *Portal) Handler() (http.Handler, error) {
	pages, err := template.New("").Funcs(pageFuncs).ParseFS(files, "pages/*.html")
	if err != nil {
		return nil, err
	}
	p.pages, p.rate = pages, newRateLimiter(p.PerMinute)
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.home)
	mux.HandleFunc("POST /{$}", p.home)
	mux.HandleFunc("POST /api/v1/ask", p.ask)
	mux.HandleFunc("POST /v1/chat/completions", p.completions)
	mux.HandleFunc("GET /v1/models", p.models)
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, static, "openapi.json")
	})
	p.serveDesk(mux)
	p.serveOfficials(mux)
	p.serveLaw(mux)
	mux.HandleFunc("GET /healthz", p.health)
	mux.HandleFunc("GET /readyz", p.ready)
	mux.Handle("GET /static/", http.StripPrefix("/static/", cached(http.FileServerFS(static))))
	return p.protect(http.NewCrossOriginProtection().Handler(mux)), nil
}

// protect sets the headers every response carries and bounds every body.
func (p *Portal) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=(self)")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		r.Body = http.MaxBytesReader(w, r.Body, p.MaxBody)
		next.ServeHTTP(w, r)
	})
}

func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=86400")
		next.ServeHTTP(w, r)
	})
}

func (p *Portal) health(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte("ok\n"))
}

func (p *Portal) ready(w http.ResponseWriter, r *http.Request) {
	if err := p.Ready(r.Context()); err != nil {
		p.Log.ErrorContext(r.Context(), "portal: not ready", "error", err)
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}
