package postgres

import (
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
)

// partOf is the part of the table in which an answer stands; "" for none.
func partOf(t *testing.T, db *DB, answer string) (part string) {
	t.Helper()
	err := db.each(t.Context(), `SELECT tableoid::regclass::text FROM turns WHERE answer = $1`, []any{answer}, func(scan func(...any) error) error { return scan(&part) })
	if err != nil {
		t.Fatal(err)
	}
	return part
}

func TestWhatWasAskedIsKeptByTheMonthOfVietnamAndGoesByTheMonth(t *testing.T) {
	db := open(t)
	ctx := t.Context()
	// The last moment of March in Hanoi, and the first of April.
	march := time.Date(2026, 3, 31, 16, 59, 59, 0, time.UTC)
	if _, err := db.pool.Exec(ctx, `SELECT make_months('turns', $1)`, march.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	for answer, when := range map[string]time.Time{"a": march, "b": march.Add(time.Second), "old": march.AddDate(-1, 0, 0), "now": time.Now()} {
		if err := db.Transcript().Append(ctx, assistant.PastTurn{Answer: answer, At: when, Status: assistant.Answered}); err != nil {
			t.Fatal(err)
		}
	}
	this := time.Now().In(time.FixedZone("", 7*3600)).Format("turns_2006_01")
	for answer, want := range map[string]string{"a": "turns_2026_03", "b": "turns_2026_04", "old": "turns_other", "now": this} {
		if got := partOf(t, db, answer); got != want {
			t.Errorf("%s stands in %q, not in %s", answer, got, want)
		}
	}
	swept, err := db.Transcript().Sweep(ctx, march.Add(time.Second))
	if err != nil || swept != 2 {
		t.Errorf("%d swept, %v", swept, err)
	}
	var there *string
	if err := db.row(ctx, `SELECT to_regclass('turns_2026_03')::text`, nil, &there); err != nil || there != nil {
		t.Errorf("the part of March is still there: %v, %v", there, err)
	}
	for answer, want := range map[string]string{"a": "", "b": "turns_2026_04", "old": "", "now": this} {
		if got := partOf(t, db, answer); got != want {
			t.Errorf("after sweeping %s stands in %q, not in %q", answer, got, want)
		}
	}
}
