package portal

import (
	"net/http"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// governmentService is a procedure in the words of schema.org, as search engines read it.
type governmentService struct {
	Context    string      `json:"@context,omitempty"`
	Type       string      `json:"@type"`
	ID         string      `json:"@id"`
	Name       string      `json:"name"`
	Identifier string      `json:"identifier,omitempty"`
	Aliases    []string    `json:"alternateName,omitempty"`
	Category   string      `json:"serviceType,omitempty"`
	URL        string      `json:"url"`
	Language   string      `json:"inLanguage"`
	Area       ldNamed     `json:"areaServed"`
	Provider   *ldNamed    `json:"provider,omitempty"`
	Operator   *ldNamed    `json:"serviceOperator,omitempty"`
	Audience   *ldAudience `json:"audience,omitempty"`
	Channels   []ldChannel `json:"availableChannel,omitempty"`
	Output     []ldNamed   `json:"serviceOutput,omitempty"`
	Offers     []ldOffer   `json:"offers,omitempty"`
	License    string      `json:"license,omitempty"`
	Terms      string      `json:"termsOfService,omitempty"`
}

type ldNamed struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type ldAudience struct {
	Type string `json:"@type"`
	Who  string `json:"audienceType"`
}

type ldChannel struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"serviceUrl,omitempty"`
}

type ldOffer struct {
	Type     string `json:"@type"`
	Name     string `json:"name,omitempty"`
	Price    string `json:"price"`
	Currency string `json:"priceCurrency"`
}

// serviceOf tells a procedure as a GovernmentService. Only sums that are certain become
// offers.
func (p *Portal) serviceOf(x corpus.Procedure) governmentService {
	s := governmentService{
		Context: "https://schema.org", Type: "GovernmentService", ID: p.Base + ProcedureAddress(x.ID), Name: x.Name, Identifier: x.Code, Aliases: x.Aliases,
		Category: x.Field, URL: p.Base + ProcedureAddress(x.ID), Language: "vi", Area: ldNamed{"Country", "Việt Nam"},
	}
	if x.Ministry != "" {
		s.Provider = &ldNamed{"GovernmentOrganization", x.Ministry}
	}
	if len(x.Body) > 0 {
		s.Operator = &ldNamed{"GovernmentOrganization", x.Body[0].Name}
	}
	if len(x.Who) > 0 {
		s.Audience = &ldAudience{"Audience", strings.Join(x.Who, "; ")}
	}
	for _, w := range x.Where {
		s.Channels = append(s.Channels, ldChannel{"ServiceChannel", w.Text, w.URL})
	}
	for _, r := range x.Results {
		s.Output = append(s.Output, ldNamed{"Thing", r.Name})
	}
	for _, f := range x.Fees {
		switch {
		case f.Free:
			s.Offers = append(s.Offers, ldOffer{"Offer", f.Case, "0", "VND"})
		case f.VND > 0:
			s.Offers = append(s.Offers, ldOffer{"Offer", f.Case, itoa(int(f.VND)), "VND"})
		}
	}
	return s
}

// robots lets search engines in to what is the same for everybody.
func (p *Portal) robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nAllow: /thu-tuc\nAllow: /van-ban\nDisallow: /?\nDisallow: /api/\n"))
}
