package sqlite

import (
	"database/sql"
	"errors"
	"maps"
	"slices"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
)

// ending is the kinds of relation after which a place may no longer apply.
const ending = `('repeals', 'replaces', 'suspends')`

// targets lists the subjects that the stored relations of a subject end, and those that
// these end in turn: ending a law may undo what it was to end.
func (w *writer) targets(subject string) (map[string]bool, error) {
	rows, err := w.query(`WITH first (s) AS (SELECT r.to_instrument FROM relations r JOIN documents d ON d.id = r.document
			WHERE d.subject = ? AND r.kind IN `+ending+`)
		SELECT s FROM first UNION SELECT r.to_instrument FROM relations r JOIN first ON r.from_instrument = first.s
			WHERE r.kind IN `+ending, subject)
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
	var document int64
	var narrowed bool
	err := w.row(`SELECT id, narrowed FROM documents WHERE subject = ? AND kind = 'instrument'`, []any{subject}, &document, &narrowed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	e, err := w.ends(subject)
	if err != nil || len(e) == 0 && !narrowed {
		return err
	}
	return w.applyEnds(document, e)
}

// ends lists what may end places of a subject, and what may undo those ends. A relation
// without a day of its own takes effect with the instrument it stands in.
func (w *writer) ends(subject string) (e store.Ends, err error) {
	rows, err := w.query(`WITH own AS (SELECT * FROM relations WHERE to_instrument = ?1 AND kind IN `+ending+` AND from_instrument <> ?1),
			undo AS (SELECT r.* FROM relations r WHERE r.kind IN `+ending+` AND r.to_instrument IN (SELECT from_instrument FROM own))
		SELECT r.body, COALESCE(NULLIF(r.effective, ''), f.valid_from, '') FROM (SELECT * FROM own UNION SELECT * FROM undo) r
			LEFT JOIN documents f ON f.subject = r.from_instrument`, subject)
	if err != nil {
		return e, err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		var day string
		if err := rows.Scan(&body, &day); err != nil {
			return e, err
		}
		r, err := store.Relation(body, day)
		if err != nil {
			return e, err
		}
		e = append(e, r)
	}
	return e, rows.Err()
}

// span is a chunk's stored days beside those it should have.
type span struct {
	id, unit int64
	now      corpus.Validity
}

func (w *writer) applyEnds(document int64, e store.Ends) error {
	changed, narrowed, err := w.compareSpans(document, e)
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
// ends, and whether any chunk lives shorter than it was cut.
func (w *writer) compareSpans(document int64, e store.Ends) (changed []span, narrowed bool, err error) {
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
		cut, err := store.Days(cutFrom, cutUntil)
		if err != nil {
			return nil, false, err
		}
		s.now = e.Narrow(cut, p)
		narrowed = narrowed || s.now != cut
		if s.now.From.String() != from || s.now.Until.String() != until {
			changed = append(changed, s)
		}
	}
	return changed, narrowed, rows.Err()
}
