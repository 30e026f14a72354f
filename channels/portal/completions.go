package portal

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

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
	a, err := p.replay(r.WithContext(ctx), asked)
	if err != nil {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
	}
	if req.Stream {
		p.chatStream(w, a)
		return
	}
	stop := "stop"
	text, notes := withSources(a)
	writeJSON(w, http.StatusOK, chatResponse{
		ID: "chatcmpl-" + a.ID, Object: "chat.completion", Created: p.Now().Unix(), Model: modelName, Usage: &chatUsage{},
		Choices: []chatChoice{{Message: &chatMessage{Role: "assistant", Content: chatContent(text), Annotations: notes}, Finish: &stop}},
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

// replay answers the last question in the context of the ones before it.
func (p *Portal) replay(r *http.Request, asked []string) (a assistant.Answer, err error) {
	asked = asked[max(0, len(asked)-1-turnsReplayed):]
	conversation := ""
	if len(asked) > 1 {
		conversation = "replay-" + newToken()
	}
	for _, text := range asked {
		a, err = p.Answerer.Answer(r.Context(), assistant.Question{
			Text: text, AskedAt: p.Now(), Role: assistant.Citizen, Channel: "api", Conversation: conversation,
		})
		if err != nil {
			break
		}
	}
	a.Conversation = ""
	return a, err
}

// withSources is the text of an answer with its sources listed, and where in it each
// stands.
func withSources(a assistant.Answer) (string, []chatAnnotation) {
	var b strings.Builder
	b.WriteString(a.Text)
	for i, o := range a.Options {
		b.WriteString("\n" + string(rune('1'+i)) + ". " + o.Label)
	}
	var notes []chatAnnotation
	if len(a.Citations) > 0 {
		b.WriteString("\n\nNguồn:")
	}
	for _, c := range a.Citations {
		b.WriteString("\n")
		start := len([]rune(b.String()))
		b.WriteString(sourceLine(c))
		if c.URL != "" {
			notes = append(notes, chatAnnotation{"url_citation", chatCitation{start, len([]rune(b.String())), c.URL, c.Label}})
		}
	}
	b.WriteString("\n\n" + a.Disclosure)
	return b.String(), notes
}

func sourceLine(c assistant.Citation) string {
	kind := ""
	if c.Digest {
		kind = " (tóm lược)"
	}
	return "[" + itoa(c.Mark) + "] " + c.Label + " – " + c.Title + kind
}

func (p *Portal) chatStream(w http.ResponseWriter, a assistant.Answer) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	send := &sender{w: w, rc: http.NewResponseController(w)}
	chunk := func(m chatMessage, finish *string) {
		b, err := json.Marshal(chatResponse{
			ID: "chatcmpl-" + a.ID, Object: "chat.completion.chunk", Created: p.Now().Unix(), Model: modelName,
			Choices: []chatChoice{{Delta: &m, Finish: finish}},
		})
		if err == nil {
			send.data(string(b))
		}
	}
	chunk(chatMessage{Role: "assistant"}, nil)
	text, notes := withSources(a)
	for line := range strings.SplitAfterSeq(text, "\n") {
		chunk(chatMessage{Content: chatContent(line)}, nil)
	}
	stop := "stop"
	chunk(chatMessage{Annotations: notes}, &stop)
	send.data("[DONE]")
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
