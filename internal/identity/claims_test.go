package identity

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/channels/portal/page"
)

func TestWhatAProviderSaysBecomesRolesByTheTable(t *testing.T) {
	for name, c := range map[string]struct {
		said map[string]any
		want page.Viewer
	}{
		"nothing": {map[string]any{}, page.Viewer{Display: "Bạn", Roles: []page.Role{page.Citizen}, Assurance: page.Basic}},
		"a citizen of level 2": {map[string]any{"name": " Lan\u202e\n", "acr": "2"},
			page.Viewer{Display: "Lan", Roles: []page.Role{page.Citizen}, Assurance: page.Verified}},
		"an official": {map[string]any{"name": "Đức", "roles": []any{"official", "official", "root", 7.0}, "unit": "p1", "acr": "1"},
			page.Viewer{Display: "Đức", Unit: "p1", Roles: []page.Role{page.Official}, Assurance: page.Basic}},
		"roles as a text":             {map[string]any{"name": "Hà", "roles": "editor evaluator", "unit": "s"}, page.Viewer{Display: "Hà", Unit: "s", Roles: []page.Role{page.Editor, page.Evaluator}, Assurance: page.Basic}},
		"an official without a unit":  {map[string]any{"name": "X", "roles": "official"}, page.Viewer{Display: "X", Roles: []page.Role{page.Citizen}, Assurance: page.Basic}},
		"a role as a number":          {map[string]any{"name": "X", "roles": 1.0}, page.Viewer{Display: "X", Roles: []page.Role{page.Citizen}, Assurance: page.Basic}},
		"a name without end":          {map[string]any{"name": strings.Repeat("ă", 5000)}, page.Viewer{Display: strings.Repeat("ă", longest), Roles: []page.Role{page.Citizen}, Assurance: page.Basic}},
		"a level nobody has heard of": {map[string]any{"name": "X", "acr": "99"}, page.Viewer{Display: "X", Roles: []page.Role{page.Citizen}, Assurance: page.Basic}},
	} {
		if diff := cmp.Diff(c.want, UsualClaims().viewer(c.said)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}
