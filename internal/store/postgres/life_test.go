package postgres

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

func lifeOf(t *testing.T) storetest.Life { return lifeIn(t, open(t)) }

// lifeIn is what the suites see of a store.
func lifeIn(t *testing.T, db *DB) storetest.Life {
	t.Helper()
	keys, err := secret.OpenKeys(filepath.Join(t.TempDir(), "khoa"))
	if err != nil {
		t.Fatal(err)
	}
	box := secret.NewBox(keys)
	people, outbox := db.People(), db.Outbox(box)
	return storetest.Life{
		Store: people, Outbox: outbox, Give: people.Give, Consents: people.Consents, Steps: outbox.Attempts,
		Resolve: outbox.Resolve, Rows: db.OutboxRows, Force: db.ForceState, RowsOf: db.OutboxRowsOf, Fault: db.SetFault,
		Residents: people.Residents, ForgetHomes: db.ForgetHomes, Depths: db.Depths,
		Channels: func(ctx context.Context, p lifeevents.PersonID, channels ...string) error {
			var list []store.Contact
			for _, c := range channels {
				list = append(list, store.Contact{Channel: c, Address: "địa chỉ " + c})
			}
			return people.SetContacts(ctx, box, p, "vi", list)
		},
	}
}

// Here every commit waits for the disk: MOTCUA_KILLS asks for more than everyday runs.
func TestKilled(t *testing.T) {
	kills := 60
	if n, err := strconv.Atoi(os.Getenv("MOTCUA_KILLS")); err == nil && n > 0 {
		kills = n
	}
	storetest.Killed(t, lifeOf, kills)
}

func TestPrograms(t *testing.T) {
	storetest.Programs(t, func(t *testing.T, n int) []storetest.Life {
		dsn, out := fresh(t), []storetest.Life(nil)
		for range n {
			out = append(out, lifeIn(t, at(t, dsn)))
		}
		return out
	})
}

func TestLifeEvents(t *testing.T) { storetest.LifeEvents(t, lifeOf) }

func TestOutbox(t *testing.T) { storetest.Outbox(t, lifeOf) }

// Rows moved here from a SQLite file have no line where their channel simply took them.
func TestARowThatWasSimplyAcceptedHasItsAttemptWithoutALine(t *testing.T) {
	db := open(t)
	s, outbox, ctx := lifeIn(t, db), db.Outbox(nil), t.Context()
	day := civil.New(2026, 5, 1)
	now := day.Start().Add(9 * time.Hour)
	if _, err := s.Queue(ctx, []lifeevents.Notice{storetest.QueuedNotice("a", day)}, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	list, err := s.Claim(ctx, delivery.PortalName, now, 9, time.Minute)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d claimed, %v", len(list), err)
	}
	id := list[0].ID
	if _, err := s.Begin(ctx, []delivery.Start{{ID: id, Message: id, Claim: list[0].Claim, Person: "a"}}, now, 1); err != nil {
		t.Fatal(err)
	}
	took := delivery.Attempt{At: now, Channel: delivery.PortalName, State: delivery.Sent, Reason: delivery.Accepted, Tried: true}
	if err := s.Settle(ctx, []delivery.Settlement{{ID: id, Claim: list[0].Claim, Attempt: took}}); err != nil {
		t.Fatal(err)
	}
	written, err := outbox.Attempts(ctx, id)
	if err != nil || len(written) != 1 {
		t.Fatalf("%+v, %v", written, err)
	}
	if _, err := db.pool.Exec(ctx, `DELETE FROM attempts`); err != nil {
		t.Fatal(err)
	}
	if got, err := outbox.Attempts(ctx, id); err != nil || !slices.Equal(got, written) {
		t.Errorf("without its line %+v, %v", got, err)
	}
	if err := outbox.Opened(ctx, id, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, err := outbox.Attempts(ctx, id); err != nil || len(got) != 2 || got[0] != written[0] || got[1].State != delivery.Delivered {
		t.Errorf("opened: %+v, %v", got, err)
	}
	if said, err := outbox.Get(ctx, id); err != nil || !said.At.Equal(now) {
		t.Errorf("said at %v, %v", said.At, err)
	}
}

func TestSwitches(t *testing.T) {
	storetest.Switches(t, func(t *testing.T) switches.Store { return open(t).Switches() })
}

func TestMeasures(t *testing.T) {
	storetest.Measures(t, func(t *testing.T) measure.Store { return open(t).Measures() })
}
