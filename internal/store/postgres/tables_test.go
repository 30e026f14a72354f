package postgres

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// here are the tables that say something of this database alone, and are not moved.
var here = []string{"goose_db_version", "identity", "moves", "schema_floor"}

func TestEveryTableAndColumnIsKnownToAMoveOnBothSides(t *testing.T) {
	db := open(t)
	var unknown []string
	err := db.each(t.Context(), `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
		nil, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			if !slices.Contains(here, name) && !slices.ContainsFunc(store.Tables, func(t store.Table) bool { return t.Name == name }) {
				unknown = append(unknown, name)
			}
			return err
		})
	if err != nil || len(unknown) > 0 {
		t.Errorf("tables a move would leave behind: %v, %v", unknown, err)
	}
	file, err := sqlite.Arrive(t.Context(), filepath.Join(t.TempDir(), "kho.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, table := range store.Tables {
		ours, err := db.Columns(t.Context(), table)
		if err != nil {
			t.Fatal(table.Name, err)
		}
		theirs, err := file.Columns(t.Context(), table)
		if err != nil {
			t.Fatal(table.Name, err)
		}
		for i, key := range table.Key {
			if ours[i].Name != key || theirs[i].Name != key {
				t.Errorf("%s: the key does not come first", table.Name)
			}
		}
		for _, c := range ours {
			if !slices.ContainsFunc(theirs, func(d store.Column) bool {
				return d.Name == c.Name && (d.Kind == c.Kind || d.Kind == store.Number && c.Kind == store.Flag)
			}) {
				t.Errorf("%s.%s is not in the file, or is of another kind", table.Name, c.Name)
			}
		}
		if len(ours) != len(theirs) {
			t.Errorf("%s has %d columns here and %d in the file", table.Name, len(ours), len(theirs))
		}
	}
}
