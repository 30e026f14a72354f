package telegram

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/channels"
)

// update is what we read of an update; the rest of what Telegram sends is not looked at.
type update struct {
	ID      *int64 `json:"update_id"`
	Message *struct {
		From *user  `json:"from"`
		Chat chat   `json:"chat"`
		Text string `json:"text"`
	} `json:"message"`
	Callback *struct {
		ID   string `json:"id"`
		From user   `json:"from"`
		Data string `json:"data"`
		// Message is where the button stands; its chat alone matters.
		Message *struct {
			Chat chat `json:"chat"`
		} `json:"message"`
	} `json:"callback_query"`
	Member *struct {
		Chat chat `json:"chat"`
		New  struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

type user struct {
	Bot  bool   `json:"is_bot"`
	Lang string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

// readUpdate turns an update into what the conversation knows; ok is false for what is
// none of our business: groups, channels, other bots, kinds we did not ask for.
func readUpdate(raw []byte, now time.Time) (in channels.Incoming, ok bool) {
	var u update
	if json.Unmarshal(raw, &u) != nil || u.ID == nil {
		return in, false
	}
	in = channels.Incoming{Channel: Name, MessageID: strconv.FormatInt(*u.ID, 10), ReceivedAt: now}
	var c chat
	switch {
	case u.Message != nil:
		if u.Message.From == nil || u.Message.From.Bot {
			return in, false
		}
		c, in.Lang = u.Message.Chat, langOf(u.Message.From)
		in.Kind, in.Text = channels.Words, norm.NFC.String(strings.ToValidUTF8(u.Message.Text, ""))
		if in.Text == "" {
			in.Kind = channels.OtherFor
		}
	case u.Callback != nil && u.Callback.Message != nil:
		c, in.Lang = u.Callback.Message.Chat, langOf(&u.Callback.From)
		in.Kind, in.Action, in.Token = channels.Pressed, u.Callback.Data, u.Callback.ID
	case u.Member != nil:
		c = u.Member.Chat
		switch u.Member.New.Status {
		case "kicked", "left":
			in.Kind = channels.Left
		case "member":
			in.Kind = channels.Silent // unblocked: /start follows
		default:
			return in, false
		}
	default:
		return in, false
	}
	in.Chat = strconv.FormatInt(c.ID, 10)
	return in, c.Type == "private" && c.ID != 0
}

// langOf is English only for those whose program speaks English and not Vietnamese; the
// service speaks Vietnamese to everybody else.
func langOf(u *user) string {
	if u.Lang == "en" || strings.HasPrefix(u.Lang, "en-") {
		return "en"
	}
	return ""
}
