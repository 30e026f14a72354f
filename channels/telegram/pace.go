package telegram

import (
	"context"
	"sync"
	"time"
)

// pace keeps Telegram's limits: so many messages a second in all, of which notices take at
// most a share, one gap between messages of a chat, and whatever wait the server asked
// for. Buckets hold one token each: no burst ever passes the limit of any second.
type pace struct {
	mu        sync.Mutex
	now       func() time.Time
	gap, bulk time.Duration // between any two; between two notices
	perChat   time.Duration
	next      time.Time // any message
	nextBulk  time.Time
	frozen    time.Time
	chats     map[string]time.Time
	swept     time.Time
}

func newPace(rate, bulk float64, perChat time.Duration, now func() time.Time) *pace {
	return &pace{
		now: now, gap: time.Duration(float64(time.Second) / rate), bulk: time.Duration(float64(time.Second) / bulk), perChat: perChat,
		chats: map[string]time.Time{},
	}
}

// wait blocks until a message to the chat may go. It returns how long it would still have
// to wait where ctx ends before that; the message must then not be sent.
func (p *pace) wait(ctx context.Context, chat string, notice bool) (left time.Duration, ok bool) {
	for {
		pause, taken := p.take(chat, notice)
		if taken && pause <= 0 {
			return 0, true
		}
		if end, bounded := ctx.Deadline(); bounded && p.now().Add(pause).After(end) {
			return pause, false
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return pause, false
		case <-timer.C:
		}
		if taken {
			return 0, true
		}
	}
}

// take reserves the next slot where it is near; else it says when to ask again, so that a
// chat that must wait takes no slot from others.
func (p *pace) take(chat string, notice bool) (pause time.Duration, taken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.sweep(now)
	if until := later(p.chats[chat], p.frozen); until.After(now) {
		return until.Sub(now), false
	}
	slot := later(now, p.next)
	if notice {
		slot = later(slot, p.nextBulk)
		if slot.Sub(now) > p.gap && slot.After(p.next) {
			return slot.Sub(now), false
		}
		p.nextBulk = slot.Add(p.bulk)
	}
	p.next = slot.Add(p.gap)
	p.chats[chat] = slot.Add(p.perChat)
	return slot.Sub(now), true
}

// done counts the gap of a chat from when its message has gone: however long it took on
// its way, the next one comes later.
func (p *pace) done(chat string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.chats[chat] = later(p.chats[chat], p.now().Add(p.perChat))
}

// freeze lets nothing go for as long as the server asked.
func (p *pace) freeze(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frozen = later(p.frozen, p.now().Add(d))
}

// sweep forgets chats whose gap is over, now and then.
func (p *pace) sweep(now time.Time) {
	if len(p.chats) < 1024 || now.Sub(p.swept) < time.Minute {
		return
	}
	p.swept = now
	for c, until := range p.chats {
		if !until.After(now) {
			delete(p.chats, c)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
