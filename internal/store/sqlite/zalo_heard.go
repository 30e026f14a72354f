package sqlite

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
)

// zaloChannel is the name of the channel whose windows are kept here.
const zaloChannel = "zalo"

// hear notes that a person wrote; at is Zalo's clock in Unix milliseconds. It goes with the
// message itself: one stored without the other would leave an answer that may not be sent.
func hear(t *tx, person []byte, at int64) error {
	when := time.UnixMilli(at)
	return changeWindow(t, person, when, func(s *window.State) bool {
		before := *s
		s.Hear(when)
		return !s.Heard.Equal(before.Heard) || !s.Left.Equal(before.Left)
	})
}

// changeWindow reads, alters and writes the state of one person.
func changeWindow(t *tx, person []byte, now time.Time, change func(s *window.State) bool) error {
	var s window.State
	var raw string
	err := t.row(`SELECT state FROM zalo_windows WHERE person = ?`, []any{person}, &raw)
	if err == nil {
		err = json.Unmarshal([]byte(raw), &s)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if !change(&s) {
		return nil
	}
	fresh, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO zalo_windows (person, state, at) VALUES (?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET state = excluded.state, at = max(at, excluded.at)`, person, string(fresh), now.UnixMilli())
	return err
}
