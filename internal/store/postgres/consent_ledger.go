package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Consents lists what a person has agreed to and not withdrawn at an instant, by topic and
// channel.
func (s *People) Consents(ctx context.Context, p lifeevents.PersonID, at time.Time) ([]lifeevents.Consent, error) {
	all, err := s.Ledger(ctx, p)
	if err != nil {
		return nil, err
	}
	type key struct {
		topic   lifeevents.Topic
		channel string
	}
	latest := map[key]lifeevents.Consent{}
	for _, c := range all { // oldest first
		if when(c).After(at) {
			continue
		}
		latest[key{c.Topic, c.Channel}] = c
	}
	var out []lifeevents.Consent
	for _, c := range latest {
		if c.Withdrawn.IsZero() {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b lifeevents.Consent) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Channel, b.Channel))
	})
	return out, nil
}

// Ledger lists every entry of a person, oldest first; of one instant a withdrawal comes last.
func (s *People) Ledger(ctx context.Context, p lifeevents.PersonID) ([]lifeevents.Consent, error) {
	rows, err := s.db.pool.Query(ctx, `SELECT c.id, c.topic, c.channel, c.text_version, c.given, c.withdrawn, c.proof
		FROM consents c JOIN people p ON p.id = c.person WHERE p.name = $1 ORDER BY greatest(c.given, c.withdrawn), c.withdrawn, c.seq`, string(p))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []lifeevents.Consent
	for rows.Next() {
		c := lifeevents.Consent{Person: p}
		var given, withdrawn int64
		if err := rows.Scan(&c.ID, &c.Topic, &c.Channel, &c.TextVersion, &given, &withdrawn, &c.Proof); err != nil {
			return nil, err
		}
		c.Given, c.Withdrawn = store.Instant(given), store.Instant(withdrawn)
		out = append(out, c)
	}
	return out, rows.Err()
}

func when(c lifeevents.Consent) time.Time {
	if c.Withdrawn.IsZero() {
		return c.Given
	}
	return c.Withdrawn
}

// Give adds an entry; one with a known ID changes nothing.
func (s *People) Give(ctx context.Context, c lifeevents.Consent) error {
	return s.db.inFullTx(ctx, func(t *tx) error { return newTaking(t).consent(c) })
}

// Withdraw adds a withdrawal of a topic over every channel; topic "*" is everything. It
// takes effect with the next look at the outbox.
func (s *People) Withdraw(ctx context.Context, p lifeevents.PersonID, topic lifeevents.Topic, at time.Time, id, proof string) error {
	return s.Give(ctx, lifeevents.Consent{ID: id, Person: p, Topic: topic, Channel: "*", Withdrawn: at, Proof: proof})
}

// consent appends to the ledger and brings the person's reach in step.
func (k *taking) consent(c lifeevents.Consent) error {
	if c.Given.IsZero() == c.Withdrawn.IsZero() {
		return errors.New("một mục đồng ý phải có đúng một trong hai: ngày cho, ngày rút")
	}
	id, err := k.of(c.Person)
	if err != nil {
		return err
	}
	fresh, err := k.t.added(`INSERT INTO consents (id, person, topic, channel, text_version, given, withdrawn, proof) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		c.ID, id, string(c.Topic), c.Channel, c.TextVersion, store.Milli(c.Given), store.Milli(c.Withdrawn), c.Proof)
	if err != nil || !fresh {
		return err
	}
	return k.reach(id)
}

// reach rewrites how a person may be reached from contacts and the ledger. The lock makes
// the later of two who do so read what the earlier wrote.
func (k *taking) reach(id int64) error {
	var old []byte
	if err := k.t.row(`SELECT reach FROM people WHERE id = $1 FOR NO KEY UPDATE`, []any{id}, &old); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var r delivery.Reach
	if len(old) > 0 {
		if err := json.Unmarshal(old, &r); err != nil {
			return err
		}
	}
	r.Channels, r.Leave = nil, nil
	err := k.t.each(`SELECT label FROM contacts WHERE person = $1 AND rank > 0 ORDER BY rank, label`, []any{id}, func(scan func(...any) error) error {
		var label string
		err := scan(&label)
		r.Channels = append(r.Channels, label)
		return err
	})
	if err != nil {
		return err
	}
	err = k.t.each(`SELECT topic, channel, given > 0, greatest(given, withdrawn) FROM consents WHERE person = $1 ORDER BY topic, channel, greatest(given, withdrawn), withdrawn, seq`,
		[]any{id}, func(scan func(...any) error) error {
			var l delivery.Leave
			if err := scan(&l.Topic, &l.Channel, &l.Given, &l.At); err != nil {
				return err
			}
			if n := len(r.Leave); n > 0 && r.Leave[n-1].Topic == l.Topic && r.Leave[n-1].Channel == l.Channel {
				r.Leave = r.Leave[:n-1]
			}
			r.Leave = append(r.Leave, l)
			return nil
		})
	if err != nil {
		return err
	}
	return k.setReach(id, r)
}

func (k *taking) setReach(id int64, r delivery.Reach) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = k.t.exec(`UPDATE people SET reach = $1 WHERE id = $2`, raw, id)
	return err
}
