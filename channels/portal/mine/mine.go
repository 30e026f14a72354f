// Package mine serves the pages of a citizen who has signed in: what is due in the
// household, the inbox, consents, declarations, the person's own data, chat channels; and
// the public page that tells whether a message is genuine.
//
// A person sees their own affairs and those of others they answer for, as the notices
// themselves would tell them; anybody else's id in an address is denied and recorded.
package mine

import (
	"context"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

//go:embed pages/*.html static
var files embed.FS

// Section is the address of the menu entry these pages belong to.
const Section = "/toi"

// People reads and keeps what is known of people.
type People interface {
	Views(ctx context.Context, ids []lifeevents.PersonID) ([]*lifeevents.View, error)
	Reach(ctx context.Context, p lifeevents.PersonID) (delivery.Reach, error)
	// Ledger is everything a person ever agreed to or withdrew, oldest first.
	Ledger(ctx context.Context, p lifeevents.PersonID) ([]lifeevents.Consent, error)
	Give(ctx context.Context, c lifeevents.Consent) error
	// Name opens a sealed name; "" where none is kept.
	Name(ctx context.Context, p lifeevents.PersonID) (string, error)
	SetName(ctx context.Context, p lifeevents.PersonID, name string) error
}

// Told is one notice as the outbox has it.
type Told struct {
	ID      int64
	Notice  lifeevents.Notice
	State   delivery.State
	Reason  delivery.Reason
	Channel string
	At      time.Time // when it was settled last
}

// Inbox reads the outbox as its readers see it.
type Inbox interface {
	// Told lists what a person was told over any channel, newest first.
	Told(ctx context.Context, p lifeevents.PersonID, offset, limit int) ([]Told, error)
	// Coded finds what was said under a code's number; corpus.ErrNotFound.
	Coded(ctx context.Context, number int64) (Told, error)
	// Opened notes that it was read on the portal.
	Opened(ctx context.Context, id int64, at time.Time) error
}

// Declared is what came of a declaration: Says is one sentence where it was refused.
type Declared struct {
	OK   bool
	Says string
}

// Statement is what a person declares of themselves or somebody they answer for.
type Statement struct {
	ID       string // of the form: the same again changes nothing
	By       lifeevents.PersonID
	About    lifeevents.PersonID
	Event    lifeevents.EventKind
	On       civil.Date
	Subject  string
	Data     map[string]string
	Fact     lifeevents.FactKind
	Key      string
	Value    lifeevents.Value
	Children []Newborn // at most one: a child of By
}

// Newborn is a child a parent declares, under a new pseudonym.
type Newborn struct {
	Child lifeevents.PersonID
	Born  civil.Date
	Sex   lifeevents.Sex
	// Registered: the birth certificate is there already.
	Registered bool
}

// Declarer takes declarations in.
type Declarer interface {
	Declare(ctx context.Context, s Statement, now time.Time) (Declared, error)
	// Spouses notes that two people, both asked, are married; tell lets each be told of the
	// other's affairs.
	Spouses(ctx context.Context, id string, a, b lifeevents.PersonID, tell bool, now time.Time) (Declared, error)
	// Answer keeps what a person says about a notice.
	Answer(ctx context.Context, a lifeevents.Answer) error
}

// Book keeps invitations, slips for the counter and requests about one's data.
type Book interface {
	Invite(ctx context.Context, code string, v lifeevents.Invite) error
	Invited(ctx context.Context, code string, now time.Time) (lifeevents.Invite, error)
	UseInvite(ctx context.Context, code string, now time.Time) error
	KeepSlip(ctx context.Context, code string, s lifeevents.Slip) error
	Slip(ctx context.Context, code string, now time.Time) (lifeevents.Slip, error)
	Request(ctx context.Context, r lifeevents.DataRequest) error
	MoveRequest(ctx context.Context, p lifeevents.PersonID, kind lifeevents.RequestKind, to lifeevents.RequestState, at time.Time) error
	Requests(ctx context.Context, p lifeevents.PersonID) ([]lifeevents.DataRequest, error)
}

// Door is a channel people may be reached over.
type Door struct {
	Name   string // as consents and links call it
	VI, EN string
	Class  lifeevents.ChannelClass
	// DeepLink opens the chat with a code in it; nil for channels that need no link.
	DeepLink func(code string) string
}

// Area is the pages; fill the fields, then let Routes be called once.
type Area struct {
	Site     *page.Site
	People   People
	Inbox    Inbox
	Declarer Declarer
	Book     Book
	Library  corpus.Library
	Rules    func() *lifeevents.Set
	Composer delivery.Composer
	Letters  channels.Letters // takes what people say is wrong with their data
	Links    channels.Links   // nil: no chat channel
	// Doors lists the channels beside the portal, in the order shown.
	Doors []Door
	// Office runs this service: it holds the data and answers for them.
	Office string
	// Base is the portal's address without a slash at the end, for QR codes.
	Base string
	Now  func() time.Time

	tpl     *page.Templates
	guesses guesses
}

// Static is the folder of the area's style sheet.
func (a *Area) Static() fs.FS {
	own, err := fs.Sub(files, "static")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return own
}

// Routes implements page.Area.
func (a *Area) Routes(mux *http.ServeMux) error {
	own, err := fs.Sub(files, "pages")
	if err != nil {
		return err
	}
	if a.tpl, err = a.Site.Templates(own, funcs, fieldFuncs(), template.FuncMap{"lawAt": a.lawAt}); err != nil {
		return err
	}
	for pattern, h := range map[string]http.HandlerFunc{
		"GET /toi": a.home, "GET /toi/viec": a.matter, "POST /toi/viec": a.answer,
		"GET /toi/tin": a.inbox, "POST /toi/tin": a.readAll, "GET /toi/tin/{code}": a.letter,
		"GET /toi/dong-y": a.consents, "GET /toi/dong-y/{topic}/{channel}": a.consentForm, "POST /toi/dong-y/{topic}/{channel}": a.consentGive,
		"POST /toi/rut/{topic}/{channel}": a.consentWithdraw,
		"GET /toi/khai":                   a.declareMenu, "GET /toi/khai/{what}": a.declareForm, "POST /toi/khai/{what}": a.declare,
		"GET /toi/gia-dinh": a.spouse, "POST /toi/gia-dinh/moi": a.spouseInvite, "POST /toi/gia-dinh/nhan": a.spouseAccept,
		"GET /toi/du-lieu": a.data, "POST /toi/du-lieu/sai": a.dataWrong, "GET /toi/du-lieu/xuat": a.dataExport,
		"GET /toi/du-lieu/xoa": a.deleteForm, "POST /toi/du-lieu/xoa": a.deleteAsk, "POST /toi/du-lieu/thoi-xoa": a.deleteTakeBack,
		"GET /toi/kenh": a.doors, "POST /toi/kenh/{channel}": a.doorLink, "POST /toi/kenh/{channel}/huy": a.doorUnlink,
		"GET /toi/giay-to/{procedure}": a.checklist, "POST /toi/giay-to/{procedure}": a.slip,
	} {
		mux.HandleFunc(pattern, a.Site.Require(page.Citizen, h))
	}
	mux.HandleFunc("GET /quay/{code}", a.Site.Require(page.Official, a.counter))
	mux.HandleFunc("GET /kiem-tin", a.verify)
	return nil
}

// lawAt is where a provision can be read as it stands today; "" where its text is not held.
func (a *Area) lawAt(p corpus.Provision) string {
	ctx := context.Background() // a page being written; the library remembers what it read
	var err error
	if p.Article == "" && p.Annex == "" {
		_, err = a.Library.Instrument(ctx, p.Instrument)
	} else {
		_, err = a.Library.Unit(ctx, corpus.UnitOf(p))
	}
	if err != nil {
		return ""
	}
	return page.LawAddress(p, a.today())
}

// show fills what all pages of the area share.
func (a *Area) show(w http.ResponseWriter, r *http.Request, status int, name string, p page.Page) {
	p.Section, p.Styles = Section, []string{"mine.css"}
	a.tpl.Show(w, r, status, name, p)
}

// me is who has signed in.
func me(r *http.Request) lifeevents.PersonID { return page.ViewerOf(r.Context()).Person }

// lang is the reader's language.
func lang(r *http.Request) string { return page.ChoicesOf(r).Lang }

func (a *Area) today() civil.Date { return civil.On(a.Now()) }
