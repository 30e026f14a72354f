package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// Issue implements channels.Links.
func (x *Inbox) Issue(ctx context.Context, p lifeevents.PersonID, channel string, now time.Time) (channels.LinkCode, error) {
	var raw [10]byte
	_, _ = rand.Read(raw[:]) // never fails
	c := channels.LinkCode{Code: channels.SpellCode(raw[:]), Expires: now.Add(channels.LinkLife)}
	digest := sha256.Sum256([]byte(channels.ReadCode(c.Code)))
	err := x.db.inFullTx(ctx, func(t *tx) error {
		id, err := newIDs(t).of(p)
		if err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM link_codes WHERE person = $1 AND channel = $2`, id, channel); err != nil {
			return err
		}
		_, err = t.exec(`INSERT INTO link_codes (digest, person, channel, expires) VALUES ($1, $2, $3, $4)`, digest[:], id, channel, c.Expires.UnixMilli())
		return err
	})
	return c, err
}

// Redeem implements channels.Links.
func (x *Inbox) Redeem(ctx context.Context, code, channel, chat string, now time.Time) (p lifeevents.PersonID, err error) {
	digest := sha256.Sum256([]byte(channels.ReadCode(code)))
	key := x.keyOf(channel, chat)
	address, err := x.seal(key, "address", chat)
	if err != nil {
		return "", err
	}
	err = x.db.inFullTx(ctx, func(t *tx) error {
		var person, used int64
		err := t.row(`SELECT l.person, p.name, l.chat FROM link_codes l JOIN people p ON p.id = l.person WHERE l.digest = $1 AND l.channel = $2 AND l.expires > $3 FOR UPDATE OF l`,
			[]any{digest[:], channel, now.UnixMilli()}, &person, &p, &used)
		if errors.Is(err, sql.ErrNoRows) {
			return channels.ErrLinkCode
		}
		if err != nil {
			return err
		}
		id, err := chatOf(t, channel, key, address, now.UnixMilli())
		if err != nil {
			return err
		}
		if used != 0 && used != id {
			return channels.ErrLinkCode
		}
		var holder int64
		if err := t.row(`SELECT coalesce(person, 0) FROM chats WHERE id = $1`, []any{id}, &holder); err != nil {
			return err
		}
		if holder == person {
			return nil // the same update again
		}
		if holder != 0 {
			return channels.ErrLinkedElsewhere
		}
		return x.tie(t, tying{person: person, name: p, chat: id, channel: channel, address: chat, digest: digest[:], now: now})
	})
	return p, err
}

// tying is one person and one chat about to be tied.
type tying struct {
	person, chat     int64
	name             lifeevents.PersonID
	channel, address string
	digest           []byte
	now              time.Time
}

func (x *Inbox) tie(t *tx, w tying) error {
	if err := t.lock([]int64{w.person}); err != nil { // another chat may be about to be tied to the same person
		return err
	}
	sealed, err := x.sealer.Seal(store.ContactRecord(string(w.name), w.channel), []byte(w.address))
	if err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE chats SET person = NULL, linked = 0 WHERE person = $1 AND channel = $2`, w.person, w.channel); err != nil {
		return err
	}
	for _, s := range []struct {
		statement string
		args      []any
	}{
		{`UPDATE chats SET person = $1, linked = $2 WHERE id = $3`, []any{w.person, w.now.UnixMilli(), w.chat}},
		{`UPDATE link_codes SET chat = $1 WHERE digest = $2`, []any{w.chat, w.digest}},
		{`INSERT INTO contacts (person, label, rank, sealed) VALUES ($1, $2, (SELECT coalesce(max(rank), 0) + 1 FROM contacts WHERE person = $1), $3)
			ON CONFLICT (person, label) DO UPDATE SET sealed = excluded.sealed`, []any{w.person, w.channel, sealed}},
	} {
		if _, err := t.exec(s.statement, s.args...); err != nil {
			return err
		}
	}
	return newTaking(t).reach(w.person)
}

// Unlink implements channels.Links.
func (x *Inbox) Unlink(ctx context.Context, p lifeevents.PersonID, channel string, now time.Time, proof string) error {
	return x.untie(ctx, `SELECT c.id, c.person, p.name FROM chats c JOIN people p ON p.id = c.person WHERE p.name = $1 AND c.channel = $2`, []any{string(p), channel}, channel, now, proof)
}

// Left implements channels.Links.
func (x *Inbox) Left(ctx context.Context, channel, chat string, now time.Time, proof string) error {
	return x.untie(ctx, `SELECT c.id, c.person, p.name FROM chats c JOIN people p ON p.id = c.person WHERE c.key = $1`, []any{x.keyOf(channel, chat)}, channel, now, proof)
}

// untie ends a tie, takes the address away and withdraws every consent for the channel.
func (x *Inbox) untie(ctx context.Context, find string, args []any, channel string, now time.Time, proof string) error {
	return x.db.inFullTx(ctx, func(t *tx) error {
		var chat, person int64
		var p lifeevents.PersonID
		err := t.row(find, args, &chat, &person, &p)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE chats SET person = NULL, linked = 0 WHERE id = $1`, chat); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM contacts WHERE person = $1 AND label = $2`, person, channel); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM link_codes WHERE person = $1 AND channel = $2`, person, channel); err != nil { // a code ties once
			return err
		}
		if _, err := t.exec(`UPDATE outbox SET channel = coalesce((SELECT label FROM contacts WHERE person = $1 AND rank > 0 ORDER BY rank, label LIMIT 1), 'portal'), `+takenBack+`
			WHERE person = $1 AND channel = $2 AND `+unsaid+` AND message = 0`, person, channel); err != nil {
			return err
		}
		var raw [8]byte
		_, _ = rand.Read(raw[:]) // never fails
		return newTaking(t).consent(lifeevents.Consent{
			ID: "left/" + channel + "/" + hex.EncodeToString(raw[:]), Person: p, Topic: "*", Channel: channel, Withdrawn: now, Proof: proof,
		})
	})
}

// PersonOf implements channels.Links.
func (x *Inbox) PersonOf(ctx context.Context, channel, chat string) (p lifeevents.PersonID, err error) {
	err = x.db.pool.QueryRow(ctx, `SELECT p.name FROM chats c JOIN people p ON p.id = c.person WHERE c.key = $1`, x.keyOf(channel, chat)).Scan(&p)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return p, err
}

// Linked implements channels.Links.
func (x *Inbox) Linked(ctx context.Context, p lifeevents.PersonID) ([]channels.Linked, error) {
	rows, err := x.db.pool.Query(ctx, `SELECT c.channel, c.linked FROM chats c JOIN people p ON p.id = c.person WHERE p.name = $1 ORDER BY c.channel`, string(p))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []channels.Linked
	for rows.Next() {
		var l channels.Linked
		var at int64
		if err := rows.Scan(&l.Channel, &at); err != nil {
			return nil, err
		}
		l.Since = time.UnixMilli(at)
		out = append(out, l)
	}
	return out, rows.Err()
}
