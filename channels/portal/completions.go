package portal

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/motcua/motcua/assistant"
)

// Shapes of the chat completions interface that existing clients speak; only what they
// need. Temperature, tools and the like are accepted and have no effect: facts come from
// records.
type (
	chatRequest struct {
		Model    string        `json:"model"`
		Messages []chatMessage `json:"messages"`
		Stream   bool          `json:"stream"`
		User     string        `json:"user"`
		Options  struct {
			Usage bool `json:"include_usage"`
		} `json:"stream_options"`
	}
	chatMessage struct {
		Role        string           `json:"role,omitempty"`
		Content     chatContent      `json:"content"`
		Annotations []chatAnnotation `json:"annotations,omitempty"`
	}
	chatAnnotation struct {
		Type     string       `json:"type"`
		Citation chatCitation `json:"url_citation"`
	}
	chatCitation struct {
		Start int    `json:"start_index"` // characters of content
		End   int    `json:"end_index"`
		URL   string `json:"url"`
		Title string `json:"title"`
	}
	chatChoice struct {
		Index   int          `json:"index"`
		Message *chatMessage `json:"message,omitempty"`
		Delta   *chatMessage `json:"delta,omitempty"`
		Finish  *string      `json:"finish_reason"`
	}
	chatResponse struct {
		ID      string       `json:"id"`
		Object  string       `json:"object"`
		Created int64        `json:"created"`
		Model   string       `json:"model"`
		Choices []chatChoice `json:"choices"`
		Usage   *chatUsage   `json:"usage,omitempty"`
	}
	chatUsage struct {
		Prompt     int `json:"prompt_tokens"`
		Completion int `json:"completion_tokens"`
		Total      int `json:"total_tokens"`
	}
)

// chatContent is text, or the list of parts some clients send; only text parts count.
type chatContent string

// UnmarshalJSON reads both forms.
func (c *chatContent) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err == nil {
		*c = chatContent(text)
		return nil
	}
	var parts []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	if err := json.Unmarshal(b, &parts); err != nil {
		return err
	}
	var all []string
	for _, p := range parts {
		if p.Type == "text" {
			all = append(all, p.Text)
		}
	}
	*c = chatContent(strings.Join(all, "\n"))
	return nil
}

// modelName is what clients choose; there is one.
const modelName = "motcua"

// turnsReplayed is how many earlier questions rebuild the context of a conversation that
// the client holds.
const turnsReplayed = 4

func (p *Portal) completions(w http.ResponseWriter, r *http.Request) {
	if !p.rate.allow(r, p.Now()) {
		w.Header().Set("Retry-After", "60")
		chatFail(w, http.StatusTooManyRequests, "rate_limit_exceeded", "Bạn hỏi hơi nhanh, vui lòng chờ một phút.")
		return
	}
	var req chatRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			chatFail(w, http.StatusRequestEntityTooLarge, "invalid_request_error", "Nội dung gửi lên quá lớn.")
			return
		}
		chatFail(w, http.StatusBadRequest, "invalid_request_error", "JSON không đọc được; hãy gửi như {\"model\":\"motcua\",\"messages\":[…]}.")
		return
	}
	asked := userTexts(req.Messages)
	if len(asked) == 0 {
		chatFail(w, http.StatusBadRequest, "invalid_request_error", "Chưa có câu hỏi nào của người dùng trong messages.")
		return
	}
	ctx, cancel := p.bound(r.Context())
	defer cancel()
	if req.Stream {
		p.chatStream(w, r.WithContext(ctx), asked, req.Options.Usage)
		return
	}
	a, err := p.replay(ctx, asked, nil)
	if err != nil {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
		chatFail(w, http.StatusServiceUnavailable, "server_error", a.Text)
		return
	}
	stop := "stop"
	tail, notes := p.sourcesAfter(a, a.Text)
	writeJSON(w, http.StatusOK, chatResponse{
		ID: "chatcmpl-" + a.ID, Object: "chat.completion", Created: p.Now().Unix(), Model: modelName, Usage: &chatUsage{},
		Choices: []chatChoice{{Message: &chatMessage{Role: "assistant", Content: chatContent(a.Text + tail), Annotations: notes}, Finish: &stop}},
	})
}

func userTexts(all []chatMessage) (asked []string) {
	for _, m := range all {
		if m.Role == "user" && strings.TrimSpace(string(m.Content)) != "" {
			asked = append(asked, string(m.Content))
		}
	}
	return asked
}

// replay answers the last question in the context of the ones before it, and tells the parts
// of its answer as they are made.
func (p *Portal) replay(ctx context.Context, asked []string, told func(assistant.Part)) (a assistant.Answer, err error) {
	asked = asked[max(0, len(asked)-1-turnsReplayed):]
	conversation := ""
	if len(asked) > 1 {
		conversation = "replay-" + newToken()
	}
	for i, text := range asked {
		q := assistant.Question{Text: text, AskedAt: p.Now(), Role: assistant.Citizen, Channel: "api", Conversation: conversation, Replayed: i+1 < len(asked)}
		if !q.Replayed {
			q.OnPart = told
		}
		if a, err = p.Answerer.Answer(ctx, q); err != nil {
			break
		}
	}
	a.Conversation = ""
	return a, err
}

// sourcesAfter is what follows the text of an answer: the sources it is marked with, and where
// in both together each of them stands.
func (p *Portal) sourcesAfter(a assistant.Answer, text string) (string, []chatAnnotation) {
	var b strings.Builder
	for i, o := range a.Options {
		b.WriteString("\n" + itoa(i+1) + ". " + o.Label)
	}
	var notes []chatAnnotation
	before, first := utf8.RuneCountInString(text), true
	for _, c := range a.Citations {
		if !strings.Contains(text, "["+itoa(c.Mark)+"]") {
			continue // proves a fact of the card, which chats do not show
		}
		if first {
			b.WriteString("\n\nNguồn:")
			first = false
		}
		b.WriteString("\n")
		start := before + utf8.RuneCountInString(b.String())
		b.WriteString(sourceLine(c))
		if address := p.sourceAddress(a, c); address != "" {
			notes = append(notes, chatAnnotation{"url_citation", chatCitation{start, before + utf8.RuneCountInString(b.String()), address, c.Label}})
		}
	}
	b.WriteString("\n\n" + a.Disclosure)
	return b.String(), notes
}

// sourceAddress is where the source of a citation can be read: its own address, that of the
// record on the official portal, or our page of the procedure.
func (p *Portal) sourceAddress(a assistant.Answer, c assistant.Citation) string {
	switch {
	case c.URL != "":
		return c.URL
	case c.Procedure != "" && a.Card != nil && a.Card.Procedure == c.Procedure && a.Card.URL != "":
		return a.Card.URL
	case c.Procedure != "" && p.Base != "":
		return p.Base + ProcedureAddress(c.Procedure)
	}
	return ""
}

func sourceLine(c assistant.Citation) string {
	kind := ""
	if c.Digest {
		kind = " (tóm lược)"
	}
	return "[" + itoa(c.Mark) + "] " + c.Label + " – " + c.Title + kind
}

func (p *Portal) models(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"object": "list", "data": []map[string]any{{"id": modelName, "object": "model", "created": started.Unix(), "owned_by": "motcua"}},
	})
}

// started stands for the day this interface was published.
var started = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func chatFail(w http.ResponseWriter, status int, kind, message string) {
	writeJSON(w, status, map[string]any{"error": map[string]any{"message": message, "type": kind, "param": nil, "code": nil}})
}
