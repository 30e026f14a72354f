package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"errors"
	"time"

	"github.com/motcua/motcua/channels"
)

// Letters keeps messages to the office.
func (db *DB) Letters() channels.Letters { return letters{db} }

type letters struct{ db *DB }

const letterColumns = `number, at, about, words, state, holder, answer, COALESCE(answered, 0)`

func (s letters) Write(ctx context.Context, about, words string, now time.Time) (l channels.Letter, code string, err error) {
	code = rand.Text()
	digest := sha256.Sum256([]byte(code))
	l = channels.Letter{At: now, About: about, Words: words, State: channels.LetterOpen}
	err = s.db.inTx(ctx, func(t *tx) error {
		return t.row(`INSERT INTO letters (code, at, about, words, state) VALUES ($1, $2, $3, $4, 'open') RETURNING number`,
			[]any{digest[:], now.UnixMilli(), about, words}, &l.Number)
	})
	return l, code, err
}

func (s letters) Read(ctx context.Context, number int64, code string) (channels.Letter, error) {
	var want []byte
	err := s.db.pool.QueryRow(ctx, `SELECT code FROM letters WHERE number = $1`, number).Scan(&want)
	if errors.Is(err, sql.ErrNoRows) {
		return channels.Letter{}, channels.ErrNoLetter
	}
	if err != nil {
		return channels.Letter{}, err
	}
	given := sha256.Sum256([]byte(code))
	if subtle.ConstantTimeCompare(given[:], want) != 1 {
		return channels.Letter{}, channels.ErrNoLetter
	}
	return s.Find(ctx, number)
}

func (s letters) Find(ctx context.Context, number int64) (channels.Letter, error) {
	return s.one(s.db.pool.QueryRow(ctx, `SELECT `+letterColumns+` FROM letters WHERE number = $1`, number).Scan)
}

func (s letters) one(scan func(...any) error) (l channels.Letter, err error) {
	var at, answered int64
	err = scan(&l.Number, &at, &l.About, &l.Words, &l.State, &l.Holder, &l.Answer, &answered)
	if errors.Is(err, sql.ErrNoRows) {
		return l, channels.ErrNoLetter
	}
	l.At = time.UnixMilli(at)
	if answered != 0 {
		l.Answered = time.UnixMilli(answered)
	}
	return l, err
}

func (s letters) Letters(ctx context.Context, state channels.LetterState, limit int) ([]channels.Letter, error) {
	rows, err := s.db.pool.Query(ctx, `SELECT `+letterColumns+` FROM letters WHERE $1 = '' OR state = $1 ORDER BY number LIMIT $2`, string(state), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []channels.Letter{}
	for rows.Next() {
		l, err := s.one(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

func (s letters) Take(ctx context.Context, number int64, official string) error {
	return s.change(ctx, `UPDATE letters SET state = 'claimed', holder = $2 WHERE number = $1 AND (state = 'open' OR state = 'claimed' AND holder = $2)`, number, official)
}

func (s letters) Reply(ctx context.Context, number int64, official, words string, now time.Time) error {
	return s.change(ctx, `UPDATE letters SET state = 'answered', answer = $3, answered = $4 WHERE number = $1 AND state = 'claimed' AND holder = $2`, number, official, words, now.UnixMilli())
}

// change runs a statement that fits one letter, or none: then it is not the caller's.
func (s letters) change(ctx context.Context, query string, args ...any) error {
	return s.db.inTx(ctx, func(t *tx) error {
		r, err := t.exec(query, args...)
		if err == nil && r.RowsAffected() != 1 {
			err = channels.ErrNoLetter
		}
		return err
	})
}
