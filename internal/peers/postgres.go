package peers

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/motcua/motcua/eval"
)

// Postgres is PostgreSQL's full text search on the server a DSN names. It works in a
// schema of its own, dropped at the end.
type Postgres struct{ DSN string }

// Name of the engine.
func (Postgres) Name() string { return "PostgreSQL" }

// Settings tried.
func (Postgres) Settings() []Setting {
	return []Setting{
		{Words: "simple, title weight A, OR, ts_rank 1|32", Title: 4},
		{Words: "simple, title weight A, OR, ts_rank_cd 1|32", Title: 4, Cover: true},
		{Words: "simple, title weight A, syllable pairs, OR, ts_rank 1|32", Title: 4, Pairs: true},
	}
}

type postgres struct {
	conn    *pgx.Conn
	ids     []string
	setting Setting
}

// Index fills a table and its GIN index.
func (p Postgres) Index(ctx context.Context, d *eval.Dataset, s Setting) (Indexed, error) {
	conn, err := pgx.Connect(ctx, p.DSN)
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL: %w", err)
	}
	x := &postgres{conn: conn, setting: s}
	for _, q := range []string{`DROP SCHEMA IF EXISTS motcua_peer CASCADE`, `CREATE SCHEMA motcua_peer`, `CREATE UNLOGGED TABLE motcua_peer.d (id integer, v tsvector)`} {
		if _, err := conn.Exec(ctx, q); err != nil {
			return nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	batch := &pgx.Batch{}
	for i, doc := range d.Documents {
		batch.Queue(`INSERT INTO motcua_peer.d VALUES ($1, setweight(array_to_tsvector('{}'::text[]) || to_tsvector('simple', $2), 'A') || setweight(to_tsvector('simple', left($3, 300000)), 'D'))`,
			i, tokens(doc.Law+" "+doc.Title, s), tokens(doc.Text, s))
		x.ids = append(x.ids, doc.ID)
		if batch.Len() == batchSize || i+1 == len(d.Documents) {
			if err := conn.SendBatch(ctx, batch).Close(); err != nil {
				return nil, err
			}
			batch = &pgx.Batch{}
		}
	}
	_, err = conn.Exec(ctx, `CREATE INDEX ON motcua_peer.d USING gin (v)`)
	if err == nil {
		_, err = conn.Exec(ctx, `ANALYZE motcua_peer.d`)
	}
	return x, err
}

// tokens joins words for the simple parser, which would cut a pair at "_": it is written
// as one run of letters.
func tokens(text string, s Setting) string {
	return strings.ReplaceAll(strings.Join(words(text, s, false), " "), "_", "zz")
}

// Ask changes the setting.
func (x *postgres) Ask(s Setting) { x.setting = s }

// Search ranks the documents that hold any of the words.
func (x *postgres) Search(ctx context.Context, question string, k int) ([]string, error) {
	ws := words(question, x.setting, true)
	if len(ws) == 0 {
		return nil, nil
	}
	for i, w := range ws {
		ws[i] = "'" + strings.ReplaceAll(w, "_", "zz") + "'"
	}
	rank := "ts_rank"
	if x.setting.Cover {
		rank = "ts_rank_cd"
	}
	rows, err := x.conn.Query(ctx, `SELECT id FROM motcua_peer.d, to_tsquery('simple', $1) q WHERE v @@ q ORDER BY `+rank+`('{0.3,0.3,0.3,1}', v, q, 33) DESC, id LIMIT $2`, strings.Join(ws, "|"), k)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return nil, err
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = x.ids[id]
	}
	return out, nil
}

// Close drops the schema.
func (x *postgres) Close() error {
	ctx := context.Background()
	_, err := x.conn.Exec(ctx, `DROP SCHEMA motcua_peer CASCADE`)
	if closeErr := x.conn.Close(ctx); err == nil {
		err = closeErr
	}
	return err
}
