package postgres

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

// Repository is where an ingestion puts what it read. Changes of several processes wait for
// each other: one document at a time changes the corpus.
func (db *DB) Repository() ingest.Repository { return repository{db} }

type repository struct{ db *DB }

const sourceColumns = `name, sha256, recipe, etag, modified, finished, tally, faults`

func (r repository) Source(ctx context.Context, name string) (ingest.SourceState, error) {
	s, err := scanSource(func(into ...any) error {
		return r.db.row(ctx, `SELECT `+sourceColumns+` FROM sources WHERE name = $1`, []any{plain(name)}, into...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return s, corpus.ErrNotFound
	}
	return s, err
}

func (r repository) Sources(ctx context.Context) (out []ingest.SourceState, err error) {
	err = r.db.each(ctx, `SELECT `+sourceColumns+` FROM sources ORDER BY name`, nil, func(scan func(...any) error) error {
		s, err := scanSource(scan)
		out = append(out, s)
		return err
	})
	return out, err
}

func scanSource(scan func(...any) error) (s ingest.SourceState, err error) {
	var finished int64
	var tally, faults string
	if err = scan(&s.Name, &s.SHA256, &s.Recipe, &s.ETag, &s.Modified, &finished, &tally, &faults); err != nil {
		return s, err
	}
	if finished > 0 {
		s.Finished = time.UnixMilli(finished).UTC()
	}
	return s, errors.Join(json.Unmarshal([]byte(tally), &s.Tally), json.Unmarshal([]byte(faults), &s.Faults))
}

func (r repository) Ledger(ctx context.Context, source string) (map[string]ingest.Entry, error) {
	out := map[string]ingest.Entry{}
	err := r.db.each(ctx, `SELECT l.place, l.digest, l.subject FROM layers l JOIN sources s ON s.id = l.source WHERE s.name = $1`,
		[]any{plain(source)}, func(scan func(...any) error) error {
			var place string
			var e ingest.Entry
			err := scan(&place, &e.Digest, &e.Subject)
			out[place] = e
			return err
		})
	return out, err
}

func (r repository) Layer(ctx context.Context, source, place string) (l ingest.Layer, err error) {
	var body []byte
	var edition string
	err = r.db.row(ctx, `SELECT l.class, l.edition, l.digest, l.body FROM layers l
		JOIN sources s ON s.id = l.source WHERE s.name = $1 AND l.place = $2`, []any{plain(source), plain(place)}, &l.Class, &edition, &l.Digest, &body)
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
			INSERT INTO sources (name, sha256, recipe, etag, modified, finished, tally, faults) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, recipe = excluded.recipe, etag = excluded.etag,
				modified = excluded.modified, finished = excluded.finished, tally = excluded.tally, faults = excluded.faults`,
			plain(s.Name), s.SHA256, s.Recipe, plain(s.ETag), plain(s.Modified), finished, string(tally), string(faults))
		return err
	})
}

func (r repository) Put(ctx context.Context, l ingest.Layer, build ingest.Build) (ingest.Change, error) {
	subject := l.Document.Subject()
	if subject == "" {
		return ingest.Change{}, fmt.Errorf("postgres: %s, %s: a document without number or code", l.Source, l.Place)
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
		if _, err := w.exec(`DELETE FROM layers WHERE id = $1`, id); err != nil {
			return err
		}
		return w.rebuild(before.Subject, nil)
	})
}

// change runs f in one transaction and counts what it did.
func (r repository) change(ctx context.Context, build ingest.Build, f func(*writer) error) (done ingest.Change, err error) {
	err = r.db.inTx(ctx, func(t *tx) error {
		w := &writer{tx: t, build: build, done: ingest.Change{Outcome: ingest.Kept}}
		if err := w.begin(); err != nil {
			return err
		}
		if err := f(w); err != nil {
			return err
		}
		if err := w.end(); err != nil {
			return err
		}
		done = w.done
		return nil
	})
	if err != nil {
		return ingest.Change{}, err
	}
	return done, nil
}
