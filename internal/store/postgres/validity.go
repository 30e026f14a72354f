package postgres

import (
	"database/sql"
	"encoding/json"
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
	out := map[string]bool{}
	err := w.each(`WITH first (s) AS (SELECT r.to_instrument FROM relations r JOIN documents d ON d.id = r.document
			WHERE d.subject = $1 AND r.kind IN `+ending+`)
		SELECT s FROM first UNION SELECT r.to_instrument FROM relations r JOIN first ON r.from_instrument = first.s
			WHERE r.kind IN `+ending, []any{plain(subject)}, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		out[s] = true
		return err
	})
	return out, err
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
	var narrowed int
	err := w.row(`SELECT id, narrowed FROM documents WHERE subject = $1 AND kind = 'instrument'`, []any{plain(subject)}, &document, &narrowed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	e, err := w.ends(subject)
	if err != nil || len(e) == 0 && narrowed == 0 {
		return err
	}
	return w.applyEnds(document, e)
}

// ends lists what may end places of a subject, and what may undo those ends. A relation
// without a day of its own takes effect with the instrument it stands in.
func (w *writer) ends(subject string) (e store.Ends, err error) {
	err = w.each(`WITH own AS (SELECT id, from_instrument, effective, body FROM relations WHERE to_instrument = $1 AND kind IN `+ending+` AND from_instrument <> $1),
			undo AS (SELECT r.id, r.from_instrument, r.effective, r.body FROM relations r WHERE r.kind IN `+ending+` AND r.to_instrument IN (SELECT from_instrument FROM own))
		SELECT r.body, COALESCE(NULLIF(r.effective, ''), f.valid_from, '') FROM (TABLE own UNION TABLE undo) r
			LEFT JOIN documents f ON f.subject = r.from_instrument ORDER BY r.id`, []any{plain(subject)}, func(scan func(...any) error) error {
		var body []byte
		var day string
		if err := scan(&body, &day); err != nil {
			return err
		}
		r, err := store.Relation(body, day)
		e = append(e, r)
		return err
	})
	return e, err
}

// spans are chunks whose stored days are not those they should have.
type spans struct {
	units       []int64
	orders      []int32
	from, until []string
}

func (w *writer) applyEnds(document int64, e store.Ends) error {
	changed, narrowed, err := w.compareSpans(document, e)
	if err != nil {
		return err
	}
	if len(changed.units) > 0 {
		w.dirty = true
		if _, err := w.exec(`UPDATE chunks c SET valid_from = n.valid_from, valid_until = n.valid_until
			FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[]) n (unit, ord, valid_from, valid_until)
			WHERE c.unit = n.unit AND c.ord = n.ord`, changed.units, changed.orders, changed.from, changed.until); err != nil {
			return err
		}
		if _, err := w.exec(`UPDATE units SET generation = $2 WHERE id = ANY($1)`, changed.units, w.generation); err != nil {
			return err
		}
	}
	now := 0
	if narrowed {
		now = 1
	}
	_, err = w.exec(`UPDATE documents SET narrowed = $1 WHERE id = $2`, now, document)
	return err
}

// compareSpans lists the chunks whose stored days are not those that follow from the
// ends, and whether any chunk lives shorter than it was cut.
func (w *writer) compareSpans(document int64, e store.Ends) (changed spans, narrowed bool, err error) {
	err = w.each(`SELECT c.unit, c.ord, u.head, c.clause, c.point, c.cut_from, c.cut_until, c.valid_from, c.valid_until
		FROM units u JOIN chunks c ON c.unit = u.id WHERE u.document = $1 ORDER BY c.unit, c.ord`, []any{document}, func(scan func(...any) error) error {
		var unit int64
		var order int32
		var head []byte
		var clause, point, cutFrom, cutUntil, from, until string
		if err := scan(&unit, &order, &head, &clause, &point, &cutFrom, &cutUntil, &from, &until); err != nil {
			return err
		}
		var at struct{ Provision corpus.Provision }
		if err := json.Unmarshal(head, &at); err != nil {
			return err
		}
		p := corpus.Provision{Instrument: at.Provision.Instrument, Article: at.Provision.Article, Annex: at.Provision.Annex, Clause: clause, Point: point}
		cut, err := store.Days(cutFrom, cutUntil)
		if err != nil {
			return err
		}
		now := e.Narrow(cut, p)
		narrowed = narrowed || now != cut
		if now.From.String() != from || now.Until.String() != until {
			changed.units, changed.orders = append(changed.units, unit), append(changed.orders, order)
			changed.from, changed.until = append(changed.from, now.From.String()), append(changed.until, now.Until.String())
		}
		return nil
	})
	return changed, narrowed, err
}
