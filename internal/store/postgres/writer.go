package postgres

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

// begin waits until no other change of the corpus is under way.
func (w *writer) begin() error {
	var s string
	if err := w.row(`SELECT value FROM meta WHERE key = 'generation' FOR UPDATE`, nil, &s); err != nil {
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
	_, err := w.exec(`UPDATE meta SET value = $1 WHERE key = 'generation'`, strconv.FormatInt(w.generation, 10))
	return err
}

// layer finds what a place gave before; id 0 for a new place.
func (w *writer) layer(source, place string) (id int64, e ingest.Entry, err error) {
	err = w.row(`SELECT l.id, l.digest, l.subject FROM layers l JOIN sources s ON s.id = l.source WHERE s.name = $1 AND l.place = $2`,
		[]any{plain(source), plain(place)}, &id, &e.Digest, &e.Subject)
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
	subject, edition := plain(l.Document.Subject()), l.Edition.String()
	if id != 0 {
		_, err = w.exec(`UPDATE layers SET subject = $1, class = $2, edition = $3, digest = $4, body = $5 WHERE id = $6`,
			subject, string(l.Class), edition, l.Digest, body, id)
		return err
	}
	_, err = w.exec(`WITH made AS (INSERT INTO sources (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id)
		INSERT INTO layers (source, place, subject, class, edition, digest, body)
		SELECT id, $2, $3, $4, $5, $6, $7 FROM (SELECT id FROM made UNION ALL SELECT id FROM sources WHERE name = $1) s`,
		plain(l.Source), plain(l.Place), subject, string(l.Class), edition, l.Digest, body)
	return err
}

// layers loads all layers of a subject. The one just put is not read back.
func (w *writer) layers(subject string, fresh *ingest.Layer) (out []ingest.Layer, only int64, err error) {
	err = w.each(`SELECT l.id, s.name, l.place, l.class, l.edition, l.digest, l.body
		FROM layers l JOIN sources s ON s.id = l.source WHERE l.subject = $1 ORDER BY l.id`, []any{plain(subject)}, func(scan func(...any) error) error {
		var l ingest.Layer
		var body []byte
		var edition string
		err := scan(&only, &l.Source, &l.Place, &l.Class, &edition, &l.Digest, &body)
		if err != nil {
			return err
		}
		if l.Edition, err = civil.Parse(edition); err != nil {
			return err
		}
		if fresh != nil && l.Source == plain(fresh.Source) && l.Place == plain(fresh.Place) {
			l = *fresh
		} else if l.Document, err = store.Unpack(body); err != nil {
			return err
		}
		out = append(out, l)
		return nil
	})
	if len(out) != 1 {
		only = 0
	}
	return out, only, err
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
	args := append(append([]any{plain(subject)}, row...), layer, body)
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = plain(s)
		}
	}
	// A row just made has no other transaction in xmax.
	var id int64
	var made bool
	err = w.row(`INSERT INTO documents (subject, kind, code, title, issuer, issued, valid_from, valid_until, layer, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (subject) DO UPDATE SET kind = excluded.kind, code = excluded.code, title = excluded.title,
			issuer = excluded.issuer, issued = excluded.issued, valid_from = excluded.valid_from,
			valid_until = excluded.valid_until, layer = excluded.layer, body = excluded.body
		RETURNING id, xmax = 0`, args, &id, &made)
	if err != nil {
		return err
	}
	if w.done.Outcome = ingest.Changed; made {
		w.done.Outcome = ingest.Added
	}
	if err := w.syncUnits(id, !made, chunks); err != nil {
		return err
	}
	return w.putAttachments(id, !made, d)
}

// putAttachments writes relations and flags anew.
func (w *writer) putAttachments(id int64, known bool, d ingest.Document) error {
	if known {
		if err := w.clearAttachments(id); err != nil {
			return err
		}
	}
	var flags []any
	for _, f := range d.Flags() {
		flags = append(flags, id, plain(f.Field), plain(f.Why), plain(f.Raw))
	}
	if err := w.insert(`INSERT INTO flags (document, field, why, raw) VALUES`, 4, flags, ""); err != nil {
		return err
	}
	if d.Instrument == nil {
		return nil
	}
	var relations []any
	for _, r := range d.Instrument.Relations {
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		relations = append(relations, id, string(r.Kind), plain(corpus.NumberKey(r.From.Instrument)), plain(r.From.Key()),
			plain(corpus.NumberKey(r.To.Instrument)), plain(r.To.Key()), r.Effective.String(), string(body))
	}
	return w.insert(`INSERT INTO relations (document, kind, from_instrument, from_place, to_instrument, to_place, effective, body) VALUES`, 8, relations, "")
}

func (w *writer) clearAttachments(id int64) error {
	_, err := w.exec(`DELETE FROM flags WHERE document = $1`, id)
	if err == nil {
		_, err = w.exec(`DELETE FROM relations WHERE document = $1`, id)
	}
	return err
}

func (w *writer) removeDocument(subject string) error {
	var id int64
	err := w.row(`SELECT id FROM documents WHERE subject = $1`, []any{plain(subject)}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	w.done.Outcome = ingest.Removed
	if err := w.syncUnits(id, true, nil); err != nil {
		return err
	}
	if err := w.clearAttachments(id); err != nil {
		return err
	}
	_, err = w.exec(`DELETE FROM documents WHERE id = $1`, id)
	return err
}
