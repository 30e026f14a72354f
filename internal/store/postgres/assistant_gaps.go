package postgres

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
		_, err := t.exec(`INSERT INTO gaps (week, words, conversation) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			assistant.MondayOf(u.At).String(), plain(strings.Join(u.Words, " ")), store.NameOf(u.Conversation))
		return err
	})
}

func (s gaps) Noted(ctx context.Context, since civil.Date) (out []assistant.GapRow, err error) {
	err = s.db.each(ctx, `SELECT week, words FROM gaps WHERE week >= $1 ORDER BY week, words, id`, []any{since.String()}, func(scan func(...any) error) error {
		var week, words string
		if err := scan(&week, &words); err != nil {
			return err
		}
		monday, err := civil.Parse(week)
		out = append(out, assistant.GapRow{Monday: monday, Words: strings.Fields(words)})
		return err
	})
	return out, err
}
