package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// Mine keeps what the pages of a signed-in person need beside facts.
type Mine struct{ db *DB }

// Mine is the book of the citizens' pages.
func (db *DB) Mine() *Mine { return &Mine{db} }

// Invite keeps an offer under its code.
func (m *Mine) Invite(ctx context.Context, code string, v lifeevents.Invite) error {
	return m.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO family_invites (digest, person, tell, expires) VALUES ($1, $2, $3, $4)`,
			store.DigestOf("invite", code), string(v.From), v.Tell, v.Expires.UnixMilli())
		return err
	})
}

// Invited reads an offer that may still be taken; corpus.ErrNotFound where the code is
// wrong, used or too old.
func (m *Mine) Invited(ctx context.Context, code string, now time.Time) (v lifeevents.Invite, err error) {
	var expires int64
	err = m.db.pool.QueryRow(ctx, `SELECT person, tell, expires FROM family_invites WHERE digest = $1 AND used = 0 AND expires > $2`,
		store.DigestOf("invite", code), now.UnixMilli()).Scan(&v.From, &v.Tell, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return v, corpus.ErrNotFound
	}
	v.Expires = store.Instant(expires)
	return v, err
}

// UseInvite takes an offer up, once.
func (m *Mine) UseInvite(ctx context.Context, code string, now time.Time) error {
	return m.db.inTx(ctx, func(t *tx) error {
		moved, err := t.added(`UPDATE family_invites SET used = $1 WHERE digest = $2 AND used = 0 AND expires > $3`, now.UnixMilli(), store.DigestOf("invite", code), now.UnixMilli())
		if err == nil && !moved {
			return corpus.ErrNotFound
		}
		return err
	})
}

// KeepSlip keeps a checklist for the counter under its code, and forgets those that have
// run out.
func (m *Mine) KeepSlip(ctx context.Context, code string, s lifeevents.Slip) error {
	return m.db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`DELETE FROM counter_slips WHERE expires < $1`, s.Made.UnixMilli()); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO counter_slips (digest, person, about, procedure, made, expires) VALUES ($1, $2, $3, $4, $5, $6)`,
			store.DigestOf("slip", code), string(s.Person), string(s.About), s.Procedure, s.Made.UnixMilli(), s.Expires.UnixMilli())
		return err
	})
}

// Slip opens one by its code; corpus.ErrNotFound where it is wrong or too old.
func (m *Mine) Slip(ctx context.Context, code string, now time.Time) (s lifeevents.Slip, err error) {
	var made, expires int64
	err = m.db.pool.QueryRow(ctx, `SELECT person, about, procedure, made, expires FROM counter_slips WHERE digest = $1 AND expires > $2`,
		store.DigestOf("slip", code), now.UnixMilli()).Scan(&s.Person, &s.About, &s.Procedure, &made, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return s, corpus.ErrNotFound
	}
	s.Made, s.Expires = store.Instant(made), store.Instant(expires)
	return s, err
}

// Request opens a request; one that is open already stays as it is.
func (m *Mine) Request(ctx context.Context, r lifeevents.DataRequest) error {
	return m.db.inFullTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO data_requests (person, kind, at, state, answer_by, done_by, changed) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			string(r.Person), string(r.Kind), r.At.UnixMilli(), string(r.State), store.DayNumber(r.AnswerBy), store.DayNumber(r.DoneBy), r.Changed.UnixMilli())
		return err
	})
}

// MoveRequest ends an open request; corpus.ErrNotFound where there is none.
func (m *Mine) MoveRequest(ctx context.Context, p lifeevents.PersonID, kind lifeevents.RequestKind, to lifeevents.RequestState, at time.Time) error {
	return m.db.inFullTx(ctx, func(t *tx) error {
		moved, err := t.added(`UPDATE data_requests SET state = $1, changed = $2 WHERE person = $3 AND kind = $4 AND state = 'open'`, string(to), at.UnixMilli(), string(p), string(kind))
		if err == nil && !moved {
			return corpus.ErrNotFound
		}
		return err
	})
}

const requestColumns = `SELECT id, person, kind, at, state, answer_by, done_by, changed FROM data_requests `

// Requests lists those of a person, newest first; of everybody that are open, oldest
// first, where the person is empty.
func (m *Mine) Requests(ctx context.Context, p lifeevents.PersonID) ([]lifeevents.DataRequest, error) {
	query, args := requestColumns+`WHERE person = $1 ORDER BY id DESC`, []any{string(p)}
	if p == "" {
		query, args = requestColumns+`WHERE state = 'open' ORDER BY id`, nil
	}
	rows, err := m.db.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifeevents.DataRequest
	for rows.Next() {
		var r lifeevents.DataRequest
		var at, changed int64
		var answer, done int
		if err := rows.Scan(&r.ID, &r.Person, &r.Kind, &at, &r.State, &answer, &done, &changed); err != nil {
			return nil, err
		}
		r.At, r.Changed, r.AnswerBy, r.DoneBy = store.Instant(at), store.Instant(changed), store.NumberedDay(answer), store.NumberedDay(done)
		out = append(out, r)
	}
	return out, rows.Err()
}
