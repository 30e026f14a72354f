package telegram

import (
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/motcua/motcua/channels"
)

// escaper makes any text harmless in Telegram's HTML.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// format puts a part into Telegram's HTML.
func format(part channels.Reply) string {
	var b strings.Builder
	for _, l := range part.Lines {
		text := escaper.Replace(strings.ToValidUTF8(l.Text, "�"))
		if l.Bold && text != "" {
			text = "<b>" + text + "</b>"
		}
		b.WriteString(text + "\n")
	}
	if len(part.Links) > 0 && len(part.Lines) > 0 {
		b.WriteByte('\n')
	}
	for _, l := range part.Links {
		text := escaper.Replace(strings.ToValidUTF8(l.Short(), "�"))
		if strings.HasPrefix(l.URL, "https://") || strings.HasPrefix(l.URL, "http://") {
			text = `<a href="` + escaper.Replace(l.URL) + `">` + text + "</a>"
		}
		b.WriteString(text + "\n")
	}
	return strings.Trim(b.String(), "\n")
}

// besides is the longest label two of which stand in one row.
const besides = 16

// button is the library's InlineKeyboardButton without the field it always writes
// (copy_text, empty), with which a button has two things to do and is refused.
type button struct {
	Text         string `json:"text"`
	URL          string `json:"url,omitempty"`
	CallbackData string `json:"callback_data,omitempty"`
}

// markup is an inline keyboard.
type markup struct {
	Rows [][]button `json:"inline_keyboard"`
}

// keyboard lays buttons out: short ones two in a row, others alone. nil for none.
func keyboard(list []channels.Button) models.ReplyMarkup {
	var rows [][]button
	alone := true
	for _, b := range list {
		key := button{Text: b.Label, URL: b.URL}
		if b.URL == "" {
			key.CallbackData = b.Action
		}
		short := utf8.RuneCountInString(b.Label) <= besides
		if short && !alone {
			rows[len(rows)-1] = append(rows[len(rows)-1], key)
			alone = true
			continue
		}
		rows = append(rows, []button{key})
		alone = !short
	}
	if len(rows) == 0 {
		return nil
	}
	return &markup{rows}
}
