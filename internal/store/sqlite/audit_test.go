package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
)

func auditBook(t *testing.T) (*DB, *Audit) {
	t.Helper()
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, db.Audit([]byte("khoa cua so"))
}

func act(n int) page.Entry {
	return page.Entry{At: time.UnixMilli(int64(1_790_000_000_000 + n)), Actor: "n-cb", Roles: "official", Unit: "p1", Act: "POST /x", Object: "/x/" + strings.Repeat("1", n%5), Outcome: "accepted"}
}

func TestTheRecordOfActsIsOnlyAddedTo(t *testing.T) {
	db, a := auditBook(t)
	ctx := context.Background()
	for n := range 20 {
		if err := a.Record(ctx, act(n)); err != nil {
			t.Fatal(err)
		}
	}
	rows, head, err := a.Verify(ctx)
	if err != nil || rows != 20 || len(head) != 64 {
		t.Fatalf("%d rows, head %q, %v", rows, head, err)
	}
	for _, query := range []string{
		`UPDATE audit SET outcome = 'x' WHERE seq = 3`, `DELETE FROM audit WHERE seq = 20`, `DELETE FROM audit`,
		`INSERT INTO audit SELECT seq + 5, at, actor, roles, unit, act, object, outcome, detail, chain FROM audit WHERE seq = 20`,
		`INSERT OR REPLACE INTO audit SELECT seq, at, 'nobody', roles, unit, act, object, outcome, detail, chain FROM audit WHERE seq = 3`,
	} {
		err := db.inTx(ctx, func(t *tx) error { _, err := t.exec(query); return err })
		if err == nil {
			t.Errorf("allowed: %s", query)
		}
	}
}

// tampered is a record in which somebody with the file in hand has done something.
func tampered(t *testing.T, queries ...string) error {
	t.Helper()
	db, a := auditBook(t)
	ctx := context.Background()
	for n := range 6 {
		if err := a.Record(ctx, act(n)); err != nil {
			t.Fatal(err)
		}
	}
	queries = append([]string{`DROP TRIGGER audit_is_not_rewritten`, `DROP TRIGGER audit_is_not_shortened`, `DROP TRIGGER audit_has_no_gaps`}, queries...)
	for _, q := range queries {
		if err := db.inTx(ctx, func(t *tx) error { _, err := t.exec(q); return err }); err != nil {
			t.Fatal(q, err)
		}
	}
	_, _, err := a.Verify(ctx)
	return err
}

func TestEveryChangeOfTheRecordShows(t *testing.T) {
	for name, queries := range map[string][]string{
		"a word changed":   {`UPDATE audit SET outcome = 'denied' WHERE seq = 4`},
		"the actor":        {`UPDATE audit SET actor = 'n-khac' WHERE seq = 1`},
		"an instant":       {`UPDATE audit SET at = at + 1 WHERE seq = 6`},
		"a row taken out":  {`DELETE FROM audit WHERE seq = 3`},
		"closed up again":  {`DELETE FROM audit WHERE seq = 3`, `UPDATE audit SET seq = seq - 1 WHERE seq > 3`},
		"two rows swapped": {`UPDATE audit SET seq = 100 WHERE seq = 2`, `UPDATE audit SET seq = 2 WHERE seq = 3`, `UPDATE audit SET seq = 3 WHERE seq = 100`},
		"moved text":       {`UPDATE audit SET act = act || object, object = '' WHERE seq = 2`},
		"the first taken":  {`DELETE FROM audit WHERE seq = 1`},
	} {
		if err := tampered(t, queries...); !errors.Is(err, ErrAuditBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tampered(t); err != nil {
		t.Errorf("untouched: %v", err)
	}
}

func TestARecordCutShortShowsByItsHead(t *testing.T) {
	db, a := auditBook(t)
	ctx := context.Background()
	for n := range 3 {
		if err := a.Record(ctx, act(n)); err != nil {
			t.Fatal(err)
		}
	}
	_, head, err := a.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`DROP TRIGGER audit_is_not_shortened`, `DELETE FROM audit WHERE seq = 3`} {
		if err := db.inTx(ctx, func(t *tx) error { _, err := t.exec(q); return err }); err != nil {
			t.Fatal(err)
		}
	}
	if _, now, err := a.Verify(ctx); err != nil || now == head {
		t.Errorf("%v, head %s as before", err, now)
	}
}

func TestManyHandsWriteOneRecord(t *testing.T) {
	_, a := auditBook(t)
	ctx := context.Background()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for m := range 10 {
				if err := a.Record(ctx, act(n*10+m)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if rows, _, err := a.Verify(ctx); err != nil || rows != 80 {
		t.Errorf("%d rows, %v", rows, err)
	}
	page1, err := a.Entries(ctx, "n-cb", 0, 50)
	if err != nil || len(page1) != 50 || page1[0].Seq != 80 {
		t.Fatalf("%v, %d entries", err, len(page1))
	}
	page2, err := a.Entries(ctx, "n-cb", page1[49].Seq, 50)
	if err != nil || len(page2) != 30 || page2[29].Seq != 1 {
		t.Errorf("%v, %d entries", err, len(page2))
	}
}
