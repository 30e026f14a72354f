package channeltest

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/motcua/motcua/internal/civil"
)

// zaloConsultation is the body of a consultation message; no other field is documented.
type zaloConsultation struct {
	Recipient struct {
		User string `json:"user_id"`
	} `json:"recipient"`
	Message struct {
		Text       string `json:"text"`
		Attachment *struct {
			Type    string `json:"type"`
			Payload struct {
				Template string `json:"template_type"`
				Text     string `json:"text"`
				Buttons  []struct {
					Title   string          `json:"title"`
					Type    string          `json:"type"`
					Payload json.RawMessage `json:"payload"`
				} `json:"buttons"`
			} `json:"payload"`
		} `json:"attachment"`
	} `json:"message"`
}

type refuser func(code int, words string) any

// strict decodes a body that may hold documented fields only.
func strict(raw []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

func (f *Zalo) consult(call *ZaloCall, refuse refuser) any {
	var m zaloConsultation
	if err := strict(call.Body, &m); err != nil {
		f.violate("cs: %v", err)
		return refuse(-201, "invalid parameter")
	}
	text, shown, why := m.read()
	if why != "" {
		f.violate("cs: %s", why)
		return refuse(-210, why)
	}
	p := f.people[m.Recipient.User]
	switch {
	case p == nil:
		return refuse(-201, "user_id is invalid")
	case p.gone:
		return refuse(-217, "user has blocked the invitation")
	case p.wrote.IsZero():
		return refuse(-232, "user has never interacted")
	case call.At.Sub(p.wrote) >= 7*24*time.Hour:
		f.figures.OutsideWindow++
		return refuse(-230, "user has not interacted with the OA in the past 7 days")
	}
	f.figures.Consultations++
	p.turn++
	if p.turn > 8 || call.At.Sub(p.wrote) >= 48*time.Hour {
		f.figures.Charged++
	}
	id := f.number()
	p.show(Shown{ID: f.next, Text: text, Buttons: shown, At: call.At})
	f.receipt(m.Recipient.User, id, "")
	return map[string]any{"error": 0, "message": "Success", "data": map[string]any{
		"message_id": id, "user_id": m.Recipient.User, "quota": nil,
	}}
}

// read checks the message itself; why is what the documents forbid.
func (m *zaloConsultation) read() (text string, buttons []ShownButton, why string) {
	text = m.Message.Text
	a := m.Message.Attachment
	if a != nil {
		if text != "" || a.Type != "template" || a.Payload.Template != "button" {
			return "", nil, "attachment beside text, or of another type"
		}
		text = a.Payload.Text
		if len(a.Payload.Buttons) == 0 || len(a.Payload.Buttons) > 5 {
			return "", nil, "one to five buttons"
		}
		for _, b := range a.Payload.Buttons {
			one, bad := readZaloButton(b.Title, b.Type, b.Payload)
			if bad != "" {
				return "", nil, bad
			}
			buttons = append(buttons, one)
		}
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > 2000 || !utf8.ValidString(text) {
		return "", nil, "text is empty or longer than 2000"
	}
	return text, buttons, ""
}

func readZaloButton(title, kind string, raw json.RawMessage) (b ShownButton, why string) {
	b.Label = title
	if n := utf8.RuneCountInString(title); n == 0 || n > 100 {
		return b, "title of a button"
	}
	switch kind {
	case "oa.query.hide", "oa.query.show":
		if json.Unmarshal(raw, &b.Data) != nil || b.Data == "" || len(b.Data) > 1000 {
			return b, "payload of a query is a text of at most 1000"
		}
	case "oa.open.url":
		var u struct {
			URL string `json:"url"`
		}
		if strict(raw, &u) != nil || !strings.HasPrefix(u.URL, "http") {
			return b, "payload of a link is an object with url"
		}
		b.URL = u.URL
	default:
		return b, "type of a button"
	}
	return b, ""
}

// zaloTemplate is the body of a template message.
type zaloTemplate struct {
	User     string            `json:"user_id"`
	Phone    string            `json:"phone"`
	Template string            `json:"template_id"`
	Data     map[string]string `json:"template_data"`
	Mode     string            `json:"sending_mode"`
	Tracking string            `json:"tracking_id"`
}

// send is a template, to a person of the account or to a phone number.
func (f *Zalo) send(call *ZaloCall, refuse refuser) any {
	var m zaloTemplate
	if err := strict(call.Body, &m); err != nil {
		f.violate("template: %v", err)
		return refuse(-132, "invalid parameter")
	}
	byPhone := call.Path == "/message/template"
	if why := f.wrongTemplate(&m, byPhone); why != "" {
		f.violate("template: %s", why)
		return refuse(-112, why)
	}
	hour := call.At.In(civil.Zone).Hour()
	day := call.At.In(civil.Zone).Format(time.DateOnly)
	if day != f.day {
		f.day, f.spent = day, 0
	}
	user := m.User
	if byPhone {
		user = f.byPhone(m.Phone)
	}
	p := f.people[user]
	switch {
	case p == nil && byPhone:
		return refuse(-118, "Zalo account not existed")
	case p == nil:
		return refuse(-201, "user_id is invalid")
	case hour >= 22 || hour < 6:
		f.figures.AtNight++
		return refuse(-133, "cannot send at night")
	case f.spent >= f.Daily:
		f.figures.OverQuota++
		return refuse(-144, "daily quota exceeded")
	case p.refuses:
		return refuse(-141, "user refused")
	}
	f.spent++
	f.figures.Templates++
	id := f.number()
	p.show(Shown{ID: f.next, Text: f.templateText(&m), At: call.At})
	if byPhone {
		f.receipt(m.Phone, id, m.Tracking)
	} else {
		f.receipt(user, id, m.Tracking)
	}
	return map[string]any{"error": 0, "message": "Success", "data": map[string]any{
		"msg_id": id, "sent_time": zaloMilli(call.At), "sending_mode": "1",
		"quota": map[string]string{"dailyQuota": itoa(f.Daily), "remainingQuota": itoa(f.Daily - f.spent)},
	}}
}

func (f *Zalo) wrongTemplate(m *zaloTemplate, byPhone bool) string {
	params, approved := f.template[m.Template]
	switch {
	case byPhone && (m.User != "" || !strings.HasPrefix(m.Phone, "84")), !byPhone && (m.Phone != "" || m.User == ""):
		return "phone or user_id"
	case !approved:
		return "template is not approved"
	case m.Tracking == "" || len(m.Tracking) > 48 || strings.Trim(m.Tracking, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "":
		return "tracking_id"
	case len(m.Data) != len(params):
		return "template_data has other parameters than the template"
	}
	for name, value := range m.Data {
		if most, known := params[name]; !known || value == "" || utf8.RuneCountInString(value) > most {
			return "parameter " + name
		}
	}
	return ""
}

// templateText is what a person sees of a template, for the sample.
func (f *Zalo) templateText(m *zaloTemplate) string {
	var b strings.Builder
	b.WriteString("[mẫu tin " + m.Template + "]")
	for _, k := range sortedKeys(m.Data) {
		b.WriteString("\n" + k + ": " + m.Data[k])
	}
	return b.String()
}
