package channeltest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// telegramCall is one method: the fields it knows and what it does.
type telegramCall struct {
	fields []string
	run    func(f *Telegram, r *http.Request, fields map[string]string) (any, *badCall)
}

var telegramMethods map[string]telegramCall

func init() { // the methods refer to the table by the server they run on
	telegramMethods = map[string]telegramCall{
		"getMe":               {nil, (*Telegram).getMe},
		"sendMessage":         {[]string{"chat_id", "text", "parse_mode", "link_preview_options", "reply_markup", "disable_notification"}, (*Telegram).sendMessage},
		"sendChatAction":      {[]string{"chat_id", "action"}, (*Telegram).sendChatAction},
		"answerCallbackQuery": {[]string{"callback_query_id", "text", "show_alert"}, (*Telegram).answerCallback},
		"setMyCommands":       {[]string{"commands", "scope", "language_code"}, (*Telegram).setMyCommands},
		"setWebhook":          {[]string{"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"}, (*Telegram).setWebhook},
		"deleteWebhook":       {[]string{"drop_pending_updates"}, (*Telegram).deleteWebhook},
		"getUpdates":          {[]string{"offset", "limit", "timeout", "allowed_updates"}, (*Telegram).getUpdates},
	}
}

func (f *Telegram) getMe(*http.Request, map[string]string) (any, *badCall) {
	id, _, _ := strings.Cut(f.Token, ":")
	n, _ := strconv.ParseInt(id, 10, 64) // the token was checked
	return map[string]any{"id": n, "is_bot": true, "first_name": "Một Cửa", "username": f.Username}, nil
}

