package postgres

import (
	"context"

	"github.com/motcua/motcua/assistant"
)

// Statements keeps what officials signed.
func (db *DB) Statements() assistant.Statements { return statements{db} }

type statements struct{ db *DB }

func (s statements) Post(ctx context.Context, st assistant.Statement) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO statements (id, kind, body, signature) VALUES ($1, $2, $3, $4)`, plain(st.ID), string(st.Kind), st.Body, st.Signature)
		return err
	})
}

func (s statements) Statements(ctx context.Context) (out []assistant.Statement, err error) {
	err = s.db.each(ctx, `SELECT id, kind, body, signature FROM statements ORDER BY id`, nil, func(scan func(...any) error) error {
		var st assistant.Statement
		err := scan(&st.ID, &st.Kind, &st.Body, &st.Signature)
		out = append(out, st)
		return err
	})
	return out, err
}
