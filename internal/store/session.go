package store

import (
	"encoding/hex"
	"strings"

	"github.com/motcua/motcua/channels/portal/page"
)

// SessionRecord is what the name in a session is sealed for.
func SessionRecord(name [32]byte) string { return "session/" + hex.EncodeToString(name[:]) }

// JoinRoles is how roles are kept.
func JoinRoles(roles []page.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return strings.Join(names, ",")
}

// SplitRoles reads them; a role this program does not know is left out.
func SplitRoles(kept string) (out []page.Role) {
	for r := range strings.SplitSeq(kept, ",") {
		if role := page.Role(r); role.Known() {
			out = append(out, role)
		}
	}
	return out
}
