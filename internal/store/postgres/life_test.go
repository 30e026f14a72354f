package postgres

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
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
		Residents: people.Residents, ForgetHomes: db.ForgetHomes,
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

func TestSwitches(t *testing.T) {
	storetest.Switches(t, func(t *testing.T) switches.Store { return open(t).Switches() })
}

func TestMeasures(t *testing.T) {
	storetest.Measures(t, func(t *testing.T) measure.Store { return open(t).Measures() })
}
