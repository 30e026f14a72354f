package zalo

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// signatureHeader holds the signature of a post, as "mac=" and 64 hexadecimal digits, or
// the digits alone.
const signatureHeader = "X-ZEvent-Signature"

// Sign is the signature of a post: SHA-256 of app, body, timestamp and secret one after the
// other. It is no HMAC, and it is taken over the bytes as received.
func Sign(appID string, body []byte, timestamp, secret string) [sha256.Size]byte {
	h := sha256.New()
	_, _ = h.Write([]byte(appID)) // a hash never fails
	_, _ = h.Write(body)
	_, _ = h.Write([]byte(timestamp))
	_, _ = h.Write([]byte(secret))
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return sum
}

// readSignature decodes the header; ok is false for anything but a signature.
func readSignature(header string) (sum [sha256.Size]byte, ok bool) {
	digits := strings.TrimPrefix(header, "mac=")
	if len(digits) != hex.EncodedLen(len(sum)) {
		return sum, false
	}
	_, err := hex.Decode(sum[:], []byte(digits))
	return sum, err == nil
}

// signed reports, in constant time, whether a post is Zalo's.
func (a Account) signed(given [sha256.Size]byte, body []byte, timestamp string) bool {
	want := Sign(a.AppID, body, timestamp, a.OASecret)
	return subtle.ConstantTimeCompare(want[:], given[:]) == 1
}
