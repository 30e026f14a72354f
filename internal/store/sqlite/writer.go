package sqlite

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
)

// writer is one transaction that changes the corpus.
type writer struct {
	*tx
	build      ingest.Build
	generation int64 // the one this transaction makes, if it changes a unit
	dirty      bool
	done       ingest.Change
}

func (w *writer) begin() error {
	var s string
	if err := w.row(`SELECT value FROM meta WHERE key = 'generation'`, nil, &s); err != nil {
		return err
	}
	n, err := strconv.ParseInt(s, 10, 64)
	w.generation = n + 1
	return err
}

func (w *writer) end() error {
	if !w.dirty {
		w.done.Generation = w.generation - 1
		return nil
	}
	w.done.Generation = w.generation
	_, err := w.exec(`UPDATE meta SET value = ? WHERE key = 'generation'`, strconv.FormatInt(w.generation, 10))
	return err
}

// layer finds what a place gave before; id 0 for a new place.
func (w *writer) layer(source, place string) (id int64, e ingest.Entry, err error) {
	err = w.row(`SELECT l.id, l.digest, l.subject FROM layers l JOIN sources s ON s.id = l.source WHERE s.name = ? AND l.place = ?`,
		[]any{source, place}, &id, &e.Digest, &e.Subject)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, e, err
}

func (w *writer) putLayer(id int64, l ingest.Layer) error {
	body, err := store.Pack(l.Document)
	if err != nil {
		return err
	}
	subject, edition := l.Document.Subject(), l.Edition.String()
	if id != 0 {
		_, err = w.exec(`UPDATE layers SET subject = ?, class = ?, edition = ?, digest = ?, body = ? WHERE id = ?`,
			subject, string(l.Class), edition, l.Digest, body, id)
		return err
	}
	if _, err := w.exec(`INSERT INTO sources (name) VALUES (?) ON CONFLICT DO NOTHING`, l.Source); err != nil {
		return err
	}
	_, err = w.exec(`INSERT INTO layers (source, place, subject, class, edition, digest, body)
		SELECT id, ?, ?, ?, ?, ?, ? FROM sources WHERE name = ?`,
		l.Place, subject, string(l.Class), edition, l.Digest, body, l.Source)
	return err
}

// layers loads all layers of a subject. The one just put is not read back.
func (w *writer) layers(subject string, fresh *ingest.Layer) (out []ingest.Layer, only int64, err error) {
	rows, err := w.query(`SELECT l.id, s.name, l.place, l.class, l.edition, l.digest, l.body
		FROM layers l JOIN sources s ON s.id = l.source WHERE l.subject = ? ORDER BY l.id`, subject)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var l ingest.Layer
		var body sql.RawBytes
		var edition string
		if err := rows.Scan(&only, &l.Source, &l.Place, &l.Class, &edition, &l.Digest, &body); err != nil {
			return nil, 0, err
		}
		if l.Edition, err = civil.Parse(edition); err != nil {
			return nil, 0, err
		}
		if fresh != nil && l.Source == fresh.Source && l.Place == fresh.Place {
			l = *fresh
		} else if l.Document, err = store.Unpack(body); err != nil {
			return nil, 0, err
		}
		out = append(out, l)
	}
	if len(out) != 1 {
		only = 0
	}
	return out, only, rows.Err()
}

// rebuild makes the document of a subject anew and everything that hangs on it.
func (w *writer) rebuild(subject string, fresh *ingest.Layer) error {
	layers, only, err := w.layers(subject, fresh)
	if err != nil {
		return err
	}
	touched, err := w.targets(subject)
	if err != nil {
		return err
	}
	if len(layers) == 0 {
		err = w.removeDocument(subject)
	} else {
		err = w.putDocument(subject, layers, only)
	}
	if err != nil {
		return err
	}
	after, err := w.targets(subject)
	if err != nil {
		return err
	}
	touched[subject] = true
	for t := range after {
		touched[t] = true
	}
	return w.revalidate(touched)
}

func (w *writer) putDocument(subject string, layers []ingest.Layer, only int64) error {
	d, chunks := w.build(layers)
	row, err := store.DocumentRow(d)
	if err != nil {
		return err
	}
	var layer, body any = only, nil
	if only == 0 {
		layer = nil
		if body, err = store.Pack(d); err != nil {
			return err
		}
	}
	var id int64
	err = w.row(`SELECT id FROM documents WHERE subject = ?`, []any{subject}, &id)
	known := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if w.done.Outcome = ingest.Changed; !known {
		w.done.Outcome = ingest.Added
	}
	err = w.row(`INSERT INTO documents (subject, kind, code, title, issuer, issued, valid_from, valid_until, layer, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (subject) DO UPDATE SET kind = excluded.kind, code = excluded.code, title = excluded.title,
			issuer = excluded.issuer, issued = excluded.issued, valid_from = excluded.valid_from,
			valid_until = excluded.valid_until, layer = excluded.layer, body = excluded.body
		RETURNING id`, append(append([]any{subject}, row...), layer, body), &id)
	if err != nil {
		return err
	}
	if err := w.syncUnits(id, chunks); err != nil {
		return err
	}
	return w.putAttachments(id, known, d)
}

// putAttachments writes relations and flags anew.
func (w *writer) putAttachments(id int64, known bool, d ingest.Document) error {
	if known {
		if err := w.clearAttachments(id); err != nil {
			return err
		}
	}
	for _, f := range d.Flags() {
		if _, err := w.exec(`INSERT INTO flags (document, field, why, raw) VALUES (?, ?, ?, ?)`, id, f.Field, f.Why, f.Raw); err != nil {
			return err
		}
	}
	if d.Instrument == nil {
		return nil
	}
	for _, r := range d.Instrument.Relations {
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := w.exec(`INSERT INTO relations (document, kind, from_instrument, from_place, to_instrument, to_place, effective, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, string(r.Kind), corpus.NumberKey(r.From.Instrument), r.From.Key(),
			corpus.NumberKey(r.To.Instrument), r.To.Key(), r.Effective.String(), string(body)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) clearAttachments(id int64) error {
	_, err := w.exec(`DELETE FROM flags WHERE document = ?`, id)
	if err == nil {
		_, err = w.exec(`DELETE FROM relations WHERE document = ?`, id)
	}
	return err
}

func (w *writer) removeDocument(subject string) error {
	var id int64
	err := w.row(`SELECT id FROM documents WHERE subject = ?`, []any{subject}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	w.done.Outcome = ingest.Removed
	if err := w.syncUnits(id, nil); err != nil {
		return err
	}
	if err := w.clearAttachments(id); err != nil {
		return err
	}
	_, err = w.exec(`DELETE FROM documents WHERE id = ?`, id)
	return err
}
