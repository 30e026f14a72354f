package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Contact is store.Contact.
type Contact = store.Contact

// nameLabel is the row of a person's name among contacts.
const nameLabel = "name"

// SetContacts replaces the channels of a person, in the order the person wants them tried,
// and their language ("vi", "en"); what waits in the outbox goes the new way.
func (s *People) SetContacts(ctx context.Context, sealer Sealer, p lifeevents.PersonID, lang string, list []Contact) error {
	sealed := make([][]byte, len(list))
	for i, c := range list {
		if c.Channel == nameLabel || c.Channel == "" {
			return fmt.Errorf("kênh %q không dùng được", c.Channel)
		}
		var err error
		if sealed[i], err = sealer.Seal(store.ContactRecord(string(p), c.Channel), []byte(c.Address)); err != nil {
			return err
		}
	}
	return s.db.inFullTx(ctx, func(t *tx) error {
		k := newTaking(t)
		id, err := k.of(p)
		if err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM contacts WHERE person = ? AND label <> ?`, id, nameLabel); err != nil {
			return err
		}
		first := delivery.PortalName
		for i, c := range list {
			if _, err := t.exec(`INSERT INTO contacts (person, label, rank, sealed) VALUES (?, ?, ?, ?)`, id, c.Channel, i+1, sealed[i]); err != nil {
				return err
			}
			if i == 0 {
				first = c.Channel
			}
		}
		if err := k.setReach(id, delivery.Reach{Lang: lang}); err != nil {
			return err
		}
		if err := k.reach(id); err != nil {
			return err
		}
		_, err = t.exec(`UPDATE outbox SET channel = ?, claims = claims + 1 WHERE person = ? AND state = 'pending' AND message = 0`, first, id)
		return err
	})
}

// Reach tells how a person may be reached.
func (s *People) Reach(ctx context.Context, p lifeevents.PersonID) (r delivery.Reach, err error) {
	var raw []byte
	err = s.db.read.QueryRowContext(ctx, `SELECT reach FROM people WHERE name = ?`, string(p)).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) || err == nil && len(raw) == 0 {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(raw, &r)
}

// SetName keeps a person's name, sealed.
func (s *People) SetName(ctx context.Context, sealer Sealer, p lifeevents.PersonID, name string) error {
	sealed, err := sealer.Seal(store.ContactRecord(string(p), nameLabel), []byte(name))
	if err != nil {
		return err
	}
	return s.db.inFullTx(ctx, func(t *tx) error {
		id, err := newIDs(t).of(p)
		if err != nil {
			return err
		}
		_, err = t.exec(`INSERT INTO contacts (person, label, rank, sealed) VALUES (?, ?, 0, ?)
			ON CONFLICT (person, label) DO UPDATE SET sealed = excluded.sealed`, id, nameLabel, sealed)
		return err
	})
}

// Name opens it; corpus.ErrNotFound where none is kept.
func (s *People) Name(ctx context.Context, sealer Sealer, p lifeevents.PersonID) (string, error) {
	var sealed []byte
	err := s.db.read.QueryRowContext(ctx, `SELECT c.sealed FROM contacts c JOIN people p ON p.id = c.person WHERE p.name = ? AND c.label = ?`,
		string(p), nameLabel).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", corpus.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	plain, err := sealer.Open(store.ContactRecord(string(p), nameLabel), sealed)
	return string(plain), err
}
