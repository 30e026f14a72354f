package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
)

// Repository is where an ingestion puts what it read.
func (db *DB) Repository() ingest.Repository { return repository{db} }

type repository struct{ db *DB }

const sourceColumns = `name, sha256, recipe, etag, modified, finished, tally, faults`

func (r repository) Source(ctx context.Context, name string) (ingest.SourceState, error) {
	row := r.db.read.QueryRowContext(ctx, `SELECT `+sourceColumns+` FROM sources WHERE name = ?`, name)
	s, err := scanSource(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return s, corpus.ErrNotFound
	}
	return s, err
}

func (r repository) Sources(ctx context.Context) ([]ingest.SourceState, error) {
	rows, err := r.db.read.QueryContext(ctx, `SELECT `+sourceColumns+` FROM sources ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ingest.SourceState
	for rows.Next() {
		s, err := scanSource(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func scanSource(scan func(...any) error) (s ingest.SourceState, err error) {
	var finished int64
	var tally, faults []byte
	if err = scan(&s.Name, &s.SHA256, &s.Recipe, &s.ETag, &s.Modified, &finished, &tally, &faults); err != nil {
		return s, err
	}
	if finished > 0 {
		s.Finished = time.UnixMilli(finished).UTC()
	}
	return s, errors.Join(json.Unmarshal(tally, &s.Tally), json.Unmarshal(faults, &s.Faults))
}

func (r repository) Ledger(ctx context.Context, source string) (map[string]ingest.Entry, error) {
	rows, err := r.db.read.QueryContext(ctx,
		`SELECT l.place, l.digest, l.subject FROM layers l JOIN sources s ON s.id = l.source WHERE s.name = ?`, source)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]ingest.Entry{}
	for rows.Next() {
		var place string
		var e ingest.Entry
		if err := rows.Scan(&place, &e.Digest, &e.Subject); err != nil {
			return nil, err
		}
		out[place] = e
	}
	return out, rows.Err()
}

func (r repository) Layer(ctx context.Context, source, place string) (l ingest.Layer, err error) {
	var body []byte
	var edition string
	err = r.db.read.QueryRowContext(ctx, `SELECT l.class, l.edition, l.digest, l.body FROM layers l
		JOIN sources s ON s.id = l.source WHERE s.name = ? AND l.place = ?`, source, place).
		Scan(&l.Class, &edition, &l.Digest, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return l, corpus.ErrNotFound
	}
	if err != nil {
		return l, err
	}
	l.Source, l.Place = source, place
	if l.Edition, err = civil.Parse(edition); err != nil {
		return l, err
	}
	l.Document, err = store.Unpack(body)
	return l, err
}

func (r repository) Finish(ctx context.Context, s ingest.SourceState) error {
	tally, err := json.Marshal(s.Tally)
	if err != nil {
		return err
	}
	faults, err := json.Marshal(s.Faults)
	if err != nil {
		return err
	}
	var finished int64
	if !s.Finished.IsZero() {
		finished = s.Finished.UnixMilli()
	}
	return r.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`
			INSERT INTO sources (name, sha256, recipe, etag, modified, finished, tally, faults) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, recipe = excluded.recipe, etag = excluded.etag,
				modified = excluded.modified, finished = excluded.finished, tally = excluded.tally, faults = excluded.faults`,
			s.Name, s.SHA256, s.Recipe, s.ETag, s.Modified, finished, string(tally), string(faults))
		return err
	})
}

func (r repository) Put(ctx context.Context, l ingest.Layer, build ingest.Build) (ingest.Change, error) {
	subject := l.Document.Subject()
	if subject == "" {
		return ingest.Change{}, fmt.Errorf("sqlite: %s, %s: a document without number or code", l.Source, l.Place)
	}
	return r.change(ctx, build, func(w *writer) error {
		id, before, err := w.layer(l.Source, l.Place)
		if err != nil || before.Digest == l.Digest {
			return err
		}
		if err := w.putLayer(id, l); err != nil {
			return err
		}
		if before.Subject != "" && before.Subject != subject {
			if err := w.rebuild(before.Subject, nil); err != nil {
				return err
			}
		}
		return w.rebuild(subject, &l)
	})
}

func (r repository) Drop(ctx context.Context, source, place string, build ingest.Build) (ingest.Change, error) {
	return r.change(ctx, build, func(w *writer) error {
		id, before, err := w.layer(source, place)
		if err != nil || id == 0 {
			return err
		}
		if _, err := w.exec(`DELETE FROM layers WHERE id = ?`, id); err != nil {
			return err
		}
		return w.rebuild(before.Subject, nil)
	})
}

// change runs f in one transaction and counts what it did.
func (r repository) change(ctx context.Context, build ingest.Build, f func(*writer) error) (ingest.Change, error) {
	w := &writer{build: build, done: ingest.Change{Outcome: ingest.Kept}}
	err := r.db.inTx(ctx, func(t *tx) error {
		w.tx = t
		if err := w.begin(); err != nil {
			return err
		}
		if err := f(w); err != nil {
			return err
		}
		return w.end()
	})
	if err != nil {
		return ingest.Change{}, err
	}
	return w.done, nil
}
