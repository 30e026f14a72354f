package page

import (
	"html/template"
	"net/http"
)

// Page is what a handler hands to Templates.Show.
type Page struct {
	// VI and EN are the title in both languages; an empty EN shows VI.
	VI, EN string
	// Description is one sentence for search engines; empty for pages of one person.
	Description string
	// Section is the Path of the menu entry this page belongs to.
	Section string
	// Styles and Scripts are names of further assets (mine.css) this page needs.
	Styles, Scripts []string
	// Wide gives the page the whole width (tables, graphs).
	Wide bool
	// Public pages are the same for everybody and may be found by search engines.
	Public bool
	// Data is the area's own; templates read it as .Data.
	Data any
}

// View is what a template sees: the page, the reader, and helpers. In a range or with,
// reach it as $.
type View struct {
	Page
	Viewer  Viewer
	Choices Choices
	Notice  *Notice
	// Here is the address of this page with its query, to come back to.
	Here   string
	SignIn bool
	Sample bool

	site *Site
	r    *http.Request
}

// T picks the text in the reader's language.
func (v *View) T(vi, en string) string {
	if v.Choices.Lang == "en" && en != "" {
		return en
	}
	return vi
}

// English reports whether the reader chose English.
func (v *View) English() bool { return v.Choices.Lang == "en" }

// Title is the heading of the page.
func (v *View) Title() string { return v.T(v.VI, v.EN) }

// Token is the hidden field every form that changes something must carry.
func (v *View) Token() template.HTML { return v.site.hidden(v.r) }

// Asset is the address of a file by its name; it changes when the file does.
func (v *View) Asset(name string) string { return v.site.assets.address(name) }

// Menu are the entries this viewer sees.
func (v *View) Menu() (out []Link) {
	for _, l := range v.site.Menu {
		if l.For == "" || v.Viewer.Has(l.For) || l.For == Staff && v.Viewer.Works() {
			out = append(out, l)
		}
	}
	return out
}
