package storetest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/store"
)

// AuditKey makes the digests of the records these tests write.
var AuditKey = []byte("khoa cua so")

// Book is the record of acts.
type Book interface {
	Record(ctx context.Context, e page.Entry) error
	Verify(ctx context.Context) (rows int64, head string, err error)
	Entries(ctx context.Context, actor string, before int64, limit int) ([]store.AuditRow, error)
}

// Record is a fresh one, and what somebody with the database in hand may do to it.
type Record struct {
	Book   Book                                                  // made with AuditKey
	Tamper func(ctx context.Context, statements ...string) error // as the owner of the tables
	Free   []string                                              // statements that take the guards away
}

// Audit checks the record of acts.
func Audit(t *testing.T, open func(*testing.T) Record) {
	for _, c := range []struct {
		name string
		test func(*testing.T, func(*testing.T) Record)
	}{
		{"ItIsOnlyAddedTo", onlyAddedTo},
		{"EveryChangeOfItShows", changesShow},
		{"CutShortItShowsByItsHead", cutShort},
		{"ManyHandsWriteOneRecord", manyHands},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open) })
	}
}

// written is a record of n acts.
func written(t *testing.T, open func(*testing.T) Record, n int) Record {
	t.Helper()
	r := open(t)
	for i := range n {
		if err := r.Book.Record(t.Context(), act(i)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func act(n int) page.Entry {
	return page.Entry{At: time.UnixMilli(int64(1_790_000_000_000 + n)), Actor: "n-cb", Roles: "official", Unit: "p1", Act: "POST /x", Object: "/x/" + strings.Repeat("1", n%5), Outcome: "accepted"}
}

func onlyAddedTo(t *testing.T, open func(*testing.T) Record) {
	r := written(t, open, 20)
	rows, head, err := r.Book.Verify(t.Context())
	if err != nil || rows != 20 || len(head) != 64 {
		t.Fatalf("%d rows, head %q, %v", rows, head, err)
	}
	for _, statement := range []string{
		`UPDATE audit SET outcome = 'x' WHERE seq = 3`, `DELETE FROM audit WHERE seq = 20`, `DELETE FROM audit`,
		`INSERT INTO audit SELECT seq + 5, at, actor, roles, unit, act, object, outcome, detail, chain FROM audit WHERE seq = 20`,
		`INSERT INTO audit SELECT seq, at, 'nobody', roles, unit, act, object, outcome, detail, chain FROM audit WHERE seq = 3`,
	} {
		if err := r.Tamper(t.Context(), statement); err == nil {
			t.Errorf("allowed: %s", statement)
		}
	}
}

func changesShow(t *testing.T, open func(*testing.T) Record) {
	for name, statements := range map[string][]string{
		"a word changed":   {`UPDATE audit SET outcome = 'denied' WHERE seq = 4`},
		"the actor":        {`UPDATE audit SET actor = 'n-khac' WHERE seq = 1`},
		"an instant":       {`UPDATE audit SET at = at + 1 WHERE seq = 6`},
		"a row taken out":  {`DELETE FROM audit WHERE seq = 3`},
		"closed up again":  {`DELETE FROM audit WHERE seq = 3`, `UPDATE audit SET seq = 3 WHERE seq = 4`, `UPDATE audit SET seq = 4 WHERE seq = 5`, `UPDATE audit SET seq = 5 WHERE seq = 6`},
		"two rows swapped": {`UPDATE audit SET seq = 100 WHERE seq = 2`, `UPDATE audit SET seq = 2 WHERE seq = 3`, `UPDATE audit SET seq = 3 WHERE seq = 100`},
		"moved text":       {`UPDATE audit SET act = act || object, object = '' WHERE seq = 2`},
		"the first taken":  {`DELETE FROM audit WHERE seq = 1`},
		"one before it":    {`INSERT INTO audit SELECT 0, at, actor, roles, unit, act, object, outcome, detail, chain FROM audit WHERE seq = 1`},
	} {
		r := written(t, open, 6)
		if _, _, err := r.Book.Verify(t.Context()); err != nil {
			t.Errorf("untouched: %v", err)
		}
		if err := r.Tamper(t.Context(), append(append([]string{}, r.Free...), statements...)...); err != nil {
			t.Fatal(name, err)
		}
		if _, _, err := r.Book.Verify(t.Context()); !errors.Is(err, store.ErrAuditBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func cutShort(t *testing.T, open func(*testing.T) Record) {
	r := written(t, open, 3)
	_, head, err := r.Book.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Tamper(t.Context(), append(append([]string{}, r.Free...), `DELETE FROM audit WHERE seq = 3`)...); err != nil {
		t.Fatal(err)
	}
	if _, now, err := r.Book.Verify(t.Context()); err != nil || now == head {
		t.Errorf("%v, head %s as before", err, now)
	}
}

func manyHands(t *testing.T, open func(*testing.T) Record) {
	r := open(t)
	ctx := t.Context()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for m := range 10 {
				if err := r.Book.Record(ctx, act(n*10+m)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if rows, _, err := r.Book.Verify(ctx); err != nil || rows != 80 {
		t.Errorf("%d rows, %v", rows, err)
	}
	page1, err := r.Book.Entries(ctx, "n-cb", 0, 50)
	if err != nil || len(page1) != 50 || page1[0].Seq != 80 {
		t.Fatalf("%v, %d entries", err, len(page1))
	}
	page2, err := r.Book.Entries(ctx, "n-cb", page1[49].Seq, 50)
	if err != nil || len(page2) != 30 || page2[29].Seq != 1 {
		t.Errorf("%v, %d entries", err, len(page2))
	}
	if none, err := r.Book.Entries(ctx, "n-khac", 0, 50); err != nil || len(none) != 0 {
		t.Errorf("%v, %d entries of somebody who did nothing", err, len(none))
	}
}
