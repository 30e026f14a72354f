package channeltest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

type zaloPerson struct {
	phone   string
	wrote   time.Time // last
	turn    int       // messages of ours since
	gone    bool      // unfollowed, or blocked the account
	refuses bool      // templates
	shown   []Shown
	unseen  []string // numbers of our messages not yet seen
}

func (p *zaloPerson) show(s Shown) {
	if p.shown = append(p.shown, s); len(p.shown) > 500 {
		p.shown = p.shown[len(p.shown)-500:]
	}
	if !s.Mine {
		p.unseen = append(p.unseen, strconv.FormatInt(s.ID, 10))
	}
}

// ZaloPost is one post to a webhook.
type ZaloPost struct {
	Body      []byte
	Signature string // value of the header
	Server    string // "OA OpenAPI" or "ZNS"
}

func itoa(n int) string             { return strconv.Itoa(n) }
func zaloMilli(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }

// Known makes a person without an event: somebody who has been there long, reachable by a
// phone number where one is given.
func (f *Zalo) Known(user, phone string, wrote time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.person(user)
	p.phone, p.wrote = phone, wrote
}

func (f *Zalo) person(user string) *zaloPerson {
	p := f.people[user]
	if p == nil {
		p = &zaloPerson{}
		f.people[user] = p
	}
	return p
}

func (f *Zalo) byPhone(phone string) string {
	for user, p := range f.people {
		if p.phone == phone {
			return user
		}
	}
	return ""
}

// Shown is what a person sees in their chat, oldest first.
func (f *Zalo) Shown(user string) []Shown {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.people[user]; p != nil {
		return slices.Clone(p.shown)
	}
	return nil
}

// Type is a person writing; it returns the post, which also waits to be delivered.
func (f *Zalo) Type(user, text string) ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.typed(user, text, text)
}

func (f *Zalo) typed(user, text, shown string) ZaloPost {
	p := f.person(user)
	p.wrote, p.turn = f.Now(), 0
	id := f.number()
	p.show(Shown{ID: f.next, Mine: true, Text: shown, At: f.Now()})
	return f.fromUser(user, "user_send_text", map[string]any{"text": text, "msg_id": id})
}

// Press is a person pressing a button that stands in their chat: its payload comes back as
// what they wrote.
func (f *Zalo) Press(user, data string) ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	label := data
	for _, m := range f.person(user).shown {
		for _, b := range m.Buttons {
			if b.Data == data {
				label = "[" + b.Label + "]"
			}
		}
	}
	return f.typed(user, data, label)
}

// SendOther is a person sending something that is not text: "sticker", "image",
// "location" and so on.
func (f *Zalo) SendOther(user, kind string) ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.person(user)
	p.wrote, p.turn = f.Now(), 0
	id := f.number()
	p.show(Shown{ID: f.next, Mine: true, Text: "[" + kind + "]", At: f.Now()})
	payload := map[string]any{"url": "https://f.example/" + id, "thumbnail": "https://f.example/t" + id}
	if kind == "location" {
		payload = map[string]any{"coordinates": map[string]string{"latitude": "10.776", "longitude": "106.7"}}
	}
	return f.fromUser(user, "user_send_"+kind, map[string]any{"msg_id": id, "attachments": []any{map[string]any{"type": kind, "payload": payload}}})
}

// Follow is a person following the account.
func (f *Zalo) Follow(user string) ZaloPost { return f.following(user, true) }

// Unfollow ends it.
func (f *Zalo) Unfollow(user string) ZaloPost { return f.following(user, false) }

func (f *Zalo) following(user string, follows bool) ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.person(user).gone = !follows
	name := "follow"
	if !follows {
		name = "unfollow"
	}
	return f.push("OA OpenAPI", map[string]any{"oa_id": f.OAID, "follower": map[string]string{"id": user}, "event_name": name, "source": "oa_profile"})
}

// RefuseTemplates makes a person refuse templates.
func (f *Zalo) RefuseTemplates(user string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.person(user).refuses = true
}

// See is a person looking at what we sent.
func (f *Zalo) See(user string) ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.person(user)
	ids := p.unseen
	p.unseen = nil
	return f.push("OA OpenAPI", map[string]any{
		"event_name": "user_seen_message", "sender": map[string]string{"id": f.OAID}, "recipient": map[string]string{"id": user},
		"message": map[string]any{"msg_ids": ids},
	})
}

// Event is any other event.
func (f *Zalo) Event(name string, more map[string]any) ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	event := map[string]any{"event_name": name, "oa_id": f.OAID}
	for k, v := range more {
		event[k] = v
	}
	return f.push("OA OpenAPI", event)
}

func (f *Zalo) fromUser(user, name string, message map[string]any) ZaloPost {
	return f.push("OA OpenAPI", map[string]any{
		"sender": map[string]string{"id": user}, "recipient": map[string]string{"id": f.OAID}, "event_name": name, "message": message,
	})
}

// receipt tells that a message arrived; templates name our tracking number.
func (f *Zalo) receipt(to, id, tracking string) {
	server := "OA OpenAPI"
	message := map[string]any{"msg_id": id, "delivery_time": zaloMilli(f.Now())}
	if tracking != "" {
		server, message["tracking_id"] = "ZNS", tracking
	}
	f.push(server, map[string]any{
		"event_name": "user_received_message", "sender": map[string]string{"id": f.OAID}, "recipient": map[string]string{"id": to}, "message": message,
	})
}

func (f *Zalo) push(server string, event map[string]any) ZaloPost {
	at := zaloMilli(f.Now())
	event["app_id"], event["timestamp"] = f.AppID, at
	body, err := json.Marshal(event)
	if err != nil {
		panic(err) // made of strings
	}
	p := ZaloPost{body, f.Sign(body, at), server}
	if len(f.posts) < mostRequests {
		f.posts = append(f.posts, p)
	}
	close(f.changed)
	f.changed = make(chan struct{})
	return p
}

// Sign is the header of a post: SHA-256 over app, body, timestamp and the account's secret.
func (f *Zalo) Sign(body []byte, timestamp string) string {
	all := append([]byte(f.AppID), body...)
	all = append(all, timestamp...)
	sum := sha256.Sum256(append(all, f.OASecret...))
	return "mac=" + hex.EncodeToString(sum[:])
}

// Posts takes what waits to be posted, oldest first.
func (f *Zalo) Posts() []ZaloPost {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.posts
	f.posts = nil
	return list
}

// Post sends waiting posts to a webhook in their order, each until it is taken, until ctx
// ends.
func (f *Zalo) Post(ctx context.Context, client *http.Client, address string) {
	for ctx.Err() == nil {
		f.mu.Lock()
		var next *ZaloPost
		if len(f.posts) > 0 {
			next = &f.posts[0]
		}
		changed := f.changed
		f.mu.Unlock()
		if next == nil {
			select {
			case <-ctx.Done():
			case <-changed:
			}
			continue
		}
		if err := next.Send(ctx, client, address); err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(200 * time.Millisecond):
			}
			continue
		}
		f.mu.Lock()
		f.posts = f.posts[1:]
		f.mu.Unlock()
	}
}

// Request is the post as a request to a webhook.
func (p ZaloPost) Request(ctx context.Context, address string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(p.Body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "ZaloWebhook")
	r.Header.Set("X-Zevent-Server", p.Server)
	r.Header.Set("X-Zevent-Signature", p.Signature)
	return r, nil
}

// Send posts it; an error where it was not taken.
func (p ZaloPost) Send(ctx context.Context, client *http.Client, address string) error {
	r, err := p.Request(ctx, address)
	if err != nil {
		return err
	}
	resp, err := client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}
