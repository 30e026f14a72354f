package sqlite

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// starting is a row about to be handed to a channel.
type starting struct {
	*delivery.Start
	claim
}

// alike is what one statement may write alike: rows of one kind and one claim.
type alike struct {
	repeats bool
	message int64 // 0: each is a message of its own
	claim   int64
	until   int64
}

// errMoved: something has changed between reading rows and beginning with them.
var errMoved = errors.New("sqlite: a row has changed since it was claimed")

// Begin takes rows and records that they are handed to a channel; see delivery.Outbox. A
// row goes where it stands as it was read. Messages of one person are counted one after
// the other.
func (o *Outbox) Begin(ctx context.Context, starts []delivery.Start, now time.Time, budget int) (may []int64, err error) {
	list := make([]starting, 0, len(starts))
	for i := range starts {
		if c, ok := o.db.held.find(starts[i].ID, starts[i].Claim); ok {
			list = append(list, starting{&starts[i], c})
		}
	}
	today := store.DayNumber(civil.On(now))
	try := func(t *tx) error {
		may, err = begin(t, list, today, budget)
		return err
	}
	err = o.db.inFullTx(ctx, try)
	if errors.Is(err, errMoved) { // seldom: look which, and begin with the rest
		err = o.db.inFullTx(ctx, func(t *tx) error {
			if list, err = unmoved(t, list); err != nil {
				return err
			}
			return try(t)
		})
	}
	if err != nil {
		return nil, err
	}
	o.db.held.release(may)
	return may, nil
}

// unmoved leaves out rows that have changed since they were claimed.
func unmoved(t *tx, list []starting) ([]starting, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	claims := map[int64]int64{}
	err := t.each(`SELECT o.id, o.claims FROM json_each(?) j CROSS JOIN outbox o ON o.id = j.value WHERE o.state = 'pending'`, []any{asked(ids)}, func(scan func(...any) error) error {
		var id, n int64
		err := scan(&id, &n)
		claims[id] = n + 1
		return err
	})
	return slices.DeleteFunc(slices.Clone(list), func(s starting) bool { return claims[s.ID] != s.n }), err
}

// begin counts and writes; errMoved where a row is not as it was claimed.
func begin(t *tx, list []starting, today, budget int) (may []int64, err error) {
	spent, err := spentOn(t, list, today)
	if err != nil {
		return nil, err
	}
	rows := map[alike][]int64{}
	paid := map[bool][]any{} // by Exempt
	var order []alike
	for i := range list {
		s := &list[i]
		if !s.Exempt && !spent.pays(s.person, s.Message, budget) {
			continue
		}
		k := alike{s.Repeats, s.Message, s.n, s.until}
		if s.Message == s.ID {
			k.message = 0
		}
		if rows[k] == nil {
			order = append(order, k)
		}
		rows[k] = append(rows[k], s.ID)
		may = append(may, s.ID)
		paid[s.Exempt] = append(paid[s.Exempt], s.person, s.ID, s.Message, s.Slot)
	}
	for _, k := range order {
		n, err := t.touched(`UPDATE outbox SET state = 'sending', lease_until = ?, began = ?, message = iif(?3 = 0, id, ?3), claims = claims + 1
			WHERE id IN (SELECT value FROM json_each(?4)) AND state = 'pending' AND claims = ?5`,
			k.until, began(k.repeats), k.message, asked(rows[k]), k.claim-1)
		if err != nil {
			return nil, err
		}
		if n != len(rows[k]) {
			return nil, errMoved
		}
	}
	for _, exempt := range [...]bool{false, true} {
		if err := spend(t, paid[exempt], today, exempt); err != nil {
			return nil, err
		}
	}
	return may, nil
}

// spendRows is how many rows one statement writes down: handing over a value costs as much
// as a good part of writing it, so what rows have in common is handed over once.
const spendRows = 64

var spendMany, spendOne = spendQuery(spendRows), spendQuery(1)

func spendQuery(rows int) string {
	return `INSERT INTO attention (day, exempt, person, outbox, message, slot) SELECT ?, ?, v.* FROM (VALUES (?, ?, ?, ?)` +
		strings.Repeat(`, (?, ?, ?, ?)`, rows-1) + `) v WHERE true ON CONFLICT (person, day, outbox) DO UPDATE SET message = excluded.message`
}

// spend writes down what is taken of people's attention; values are person, row, message
// and occurrence of each.
func spend(t *tx, values []any, today int, exempt bool) error {
	for len(values) > 0 {
		query, n := spendOne, 4
		if len(values) >= 4*spendRows {
			query, n = spendMany, 4*spendRows
		}
		if _, err := t.exec(query, append([]any{today, exempt}, values[:n]...)...); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// spending is, by person, the messages of a day that count.
type spending map[int64][]int64

// spentOn reads what those about to be told something were told that day, over any channel.
func spentOn(t *tx, list []starting, today int) (spending, error) {
	people := make([]int64, 0, len(list))
	for i := range list {
		people = append(people, list[i].person)
	}
	slices.Sort(people)
	out := spending{}
	err := t.each(`SELECT DISTINCT s.person, s.message FROM json_each(?1) j CROSS JOIN attention s ON s.person = j.value AND s.day = ?2 WHERE s.exempt = 0`,
		[]any{asked(slices.Compact(people)), today}, func(scan func(...any) error) error {
			var person, message int64
			err := scan(&person, &message)
			out[person] = append(out[person], message)
			return err
		})
	return out, err
}

// pays reports whether a message fits into the day of a person, and counts it.
func (s spending) pays(person, message int64, budget int) bool {
	others := 0
	for _, m := range s[person] {
		if m == message {
			return true // part of one that is counted already
		}
		others++
	}
	if others >= budget {
		return false
	}
	s[person] = append(s[person], message)
	return true
}

func began(repeats bool) int {
	if repeats {
		return 2
	}
	return 1
}
