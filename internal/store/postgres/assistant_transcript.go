package postgres

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
	err = s.db.row(ctx, `SELECT state FROM conversations WHERE name = $1`, []any{store.NameOf(conversation)}, &body)
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
		_, err := t.exec(`INSERT INTO conversations (name, state, at) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET state = excluded.state, at = excluded.at`, store.NameOf(conversation), string(body), at.UnixMilli())
		return err
	})
}

// Forget deletes everything of the conversation. An item of the queue that came from it
// loses its words and is closed; its log stays, for it holds none. The room of deleted rows
// is written over when the server cleans up; docs/postgres.md says how soon.
func (s transcript) Forget(ctx context.Context, conversation string) error {
	name := store.NameOf(conversation)
	return s.db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`INSERT INTO queue_log (item, at, who, was, now, note)
			SELECT id, changed, '`+store.ForgottenBy+`', state, 'closed', 'xóa theo yêu cầu của người hỏi' FROM queue WHERE conversation = $1 AND state <> 'closed'`, name); err != nil {
			return err
		}
		for _, statement := range []string{
			`UPDATE queue SET state = 'closed', holder = CASE holder WHEN '' THEN '` + store.ForgottenBy + `' ELSE holder END,
				question = '', words = '', conversation = NULL WHERE conversation = $1`,
			`DELETE FROM feedback WHERE conversation = $1`, `DELETE FROM gaps WHERE conversation = $1`,
			`DELETE FROM turns WHERE conversation = $1`, `DELETE FROM conversations WHERE name = $1`,
		} {
			if _, err := t.exec(statement, name); err != nil {
				return err
			}
		}
		return nil
	})
}

// Append keeps a turn once. The parts of the table cannot have one index that holds an
// answer to one row over all of them, so those who keep the same answer wait for each other.
func (s transcript) Append(ctx context.Context, p assistant.PastTurn) error {
	units, err := json.Marshal(p.Units)
	if err != nil {
		return err
	}
	return s.db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`SELECT pg_advisory_xact_lock(hashtextextended($1, 401))`, plain(p.Answer)); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO turns (answer, conversation, at, as_of, channel, question, status, units)
			SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (SELECT FROM turns WHERE answer = $1)`,
			plain(p.Answer), store.NameOf(p.Conversation), p.At.UnixMilli(), p.AsOf.String(), plain(p.Channel), plain(p.Question), string(p.Status), string(units))
		return err
	})
}

const turnColumns = `answer, at, as_of, channel, question, status, units`

func (s transcript) Recent(ctx context.Context, conversation string, n int) (out []assistant.PastTurn, err error) {
	err = s.db.each(ctx, `SELECT `+turnColumns+` FROM turns WHERE conversation = $1 ORDER BY at DESC, id DESC LIMIT $2`,
		[]any{store.NameOf(conversation), n}, func(scan func(...any) error) error {
			p, err := scanTurn(scan)
			p.Conversation = conversation
			out = append(out, p)
			return err
		})
	slices.Reverse(out)
	return out, err
}

func (s transcript) Turn(ctx context.Context, answer string) (assistant.PastTurn, error) {
	p, err := scanTurn(func(into ...any) error {
		return s.db.row(ctx, `SELECT `+turnColumns+` FROM turns WHERE answer = $1`, []any{plain(answer)}, into...)
	})
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
	`DELETE FROM conversations WHERE at < $1`,
	`DELETE FROM turns WHERE at < $1`,
	`DELETE FROM feedback WHERE at < $1`,
	`UPDATE queue SET question = '', words = '', conversation = NULL
		WHERE changed < $1 AND state = 'closed' AND (question <> '' OR words <> '' OR conversation IS NOT NULL)`,
}

func (s transcript) Sweep(ctx context.Context, before time.Time) (swept int, err error) {
	if err := s.db.months(ctx); err != nil {
		return 0, err
	}
	err = s.db.inTx(ctx, func(t *tx) error {
		swept = 0
		if err := t.row(`SELECT drop_months('turns', $1)`, []any{before.UnixMilli()}, &swept); err != nil {
			return err
		}
		for _, statement := range sweeps {
			if err := t.sweep(&swept, statement, before.UnixMilli()); err != nil {
				return err
			}
		}
		return t.sweep(&swept, `DELETE FROM gaps WHERE week < $1`, assistant.MondayOf(before).String())
	})
	return swept, err
}

// months makes the parts of this month and the next.
func (db *DB) months(ctx context.Context) error {
	return db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`SELECT make_months('turns', (extract(epoch FROM now()) * 1000)::bigint)`)
		return err
	})
}

func (t *tx) sweep(swept *int, statement string, arg any) error {
	tag, err := t.exec(statement, arg)
	*swept += int(tag.RowsAffected())
	return err
}
