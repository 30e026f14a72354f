package channeltest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Open is a person pressing Start; payload is what a deep link brought.
func (f *Telegram) Open(chat int64, payload string) []byte {
	text := "/start"
	if payload != "" {
		text += " " + payload
	}
	return f.Type(chat, text)
}

// Type is a person writing; it returns the update, which also waits to be polled or posted.
func (f *Telegram) Type(chat int64, text string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.chat(chat)
	f.nextID++
	c.shown = append(c.shown, Shown{ID: f.nextID, Mine: true, Text: text, At: f.Now()})
	return f.push(map[string]any{"message": map[string]any{
		"message_id": f.nextID, "from": person(chat), "chat": privateChat(chat), "date": f.Now().Unix(), "text": text,
	}})
}

// SendSticker is a person sending something that is not text.
func (f *Telegram) SendSticker(chat int64) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nextID++
	f.chat(chat)
	return f.push(map[string]any{"message": map[string]any{
		"message_id": f.nextID, "from": person(chat), "chat": privateChat(chat), "date": f.Now().Unix(),
		"sticker": map[string]any{"file_id": "abc", "file_unique_id": "a", "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false},
	}})
}

// Press is a person pressing a button that stands in their chat.
func (f *Telegram) Press(chat int64, data string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nextID++
	id := strconv.FormatInt(700000+f.nextID, 10)
	f.callbacks[id] = true
	c := f.chat(chat)
	for _, m := range c.shown {
		for _, b := range m.Buttons {
			if b.Data == data {
				c.shown = append(c.shown, Shown{ID: f.nextID, Mine: true, Text: "[" + b.Label + "]", At: f.Now()})
				return f.push(f.pressing(chat, id, m.ID, data))
			}
		}
	}
	return f.push(f.pressing(chat, id, 1, data))
}

func (f *Telegram) pressing(chat int64, id string, message int64, data string) map[string]any {
	return map[string]any{"callback_query": map[string]any{
		"id": id, "from": person(chat), "chat_instance": "1", "data": data,
		"message": map[string]any{"message_id": message, "date": f.Now().Unix(), "chat": privateChat(chat), "text": "…"},
	}}
}

// Block is a person blocking the bot, Unblock letting it back.
func (f *Telegram) Block(chat int64) []byte { return f.member(chat, true) }

// Unblock lets the bot back.
func (f *Telegram) Unblock(chat int64) []byte { return f.member(chat, false) }

func (f *Telegram) member(chat int64, blocked bool) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.chat(chat).blocked = blocked
	was, now := "member", "kicked"
	if !blocked {
		was, now = now, was
	}
	me, _ := f.getMe(nil, nil)
	status := func(s string) map[string]any { return map[string]any{"status": s, "user": me, "until_date": 0} }
	return f.push(map[string]any{"my_chat_member": map[string]any{
		"chat": privateChat(chat), "from": person(chat), "date": f.Now().Unix(), "old_chat_member": status(was), "new_chat_member": status(now),
	}})
}

// Known makes a chat without an update: somebody who started the bot long ago.
func (f *Telegram) Known(chat int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.chat(chat)
}

func (f *Telegram) chat(id int64) *telegramChat {
	c := f.chats[id]
	if c == nil {
		c = &telegramChat{}
		f.chats[id] = c
	}
	return c
}

func (f *Telegram) push(u map[string]any) []byte {
	f.nextUpdate++
	u["update_id"] = f.nextUpdate
	body, err := json.Marshal(u)
	if err != nil {
		panic(err) // made of strings and numbers
	}
	f.updates = append(f.updates, telegramUpdate{f.nextUpdate, body})
	close(f.changed)
	f.changed = make(chan struct{})
	return body
}

func person(id int64) map[string]any {
	return map[string]any{"id": id, "is_bot": false, "first_name": "Lan", "language_code": "vi"}
}

func privateChat(id int64) map[string]any {
	return map[string]any{"id": id, "type": "private", "first_name": "Lan"}
}

// Post sends waiting updates to a webhook in their order, each until it is taken, as
// Telegram does, until ctx ends.
func (f *Telegram) Post(ctx context.Context, client *http.Client, address, secret string) {
	for ctx.Err() == nil {
		f.mu.Lock()
		var next *telegramUpdate
		if len(f.updates) > 0 {
			next = &f.updates[0]
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
		if err := PostUpdate(ctx, client, address, secret, next.body); err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(200 * time.Millisecond):
			}
			continue
		}
		f.mu.Lock()
		f.updates = f.updates[1:]
		f.mu.Unlock()
	}
}

// PostUpdate posts one update; an error where it was not taken.
func PostUpdate(ctx context.Context, client *http.Client, address, secret string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
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
