// Package law is the part of the portal where anybody reads the law: search, an instrument
// as a tree, a provision as it was on a day and what changed it, two days side by side,
// relations as a picture, who is competent, and words ready to quote.
package law

import (
	"context"
	"embed"
	"io/fs"
	"net/http"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

//go:embed pages/*.html static
var files embed.FS

// Paths of the area.
const (
	Path           = page.LawPath
	ComparePath    = "/so-sanh"
	CompetencePath = "/tham-quyen"
)

// Regulations finds passages in force on a day.
type Regulations interface {
	Find(ctx context.Context, q assistant.RegulationQuery) ([]assistant.QuotedPassage, error)
}

// Comparer tells what a provision said on two days.
type Comparer interface {
	Compare(ctx context.Context, p corpus.Provision, day1, day2 civil.Date) (assistant.Comparison, error)
}

// Area serves the pages.
type Area struct {
	Site        *page.Site
	Shelf       corpus.Shelf
	Library     corpus.Library
	Regulations Regulations
	Comparer    Comparer
	Now         func() time.Time

	pages *page.Templates
	list  shelfList
}

// Static are the assets of the area, for Site.Open.
func (a *Area) Static() fs.FS {
	sub, _ := fs.Sub(files, "static") // a folder that is embedded
	return sub
}

// Routes implements page.Area.
func (a *Area) Routes(mux *http.ServeMux) error {
	folder, err := fs.Sub(files, "pages")
	if err != nil {
		return err
	}
	if a.pages, err = a.Site.Templates(folder, funcs); err != nil {
		return err
	}
	mux.HandleFunc("GET "+Path, a.find)
	mux.HandleFunc("GET "+Path+"/{slug}", a.instrument)
	mux.HandleFunc("GET "+Path+"/{slug}/quan-he", a.relations)
	mux.HandleFunc("GET "+Path+"/{slug}/dieu/{article}", a.article)
	mux.HandleFunc("GET "+Path+"/{slug}/phu-luc/{annex}", a.article)
	mux.HandleFunc("GET "+ComparePath, a.compare)
	mux.HandleFunc("GET "+CompetencePath, a.competence)
	return nil
}

// show fills in what all pages of the area share.
func (a *Area) show(w http.ResponseWriter, r *http.Request, status int, name string, p page.Page) {
	p.Section, p.Styles, p.Public = Path, []string{"law.css"}, true
	a.pages.Show(w, r, status, name, p)
}

// day reads the day a page is asked for; today where none or no real one is given, and
// then wrong tells that something was given.
func (a *Area) day(r *http.Request, name string) (on civil.Date, wrong bool) {
	text := r.URL.Query().Get(name)
	d, err := civil.Parse(text)
	if text == "" || err != nil || d.IsZero() || !d.Valid() {
		return civil.On(a.Now()), text != ""
	}
	return d, false
}
