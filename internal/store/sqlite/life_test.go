package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
)

func lifeOf(t *testing.T) storetest.Life { return lifeIn(t, open(t)) }

// lifeIn is what the suites see of a store.
func lifeIn(t *testing.T, db *sqlite.DB) storetest.Life {
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
			var list []sqlite.Contact
			for _, c := range channels {
				list = append(list, sqlite.Contact{Channel: c, Address: "địa chỉ " + c})
			}
			return people.SetContacts(ctx, box, p, "vi", list)
		},
	}
}

// Nothing here loses power: the disk would only be slow.
func TestKilled(t *testing.T) {
	kills := 2000
	if testing.Short() {
		kills = 300
	}
	storetest.Killed(t, func(t *testing.T) storetest.Life { return lifeIn(t, openIn(t, memoryDir(t))) }, kills)
}

func TestPrograms(t *testing.T) {
	storetest.Programs(t, func(t *testing.T, n int) []storetest.Life {
		dir, out := memoryDir(t), []storetest.Life(nil)
		for range n {
			out = append(out, lifeIn(t, openIn(t, dir)))
		}
		return out
	})
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestLifeEvents(t *testing.T) { storetest.LifeEvents(t, lifeOf) }

func TestOutbox(t *testing.T) { storetest.Outbox(t, lifeOf) }

// memoryDir is a folder in memory where the system has one.
func memoryDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "motcua-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func openIn(t *testing.T, dir string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kho.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
