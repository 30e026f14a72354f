package zalo

import (
	"strings"

	"github.com/motcua/motcua/channels"
)

// consultation is the request of a consultation message.
type consultation struct {
	Recipient recipient `json:"recipient"`
	Message   content   `json:"message"`
}

type recipient struct {
	User string `json:"user_id"`
}

// content is text alone, or text with buttons.
type content struct {
	Text       string      `json:"text,omitempty"`
	Attachment *attachment `json:"attachment,omitempty"`
}

type attachment struct {
	Type    string  `json:"type"`
	Payload payload `json:"payload"`
}

type payload struct {
	TemplateType string   `json:"template_type"`
	Text         string   `json:"text"`
	Buttons      []button `json:"buttons"`
}

// button asks something in the person's name (payload: what is asked) or opens an address
// (payload: an object that holds it).
type button struct {
	Title   string `json:"title"`
	Type    string `json:"type"`
	Payload any    `json:"payload"`
}

type opened struct {
	URL string `json:"url"`
}

// actionMark begins what comes back when one of our buttons is pressed. It begins with "#",
// so that it passes even where the account's syntax filter was left on.
const actionMark = "#mc:"

// cutAction reads what a pressed button sends back. Only what we could have put there is
// taken for one: people may type the mark themselves.
func cutAction(text string) (action string, pressed bool) {
	action, pressed = strings.CutPrefix(text, actionMark)
	if !pressed || action == "" || len(action) > 64 {
		return "", false
	}
	for _, c := range []byte(action) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && !strings.ContainsRune(":.-", rune(c)) {
			return "", false
		}
	}
	return action, true
}

func plainMessage(user, text string) consultation {
	return consultation{Recipient: recipient{user}, Message: content{Text: text}}
}

// replyMessage puts a part of a reply into Zalo's form.
func replyMessage(user string, part channels.Reply) consultation {
	m := plainMessage(user, part.Plain())
	if len(part.Buttons) == 0 {
		return m
	}
	p := payload{TemplateType: "button", Text: m.Message.Text}
	for _, b := range part.Buttons {
		one := button{Title: b.Label, Type: "oa.query.hide", Payload: actionMark + b.Action}
		if b.URL != "" {
			one.Type, one.Payload = "oa.open.url", opened{b.URL}
		}
		p.Buttons = append(p.Buttons, one)
	}
	m.Message = content{Attachment: &attachment{Type: "template", Payload: p}}
	return m
}
