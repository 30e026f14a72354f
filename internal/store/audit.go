package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"github.com/motcua/motcua/channels/portal/page"
)

// ErrAuditBroken is a record of acts in which a row was changed, left out or put in.
var ErrAuditBroken = errors.New("sổ ghi việc đã bị sửa")

// AuditRow is one entry as it was kept.
type AuditRow struct {
	Seq int64 `json:"seq"`
	page.Entry
}

// Link is the digest of a row on top of the one before: every field with its length, so
// that no two rows are written alike.
func (r AuditRow) Link(key, before []byte) []byte {
	h := hmac.New(sha256.New, key)
	field := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	field(before)
	field(binary.BigEndian.AppendUint64(nil, uint64(r.Seq)))            // from 1
	field(binary.BigEndian.AppendUint64(nil, uint64(r.At.UnixMilli()))) // only ever compared
	for _, s := range []string{r.Actor, r.Roles, r.Unit, r.Act, r.Object, r.Outcome, r.Detail} {
		field([]byte(s))
	}
	return h.Sum(nil)
}
