package sqlite

import (
	"context"

	"github.com/motcua/motcua/assistant"
)

// Statements keeps what officials signed.
func (db *DB) Statements() assistant.Statements { return statements{db} }

type statements struct{ db *DB }

func (s statements) Post(ctx context.Context, st assistant.Statement) error {
	return s.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO statements (id, kind, body, signature) VALUES (?, ?, ?, ?)`, st.ID, string(st.Kind), st.Body, st.Signature)
		return err
	})
}

func (s statements) Statements(ctx context.Context) ([]assistant.Statement, error) {
	rows, err := s.db.read.QueryContext(ctx, `SELECT id, kind, body, signature FROM statements ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []assistant.Statement
	for rows.Next() {
		var st assistant.Statement
		if err := rows.Scan(&st.ID, &st.Kind, &st.Body, &st.Signature); err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, rows.Err()
}
