package sqlite

import (
	"context"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/store"
)

// mostDoubts bounds the notes about one doubtful part that are themselves in doubt.
const mostDoubts = 3

// sendable is the oldest part of each chat that nobody is sending.
const sendable = `SELECT o.id, o.claims + 1, o.body, c.key, c.address FROM chat_out o JOIN chats c ON c.id = o.chat
	WHERE o.channel = ?1 AND o.state IN ('pending', 'sending') AND o.state = 'pending' AND o.not_before <= ?2
		AND NOT EXISTS (SELECT 1 FROM chat_out e WHERE e.chat = o.chat AND e.state IN ('pending', 'sending') AND e.id < o.id)
	ORDER BY o.id LIMIT ?3 + 0`

// Next implements channels.Inbox. It forces the disk: what is being said is known after
// any crash. Parts whose lease has run out become unknown first, each with a note.
func (x *Inbox) Next(ctx context.Context, channel string, now time.Time, n int, lease time.Duration) ([]channels.Part, error) {
	type row struct {
		p                  channels.Part
		key, address, body []byte
	}
	if idle, err := x.idle(ctx, channel, now); err != nil || idle {
		return nil, err
	}
	var list []row
	err := x.db.inFullTx(ctx, func(t *tx) error {
		list = list[:0]
		if err := x.doubtLate(t, channel, now); err != nil {
			return err
		}
		if err := t.each(sendable, []any{channel, now.UnixMilli(), n}, func(scan func(...any) error) error {
			var r row
			err := scan(&r.p.ID, &r.p.Claim, &r.body, &r.key, &r.address)
			r.p.Tries = r.p.Claim - 1
			list = append(list, r)
			return err
		}); err != nil {
			return err
		}
		for _, r := range list {
			if _, err := t.exec(`UPDATE chat_out SET state = 'sending', claims = ?, lease_until = ? WHERE id = ?`,
				r.p.Claim, now.Add(lease).UnixMilli(), r.p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]channels.Part, 0, len(list))
	for _, r := range list {
		if err := x.open(r.key, "out", r.body, &r.p.Reply); err != nil {
			return nil, err
		}
		if err := x.open(r.key, "address", r.address, &r.p.Chat); err != nil {
			return nil, err
		}
		out = append(out, r.p)
	}
	return out, nil
}

// idle spares the disk where nothing is to be said.
func (x *Inbox) idle(ctx context.Context, channel string, now time.Time) (bool, error) {
	var some bool
	err := x.db.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM chat_out WHERE channel = ?1 AND state IN ('pending', 'sending')
		AND (state = 'pending' AND not_before <= ?2 OR lease_until BETWEEN 1 AND ?2))`, channel, now.UnixMilli()).Scan(&some)
	return !some, err
}

func (x *Inbox) doubtLate(t *tx, channel string, now time.Time) error {
	var late []int64
	err := t.each(`UPDATE chat_out SET state = 'unknown', reason = 'crashed', lease_until = 0, settled_at = ?2
		WHERE channel = ?1 AND state = 'sending' AND lease_until <= ?2 RETURNING id`,
		[]any{channel, now.UnixMilli()}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			late = append(late, id)
			return err
		})
	if err != nil {
		return err
	}
	for _, id := range late {
		if err := x.doubt(t, id, now); err != nil {
			return err
		}
	}
	return nil
}

// doubt tells the person that a part may not have arrived.
func (x *Inbox) doubt(t *tx, id int64, now time.Time) error {
	var chat, about int64
	var key []byte
	var channel string
	if err := t.row(`SELECT o.chat, o.doubts, c.key, o.channel FROM chat_out o JOIN chats c ON c.id = o.chat WHERE o.id = ?`,
		[]any{id}, &chat, &about, &key, &channel); err != nil {
		return err
	}
	if about == 0 {
		about = id
	}
	var notes int
	if err := t.row(`SELECT count(*) FROM chat_out WHERE chat = ? AND doubts = ?`, []any{chat, about}, &notes); err != nil || notes >= mostDoubts {
		return err
	}
	return x.put(t, key, chat, channel, []channels.Reply{channels.DoubtNote(about)}, now, about)
}

// Sent implements channels.Inbox. It does not force the disk: a part whose end is lost
// becomes unknown, and the person is asked.
func (x *Inbox) Sent(ctx context.Context, p channels.Part, s channels.Sending) error {
	return x.db.inTx(ctx, func(t *tx) error {
		settled, wiped := s.At.UnixMilli(), s.State == channels.PartSent || s.State == channels.PartFailed
		if s.State == channels.PartPending {
			settled = 0
		}
		moved, err := t.added(`UPDATE chat_out SET state = ?1, reason = ?2, lease_until = 0, not_before = max(not_before, ?3), settled_at = ?4, body = iif(?5, NULL, body)
			WHERE id = ?6 AND claims = ?7 AND (state = 'sending' OR state = 'unknown' AND ?1 = 'sent')`,
			string(s.State), s.Reason, store.Milli(s.RetryAt), settled, wiped, p.ID, p.Claim)
		if err != nil || !moved || s.State != channels.PartUnknown {
			return err
		}
		return x.doubt(t, p.ID, s.At)
	})
}

// Sweep forgets what was handled and said before the first instant, and chats that nobody
// has used since the second and that stand for nobody. It returns how many rows went.
func (x *Inbox) Sweep(ctx context.Context, handled, chats time.Time) (n int, err error) {
	err = x.db.inTx(ctx, func(t *tx) error {
		n = 0
		for _, s := range []struct {
			statement string
			before    time.Time
		}{
			{`DELETE FROM chat_in WHERE at < ? AND state = 'handled'`, handled},
			{`DELETE FROM chat_out WHERE at < ? AND state IN ('sent', 'failed', 'unknown')`, handled},
			{`DELETE FROM link_codes WHERE expires < ?`, handled},
			{`DELETE FROM ticket_words WHERE ticket IN (SELECT id FROM tickets WHERE closed > 0 AND closed < ?)`, chats},
			{`DELETE FROM tickets WHERE closed > 0 AND closed < ?`, chats},
			{`DELETE FROM chats WHERE seen < ? AND person IS NULL AND NOT EXISTS (SELECT 1 FROM chat_in i WHERE i.chat = chats.id)
				AND NOT EXISTS (SELECT 1 FROM chat_out o WHERE o.chat = chats.id) AND NOT EXISTS (SELECT 1 FROM tickets k WHERE k.chat = chats.id)`, chats},
		} {
			r, err := t.exec(s.statement, s.before.UnixMilli())
			if err != nil {
				return err
			}
			k, err := r.RowsAffected()
			if err != nil {
				return err
			}
			n += int(k)
		}
		return nil
	})
	return n, err
}

// InboxState is store.InboxState.
type InboxState = store.InboxState

// State counts it.
func (x *Inbox) State(ctx context.Context, channel string) (s InboxState, err error) {
	err = x.db.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM chat_in WHERE channel = ?1 AND state <> 'handled'),
		(SELECT count(*) FROM chat_out WHERE channel = ?1 AND state IN ('pending', 'sending')),
		(SELECT count(*) FROM chat_out WHERE channel = ?1 AND state = 'unknown'),
		(SELECT count(*) FROM chats WHERE channel = ?1 AND person IS NOT NULL),
		(SELECT count(*) FROM tickets k JOIN chats c ON c.id = k.chat WHERE c.channel = ?1 AND k.state <> 'closed')`, channel).
		Scan(&s.Waiting, &s.Pending, &s.Unknown, &s.Linked, &s.Tickets)
	return s, err
}
