package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
)

func open(t *testing.T) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kho #1?.db"))
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

func corpusOf(t *testing.T) storetest.Corpus {
	db := open(t)
	return storetest.Corpus{
		Repository: db.Repository(), Library: db.Library(), Units: db.Units, Changes: db.Changes,
		Chunks: db.Chunks, Generation: db.Generation,
	}
}

func TestRepository(t *testing.T) { storetest.Repository(t, corpusOf) }

func TestLibrary(t *testing.T) { storetest.Library(t, corpusOf) }
