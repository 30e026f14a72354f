package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
)

// Transcript keeps conversations.
func (db *DB) Transcript() assistant.Transcript { return transcript{db} }

type transcript struct{ db *DB }

func (s transcript) State(ctx context.Context, conversation string) (state assistant.State, err error) {
	var body []byte
	err = s.db.read.QueryRowContext(ctx, `SELECT state FROM conversations WHERE name = ?`, store.NameOf(conversation)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return state, nil
	}
	if err != nil {
		return state, err
	}
	return state, json.Unmarshal(body, &state)
}

func (s transcript) Keep(ctx context.Context, conversation string, state assistant.State, at time.Time) error {
	body, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO conversations (name, state, at) VALUES (?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET state = excluded.state, at = excluded.at`, store.NameOf(conversation), string(body), at.UnixMilli())
		return err
	})
}

// Forget deletes everything of the conversation. An item of the queue that came from it
// loses its words and is closed; its log stays, for it holds none.
func (s transcript) Forget(ctx context.Context, conversation string) error {
	name := store.NameOf(conversation)
	return s.erasing(ctx, func(t *tx) error {
		if _, err := t.exec(`INSERT INTO queue_log (item, at, who, was, now, note)
			SELECT id, changed, '`+store.ForgottenBy+`', state, 'closed', 'xóa theo yêu cầu của người hỏi' FROM queue WHERE conversation = ? AND state <> 'closed'`, name); err != nil {
			return err
		}
		for _, statement := range []string{
			`UPDATE queue SET state = 'closed', holder = CASE holder WHEN '' THEN '` + store.ForgottenBy + `' ELSE holder END,
				question = '', words = '', conversation = NULL WHERE conversation = ?`,
			`DELETE FROM feedback WHERE conversation = ?`, `DELETE FROM gaps WHERE conversation = ?`,
			`DELETE FROM turns WHERE conversation = ?`, `DELETE FROM conversations WHERE name = ?`,
		} {
			if _, err := t.exec(statement, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s transcript) Append(ctx context.Context, p assistant.PastTurn) error {
	units, err := json.Marshal(p.Units)
	if err != nil {
		return err
	}
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO turns (answer, conversation, at, as_of, channel, question, status, units) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (answer) DO NOTHING`, p.Answer, store.NameOf(p.Conversation), p.At.UnixMilli(), p.AsOf.String(), p.Channel, p.Question, string(p.Status), string(units))
		return err
	})
}

const turnColumns = `answer, at, as_of, channel, question, status, units`

func (s transcript) Recent(ctx context.Context, conversation string, n int) ([]assistant.PastTurn, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT `+turnColumns+` FROM turns WHERE conversation = ? ORDER BY at DESC, id DESC LIMIT ?`, store.NameOf(conversation), n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []assistant.PastTurn
	for rows.Next() {
		p, err := scanTurn(rows.Scan)
		if err != nil {
			return nil, err
		}
		p.Conversation = conversation
		out = append(out, p)
	}
	slices.Reverse(out)
	return out, rows.Err()
}

func (s transcript) Turn(ctx context.Context, answer string) (assistant.PastTurn, error) {
	p, err := scanTurn(s.db.read.QueryRowContext(ctx, `SELECT `+turnColumns+` FROM turns WHERE answer = ?`, answer).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return p, assistant.ErrNotKept
	}
	return p, err
}

func scanTurn(scan func(...any) error) (p assistant.PastTurn, err error) {
	var at int64
	var asOf string
	var units []byte
	if err = scan(&p.Answer, &at, &asOf, &p.Channel, &p.Question, &p.Status, &units); err != nil {
		return p, err
	}
	p.At = time.UnixMilli(at).UTC()
	if p.AsOf, err = civil.Parse(asOf); err != nil {
		return p, err
	}
	return p, json.Unmarshal(units, &p.Units)
}

// sweeps delete, or empty of words, what is older than an instant.
var sweeps = []string{
	`DELETE FROM conversations WHERE at < ?`,
	`DELETE FROM turns WHERE at < ?`,
	`DELETE FROM feedback WHERE at < ?`,
	`UPDATE queue SET question = '', words = '', conversation = NULL
		WHERE changed < ? AND state = 'closed' AND (question <> '' OR words <> '' OR conversation IS NOT NULL)`,
}

func (s transcript) Sweep(ctx context.Context, before time.Time) (swept int, err error) {
	err = s.erasing(ctx, func(t *tx) error {
		swept = 0
		for _, statement := range sweeps {
			if err := t.sweep(&swept, statement, before.UnixMilli()); err != nil {
				return err
			}
		}
		return t.sweep(&swept, `DELETE FROM gaps WHERE week < ?`, assistant.MondayOf(before).String())
	})
	return swept, err
}

// erasing runs f with zeros written over what it deletes; otherwise the words would stand
// in the file until their room is used again. (The write-ahead log may hold the old page
// until the next checkpoint.) These pragmas act when they are prepared, so they are not
// among the statements kept.
func (s transcript) erasing(ctx context.Context, f func(t *tx) error) error {
	return s.db.inTx(ctx, func(t *tx) (err error) {
		if _, err := t.w.conn.ExecContext(ctx, `PRAGMA secure_delete = ON`); err != nil {
			return err
		}
		defer func() {
			// Also after a failure: ingestion should not pay for it.
			_, off := t.w.conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA secure_delete = FAST`)
			err = errors.Join(err, off)
		}()
		return f(t)
	})
}

func (t *tx) sweep(swept *int, statement string, arg any) error {
	r, err := t.exec(statement, arg)
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	*swept += int(n)
	return err
}
