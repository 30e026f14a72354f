package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/store"
)

// Inbox implements channels.Inbox, channels.Links and channels.Handovers: they share the
// chats.
type Inbox struct {
	db     *DB
	sealer Sealer
	key    [32]byte // names chats

	accepting accepting
	mu        sync.Mutex
	wakes     map[string]chan struct{}
}

var (
	_ channels.Inbox     = (*Inbox)(nil)
	_ channels.Links     = (*Inbox)(nil)
	_ channels.Handovers = (*Inbox)(nil)
)

// Inbox keeps chats; what is personal in them is sealed, and key (at least 32 secret
// bytes, the same for the life of the file) makes their names.
func (db *DB) Inbox(sealer Sealer, key []byte) (*Inbox, error) {
	if len(key) < 32 {
		return nil, errors.New("sqlite: khóa đặt tên cuộc trò chuyện phải có ít nhất 32 byte")
	}
	return &Inbox{db: db, sealer: sealer, key: sha256.Sum256(key), wakes: map[string]chan struct{}{}}, nil
}

// KeyOf is the name of a chat, the same for every part of the store.
func (x *Inbox) KeyOf(channel, chat string) []byte { return x.keyOf(channel, chat) }

// keyOf is the name of a chat.
func (x *Inbox) keyOf(channel, chat string) []byte {
	m := hmac.New(sha256.New, x.key[:])
	_, _ = m.Write([]byte(channel + "\x00" + chat)) // a hash never fails
	return m.Sum(nil)
}

func (x *Inbox) seal(key []byte, what string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return x.sealer.Seal(store.ChatRecord(key, what), plain)
}

func (x *Inbox) open(key []byte, what string, sealed []byte, v any) error {
	plain, err := x.sealer.Open(store.ChatRecord(key, what), sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}

// Wake implements channels.Inbox.
func (x *Inbox) Wake(channel string) <-chan struct{} { return x.wake(channel) }

func (x *Inbox) wake(channel string) chan struct{} {
	x.mu.Lock()
	defer x.mu.Unlock()
	c := x.wakes[channel]
	if c == nil {
		c = make(chan struct{}, 1)
		x.wakes[channel] = c
	}
	return c
}

func (x *Inbox) stir(channel string) {
	select {
	case x.wake(channel) <- struct{}{}:
	default:
	}
}

// accepting gathers what is stored at once into one transaction: a disk forced once for
// each message would take a few hundred a second.
type accepting struct {
	mu    sync.Mutex
	queue []*acceptance
	busy  bool
	// forced is when the disk was forced last; whoever stores reads and writes it.
	forced time.Time
}

// acceptance is one message on its way in.
type acceptance struct {
	channel, message string
	key, address     []byte
	body             []byte
	at               int64
	heard            bool // opens the person's window at Zalo: kept in the same transaction
	fresh            bool
	done             chan error
}

// mostAccepted is how many messages share a transaction.
const mostAccepted = 256

// Accept implements channels.Inbox.
func (x *Inbox) Accept(ctx context.Context, in channels.Incoming) (fresh bool, err error) {
	if in.Channel == "" || in.Chat == "" || in.MessageID == "" {
		return false, errors.New("sqlite: tin đến thiếu kênh, người gửi hoặc số")
	}
	a := &acceptance{channel: in.Channel, message: in.MessageID, key: x.keyOf(in.Channel, in.Chat), at: in.ReceivedAt.UnixMilli(), done: make(chan error, 1)}
	a.heard = in.Channel == zaloChannel && (in.Kind == channels.Words || in.Kind == channels.Pressed || in.Kind == channels.OtherFor)
	if a.address, err = x.seal(a.key, "address", in.Chat); err != nil {
		return false, err
	}
	if a.body, err = x.seal(a.key, "in", in); err != nil {
		return false, err
	}
	x.accepting.mu.Lock()
	x.accepting.queue = append(x.accepting.queue, a)
	if !x.accepting.busy {
		x.accepting.busy = true
		go x.acceptAll(context.WithoutCancel(ctx))
	}
	x.accepting.mu.Unlock()
	select {
	case err = <-a.done:
		return a.fresh, err
	case <-ctx.Done():
		return false, ctx.Err() // it may be stored all the same: then it is known when it comes again
	}
}

// gatherFor is how soon after one forcing of the disk the next may begin: at a thousand
// messages a second this halves them, and costs a message that comes alone nothing.
const gatherFor = time.Millisecond

// acceptAll stores what waits until nothing does.
func (x *Inbox) acceptAll(ctx context.Context) {
	for {
		time.Sleep(gatherFor - time.Since(x.accepting.forced)) // its own, while busy
		x.accepting.mu.Lock()
		list := x.accepting.queue
		if len(list) > mostAccepted {
			list = list[:mostAccepted]
		}
		x.accepting.queue = x.accepting.queue[len(list):]
		if len(list) == 0 {
			x.accepting.busy, x.accepting.queue = false, nil
			x.accepting.mu.Unlock()
			return
		}
		x.accepting.mu.Unlock()
		err := x.db.inUrgentTx(ctx, func(t *tx) error { // the platform waits
			for _, a := range list {
				if err := a.store(t); err != nil {
					return err
				}
			}
			return nil
		})
		x.accepting.forced = time.Now()
		for _, a := range list {
			if a.done <- err; err == nil && a.fresh {
				x.stir(a.channel)
			}
		}
	}
}

func (a *acceptance) store(t *tx) (err error) {
	chat, err := chatOf(t, a.channel, a.key, a.address, a.at)
	if err != nil {
		return err
	}
	a.fresh, err = t.added(`INSERT INTO chat_in (channel, message, chat, at, body, head)
		VALUES (?1, ?2, ?3, ?4, ?5, NOT EXISTS (SELECT 1 FROM chat_in WHERE chat = ?3 AND state <> 'handled')) ON CONFLICT DO NOTHING`,
		a.channel, a.message, chat, a.at, a.body)
	if err != nil || !a.fresh || !a.heard {
		return err
	}
	return hear(t, a.key, a.at)
}

// seenEvery is how far behind the note of a chat's last use may be, in milliseconds: to
// write it with every message would write as much as the message itself.
const seenEvery = 3600_000

// chatOf finds a chat or makes it.
func chatOf(t *tx, channel string, key, address []byte, at int64) (id int64, err error) {
	var seen int64
	if err = t.row(`SELECT id, seen FROM chats WHERE key = ?`, []any{key}, &id, &seen); err == nil && at < seen+seenEvery {
		return id, nil
	}
	err = t.row(`INSERT INTO chats (channel, key, address, seen) VALUES (?, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET seen = max(seen, excluded.seen) RETURNING id`, []any{channel, key, address, at}, &id)
	return id, err
}
