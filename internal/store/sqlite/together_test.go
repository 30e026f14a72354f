package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
)

func TestWritesTogetherAreOneCommitAndAFaultUndoesOnlyItself(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "motcua.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	kept := db.Transcript()
	day := civil.On(time.Unix(1_795_000_000, 0))
	wrong := errors.New("wrong")
	err = db.Together(t.Context(), func(ctx context.Context) error {
		if err := kept.Append(ctx, assistant.PastTurn{Answer: "a", AsOf: day}); err != nil {
			return err
		}
		err := db.inTx(ctx, func(t *tx) error {
			if _, err := t.exec(`INSERT INTO conversations (name, state, at) VALUES (?, '{}', 1)`, make([]byte, 32)); err != nil {
				return err
			}
			return wrong
		})
		if !errors.Is(err, wrong) {
			t.Errorf("the fault is %v", err)
		}
		if _, err := kept.Turn(t.Context(), "a"); !errors.Is(err, assistant.ErrNotKept) {
			t.Errorf("seen before the commit: %v", err)
		}
		return kept.Append(ctx, assistant.PastTurn{Answer: "b", AsOf: day})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"a", "b"} {
		if _, err := kept.Turn(t.Context(), answer); err != nil {
			t.Errorf("%s: %v", answer, err)
		}
	}
	var half int
	if err := db.read.QueryRowContext(t.Context(), `SELECT count(*) FROM conversations`).Scan(&half); err != nil || half != 0 {
		t.Errorf("%d rows of a write that failed, %v", half, err)
	}
}
