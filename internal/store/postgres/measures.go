package postgres

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/store"
)

// Measures keeps counts and reads them back.
func (db *DB) Measures() measure.Store { return measures{db} }

type measures struct{ db *DB }

func (s measures) Count(ctx context.Context, add []measure.Tally) error {
	return s.db.inTx(ctx, func(t *tx) error {
		for _, c := range add {
			if _, err := t.exec(`INSERT INTO tallies AS t (day, channel, status, bin, n) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (day, channel, status, bin) DO UPDATE SET n = t.n + excluded.n`,
				c.Day.String(), c.Channel, c.Status, c.Bin, c.N); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s measures) Tallies(ctx context.Context, first, last civil.Date) (out []measure.Tally, err error) {
	err = s.db.each(ctx, `SELECT day, channel, status, bin, n FROM tallies WHERE day BETWEEN $1 AND $2 ORDER BY day, channel, status, bin`,
		[]any{first.String(), last.String()}, func(scan func(...any) error) error {
			var t measure.Tally
			var day string
			if err := scan(&day, &t.Channel, &t.Status, &t.Bin, &t.N); err != nil {
				return err
			}
			t.Day, err = civil.Parse(day)
			out = append(out, t)
			return err
		})
	return out, err
}

func (s measures) Opinions(ctx context.Context, first, last civil.Date) (out []measure.Opinion, err error) {
	weeks := map[measure.Opinion]int{}
	err = s.db.each(ctx, `SELECT at, reason FROM feedback WHERE at >= $1 AND at < $2 ORDER BY at, reason`,
		[]any{first.Start().UnixMilli(), last.AddDays(1).Start().UnixMilli()}, func(scan func(...any) error) error {
			var at int64
			var o measure.Opinion
			if err := scan(&at, &o.Reason); err != nil {
				return err
			}
			o.Week = store.Monday(civil.On(time.UnixMilli(at)))
			i, seen := weeks[o]
			if !seen {
				i = len(out)
				weeks[o] = i
				out = append(out, o)
			}
			out[i].N++
			return nil
		})
	return out, err
}

func (s measures) Notices(ctx context.Context, first, last civil.Date) (out []measure.Notice, err error) {
	at := map[measure.Notice]int{}
	add := func(n measure.Notice, count int) {
		i, seen := at[n]
		if !seen {
			i = len(out)
			at[n] = i
			out = append(out, n)
		}
		out[i].N += count
	}
	err = s.db.each(ctx, `SELECT rule, lane, due, state, count(*) FROM outbox WHERE due BETWEEN $1 AND $2 GROUP BY rule, lane, due, state ORDER BY rule, lane, due, state`,
		[]any{store.DayNumber(first), store.DayNumber(last)}, func(scan func(...any) error) error {
			var n measure.Notice
			var due, count int
			if err := scan(&n.Rule, &n.Province, &due, &n.State, &count); err != nil {
				return err
			}
			n.Week = store.Monday(store.NumberedDay(due))
			add(n, count)
			return nil
		})
	if err != nil {
		return nil, err
	}
	return out, s.acted(ctx, first, last, add)
}

// acted counts what people answered "done", by the rule, their province and the week.
func (s measures) acted(ctx context.Context, first, last civil.Date, add func(measure.Notice, int)) error {
	return s.db.each(ctx, `SELECT p.lane, a.body FROM answers a JOIN people p ON p.id = a.about ORDER BY a.id`, nil, func(scan func(...any) error) error {
		var lane, body string
		var answer struct {
			Kind string    `json:"kind"`
			Slot string    `json:"slot"`
			At   time.Time `json:"at"`
		}
		if err := scan(&lane, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			return err
		}
		day := civil.On(answer.At)
		if answer.Kind != "done" || day.Before(first) || last.Before(day) {
			return nil
		}
		rule, _, _ := strings.Cut(answer.Slot, "|")
		add(measure.Notice{Rule: rule, Province: lane, Week: store.Monday(day), State: measure.Acted}, 1)
		return nil
	})
}

func (s measures) Sources(ctx context.Context) (out []measure.Source, err error) {
	err = s.db.each(ctx, `SELECT name, 'corpus', finished, (SELECT count(*) FROM layers l WHERE l.source = s.id) FROM sources s WHERE finished > 0
		UNION ALL SELECT source, 'register', last, accepted FROM intake_sources ORDER BY 2, 1`, nil, func(scan func(...any) error) error {
		var x measure.Source
		var last int64
		if err := scan(&x.Name, &x.Kind, &last, &x.Records); err != nil {
			return err
		}
		if last > 0 {
			x.Last = time.UnixMilli(last).UTC()
		}
		out = append(out, x)
		return nil
	})
	return out, err
}
