// Package desk is the part of the portal where officials work: people who wait for an
// answer, what was called wrong, what nobody could answer, records to look at, the rules
// of life events, measures and kill switches. Every change is on record before it happens.
package desk

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
)

//go:embed pages/*.html static
var files embed.FS

// Path is where the desk begins.
const Path = "/ban-lam-viec"

// Area serves the pages. Every field is set.
type Area struct {
	Site *page.Site
	Now  func() time.Time

	Handovers channels.Handovers
	Letters   channels.Letters
	Queue     assistant.Queue
	Gaps      assistant.Gaps
	Book      *assistant.CorrectionBook
	Library   corpus.Library
	// Answerer drafts answers that an official edits before they go.
	Answerer channels.Answerer

	Records  Records
	Outbox   Outbox
	Changes  Changes
	Rules    Rules
	Measures measure.Store
	Switches *switches.Board
	// Channels names the channels that can be switched.
	Channels []string
	// Card is the score card of the exam last committed; not ok without one.
	Card func() (eval.ScoreCard, bool)
	// Served counts procedures that a running rule brings up by itself, and all we hold.
	Served func(ctx context.Context) (served, all int, err error)
	// Province is what people call a province by its code.
	Province func(code string) string

	pages *page.Templates
}

// Records are what reading in has flagged and refused.
type Records interface {
	// Flags lists places in records a person should look at, after the ID given, at most n.
	Flags(ctx context.Context, after int64, n int) ([]Flag, error)
	// Tallies tells of every register how much it sent and what was wrong with it.
	Tallies(ctx context.Context) ([]lifeevents.Tally, error)
}

// Flag is one place of a record that could not be read for sure.
type Flag = corpus.Flagged

// Rules are the life-event rules as they run.
type Rules interface {
	Set() *lifeevents.Set
	Explain(r *lifeevents.Rule) string
	DryRun(ctx context.Context, rule string, w lifeevents.Window) (DryRun, error)
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
	official, editor, administrator := page.Official, page.Editor, page.Administrator
	for _, route := range []struct {
		pattern string
		handler http.HandlerFunc
		roles   []page.Role
	}{
		{"GET " + Path, a.home, []page.Role{official, editor, administrator, page.Evaluator}},
		{"GET " + Path + "/hang-doi", a.queue, []page.Role{official, editor}},
		{"GET " + Path + "/tro-chuyen/{id}", a.chat, []page.Role{official}},
		{"POST " + Path + "/tro-chuyen/{id}", a.chatAct, []page.Role{official}},
		{"GET " + Path + "/thu/{id}", a.letter, []page.Role{official}},
		{"POST " + Path + "/thu/{id}", a.letterAct, []page.Role{official}},
		{"GET " + Path + "/sai/{id}", a.item, []page.Role{official, editor}},
		{"POST " + Path + "/sai/{id}", a.itemAct, []page.Role{official, editor}},
		{"POST " + Path + "/sai/{id}/dinh-chinh", a.sign, []page.Role{editor}},
		{"GET " + Path + "/dinh-chinh", a.corrections, []page.Role{editor, official}},
		{"POST " + Path + "/dinh-chinh", a.withdraw, []page.Role{editor}},
		{"GET " + Path + "/chua-tra-loi", a.gaps, []page.Role{official, editor, page.Evaluator}},
		{"GET " + Path + "/ra-soat", a.review, []page.Role{editor, administrator}},
		{"POST " + Path + "/ra-soat/gui", a.resolve, []page.Role{editor, administrator}},
		{"POST " + Path + "/ra-soat/luat", a.reviewed, []page.Role{editor}},
		{"GET " + Path + "/quy-tac", a.rules, []page.Role{editor, official, administrator}},
		{"GET " + Path + "/quy-tac/{id}", a.rule, []page.Role{editor, official, administrator}},
		{"POST " + Path + "/quy-tac/{id}", a.pauseRule, []page.Role{editor, administrator}},
		{"GET " + Path + "/so-lieu", a.measures, []page.Role{page.Evaluator, administrator, editor, official}},
		{"GET " + Path + "/cong-tac", a.board, []page.Role{administrator}},
		{"POST " + Path + "/cong-tac", a.turn, []page.Role{administrator}},
	} {
		mux.HandleFunc(route.pattern, a.anyOf(route.roles, route.handler))
	}
	a.publicRoutes(mux)
	return nil
}

// anyOf lets viewers through who have one of the roles.
func (a *Area) anyOf(roles []page.Role, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := page.ViewerOf(r.Context())
		role := roles[0]
		for _, other := range roles {
			if v.Has(other) {
				role = other
				break
			}
		}
		a.Site.Require(role, next)(w, r)
	}
}

// show fills in what all pages of the desk share.
func (a *Area) show(w http.ResponseWriter, r *http.Request, status int, name string, p page.Page) {
	p.Section, p.Styles = Path, []string{"desk.css"}
	a.pages.Show(w, r, status, name, p)
}

// done tells what happened and goes on to a page.
func (a *Area) done(w http.ResponseWriter, r *http.Request, to, vi, en string) {
	a.Site.Tell(w, r, "done", vi, en)
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// refused tells why something was not done and goes back.
func (a *Area) refused(w http.ResponseWriter, r *http.Request, to, vi, en string) {
	a.Site.Tell(w, r, "problem", vi, en)
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// nameOf is the official as the logs of the queue name them: a pseudonym of the pseudonym,
// the same in every log.
func nameOf(r *http.Request) string {
	sum := sha256.Sum256([]byte(page.ViewerOf(r.Context()).Person))
	return "cb-" + hex.EncodeToString(sum[:6])
}
