package sqlite

import (
	"maps"
	"slices"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// days reads a stored span.
func days(from, until string) (v corpus.Validity, err error) {
	if v.From, err = civil.Parse(from); err != nil {
		return v, err
	}
	v.Until, err = civil.Parse(until)
	return v, err
}

// ending is a later text that ends a place on a day.
type ending struct {
	place corpus.Provision
	on    civil.Date
}

// narrow ends the span on the first day on which a repeal or replacement of the place,
// or of one above it, takes effect. One that took effect before the text came into force
// did not mean this text.
func narrow(v corpus.Validity, at corpus.Provision, endings []ending) corpus.Validity {
	for _, e := range endings {
		if !e.place.Covers(at) || !v.From.Before(e.on) {
			continue
		}
		if v.Until.IsZero() || e.on.Before(v.Until) {
			v.Until = e.on
		}
	}
	return v
}

// targets lists the subjects that the stored relations of a subject end or replace.
func (w *writer) targets(subject string) (map[string]bool, error) {
	rows, err := w.query(`SELECT DISTINCT r.to_instrument FROM relations r JOIN documents d ON d.id = r.document
		WHERE d.subject = ? AND r.kind IN ('repeals', 'replaces')`, subject)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out[s] = true
	}
	return out, rows.Err()
}

// revalidate computes anew the days of the chunks of these subjects.
func (w *writer) revalidate(subjects map[string]bool) error {
	for _, s := range slices.Sorted(maps.Keys(subjects)) {
		if err := w.revalidateOne(s); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) revalidateOne(subject string) error {
	endings, err := w.endings(subject)
	if err != nil {
		return err
	}
	var document int64
	var narrowed bool
	found := false
	rows, err := w.query(`SELECT id, narrowed FROM documents WHERE subject = ? AND kind = 'instrument'`, subject)
	if err != nil {
		return err
	}
	for rows.Next() {
		found = true
		if err := rows.Scan(&document, &narrowed); err != nil {
			rows.Close()
			return err
		}
	}
	if rows.Close(); !found || len(endings) == 0 && !narrowed {
		return rows.Err()
	}
	return w.applyEndings(document, endings)
}

// endings lists what ends places of a subject. A relation without a day of its own takes
// effect with the instrument it stands in.
func (w *writer) endings(subject string) ([]ending, error) {
	rows, err := w.query(`SELECT r.body, COALESCE(NULLIF(r.effective, ''), f.valid_from, '')
		FROM relations r LEFT JOIN documents f ON f.subject = r.from_instrument
		WHERE r.to_instrument = ? AND r.kind IN ('repeals', 'replaces') AND r.from_instrument <> r.to_instrument`, subject)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ending
	for rows.Next() {
		var body []byte
		var day string
		if err := rows.Scan(&body, &day); err != nil {
			return nil, err
		}
		r, err := relation(body, day)
		if err != nil {
			return nil, err
		}
		if !r.Effective.IsZero() {
			out = append(out, ending{r.To, r.Effective})
		}
	}
	return out, rows.Err()
}

// span is a chunk's stored days beside those it should have.
type span struct {
	id, unit int64
	now      corpus.Validity
}

func (w *writer) applyEndings(document int64, endings []ending) error {
	changed, narrowed, err := w.compareSpans(document, endings)
	if err != nil {
		return err
	}
	for _, s := range changed {
		w.dirty = true
		if _, err := w.exec(`UPDATE chunks SET valid_from = ?, valid_until = ? WHERE id = ?`,
			s.now.From.String(), s.now.Until.String(), s.id); err != nil {
			return err
		}
		if _, err := w.exec(`UPDATE units SET generation = ? WHERE id = ?`, w.generation, s.unit); err != nil {
			return err
		}
	}
	_, err = w.exec(`UPDATE documents SET narrowed = ? WHERE id = ?`, narrowed, document)
	return err
}

// compareSpans lists the chunks whose stored days are not those that follow from the
// endings, and whether any chunk lives shorter than it was cut.
func (w *writer) compareSpans(document int64, endings []ending) (changed []span, narrowed bool, err error) {
	rows, err := w.query(`SELECT c.id, u.id, u.head ->> '$.provision.instrument', COALESCE(u.head ->> '$.provision.article', ''),
			COALESCE(u.head ->> '$.provision.annex', ''), c.clause, c.point, c.cut_from, c.cut_until, c.valid_from, c.valid_until
		FROM units u JOIN chunks c ON c.id >= u.id * 65536 AND c.id < (u.id + 1) * 65536 WHERE u.document = ?`, document)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var s span
		var p corpus.Provision
		var cutFrom, cutUntil, from, until string
		if err := rows.Scan(&s.id, &s.unit, &p.Instrument, &p.Article, &p.Annex, &p.Clause, &p.Point,
			&cutFrom, &cutUntil, &from, &until); err != nil {
			return nil, false, err
		}
		cut, err := days(cutFrom, cutUntil)
		if err != nil {
			return nil, false, err
		}
		s.now = narrow(cut, p, endings)
		narrowed = narrowed || s.now != cut
		if s.now.From.String() != from || s.now.Until.String() != until {
			changed = append(changed, s)
		}
	}
	return changed, narrowed, rows.Err()
}
