package sqlite

import (
	"context"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
)

// Gaps keeps the topics nobody could answer.
func (db *DB) Gaps() assistant.Gaps { return gaps{db} }

type gaps struct{ db *DB }

func (s gaps) Note(ctx context.Context, u assistant.Unanswered) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO gaps (week, words, conversation) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			assistant.MondayOf(u.At).String(), strings.Join(u.Words, " "), store.NameOf(u.Conversation))
		return err
	})
}

func (s gaps) Noted(ctx context.Context, since civil.Date) ([]assistant.GapRow, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT week, words FROM gaps WHERE week >= ? ORDER BY week, words, id`, since.String())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []assistant.GapRow
	for rows.Next() {
		var week, words string
		if err := rows.Scan(&week, &words); err != nil {
			return nil, err
		}
		monday, err := civil.Parse(week)
		if err != nil {
			return nil, err
		}
		out = append(out, assistant.GapRow{Monday: monday, Words: strings.Fields(words)})
	}
	return out, rows.Err()
}
