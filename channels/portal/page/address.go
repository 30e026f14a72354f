package page

import (
	"net/url"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// LawPath is where texts of law are read.
const LawPath = "/van-ban"

// LawAddress is the page of a provision, at the clause where it names one, as of a day;
// the zero day is today.
func LawAddress(p corpus.Provision, on civil.Date) string {
	at := LawPath + "/" + url.PathEscape(corpus.Slug(p.Instrument))
	switch {
	case p.Article != "":
		at += "/dieu/" + url.PathEscape(p.Article)
	case p.Annex != "":
		at += "/phu-luc/" + url.PathEscape(p.Annex)
	}
	if !on.IsZero() {
		at += "?ngay=" + on.String()
	}
	if p.Clause != "" {
		at += "#khoan-" + url.PathEscape(p.Clause)
	}
	return at
}
