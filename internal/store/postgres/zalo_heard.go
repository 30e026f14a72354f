package postgres

import (
	"encoding/json"
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

// changeWindow reads, alters and writes the state of one person, whose row is held from the
// reading on. A person never heard of gets an empty row first: without one there is nothing
// to hold, and two processes would both alter nothing.
func changeWindow(t *tx, person []byte, now time.Time, change func(s *window.State) bool) error {
	if _, err := t.exec(`INSERT INTO zalo_windows (person, state, at) VALUES ($1, '{}', $2) ON CONFLICT DO NOTHING`, person, now.UnixMilli()); err != nil {
		return err
	}
	var raw []byte
	if err := t.row(`SELECT state FROM zalo_windows WHERE person = $1 FOR UPDATE`, []any{person}, &raw); err != nil {
		return err
	}
	var s window.State
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	if !change(&s) {
		return nil
	}
	fresh, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE zalo_windows SET state = $2, at = greatest(at, $3) WHERE person = $1`, person, string(fresh), now.UnixMilli())
	return err
}
