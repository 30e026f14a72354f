package postgres

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/lifeevents"
)

// claimedIn is a message on its way out of the transaction, still sealed.
type claimedIn struct {
	c                         channels.Claimed
	key, body, address, state []byte
}

// claimable is the oldest message of each chat that nobody works on; one that another
// process is about to take is passed over, and with it its chat.
const claimable = `SELECT m.id, m.claims + 1, m.message, m.at, m.body, c.key, c.address, c.state, coalesce(p.name, ''), coalesce(k.state, '')
	FROM chat_in m JOIN chats c ON c.id = m.chat LEFT JOIN people p ON p.id = c.person LEFT JOIN tickets k ON k.chat = m.chat AND k.state <> 'closed'
	WHERE m.channel = $1 AND m.state <> 'handled' AND m.state = 'waiting' AND m.not_before <= $2
		AND NOT EXISTS (SELECT 1 FROM chat_in e WHERE e.chat = m.chat AND e.state <> 'handled' AND e.id < m.id)
		AND NOT EXISTS (SELECT 1 FROM chat_out o WHERE o.chat = m.chat AND o.state IN ('pending', 'sending'))
		AND (SELECT count(*) FROM (SELECT 1 FROM chat_out w WHERE w.channel = $1 AND w.state IN ('pending', 'sending') LIMIT $4) unsaid) < $4
	ORDER BY m.id LIMIT $3 FOR NO KEY UPDATE OF m SKIP LOCKED`

// mostUnsaid is how many parts may wait to be said before no more answers are made: more
// than the channel's pace would only fill the machine that must store what comes in.
const mostUnsaid = 48

