package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/motcua/motcua/internal/store/storetest"
)

// inside is a store whose connection tests may use.
func inside(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestAudit(t *testing.T) {
	storetest.Audit(t, func(t *testing.T) storetest.Record {
		db := inside(t)
		return storetest.Record{Book: db.Audit(storetest.AuditKey), Tamper: func(ctx context.Context, statements ...string) error {
			return db.inTx(ctx, func(t *tx) error {
				for _, s := range statements {
					if _, err := t.exec(s); err != nil {
						return err
					}
				}
				return nil
			})
		}, Free: []string{`DROP TRIGGER audit_is_not_rewritten`, `DROP TRIGGER audit_is_not_shortened`, `DROP TRIGGER audit_has_no_gaps`}}
	})
}

func TestSessions(t *testing.T) {
	storetest.Sessions(t, func(t *testing.T) storetest.SessionBook { return inside(t).Sessions(storetest.Plain{}) })
}

func TestTogether(t *testing.T) {
	storetest.Together(t, func(t *testing.T) storetest.Joining {
		db := inside(t)
		return storetest.Joining{Together: db.Together, Transcript: db.Transcript(), Feedbacks: db.Feedbacks()}
	})
}
