package postgres

import (
	"context"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// LawChanges keeps them for people to look at, and how the rules read last time.
type LawChanges struct{ db *DB }

// LawChanges is the list of changes of law.
func (db *DB) LawChanges() *LawChanges { return &LawChanges{db} }

// Add appends changes in one transaction.
func (l *LawChanges) Add(ctx context.Context, list []store.LawChange) error {
	return l.db.inTx(ctx, func(t *tx) error {
		for _, c := range list {
			if _, err := t.exec(`INSERT INTO law_changes (at, kind, subject, what, detail) VALUES ($1, $2, $3, $4, $5)`,
				c.At.UnixMilli(), c.Kind, c.Subject, c.What, string(c.Detail)); err != nil {
				return err
			}
		}
		return nil
	})
}

// List returns changes newest first, at most n; with open set only those nobody has
// reviewed.
func (l *LawChanges) List(ctx context.Context, open bool, n int) ([]store.LawChange, error) {
	rows, err := l.db.pool.Query(ctx, `SELECT id, at, kind, subject, what, detail, reviewed, reviewed_by, note FROM law_changes
		WHERE reviewed = 0 OR NOT $1 ORDER BY id DESC LIMIT $2`, open, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.LawChange
	for rows.Next() {
		var c store.LawChange
		var at, reviewed int64
		if err := rows.Scan(&c.ID, &at, &c.Kind, &c.Subject, &c.What, &c.Detail, &reviewed, &c.ReviewedBy, &c.Note); err != nil {
			return nil, err
		}
		c.At, c.Reviewed = store.Instant(at), store.Instant(reviewed)
		out = append(out, c)
	}
	return out, rows.Err()
}

// Review notes that somebody has looked at a change; corpus.ErrNotFound where it is
// unknown or was reviewed before.
func (l *LawChanges) Review(ctx context.Context, id int64, who, note string, at time.Time) error {
	return l.db.inTx(ctx, func(t *tx) error {
		moved, err := t.added(`UPDATE law_changes SET reviewed = $1, reviewed_by = $2, note = $3 WHERE id = $4 AND reviewed = 0`, at.UnixMilli(), who, note, id)
		if err == nil && !moved {
			return corpus.ErrNotFound
		}
		return err
	})
}

// RulesSeen tells how the rules read when they were noted last; empty before the first time.
func (l *LawChanges) RulesSeen(ctx context.Context) (map[lifeevents.RuleVersion]string, error) {
	rows, err := l.db.pool.Query(ctx, `SELECT rule, version, digest FROM rules_seen`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[lifeevents.RuleVersion]string{}
	for rows.Next() {
		var v lifeevents.RuleVersion
		var digest string
		if err := rows.Scan(&v.Rule, &v.Version, &digest); err != nil {
			return nil, err
		}
		out[v] = digest
	}
	return out, rows.Err()
}

// SetRulesSeen notes how the rules read now.
func (l *LawChanges) SetRulesSeen(ctx context.Context, seen map[lifeevents.RuleVersion]string) error {
	return l.db.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(`DELETE FROM rules_seen`); err != nil {
			return err
		}
		for v, digest := range seen {
			if _, err := t.exec(`INSERT INTO rules_seen (rule, version, digest) VALUES ($1, $2, $3)`, v.Rule, v.Version, digest); err != nil {
				return err
			}
		}
		return nil
	})
}

// AnswersOn counts the answers still kept that rest on a unit, and names the newest few.
func (l *LawChanges) AnswersOn(ctx context.Context, units []corpus.UnitID, most int) (n int, newest []string, err error) {
	rows, err := l.db.pool.Query(ctx, `SELECT answer FROM turns t WHERE EXISTS
		(SELECT 1 FROM jsonb_array_elements_text(t.units::jsonb) u (unit) WHERE u.unit = ANY($1)) ORDER BY at DESC, id DESC`, units)
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var answer string
		if err := rows.Scan(&answer); err != nil {
			return 0, nil, err
		}
		if n++; len(newest) < most {
			newest = append(newest, answer)
		}
	}
	return n, newest, rows.Err()
}

// AnswerUnits lists every unit that an answer still kept rests on, in order.
func (l *LawChanges) AnswerUnits(ctx context.Context) ([]corpus.UnitID, error) {
	rows, err := l.db.pool.Query(ctx, `SELECT DISTINCT u.unit COLLATE "C" FROM turns t, jsonb_array_elements_text(t.units::jsonb) u (unit) ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []corpus.UnitID
	for rows.Next() {
		var u corpus.UnitID
		if err := rows.Scan(&u); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

// Under counts the notices of rules: those said since a day, and those that wait.
func (o *Outbox) Under(ctx context.Context, rules []string, since civil.Date) (said, waiting int, err error) {
	err = o.db.pool.QueryRow(ctx, `SELECT count(*) FILTER (WHERE state IN ('sent', 'delivered', 'unknown') AND due >= $1), count(*) FILTER (WHERE state IN ('pending', 'sending'))
		FROM outbox WHERE rule = ANY($2)`, store.DayNumber(since), rules).Scan(&said, &waiting)
	return said, waiting, err
}

// SaidUnder lists what was said under rules since a day, by ID, after the one given, at
// most n.
func (o *Outbox) SaidUnder(ctx context.Context, rules []string, since civil.Date, after int64, n int) ([]store.Said, error) {
	return o.list(ctx, `WHERE o.id > $1 AND o.due >= $2 AND o.state IN ('sent', 'delivered', 'unknown')
		AND o.rule = ANY($3) ORDER BY o.id LIMIT $4`, after, store.DayNumber(since), rules, n)
}
