package postgres

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/internal/store/storetest"
)

// nextProgram knows every step of this one and one more.
func nextProgram(t *testing.T, step string) Options {
	t.Helper()
	all := fstest.MapFS{"migrations/99001_next.sql": {Data: []byte("-- +goose Up\n" + step + "\n-- +goose Down\nSELECT 1;\n")}}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: body}
	}
	return Options{Conns: 4, steps: all}
}

// adds is a step of the kind the rule asks for: it adds, with a default for those who do not
// know what was added.
const adds = `ALTER TABLE turns ADD COLUMN tone TEXT NOT NULL DEFAULT '';
ALTER TABLE units ADD COLUMN weight BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN hint TEXT NOT NULL DEFAULT '';
CREATE TABLE next_things (id BIGINT PRIMARY KEY);`

// upgraded is an old replica that runs while a new one brings the schema up to date, and the
// new one.
func upgraded(t *testing.T) (before, after *DB) {
	t.Helper()
	dsn := fresh(t)
	before = at(t, dsn)
	after, err := Open(t.Context(), dsn, nextProgram(t, adds))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = after.Close() })
	return before, after
}

func TestAReplicaOfBeforeWorksOnWhileOneOfAfterHasBroughtTheSchemaUpToDate(t *testing.T) {
	storetest.Repository(t, func(t *testing.T) storetest.Corpus {
		before, after := upgraded(t)
		return storetest.Corpus{ // written by the one, read by the other
			Repository: before.Repository(), Library: after.Library(), Units: after.Units, Changes: after.Changes,
			Chunks: after.Chunks, Generation: after.Generation,
		}
	})
	storetest.Transcript(t, func(t *testing.T) storetest.Conversations {
		before, after := upgraded(t)
		return storetest.Conversations{Transcript: after.Transcript(), Feedbacks: before.Feedbacks(), Queue: before.Queue(), Gaps: before.Gaps()}
	})
}

func TestAnOldProgramStartsOnANewerSchemaThatOnlyAddsAndNotOnOneThatTakesAway(t *testing.T) {
	dsn := fresh(t)
	newer, err := Open(t.Context(), dsn, nextProgram(t, adds))
	if err != nil {
		t.Fatal(err)
	}
	defer newer.Close()
	for _, o := range []Options{{}, {AsIs: true}} {
		old, err := Open(t.Context(), dsn, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := old.Units(t.Context(), func(corpus.UnitID, []corpus.Chunk) error { return nil }); err != nil {
			t.Error(err)
		}
		if err := old.Close(); err != nil {
			t.Error(err)
		}
	}
	other := fresh(t)
	breaking, err := Open(t.Context(), other, nextProgram(t, `ALTER TABLE units DROP COLUMN head; UPDATE schema_floor SET step = 99001;`))
	if err != nil {
		t.Fatal(err)
	}
	defer breaking.Close()
	assertRefused(t, other, Options{}, SchemaNewer, "99001", "Chưa có gì bị thay đổi")
	assertRefused(t, other, Options{AsIs: true}, SchemaNewer, "99001")
	assertRefused(t, postgrestest.Empty(t), Options{AsIs: true}, SchemaOlder, "còn thiếu")
}
