package sqlite

import (
	"context"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// leased is a claimed row as Begin and Settle find it.
type leased struct {
	person, claim int64
	spoken        bool // somebody told the person something today, or began to
}

// beginning is what Begin knows while it counts.
type beginning struct {
	t      *tx
	rows   map[int64]leased
	spent  map[int64][]int64 // by person: the messages of today that count
	today  int
	budget int
}

// Begin records that rows are handed to a channel; see delivery.Outbox. Messages of one
// person are counted one after the other.
func (o *Outbox) Begin(ctx context.Context, starts []delivery.Start, now time.Time, budget int) (may []int64, err error) {
	ids := make([]int64, len(starts))
	for i := range starts {
		ids[i] = starts[i].ID
	}
	err = o.db.inFullTx(ctx, func(t *tx) error {
		b := beginning{t, make(map[int64]leased, len(starts)), map[int64][]int64{}, store.DayNumber(civil.On(now)), budget}
		if err := b.read(ids); err != nil {
			return err
		}
		may, err = b.begin(starts)
		return err
	})
	if err != nil {
		return nil, err
	}
	return may, nil
}

// read finds the rows still claimed, and what their people were told today.
func (b *beginning) read(ids []int64) error {
	err := b.t.each(`SELECT o.id, o.person, o.claims, EXISTS (SELECT 1 FROM attention s WHERE s.person = o.person AND s.day = ?2)
		FROM json_each(?1) j CROSS JOIN outbox o ON o.id = j.value WHERE o.state = 'sending'`, []any{asked(ids), b.today}, func(scan func(...any) error) error {
		var id int64
		var r leased
		err := scan(&id, &r.person, &r.claim, &r.spoken)
		b.rows[id] = r
		return err
	})
	if err != nil {
		return err
	}
	var people []int64
	for _, id := range ids {
		if r := b.rows[id]; r.spoken {
			people = append(people, r.person)
		}
	}
	if len(people) == 0 {
		return nil
	}
	return b.t.each(`SELECT DISTINCT s.person, s.message FROM json_each(?1) j CROSS JOIN attention s ON s.person = j.value AND s.day = ?2 WHERE s.exempt = 0`,
		[]any{asked(people), b.today}, func(scan func(...any) error) error {
			var person, message int64
			err := scan(&person, &message)
			b.spent[person] = append(b.spent[person], message)
			return err
		})
}

// begin counts and writes.
func (b *beginning) begin(starts []delivery.Start) (may []int64, err error) {
	spend := make([]any, 0, 6*len(starts))
	alone := map[bool][]int64{} // by Repeats: rows that are a message of their own
	for i := range starts {
		s := &starts[i]
		r, claimed := b.rows[s.ID]
		if !claimed || r.claim != int64(s.Claim) || !s.Exempt && !b.pays(r.person, s.Message) {
			continue
		}
		may = append(may, s.ID)
		spend = append(spend, r.person, b.today, s.ID, s.Message, s.Exempt, s.Slot)
		if s.Message == s.ID {
			alone[s.Repeats] = append(alone[s.Repeats], s.ID)
		} else if _, err := b.t.exec(`UPDATE outbox SET began = ?, message = ? WHERE id = ?`, began(s.Repeats), s.Message, s.ID); err != nil {
			return nil, err
		}
	}
	for _, repeats := range [...]bool{false, true} {
		if len(alone[repeats]) == 0 {
			continue
		}
		if _, err := b.t.exec(`UPDATE outbox SET began = ?, message = id WHERE id IN (SELECT value FROM json_each(?))`, began(repeats), asked(alone[repeats])); err != nil {
			return nil, err
		}
	}
	return may, b.t.insertOr(`INSERT INTO attention (person, day, outbox, message, exempt, slot) VALUES `, 6, spend,
		` ON CONFLICT (person, day, outbox) DO UPDATE SET message = excluded.message`)
}

// pays reports whether a message fits into the day of a person, and counts it.
func (b *beginning) pays(person, message int64) bool {
	others := 0
	for _, m := range b.spent[person] {
		if m == message {
			return true // part of one that is counted already
		}
		others++
	}
	if others >= b.budget {
		return false
	}
	b.spent[person] = append(b.spent[person], message)
	return true
}

func began(repeats bool) int {
	if repeats {
		return 2
	}
	return 1
}
