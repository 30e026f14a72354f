package identity

import (
	"slices"
	"strings"

	"github.com/motcua/motcua/channels/portal/page"
)

// Claims names the claims of the provider that we read.
type Claims struct {
	Roles string // a list, or a text with spaces between; usual "roles"
	Unit  string // an official's office; usual "unit"
	Level string // how surely the person is known; usual "acr"
	Name  string // how to address the person; usual "name"
	// Verified lists the values of Level that stand for page.Verified; anything else is
	// page.Basic.
	Verified []string
}

// UsualClaims are the names most providers use.
func UsualClaims() Claims {
	return Claims{Roles: "roles", Unit: "unit", Level: "acr", Name: "name", Verified: []string{"2", "loa2", "substantial", "high"}}
}

// longest bounds what a provider may say, in characters.
const longest = 120

// viewer turns what a provider said into what the person may do. Somebody without any
// known role is a citizen; an official without a unit is none.
func (c Claims) viewer(said map[string]any) page.Viewer {
	v := page.Viewer{Display: text(said[c.Name]), Unit: text(said[c.Unit]), Assurance: page.Basic}
	if slices.Contains(c.Verified, text(said[c.Level])) {
		v.Assurance = page.Verified
	}
	for _, name := range list(said[c.Roles]) {
		r := page.Role(name)
		if r.Known() && !v.Has(r) && (r != page.Official || v.Unit != "") {
			v.Roles = append(v.Roles, r)
		}
	}
	if len(v.Roles) == 0 {
		v.Roles = []page.Role{page.Citizen}
	}
	if v.Display == "" {
		v.Display = "Bạn"
	}
	return v
}

func text(v any) string {
	s, _ := v.(string)
	s = strings.TrimSpace(page.Clean(strings.ReplaceAll(s, "\n", " ")))
	if r := []rune(s); len(r) > longest {
		return string(r[:longest])
	}
	return s
}

func list(v any) (out []string) {
	switch v := v.(type) {
	case string:
		return strings.Fields(v)
	case []any:
		for _, x := range v {
			if s := text(x); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}
