package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/store"
)

const ticketColumns = `SELECT k.id, c.channel, k.why, k.state, k.official, k.asked, k.taken, k.unit, k.note FROM tickets k JOIN chats c ON c.id = k.chat `

func scanTicket(scan func(...any) error) (k channels.Ticket, err error) {
	var asked, taken int64
	err = scan(&k.ID, &k.Channel, &k.Why, &k.State, &k.Official, &asked, &taken, &k.Unit, &k.Note)
	k.Asked, k.Taken = store.Instant(asked), store.Instant(taken)
	return k, err
}

// Request implements channels.Handovers.
func (x *Inbox) Request(ctx context.Context, channel, chat string, why channels.Why, now time.Time) (k channels.Ticket, err error) {
	key := x.keyOf(channel, chat)
	address, err := x.seal(key, "address", chat)
	if err != nil {
		return k, err
	}
	err = x.db.inFullTx(ctx, func(t *tx) error {
		id, err := chatOf(t, channel, key, address, now.UnixMilli())
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO tickets (chat, why, asked) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, string(why), now.UnixMilli()); err != nil {
			return err
		}
		return t.each(ticketColumns+`WHERE k.chat = $1 AND k.state <> 'closed'`, []any{id}, func(scan func(...any) error) (err error) {
			k, err = scanTicket(scan)
			return err
		})
	})
	return k, err
}

// Queue implements channels.Handovers.
func (x *Inbox) Queue(ctx context.Context) ([]channels.Ticket, error) {
	rows, err := x.db.pool.Query(ctx, ticketColumns+`WHERE k.state <> 'closed' ORDER BY k.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []channels.Ticket
	for rows.Next() {
		k, err := scanTicket(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// Take implements channels.Handovers.
func (x *Inbox) Take(ctx context.Context, id int64, official string, now time.Time) (channels.Ticket, error) {
	return x.step(ctx, id, official, now, `UPDATE tickets SET state = 'held', official = $2, taken = $3 WHERE id = $1 AND state = 'open'`, channels.TakenNote(), "")
}

// Say implements channels.Handovers.
func (x *Inbox) Say(ctx context.Context, id int64, official, text string, now time.Time) error {
	_, err := x.step(ctx, id, official, now, `UPDATE tickets SET taken = taken WHERE id = $1 AND official = $2 AND state = 'held' AND $3::bigint > 0`, channels.OfficialSays(text), text)
	return err
}

// Forward implements channels.Handovers.
func (x *Inbox) Forward(ctx context.Context, id int64, official, unit, note string, now time.Time) error {
	if unit == "" {
		return channels.ErrNoTicket
	}
	_, err := x.step(ctx, id, official, now, `UPDATE tickets SET state = 'open', official = '', taken = 0, unit = $4, note = $5 WHERE id = $1 AND official = $2 AND state = 'held' AND $3::bigint > 0`,
		channels.ForwardedNote(unit), "", unit, note)
	return err
}

// Close implements channels.Handovers.
func (x *Inbox) Close(ctx context.Context, id int64, official string, now time.Time) error {
	_, err := x.step(ctx, id, official, now, `UPDATE tickets SET state = 'closed', closed = $3 WHERE id = $1 AND official = $2 AND state = 'held'`, channels.ClosedNote(), "")
	return err
}

// step moves a ticket and tells the person, in one transaction.
func (x *Inbox) step(ctx context.Context, id int64, official string, now time.Time, move string, note channels.Reply, words string, more ...any) (k channels.Ticket, err error) {
	if official == "" {
		return k, channels.ErrNoTicket
	}
	err = x.db.inFullTx(ctx, func(t *tx) error {
		moved, err := t.added(move, append([]any{id, official, now.UnixMilli()}, more...)...)
		if err == nil && !moved {
			err = channels.ErrNoTicket
		}
		if err != nil {
			return err
		}
		var chat int64
		var key []byte
		if err := t.row(`SELECT c.id, c.key FROM tickets k JOIN chats c ON c.id = k.chat WHERE k.id = $1`, []any{id}, &chat, &key); err != nil {
			return err
		}
		if err := t.each(ticketColumns+`WHERE k.id = $1`, []any{id}, func(scan func(...any) error) (err error) {
			k, err = scanTicket(scan)
			return err
		}); err != nil {
			return err
		}
		if words != "" {
			if err := x.hear(t, key, chat, []channels.Utterance{{At: now, From: "official", Text: words}}); err != nil {
				return err
			}
		}
		return x.put(t, key, chat, k.Channel, channels.Split(note, channels.Traits{MaxText: 1500, MaxButtons: 2}), now, 0)
	})
	if err == nil {
		x.stir(k.Channel)
	}
	return k, err
}

// hear adds to the thread of a chat's ticket; without one nothing is kept.
func (x *Inbox) hear(t *tx, key []byte, chat int64, list []channels.Utterance) error {
	if len(list) == 0 {
		return nil
	}
	var ticket int64
	err := t.row(`SELECT id FROM tickets WHERE chat = $1 AND state <> 'closed'`, []any{chat}, &ticket)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, u := range list {
		body, err := x.seal(key, "words", u.Text)
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO ticket_words (ticket, at, who, body) VALUES ($1, $2, $3, $4)`, ticket, u.At.UnixMilli(), u.From, body); err != nil {
			return err
		}
	}
	return nil
}