func (f *Telegram) sendMessage(_ *http.Request, fields map[string]string) (any, *badCall) {
	id, err := strconv.ParseInt(fields["chat_id"], 10, 64)
	if err != nil {
		return nil, f.wrong("sendMessage: chat_id is not a number", "chat not found")
	}
	text := fields["text"]
	if fields["parse_mode"] == "HTML" {
		if text, err = visibleText(fields["text"]); err != nil {
			return nil, f.wrong("sendMessage: "+err.Error(), "can't parse entities: "+err.Error())
		}
	} else if fields["parse_mode"] != "" {
		return nil, f.wrong("sendMessage: parse_mode", "unsupported parse_mode")
	}
	if strings.TrimSpace(text) == "" {
		return nil, f.wrong("sendMessage: empty", "message text is empty")
	}
	if utf16Units(text) > 4096 {
		return nil, f.wrong("sendMessage: too long", "message is too long")
	}
	buttons, words := readKeyboard(fields["reply_markup"])
	if words != "" {
		return nil, f.wrong("sendMessage: "+words, words)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.chats[id]
	switch {
	case c == nil:
		return nil, &badCall{status: 400, words: "Bad Request: chat not found"}
	case c.blocked:
		return nil, &badCall{status: 403, words: "Forbidden: bot was blocked by the user"}
	}
	now := f.Now()
	if wait := f.limit(c, now); wait > 0 {
		f.tooMany++
		f.waitUntil = now.Add(time.Duration(wait) * time.Second)
		return nil, &badCall{status: 429, words: "Too Many Requests: retry after " + strconv.Itoa(wait), wait: wait}
	}
	c.last = now
	f.nextID++
	c.shown = append(c.shown, Shown{ID: f.nextID, Text: text, HTML: fields["text"], Buttons: buttons, At: now})
	return map[string]any{"message_id": f.nextID, "date": now.Unix(), "chat": map[string]any{"id": id, "type": "private"}, "text": text}, nil
}

// limit is how many seconds to wait; 0 takes the message.
func (f *Telegram) limit(c *telegramChat, now time.Time) int {
	if now.Before(f.waitUntil) {
		f.violations = append(f.violations, "sent while told to wait")
		return int(f.waitUntil.Sub(now)/time.Second) + 1
	}
	for len(f.sent) > 0 && now.Sub(f.sent[0]) >= time.Second {
		f.sent = f.sent[1:]
	}
	if len(f.sent) >= f.PerSecond || f.Gap > 0 && now.Sub(c.last) < f.Gap {
		return 1
	}
	f.sent = append(f.sent, now)
	return 0
}

func (f *Telegram) wrong(violation, words string) *badCall {
	f.violate("%s", violation)
	return &badCall{status: 400, words: "Bad Request: " + words}
}

// readKeyboard checks a keyboard against the document; words is what is wrong with it.
func readKeyboard(markup string) (out []ShownButton, words string) {
	if markup == "" {
		return nil, ""
	}
	var k struct {
		Rows [][]map[string]string `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &k); err != nil || len(k.Rows) == 0 {
		return nil, "reply_markup is no inline keyboard"
	}
	for _, row := range k.Rows {
		if len(row) == 0 || len(row) > 8 {
			return nil, "a row has no or more than 8 buttons"
		}
		for _, b := range row {
			data, action := b["callback_data"]
			address, opens := b["url"]
			u, err := url.Parse(address)
			switch {
			case len(b) != 2 || b["text"] == "":
				return nil, "a button wants a text and one thing to do"
			case action && (data == "" || len(data) > 64):
				return nil, "BUTTON_DATA_INVALID"
			case opens && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http"):
				return nil, "BUTTON_URL_INVALID"
			case !action && !opens:
				return nil, "BUTTON_TYPE_INVALID"
			}
			out = append(out, ShownButton{b["text"], data, address})
		}
	}
	return out, ""
}

func (f *Telegram) sendChatAction(_ *http.Request, fields map[string]string) (any, *badCall) {
	if fields["action"] != "typing" {
		return nil, f.wrong("sendChatAction: "+fields["action"], "wrong parameter action in request")
	}
	return true, nil
}

func (f *Telegram) answerCallback(_ *http.Request, fields map[string]string) (any, *badCall) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.callbacks[fields["callback_query_id"]] {
		return nil, &badCall{status: 400, words: "Bad Request: query is too old and response timeout expired or query ID is invalid"}
	}
	delete(f.callbacks, fields["callback_query_id"])
	return true, nil
}

func (f *Telegram) setMyCommands(_ *http.Request, fields map[string]string) (any, *badCall) {
	var list []struct{ Command, Description string }
	if err := json.Unmarshal([]byte(fields["commands"]), &list); err != nil || len(list) == 0 || len(list) > 100 {
		return nil, f.wrong("setMyCommands: commands", "can't parse commands")
	}
	for _, c := range list {
		bad := c.Command == "" || len(c.Command) > 32 || strings.Trim(c.Command, "abcdefghijklmnopqrstuvwxyz0123456789_") != ""
		if n := len([]rune(c.Description)); bad || n < 1 || n > 256 {
			return nil, f.wrong("setMyCommands: "+c.Command, "BOT_COMMAND_INVALID")
		}
	}
	return true, nil
}

func (f *Telegram) setWebhook(_ *http.Request, fields map[string]string) (any, *badCall) {
	u, err := url.Parse(fields["url"])
	if err != nil || u.Scheme != "https" || len(fields["secret_token"]) > 256 {
		return nil, f.wrong("setWebhook: url or secret", "bad webhook: An HTTPS URL must be provided for webhook")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.webhook, f.secret = fields["url"], fields["secret_token"]
	return true, nil
}

func (f *Telegram) deleteWebhook(*http.Request, map[string]string) (any, *badCall) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.webhook, f.secret = "", ""
	return true, nil
}

func (f *Telegram) getUpdates(r *http.Request, fields map[string]string) (any, *badCall) {
	offset, _ := strconv.ParseInt(fields["offset"], 10, 64) // absent is 0
	timeout, _ := strconv.Atoi(fields["timeout"])
	end := time.After(time.Duration(timeout) * time.Second)
	for {
		f.mu.Lock()
		if f.webhook != "" {
			f.mu.Unlock()
			return nil, &badCall{status: 409, words: "Conflict: can't use getUpdates method while webhook is active"}
		}
		f.updates = slices.DeleteFunc(f.updates, func(u telegramUpdate) bool { return u.id < offset })
		out := []json.RawMessage{}
		for _, u := range f.updates[:min(len(f.updates), 100)] {
			out = append(out, u.body)
		}
		changed := f.changed
		f.mu.Unlock()
		if len(out) > 0 || timeout == 0 {
			return out, nil
		}
		select {
		case <-changed:
		case <-end:
			timeout = 0
		case <-r.Context().Done():
			return out, nil
		}
	}
}
