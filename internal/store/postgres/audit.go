package postgres

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/store"
)

// Audit is the record of acts; key makes its digests. It implements page.Audit.
func (db *DB) Audit(key []byte) *Audit { return &Audit{db, key} }

// Audit is made by DB.Audit.
type Audit struct {
	db  *DB
	key []byte
}

// Record adds an entry at the end. One process at a time does: every row rests on the last.
func (a *Audit) Record(ctx context.Context, e page.Entry) error {
	for _, s := range []*string{&e.Actor, &e.Roles, &e.Unit, &e.Act, &e.Object, &e.Outcome, &e.Detail} {
		*s = plain(*s) // before the digest is taken
	}
	return a.db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`SELECT pg_advisory_xact_lock($1)`, int64(auditing)); err != nil {
			return err
		}
		var seq int64
		var before []byte
		err := t.row(`SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1`, nil, &seq, &before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		row := store.AuditRow{Seq: seq + 1, Entry: e}
		_, err = t.exec(`INSERT INTO audit (seq, at, actor, roles, unit, act, object, outcome, detail, chain) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			row.Seq, e.At.UnixMilli(), e.Actor, e.Roles, e.Unit, e.Act, e.Object, e.Outcome, e.Detail, row.Link(a.key, before))
		return err
	})
}

// auditing is the number of the lock held while a row is added.
const auditing = 0x6d6f7463_0403

const auditColumns = `seq, at, actor, roles, unit, act, object, outcome, detail`

// Verify reads the whole record and checks every link. head is the last digest: note it
// down elsewhere, and a record cut short at its end shows too. An error wraps
// store.ErrAuditBroken and names the first row that does not fit.
func (a *Audit) Verify(ctx context.Context) (rows int64, head string, err error) {
	var before []byte
	for last := int64(math.MinInt64); ; last = rows {
		err := a.db.each(ctx, `SELECT `+auditColumns+`, chain FROM audit WHERE seq > $1 ORDER BY seq LIMIT 5000`, []any{last}, func(scan func(...any) error) error {
			var chain []byte
			r, err := scanAudit(scan, &chain)
			if err != nil {
				return err
			}
			if r.Seq != rows+1 || !bytes.Equal(chain, r.Link(a.key, before)) {
				return fmt.Errorf("%w: dòng %d không khớp dòng trước nó", store.ErrAuditBroken, r.Seq)
			}
			rows, before = r.Seq, chain
			return nil
		})
		if err != nil {
			return rows, "", err
		}
		if rows == last || rows == 0 {
			return rows, hex.EncodeToString(before), nil
		}
	}
}

// Entries lists the newest first: of one actor, or of all when actor is ""; below a row,
// or from the end when before is 0.
func (a *Audit) Entries(ctx context.Context, actor string, before int64, limit int) ([]store.AuditRow, error) {
	out := []store.AuditRow{}
	err := a.db.each(ctx, `SELECT `+auditColumns+` FROM audit
		WHERE ($1 = '' OR actor = $1) AND ($2::bigint = 0 OR seq < $2) ORDER BY seq DESC LIMIT $3`, []any{plain(actor), before, limit}, func(scan func(...any) error) error {
		r, err := scanAudit(scan)
		out = append(out, r)
		return err
	})
	return out, err
}

func scanAudit(scan func(...any) error, more ...any) (r store.AuditRow, err error) {
	var at int64
	err = scan(append([]any{&r.Seq, &at, &r.Actor, &r.Roles, &r.Unit, &r.Act, &r.Object, &r.Outcome, &r.Detail}, more...)...)
	r.At = time.UnixMilli(at)
	return r, err
}