// Claim implements channels.Inbox. A lease that has run out frees its message first. It
// does not force the disk: a claim lost to a power cut is a message still waiting.
func (x *Inbox) Claim(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]channels.Claimed, error) {
	var list []claimedIn
	err := x.db.inTx(ctx, func(t *tx) error {
		list = list[:0]
		if _, err := t.exec(`UPDATE chat_in SET state = 'waiting', lease_until = 0
			WHERE channel = $1 AND state = 'handling' AND lease_until <= $2`, channel, now.UnixMilli()); err != nil {
			return err
		}
		if err := t.each(claimable, []any{channel, now.UnixMilli(), n, mostUnsaid}, func(scan func(...any) error) error {
			var r claimedIn
			var at int64
			var person, ticket string
			err := scan(&r.c.ID, &r.c.Claim, &r.c.MessageID, &at, &r.body, &r.key, &r.address, &r.state, &person, &ticket)
			r.c.ReceivedAt, r.c.State.Person = time.UnixMilli(at), lifeevents.PersonID(person)
			r.c.State.Held, r.c.State.Asked = ticket == "held", ticket == "open"
			list = append(list, r)
			return err
		}); err != nil {
			return err
		}
		for _, r := range list {
			if _, err := t.exec(`UPDATE chat_in SET state = 'handling', claims = $1, lease_until = $2 WHERE id = $3`,
				r.c.Claim, now.Add(lease).UnixMilli(), r.c.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]channels.Claimed, 0, len(list))
	for _, r := range list {
		if err := x.unseal(&r, channel); err != nil {
			return nil, err
		}
		out = append(out, r.c)
	}
	return out, nil
}

func (x *Inbox) unseal(r *claimedIn, channel string) error {
	if err := x.open(r.key, "in", r.body, &r.c.Incoming); err != nil {
		return err
	}
	if r.state != nil {
		if err := x.open(r.key, "state", r.state, &r.c.State); err != nil {
			return err
		}
	}
	r.c.Channel, r.c.State.Key = channel, hex.EncodeToString(r.key)
	return x.open(r.key, "address", r.address, &r.c.Chat)
}

// Settle implements channels.Inbox. It does not force the disk: nothing is said before
// Next has.
func (x *Inbox) Settle(ctx context.Context, c channels.Claimed, parts []channels.Reply, now time.Time) error {
	key, err := hex.DecodeString(c.State.Key)
	if err != nil {
		return err
	}
	state, err := x.seal(key, "state", c.State)
	if err != nil {
		return err
	}
	err = x.db.inTx(ctx, func(t *tx) error {
		moved, err := t.added(`UPDATE chat_in SET state = 'handled', lease_until = 0, body = NULL WHERE id = $1 AND claims = $2 AND state = 'handling'`, c.ID, c.Claim)
		if err != nil || !moved {
			return err
		}
		var chat int64
		if err := t.row(`SELECT chat FROM chat_in WHERE id = $1`, []any{c.ID}, &chat); err != nil {
			return err
		}
		if c.State.Forget {
			if err := forgetChat(t, chat); err != nil {
				return err
			}
		}
		if _, err := t.exec(`UPDATE chats SET state = $1 WHERE id = $2`, state, chat); err != nil {
			return err
		}
		if err := x.hear(t, key, chat, c.State.Heard); err != nil {
			return err
		}
		if c.State.Again != 0 {
			if err := x.again(t, key, chat, c, now); err != nil {
				return err
			}
		}
		return x.put(t, key, chat, c.Channel, parts, now, 0)
	})
	if err == nil {
		x.stir(c.Channel)
	}
	return err
}

// put queues parts for a chat.
func (x *Inbox) put(t *tx, key []byte, chat int64, channel string, parts []channels.Reply, now time.Time, doubts int64) error {
	for _, p := range parts {
		body, err := x.seal(key, "out", p)
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO chat_out (channel, chat, at, body, doubts) VALUES ($1, $2, $3, $4, $5)`, channel, chat, now.UnixMilli(), body, doubts); err != nil {
			return err
		}
	}
	return nil
}

// again queues a doubtful part anew, once.
func (x *Inbox) again(t *tx, key []byte, chat int64, c channels.Claimed, now time.Time) error {
	var body []byte
	err := t.row(`UPDATE chat_out SET state = 'failed', reason = 'said_again', settled_at = $3 WHERE id = $1 AND chat = $2 AND state = 'unknown' RETURNING body`,
		[]any{c.State.Again, chat, now.UnixMilli()}, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return x.put(t, key, chat, c.Channel, []channels.Reply{channels.GoneNote(c.State.Lang)}, now, 0)
	}
	if err != nil {
		return err
	}
	if _, err := t.exec(`INSERT INTO chat_out (channel, chat, at, body) VALUES ($1, $2, $3, $4)`, c.Channel, chat, now.UnixMilli(), body); err != nil {
		return err
	}
	_, err = t.exec(`UPDATE chat_out SET body = NULL WHERE id = $1`, c.State.Again)
	return err
}

// Postpone implements channels.Inbox.
func (x *Inbox) Postpone(ctx context.Context, c channels.Claimed, until time.Time) error {
	return x.db.inTx(ctx, func(t *tx) error {
		_, err := t.exec(`UPDATE chat_in SET state = 'waiting', lease_until = 0, not_before = $1 WHERE id = $2 AND claims = $3 AND state = 'handling'`,
			until.UnixMilli(), c.ID, c.Claim)
		return err
	})
}

// forgetChat deletes what is kept of a chat. The numbers of messages stay, without words;
// the tie to a person is ended by Left, before.
func forgetChat(t *tx, chat int64) error {
	for _, statement := range []string{
		`DELETE FROM chat_out WHERE chat = $1 AND state <> 'sending'`,
		`DELETE FROM ticket_words WHERE ticket IN (SELECT id FROM tickets WHERE chat = $1)`,
		`UPDATE tickets SET state = 'closed', closed = greatest(asked, taken) WHERE chat = $1 AND state <> 'closed'`,
		`UPDATE chats SET state = NULL WHERE id = $1`,
	} {
		if _, err := t.exec(statement, chat); err != nil {
			return err
		}
	}
	return nil
}
