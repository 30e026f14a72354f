package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/sqlite"
)

func TestAFullDiskLeavesWhatWasStoredWholeAndALaterRunGoesOn(t *testing.T) {
	dir := t.TempDir()
	makeSources(t, dir, 0, 40)
	roomy := open(t)
	if _, err := ingest.Run(t.Context(), options(roomy), []string{dir}); err != nil {
		t.Fatal(err)
	}
	db := open(t)
	stored := 0
	for _, room := range []int{1, 10, 40, 80} {
		if err := db.LimitPages(t.Context(), room); err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.Run(t.Context(), options(db), []string{dir}); !errors.Is(err, ingest.ErrFull) {
			t.Fatalf("room for %d pages: %v", room, err)
		}
		assertWhole(t, db)
		s, err := db.Stats(t.Context())
		if err != nil || s.Units < stored {
			t.Fatalf("room for %d pages: %+v after %d units, %v", room, s, stored, err)
		}
		stored = s.Units
	}
	if stored == 0 {
		t.Error("nothing was stored before the disk was full: the test shows nothing")
	}
	if err := db.LimitPages(t.Context(), -1); err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Run(t.Context(), options(db), []string{dir}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(content(t, roomy), content(t, db)); diff != "" {
		t.Errorf("the content differs from that of a store with room: %.4000s", diff)
	}
}

func TestADamagedFileIsToldNotOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hong.db")
	if err := os.WriteFile(path, []byte("đây không phải kho dữ liệu, chỉ là một tệp chữ dài hơn một trang đầu của SQLite rất nhiều ..........."), 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := sqlite.Open(t.Context(), path); err == nil {
		db.Close()
		t.Error("it was opened")
	} else if got := err.Error(); !strings.Contains(got, "không phải kho dữ liệu hoặc đã hỏng") {
		t.Errorf("told as %q", got)
	}
}
