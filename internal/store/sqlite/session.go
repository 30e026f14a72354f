package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// Sessions keeps who is signed in; sealer hides how people are called. It has the methods
// of identity.Sessions.
func (db *DB) Sessions(sealer Sealer) *Sessions { return &Sessions{db, sealer} }

// Sessions is made by DB.Sessions.
type Sessions struct {
	db     *DB
	sealer Sealer
}

// Begin keeps a new session.
func (s *Sessions) Begin(ctx context.Context, name [32]byte, v page.Viewer, now time.Time) error {
	display, err := s.sealer.Seal(store.SessionRecord(name), []byte(v.Display))
	if err != nil {
		return err
	}
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO sessions (name, person, roles, unit, assurance, display, begun, seen) VALUES (?, ?, ?, ?, ?, ?, ?7, ?7)`,
			name[:], string(v.Person), store.JoinRoles(v.Roles), v.Unit, int(v.Assurance), display, now.UnixMilli())
		return err
	})
}

// Find is the viewer of a session, when it began and when it was last used; the zero
// Viewer when there is none. Whether it has run out is for the caller to say.
func (s *Sessions) Find(ctx context.Context, name [32]byte) (v page.Viewer, begun, seen time.Time, err error) {
	var roles string
	var display []byte
	var b, n int64
	err = s.db.read.QueryRowContext(ctx, `SELECT person, roles, unit, assurance, display, begun, seen FROM sessions WHERE name = ?`, name[:]).
		Scan(&v.Person, &roles, &v.Unit, &v.Assurance, &display, &b, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return page.Viewer{}, begun, seen, nil
	}
	if err != nil {
		return page.Viewer{}, begun, seen, err
	}
	open, err := s.sealer.Open(store.SessionRecord(name), display)
	if err != nil {
		return page.Viewer{}, begun, seen, err
	}
	v.Display = string(open)
	v.Roles = store.SplitRoles(roles)
	return v, time.UnixMilli(b), time.UnixMilli(n), nil
}

// Seen notes that a session was used.
func (s *Sessions) Seen(ctx context.Context, name [32]byte, now time.Time) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`UPDATE sessions SET seen = ? WHERE name = ?`, now.UnixMilli(), name[:])
		return err
	})
}

// End forgets a session; an unknown one is no error.
func (s *Sessions) End(ctx context.Context, name [32]byte) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM sessions WHERE name = ?`, name[:])
		return err
	})
}

// EndAll forgets every session of a person: signed out everywhere.
func (s *Sessions) EndAll(ctx context.Context, person lifeevents.PersonID) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM sessions WHERE person = ?`, string(person))
		return err
	})
}

// Sweep forgets sessions not used since an instant.
func (s *Sessions) Sweep(ctx context.Context, before time.Time) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM sessions WHERE seen < ?`, before.UnixMilli())
		return err
	})
}
