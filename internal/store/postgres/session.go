package postgres

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
func (db *DB) Sessions(sealer store.Sealer) *Sessions { return &Sessions{db, sealer} }

// Sessions is made by DB.Sessions.
type Sessions struct {
	db     *DB
	sealer store.Sealer
}

// Begin keeps a new session.
func (s *Sessions) Begin(ctx context.Context, name [32]byte, v page.Viewer, now time.Time) error {
	display, err := s.sealer.Seal(store.SessionRecord(name), []byte(v.Display))
	if err != nil {
		return err
	}
	return s.change(ctx, `INSERT INTO sessions (name, person, roles, unit, assurance, display, begun, seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
		name[:], plain(string(v.Person)), store.JoinRoles(v.Roles), plain(v.Unit), int(v.Assurance), display, now.UnixMilli())
}

func (s *Sessions) change(ctx context.Context, statement string, args ...any) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(statement, args...)
		return err
	})
}

// Find is the viewer of a session, when it began and when it was last used; the zero
// Viewer when there is none. Whether it has run out is for the caller to say.
func (s *Sessions) Find(ctx context.Context, name [32]byte) (v page.Viewer, begun, seen time.Time, err error) {
	var roles string
	var display []byte
	var assurance int
	var b, n int64
	err = s.db.row(ctx, `SELECT person, roles, unit, assurance, display, begun, seen FROM sessions WHERE name = $1`, []any{name[:]},
		&v.Person, &roles, &v.Unit, &assurance, &display, &b, &n)
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
	v.Assurance, v.Display, v.Roles = page.Assurance(assurance), string(open), store.SplitRoles(roles)
	return v, time.UnixMilli(b), time.UnixMilli(n), nil
}

// Seen notes that a session was used.
func (s *Sessions) Seen(ctx context.Context, name [32]byte, now time.Time) error {
	return s.change(ctx, `UPDATE sessions SET seen = $1 WHERE name = $2`, now.UnixMilli(), name[:])
}

// End forgets a session; an unknown one is no error.
func (s *Sessions) End(ctx context.Context, name [32]byte) error {
	return s.change(ctx, `DELETE FROM sessions WHERE name = $1`, name[:])
}

// EndAll forgets every session of a person: signed out everywhere.
func (s *Sessions) EndAll(ctx context.Context, person lifeevents.PersonID) error {
	return s.change(ctx, `DELETE FROM sessions WHERE person = $1`, plain(string(person)))
}

// Sweep forgets sessions not used since an instant.
func (s *Sessions) Sweep(ctx context.Context, before time.Time) error {
	return s.change(ctx, `DELETE FROM sessions WHERE seen < $1`, before.UnixMilli())
}
