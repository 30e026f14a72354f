package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/store"
)

// ErrAuditBroken is store.ErrAuditBroken.
var ErrAuditBroken = store.ErrAuditBroken

// Audit is the record of acts; key makes its digests. It implements page.Audit.
func (db *DB) Audit(key []byte) *Audit { return &Audit{db, key} }

// Audit is made by DB.Audit.
type Audit struct {
	db  *DB
	key []byte
}

// AuditRow is store.AuditRow.
type AuditRow = store.AuditRow

// Record adds an entry at the end.
func (a *Audit) Record(ctx context.Context, e page.Entry) error {
	return a.db.inTx(ctx, func(t *tx) error {
		var seq int64
		var before []byte
		err := t.row(`SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1`, nil, &seq, &before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		row := AuditRow{Seq: seq + 1, Entry: e}
		_, err = t.exec(`INSERT INTO audit (seq, at, actor, roles, unit, act, object, outcome, detail, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			row.Seq, e.At.UnixMilli(), e.Actor, e.Roles, e.Unit, e.Act, e.Object, e.Outcome, e.Detail, row.Link(a.key, before))
		return err
	})
}

const auditColumns = `seq, at, actor, roles, unit, act, object, outcome, detail`

// Verify reads the whole record and checks every link. head is the last digest: note it
// down elsewhere, and a record cut short at its end shows too. An error wraps
// ErrAuditBroken and names the first row that does not fit.
func (a *Audit) Verify(ctx context.Context) (rows int64, head string, err error) {
	all, err := a.db.read.QueryContext(ctx, `SELECT `+auditColumns+`, chain FROM audit ORDER BY seq`)
	if err != nil {
		return 0, "", err
	}
	defer all.Close()
	var before []byte
	for all.Next() {
		var chain []byte
		r, err := scanAudit(all, &chain)
		if err != nil {
			return rows, "", err
		}
		if r.Seq != rows+1 || !bytes.Equal(chain, r.Link(a.key, before)) {
			return rows, "", fmt.Errorf("%w: dòng %d không khớp dòng trước nó", ErrAuditBroken, r.Seq)
		}
		rows, before = r.Seq, chain
	}
	return rows, hex.EncodeToString(before), all.Err()
}

// Entries lists the newest first: of one actor, or of all when actor is ""; below a row,
// or from the end when before is 0.
func (a *Audit) Entries(ctx context.Context, actor string, before int64, limit int) ([]AuditRow, error) {
	rows, err := a.db.read.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit
		WHERE (?1 = '' OR actor = ?1) AND (?2 = 0 OR seq < ?2) ORDER BY seq DESC LIMIT ?3`, actor, before, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []AuditRow{}
	for rows.Next() {
		r, err := scanAudit(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func scanAudit(rows *sql.Rows, more ...any) (r AuditRow, err error) {
	var at int64
	err = rows.Scan(append([]any{&r.Seq, &at, &r.Actor, &r.Roles, &r.Unit, &r.Act, &r.Object, &r.Outcome, &r.Detail}, more...)...)
	r.At = time.UnixMilli(at)
	return r, err
}
