package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
)

// Feedbacks keeps what people say of answers.
func (db *DB) Feedbacks() assistant.Feedbacks { return feedbacks{db} }

// Queue keeps the officials' queue.
func (db *DB) Queue() assistant.Queue { return queue{db} }

type (
	feedbacks struct{ db *DB }
	queue     struct{ db *DB }
)

func (s feedbacks) Give(ctx context.Context, f assistant.Feedback) (item int64, err error) {
	err = s.db.inTx(ctx, func(t *tx) error {
		item = 0
		var conversation []byte
		err := t.row(`SELECT conversation FROM turns WHERE answer = $1`, []any{plain(f.Answer)}, &conversation)
		if errors.Is(err, sql.ErrNoRows) {
			return assistant.ErrNotKept
		}
		if err != nil {
			return err
		}
		useful := 0
		if f.Useful {
			useful = 1
		}
		if _, err := t.exec(`INSERT INTO feedback (answer, conversation, at, useful, reason, words) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (answer) DO UPDATE SET at = excluded.at, useful = excluded.useful, reason = excluded.reason, words = excluded.words`,
			plain(f.Answer), conversation, f.At.UnixMilli(), useful, string(f.Reason), plain(f.Text)); err != nil {
			return err
		}
		if !f.Opens() {
			return nil
		}
		item, err = t.openItem(f)
		return err
	})
	return item, err
}

// openItem opens an item for the answer, or finds the one there is.
func (t *tx) openItem(f assistant.Feedback) (item int64, err error) {
	err = t.row(`INSERT INTO queue (answer, conversation, state, opened, changed, reason, words, question, as_of, status, units)
		SELECT answer, conversation, 'open', $1, $1, $2, $3, question, as_of, status, units FROM turns WHERE answer = $4
		ON CONFLICT (answer) DO NOTHING RETURNING id`, []any{f.At.UnixMilli(), string(f.Reason), plain(f.Text), plain(f.Answer)}, &item)
	if errors.Is(err, sql.ErrNoRows) { // it is there already
		return item, t.row(`SELECT id FROM queue WHERE answer = $1`, []any{plain(f.Answer)}, &item)
	}
	if err != nil {
		return 0, err
	}
	return item, t.log(item, assistant.LogEntry{At: f.At, Who: store.Opener, Now: assistant.ItemOpen})
}

func (t *tx) log(item int64, e assistant.LogEntry) error {
	_, err := t.exec(`INSERT INTO queue_log (item, at, who, was, now, note) VALUES ($1, $2, $3, $4, $5, $6)`,
		item, e.At.UnixMilli(), plain(e.Who), string(e.Was), string(e.Now), plain(e.Note))
	return err
}

func (s feedbacks) Opinions(ctx context.Context, since time.Time) (map[assistant.FeedbackReason]int, error) {
	out := map[assistant.FeedbackReason]int{}
	err := s.db.each(ctx, `SELECT reason, COUNT(*) FROM feedback WHERE at >= $1 GROUP BY reason`, []any{since.UnixMilli()}, func(scan func(...any) error) error {
		var reason assistant.FeedbackReason
		var n int
		err := scan(&reason, &n)
		out[reason] = n
		return err
	})
	return out, err
}

const itemColumns = `id, answer, state, opened, changed, holder, reason, words, question, as_of, status, units, outcome, correction`

func (s queue) Items(ctx context.Context, state assistant.ItemState, limit int) ([]assistant.Item, error) {
	out := []assistant.Item{}
	err := s.db.each(ctx, `SELECT `+itemColumns+` FROM queue WHERE $1 = '' OR state = $1 ORDER BY opened, id LIMIT $2`,
		[]any{string(state), limit}, func(scan func(...any) error) error {
			i, err := scanItem(scan)
			out = append(out, i)
			return err
		})
	return out, err
}

func (s queue) Item(ctx context.Context, id int64) (assistant.Item, []assistant.LogEntry, error) {
	i, err := scanItem(func(into ...any) error {
		return s.db.row(ctx, `SELECT `+itemColumns+` FROM queue WHERE id = $1`, []any{id}, into...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return i, nil, assistant.ErrNotKept
	}
	if err != nil {
		return i, nil, err
	}
	var log []assistant.LogEntry
	err = s.db.each(ctx, `SELECT at, who, was, now, note FROM queue_log WHERE item = $1 ORDER BY id`, []any{id}, func(scan func(...any) error) error {
		var e assistant.LogEntry
		var at int64
		err := scan(&at, &e.Who, &e.Was, &e.Now, &e.Note)
		e.At = time.UnixMilli(at).UTC()
		log = append(log, e)
		return err
	})
	return i, log, err
}

func (s queue) Change(ctx context.Context, id int64, f func(assistant.Item) (assistant.Item, assistant.LogEntry, error)) (after assistant.Item, err error) {
	err = s.db.inTx(ctx, func(t *tx) error {
		before, err := scanItem(func(into ...any) error {
			return t.row(`SELECT `+itemColumns+` FROM queue WHERE id = $1 FOR UPDATE`, []any{id}, into...)
		})
		if errors.Is(err, sql.ErrNoRows) {
			return assistant.ErrNotKept
		}
		if err != nil {
			return err
		}
		var entry assistant.LogEntry
		if after, entry, err = f(before); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE queue SET state = $1, changed = $2, holder = $3, outcome = $4, correction = $5 WHERE id = $6`,
			string(after.State), after.Changed.UnixMilli(), plain(after.Holder), plain(after.Outcome), plain(after.Correction), id); err != nil {
			return err
		}
		return t.log(id, entry)
	})
	return after, err
}

func scanItem(scan func(...any) error) (i assistant.Item, err error) {
	var opened, changed int64
	var asOf string
	var units []byte
	if err = scan(&i.ID, &i.Answer, &i.State, &opened, &changed, &i.Holder, &i.Reason, &i.Text, &i.Question, &asOf, &i.Status, &units, &i.Outcome, &i.Correction); err != nil {
		return i, err
	}
	i.Opened, i.Changed = time.UnixMilli(opened).UTC(), time.UnixMilli(changed).UTC()
	if i.AsOf, err = civil.Parse(asOf); err != nil {
		return i, err
	}
	return i, json.Unmarshal(units, &i.Units)
}
