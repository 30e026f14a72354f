package peers

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	_ "modernc.org/sqlite" // the driver named "sqlite"

	"github.com/motcua/motcua/eval"
)

// FTS5 is SQLite's full-text index, in memory. Its unicode61 tokenizer does not fold đ,
// so text is folded before it goes in where the setting asks.
type FTS5 struct{}

// Name of the engine.
func (FTS5) Name() string { return "SQLite FTS5" }

// Settings tried.
func (FTS5) Settings() []Setting {
	return []Setting{
		{Words: "unicode61 remove_diacritics 0, OR, bm25 title ×1", Title: 1},
		{Words: "unicode61 remove_diacritics 0, OR, bm25 title ×3", Title: 3},
		{Words: "unicode61 remove_diacritics 0, syllable pairs, OR, bm25 title ×2", Title: 2, Pairs: true},
		{Words: "folded before indexing, OR, bm25 title ×3", Title: 3, Fold: true},
	}
}

type fts5 struct {
	db      *sql.DB
	ids     []string
	setting Setting
}

// Index builds the table.
func (FTS5) Index(ctx context.Context, d *eval.Dataset, s Setting) (_ Indexed, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one connection is one memory database
	x := &fts5{db: db, setting: s}
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	if _, err = db.ExecContext(ctx, `CREATE VIRTUAL TABLE d USING fts5(title, body, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'")`); err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	for i, doc := range d.Documents {
		title, body := strings.Join(words(doc.Law+" "+doc.Title, s, false), " "), strings.Join(words(doc.Text, s, false), " ")
		if _, err = tx.ExecContext(ctx, `INSERT INTO d(rowid, title, body) VALUES (?, ?, ?)`, i+1, title, body); err != nil {
			return nil, errors.Join(err, tx.Rollback())
		}
		x.ids = append(x.ids, doc.ID)
	}
	return x, tx.Commit()
}

// Ask changes the setting.
func (x *fts5) Ask(s Setting) { x.setting = s }

// Search asks for any of the words.
func (x *fts5) Search(ctx context.Context, question string, k int) ([]string, error) {
	var quoted []string
	for _, w := range words(question, x.setting, true) {
		quoted = append(quoted, `"`+w+`"`)
	}
	if len(quoted) == 0 {
		return nil, nil
	}
	rows, err := x.db.QueryContext(ctx, `SELECT rowid FROM d WHERE d MATCH ? ORDER BY bm25(d, ?, 1.0), rowid LIMIT ?`, strings.Join(quoted, " OR "), x.setting.Title, k)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, x.ids[id-1])
	}
	return out, rows.Err()
}

// Close drops the table.
func (x *fts5) Close() error { return x.db.Close() }
