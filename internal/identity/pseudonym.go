package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/motcua/motcua/lifeevents"
)

// PseudonymUse names the key of pseudonyms; the key must never change, or nobody finds
// their family again.
const PseudonymUse = "pseudonym"

// Pseudonym is who somebody is here: the same person at the same provider has the same
// one as long as the key stays, and nobody without the key can go back.
func Pseudonym(key []byte, issuer, subject string) lifeevents.PersonID {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(issuer + "\x00" + subject))
	name := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil)[:15])
	return lifeevents.PersonID("n-" + strings.ToLower(name))
}
