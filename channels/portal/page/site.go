package page

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"time"
)

// KeySize is how many bytes the key of a Site has.
const KeySize = 32

// Paths every area may link to.
const (
	SignInPath  = "/dang-nhap"
	SignOutPath = "/dang-xuat"
	ChoicesPath = "/tuy-chon" // language, colours, type size
	ResumePath  = "/gui-lai"  // what was typed when the session ended
)

// Area is a part of the portal that serves its own addresses.
type Area interface {
	// Routes adds its handlers. It is called once, before anything is served.
	Routes(mux *http.ServeMux) error
}

// Link is one entry of the main menu.
type Link struct {
	Path, Icon string
	VI, EN     string
	// For is who sees it; empty is everybody.
	For Role
}

// Site is what all pages share. Fill the fields, call Open once, then use it from many
// goroutines.
type Site struct {
	Log *slog.Logger
	Now func() time.Time
	// Key seals forms and messages to the next page: KeySize bytes.
	Key []byte
	// SignIn says whether there is a way to sign in at all.
	SignIn bool
	// Sample marks pages of a service that runs on made-up people.
	Sample bool
	// Menu is the main menu, in order.
	Menu []Link
	// Audit keeps what officials do; nil keeps nothing (tests only).
	Audit Audit

	base   *layouts
	assets *assets
	drafts drafts
}

// Open reads the layout and the assets of the package and of areas: each extra is a folder
// of files (style sheets, scripts) served beside ours, by their base names.
func (s *Site) Open(extra ...fs.FS) (err error) {
	if len(s.Key) != KeySize {
		return errors.New("page: the key of a site has 32 bytes")
	}
	if s.assets, err = readAssets(extra...); err != nil {
		return err
	}
	s.base, err = s.readLayouts()
	return err
}

// Routes serves the assets, the choices and what was typed when a session ended.
func (s *Site) Routes(mux *http.ServeMux) error {
	mux.Handle("GET /static/", s.assets)
	mux.HandleFunc("GET "+ChoicesPath, s.choose)
	mux.HandleFunc("GET "+ResumePath+"/{draft}", s.resume)
	return nil
}
