package sqlite

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
		var conversation []byte
		err := t.row(`SELECT conversation FROM turns WHERE answer = ?`, []any{f.Answer}, &conversation)
		if errors.Is(err, sql.ErrNoRows) {
			return assistant.ErrNotKept
		}
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO feedback (answer, conversation, at, useful, reason, words) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (answer) DO UPDATE SET at = excluded.at, useful = excluded.useful, reason = excluded.reason, words = excluded.words`,
			f.Answer, conversation, f.At.UnixMilli(), f.Useful, string(f.Reason), f.Text); err != nil {
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
	err = t.row(`SELECT id FROM queue WHERE answer = ?`, []any{f.Answer}, &item)
	if !errors.Is(err, sql.ErrNoRows) {
		return item, err
	}
	r, err := t.exec(`INSERT INTO queue (answer, conversation, state, opened, changed, reason, words, question, as_of, status, units)
		SELECT answer, conversation, 'open', ?1, ?1, ?2, ?3, question, as_of, status, units FROM turns WHERE answer = ?4`,
		f.At.UnixMilli(), string(f.Reason), f.Text, f.Answer)
	if err != nil {
		return 0, err
	}
	if item, err = r.LastInsertId(); err != nil {
		return 0, err
	}
	return item, t.log(item, assistant.LogEntry{At: f.At, Who: store.Opener, Now: assistant.ItemOpen})
}

func (t *tx) log(item int64, e assistant.LogEntry) error {
	_, err := t.exec(`INSERT INTO queue_log (item, at, who, was, now, note) VALUES (?, ?, ?, ?, ?, ?)`,
		item, e.At.UnixMilli(), e.Who, string(e.Was), string(e.Now), e.Note)
	return err
}

func (s feedbacks) Opinions(ctx context.Context, since time.Time) (map[assistant.FeedbackReason]int, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT reason, COUNT(*) FROM feedback WHERE at >= ? GROUP BY reason`, since.UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[assistant.FeedbackReason]int{}
	for rows.Next() {
		var reason assistant.FeedbackReason
		var n int
		if err := rows.Scan(&reason, &n); err != nil {
			return nil, err
		}
		out[reason] = n
	}
	return out, rows.Err()
}

const itemColumns = `id, answer, state, opened, changed, holder, reason, words, question, as_of, status, units, outcome, correction`

func (s queue) Items(ctx context.Context, state assistant.ItemState, limit int) ([]assistant.Item, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT `+itemColumns+` FROM queue WHERE ?1 = '' OR state = ?1 ORDER BY opened, id LIMIT ?2`, string(state), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []assistant.Item{}
	for rows.Next() {
		i, err := scanItem(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, rows.Err()
}

func (s queue) Item(ctx context.Context, id int64) (assistant.Item, []assistant.LogEntry, error) {
	i, err := scanItem(s.db.read.QueryRowContext(ctx, `SELECT `+itemColumns+` FROM queue WHERE id = ?`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return i, nil, assistant.ErrNotKept
	}
	if err != nil {
		return i, nil, err
	}
	rows, err := s.db.read.QueryContext(ctx, `SELECT at, who, was, now, note FROM queue_log WHERE item = ? ORDER BY id`, id)
	if err != nil {
		return i, nil, err
	}
	defer rows.Close()
	var log []assistant.LogEntry
	for rows.Next() {
		var e assistant.LogEntry
		var at int64
		if err := rows.Scan(&at, &e.Who, &e.Was, &e.Now, &e.Note); err != nil {
			return i, nil, err
		}
		e.At = time.UnixMilli(at).UTC()
		log = append(log, e)
	}
	return i, log, rows.Err()
}

func (s queue) Change(ctx context.Context, id int64, f func(assistant.Item) (assistant.Item, assistant.LogEntry, error)) (after assistant.Item, err error) {
	err = s.db.inTx(ctx, func(t *tx) error {
		st, err := t.stmt(`SELECT ` + itemColumns + ` FROM queue WHERE id = ?`)
		if err != nil {
			return err
		}
		before, err := scanItem(st.QueryRowContext(ctx, id).Scan)
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
		if _, err := t.exec(`UPDATE queue SET state = ?, changed = ?, holder = ?, outcome = ?, correction = ? WHERE id = ?`,
			string(after.State), after.Changed.UnixMilli(), after.Holder, after.Outcome, after.Correction, id); err != nil {
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
