package postgres

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
	err = o.db.inOutboxTx(ctx, func(t *tx) error {
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

// read finds the rows still claimed, and what their people were told today. Rows and people
// are held until the end: two workers, over two channels perhaps, who have something for
// one person count one after the other.
func (b *beginning) read(ids []int64) error {
	if _, err := b.t.exec(`SELECT p.id FROM outbox o JOIN people p ON p.id = o.person WHERE o.id = ANY($1) ORDER BY p.id FOR NO KEY UPDATE OF p`, ids); err != nil {
		return err
	}
	people := map[int64]bool{}
	err := b.t.each(`SELECT id, person, claims FROM outbox WHERE id = ANY($1) AND state || '' = 'sending' ORDER BY id FOR NO KEY UPDATE`, []any{ids}, func(scan func(...any) error) error {
		var id int64
		var r leased
		err := scan(&id, &r.person, &r.claim)
		b.rows[id], people[r.person] = r, true
		return err
	})
	if err != nil || len(people) == 0 {
		return err
	}
	return b.t.each(`SELECT DISTINCT person, message FROM attention WHERE person = ANY($1) AND day = $2 AND NOT exempt ORDER BY person, message`,
		[]any{sortedIDs(people), b.today}, func(scan func(...any) error) error {
			var person, message int64
			err := scan(&person, &message)
			b.spent[person] = append(b.spent[person], message)
			return err
		})
}

// begin counts and writes.
func (b *beginning) begin(starts []delivery.Start) (may []int64, err error) {
	var people, messages, how []int64
	var exempt []bool
	var slots []string
	for i := range starts {
		s := &starts[i]
		r, claimed := b.rows[s.ID]
		if !claimed || r.claim != int64(s.Claim) || !s.Exempt && !b.pays(r.person, s.Message) {
			continue
		}
		may, people, messages = append(may, s.ID), append(people, r.person), append(messages, s.Message)
		how, exempt, slots = append(how, began(s.Repeats)), append(exempt, s.Exempt), append(slots, s.Slot)
	}
	if len(may) == 0 {
		return nil, nil
	}
	if _, err := b.t.exec(`UPDATE outbox o SET began = u.began, message = u.message FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) u (id, began, message)
		WHERE o.id = u.id`, may, how, messages); err != nil {
		return nil, err
	}
	_, err = b.t.exec(`INSERT INTO attention (person, day, outbox, message, exempt, slot)
		SELECT u.person, $1, u.id, u.message, u.exempt, u.slot FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[]) u (person, id, message, exempt, slot)
		ON CONFLICT (person, day, outbox) DO UPDATE SET message = excluded.message`, b.today, people, may, messages, exempt, slots)
	return may, err
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

func began(repeats bool) int64 {
	if repeats {
		return 2
	}
	return 1
}
