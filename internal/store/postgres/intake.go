package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// Intake keeps receipts of what was taken in and tallies of its sources.
type Intake struct{ db *DB }

// Intake is the ledger of what came in; it implements intake.Ledger.
func (db *DB) Intake() *Intake { return &Intake{db} }

// Receipts returns those known of the names asked for.
func (l *Intake) Receipts(ctx context.Context, names []lifeevents.RecordName) (map[lifeevents.RecordName]lifeevents.Receipt, error) {
	out := make(map[lifeevents.RecordName]lifeevents.Receipt, len(names))
	sources, ids := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		sources[i], ids[i] = string(name.Source), name.ID
	}
	err := l.db.each(ctx, `SELECT r.source, r.id, r.digest, r.at, r.caused, r.void
		FROM unnest($1::text[], $2::text[]) u (source, id) JOIN receipts r ON r.source = u.source AND r.id = u.id`, []any{sources, ids}, func(scan func(...any) error) error {
		var r lifeevents.Receipt
		var at int64
		var digest, caused []byte
		if err := scan(&r.Source, &r.ID, &digest, &at, &caused, &r.Void); err != nil {
			return err
		}
		r.Digest, r.At = string(digest), time.UnixMilli(at)
		out[r.RecordName] = r
		return json.Unmarshal(caused, &r.Caused)
	})
	return out, err
}

// Keep writes receipts and adds to the tallies in one transaction.
func (l *Intake) Keep(ctx context.Context, receipts []lifeevents.Receipt, add []lifeevents.Tally) error {
	return l.db.inTx(ctx, func(t *tx) error {
		for _, r := range receipts {
			caused, err := json.Marshal(r.Caused)
			if err != nil {
				return err
			}
			if _, err := t.exec(`INSERT INTO receipts (source, id, digest, at, caused, void) VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT (source, id) DO UPDATE SET digest = excluded.digest, caused = excluded.caused, void = excluded.void`,
				string(r.Source), r.ID, []byte(r.Digest), r.At.UnixMilli(), caused, r.Void); err != nil {
				return err
			}
		}
		for _, s := range add {
			if err := addTally(t, s); err != nil {
				return err
			}
		}
		return nil
	})
}

func addTally(t *tx, s lifeevents.Tally) error {
	var last int64
	if !s.Last.IsZero() {
		last = s.Last.UnixMilli()
	}
	if _, err := t.exec(`INSERT INTO intake_sources AS i (source, accepted, known, refused, last, late_days, dated) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (source) DO UPDATE SET accepted = i.accepted + excluded.accepted, known = i.known + excluded.known,
		refused = i.refused + excluded.refused, last = greatest(i.last, excluded.last), late_days = i.late_days + excluded.late_days, dated = i.dated + excluded.dated`,
		string(s.Source), s.Accepted, s.Known, s.Refused, last, s.LateDays, s.Dated); err != nil {
		return err
	}
	for name, f := range s.Faults {
		if _, err := t.exec(`INSERT INTO intake_faults AS i (source, name, virtue, n, says) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (source, name) DO UPDATE SET n = i.n + excluded.n, says = excluded.says`,
			string(s.Source), name, string(f.Virtue), f.Count, f.Says); err != nil {
			return err
		}
	}
	return nil
}

// Tallies lists every source heard of, by name.
func (l *Intake) Tallies(ctx context.Context) ([]lifeevents.Tally, error) {
	rows, err := l.db.pool.Query(ctx, `SELECT s.source, accepted, known, refused, last, late_days, dated,
		coalesce(f.name, ''), coalesce(f.virtue, ''), coalesce(f.n, 0), coalesce(f.says, '')
		FROM intake_sources s LEFT JOIN intake_faults f ON f.source = s.source ORDER BY s.source, f.name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifeevents.Tally
	for rows.Next() {
		var t lifeevents.Tally
		var last int64
		var name string
		var f lifeevents.FaultTally
		if err := rows.Scan(&t.Source, &t.Accepted, &t.Known, &t.Refused, &last, &t.LateDays, &t.Dated, &name, &f.Virtue, &f.Count, &f.Says); err != nil {
			return nil, err
		}
		if n := len(out); n == 0 || out[n-1].Source != t.Source {
			t.Faults = map[string]lifeevents.FaultTally{}
			if last > 0 {
				t.Last = time.UnixMilli(last)
			}
			out = append(out, t)
		}
		if name != "" {
			out[len(out)-1].Faults[name] = f
		}
	}
	return out, rows.Err()
}
