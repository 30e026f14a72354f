package assistant

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Statement is a correction or its withdrawal as kept: the bytes that were signed and
// the signature, hex HMAC-SHA256 under the key of this installation.
type Statement struct {
	ID        string
	Kind      StatementKind
	Body      []byte
	Signature string
}

// StatementKind tells corrections from withdrawals.
type StatementKind string

// The kinds.
const (
	CorrectionKind StatementKind = "correction"
	WithdrawalKind StatementKind = "withdrawal"
)

// withdrawal ends a correction before its time.
type withdrawal struct {
	ID         string    `json:"id"`
	Correction string    `json:"correction"`
	Author     string    `json:"author"`
	SignedAt   time.Time `json:"signed_at"`
	Note       string    `json:"note"`
}

// Signer signs and checks statements.
type Signer struct{ key []byte }

// SigningKeySize is the least length of a key in bytes.
const SigningKeySize = 32

// NewSigner takes a secret key.
func NewSigner(key []byte) (Signer, error) {
	if len(key) < SigningKeySize {
		return Signer{}, fmt.Errorf("assistant: the key of corrections has %d bytes, wants %d", len(key), SigningKeySize)
	}
	return Signer{key}, nil
}

// seal signs the bytes of one kind of statement; a signature of one kind is none of
// another.
func (s Signer) seal(id string, kind StatementKind, content any) (Statement, error) {
	body, err := json.Marshal(content)
	if err != nil {
		return Statement{}, err
	}
	return Statement{id, kind, body, s.mac(kind, body)}, nil
}

func (s Signer) mac(kind StatementKind, body []byte) string {
	h := hmac.New(sha256.New, s.key)
	_, _ = h.Write([]byte("motcua/" + string(kind) + "/1\n")) // a hash takes everything
	_, _ = h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

var errForged = errors.New("chữ ký không khớp: nội dung đã bị sửa, hoặc khóa ký đã đổi")

// opens checks the signature and reads the statement.
func (s Signer) opens(st Statement, into any) error {
	if !hmac.Equal([]byte(st.Signature), []byte(s.mac(st.Kind, st.Body))) {
		return errForged
	}
	return json.Unmarshal(st.Body, into)
}

// newStatementID begins with the day, so that lists read in order.
func newStatementID(prefix string, at time.Time) string {
	return prefix + at.UTC().Format("20060102") + "-" + strings.ToLower(rand.Text()[:8])
}