// Thread implements channels.Handovers.
func (x *Inbox) Thread(ctx context.Context, id int64, official string) ([]channels.Utterance, error) {
	var holder string
	err := x.db.pool.QueryRow(ctx, `SELECT official FROM tickets WHERE id = $1 AND state <> 'closed'`, id).Scan(&holder)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (holder == "" || holder != official) {
		return nil, channels.ErrNoTicket
	}
	if err != nil {
		return nil, err
	}
	rows, err := x.db.pool.Query(ctx, `SELECT w.at, w.who, w.body, c.key FROM ticket_words w JOIN tickets k ON k.id = w.ticket JOIN chats c ON c.id = k.chat
		WHERE w.ticket = $1 ORDER BY w.id`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []channels.Utterance
	for rows.Next() {
		var u channels.Utterance
		var at int64
		var body, key []byte
		if err := rows.Scan(&at, &u.From, &body, &key); err != nil {
			return nil, err
		}
		if err := x.open(key, "words", body, &u.Text); err != nil {
			return nil, err
		}
		u.At = time.UnixMilli(at)
		out = append(out, u)
	}
	return out, rows.Err()
}

// IsHeld implements channels.Handovers.
func (x *Inbox) IsHeld(ctx context.Context, channel, chat string) (held bool, err error) {
	err = x.db.pool.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM tickets k JOIN chats c ON c.id = k.chat WHERE c.key = $1 AND k.state = 'held')`, x.keyOf(channel, chat)).Scan(&held)
	return held, err
}

// leastKnown is how many waits make a usual one.
const leastKnown = 5

// Outlook implements channels.Handovers.
func (x *Inbox) Outlook(ctx context.Context, now time.Time) (o channels.Outlook, err error) {
	if err := x.db.pool.QueryRow(ctx, `SELECT count(*) FROM tickets WHERE state = 'open' AND asked < $1`, now.UnixMilli()).Scan(&o.Ahead); err != nil {
		return o, err
	}
	var usual sql.NullFloat64
	var known int
	err = x.db.pool.QueryRow(ctx, `WITH last AS (SELECT (taken - asked)::double precision AS wait FROM tickets WHERE taken > 0 ORDER BY taken DESC LIMIT 21)
		SELECT count(*), (SELECT wait FROM last ORDER BY wait LIMIT 1 OFFSET (SELECT count(*) / 2 FROM last)) FROM last`).Scan(&known, &usual)
	if err == nil && known >= leastKnown {
		o.Usual = time.Duration(usual.Float64) * time.Millisecond
	}
	return o, err
}

// Abandon closes tickets held since before an instant in which nobody has said anything
// since, so that no chat stays silent for ever. The person is told.
func (x *Inbox) Abandon(ctx context.Context, before, now time.Time) error {
	type idle struct {
		id       int64
		official string
	}
	rows, err := x.db.pool.Query(ctx, `SELECT k.id, k.official FROM tickets k WHERE k.state = 'held' AND k.taken < $1
		AND NOT EXISTS (SELECT 1 FROM ticket_words w WHERE w.ticket = k.id AND w.at >= $1)`, before.UnixMilli())
	if err != nil {
		return err
	}
	defer rows.Close()
	var list []idle
	for rows.Next() {
		var i idle
		if err := rows.Scan(&i.id, &i.official); err != nil {
			return err
		}
		list = append(list, i)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, i := range list {
		if err := x.Close(ctx, i.id, i.official, now); err != nil && !errors.Is(err, channels.ErrNoTicket) {
			return err
		}
	}
	return nil
}
