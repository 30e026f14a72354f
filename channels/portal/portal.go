// Package portal serves the web pages and the JSON API.
package portal

import (
	"context"
	"crypto/rand"
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

//go:embed pages/*.html assets static
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

	// Site is what all pages share; nil makes one nobody can sign in to.
	Site *page.Site
	// Areas serve further pages; one that has assets implements Static too.
	Areas []page.Area
	// Know tells who is looking; nil is nobody ever.
	Know func(next http.Handler) http.Handler
	// Routed learns which pattern a request matched; nil is nobody.
	Routed func(mux http.Handler) http.Handler
	// Library reads passages and procedures, Catalogue lists procedures; nil shows none.
	Library   corpus.Library
	Catalogue Catalogue
	// Letters takes messages to the office; nil is off.
	Letters channels.Letters
	// Base is the address of the portal without a slash at the end.
	Base string

	pages     *page.Templates
	catalogue catalogue
	rate      *rateLimiter
}

// Handler is everything the portal serves, behind its headers and limits.
func (p *Portal) Handler() (http.Handler, error) {
	p.rate = newRateLimiter(p.PerMinute)
	mux := http.NewServeMux()
	if err := p.servePages(mux); err != nil {
		return nil, err
	}
	mux.HandleFunc("POST /api/v1/ask", p.ask)
	mux.HandleFunc("POST /v1/chat/completions", p.completions)
	mux.HandleFunc("GET /v1/models", p.models)
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, "static/openapi.json")
	})
	p.serveDesk(mux)
	p.serveOfficials(mux)
	p.serveLaw(mux)
	mux.HandleFunc("GET /healthz", p.health)
	mux.HandleFunc("GET /readyz", p.ready)
	mux.HandleFunc("GET /robots.txt", p.robots)
	mux.HandleFunc("GET /", p.Site.NotFound)
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(p.foreign))
	routes := http.Handler(mux)
	if p.Routed != nil {
		routes = p.Routed(mux)
	}
	pages := guard.Handler(machines(mux, routes))
	if p.Know != nil {
		pages = p.Know(pages)
	}
	return p.protect(pages), nil
}

// servePages opens the site and adds the pages of all areas.
func (p *Portal) servePages(mux *http.ServeMux) error {
	if p.Site == nil {
		key := make([]byte, page.KeySize)
		_, _ = rand.Read(key) // never fails
		p.Site = &page.Site{Log: p.Log, Now: p.Now, Key: key}
	}
	own, err := fs.Sub(files, "assets")
	if err != nil {
		return err
	}
	assets := []fs.FS{own}
	for _, a := range p.Areas {
		if with, ok := a.(interface{ Static() fs.FS }); ok {
			assets = append(assets, with.Static())
		}
	}
	if err := p.Site.Open(assets...); err != nil {
		return err
	}
	if own, err = fs.Sub(files, "pages"); err != nil {
		return err
	}
	if p.pages, err = p.Site.Templates(own, pageFuncs); err != nil {
		return err
	}
	for _, a := range append([]page.Area{p.Site, p}, p.Areas...) {
		if err := a.Routes(mux); err != nil {
			return err
		}
	}
	return nil
}

// Routes adds the pages of asking and of procedures.
func (p *Portal) Routes(mux *http.ServeMux) error {
	mux.HandleFunc("GET /{$}", p.home)
	mux.HandleFunc("POST /{$}", p.home)
	mux.HandleFunc("GET "+LivePath, p.live)
	mux.HandleFunc("POST "+LivePath, p.live)
	p.serveProcedures(mux)
	p.serveLetters(mux)
	if p.Desk != nil {
		mux.HandleFunc("POST "+OpinionPath, p.opinion)
	}
	return nil
}

// LivePath answers a question as a stream of pieces of the page.
const LivePath = "/hoi/dong"

// foreign turns away what another site sent in the person's name.
func (p *Portal) foreign(w http.ResponseWriter, r *http.Request) {
	if page.ViewerOf(r.Context()).SignedIn() { // in whose name it was sent; others would only fill the record
		if err := p.Site.Record(r.Context(), "denied", r.Method+" "+r.URL.Path, "denied", "form of another site"); err != nil {
			p.Log.ErrorContext(r.Context(), "portal: a denied attempt is not on record", "error", err)
		}
	}
	if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/v1/") {
		fail(w, http.StatusForbidden, "foreign", "Yêu cầu đến từ một trang khác nên không được nhận.")
		return
	}
	p.Site.Problem(w, r, http.StatusForbidden, "Yêu cầu này đến từ một trang khác nên không được nhận.", "This request came from another site and was not taken.")
}

// pageFuncs are what the templates of this package may call.
var pageFuncs = template.FuncMap{
	"paragraphs": paragraphs, "lines": quotedLines, "runs": runs, "qr": drawCode, "optionAddress": optionAddress, "lawful": lawful, "list": func(n ...int) []int { return n },
}

// lawful keeps only addresses a reader may safely follow.
func lawful(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// today is the day in Vietnam.
func today(now time.Time) civil.Date { return civil.On(now) }

// policy is what a browser may load for our pages: our own files and nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protect sets the headers every response carries and bounds every body.
func (p *Portal) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // with none, browsers hide the origin of our own forms too
		h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=(self)")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		r.Body = http.MaxBytesReader(w, r.Body, p.MaxBody)
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
