package portal

import (
	"encoding/json"
	"net/http"

	"github.com/motcua/motcua/assistant"
)

// chatStream answers piece by piece: what stands without a model at once, then each sentence
// of an explanation as it is proved, then the sources.
func (p *Portal) chatStream(w http.ResponseWriter, r *http.Request, asked []string, usage bool) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	s := chatStream{sender: sender{w: w, rc: http.NewResponseController(w)}, created: p.Now().Unix()}
	a, err := p.replay(r.Context(), asked, func(part assistant.Part) {
		switch {
		case part.Sources != nil:
			s.begin(part.Sources.ID)
			s.say(part.Sources.Text)
		case s.said != "":
			s.say("\n" + part.Sentence.Text + marked(part.Sentence.Marks))
		}
	})
	if err != nil {
		p.Log.ErrorContext(r.Context(), "portal: answer failed", "answer", a.ID, "error", err)
	}
	switch {
	case s.said == "": // a refusal gets its words last
		s.begin(a.ID)
		s.say(a.Text)
	case err != nil:
		s.say("\n\n" + a.Text)
	default:
		for _, note := range a.Notes {
			s.say("\n" + note)
		}
	}
	tail, notes := p.sourcesAfter(a, s.said)
	s.say(tail)
	stop := "stop"
	s.chunk(chatMessage{Annotations: notes}, &stop)
	if usage {
		s.send(chatResponse{Usage: &chatUsage{}, Choices: []chatChoice{}})
	}
	s.data("[DONE]")
}

// chatStream is one streamed answer.
type chatStream struct {
	sender
	id      string
	created int64
	said    string // all content so far: annotations count from its start
}

// begin names the answer, once.
func (s *chatStream) begin(answer string) {
	if s.id == "" {
		s.id = "chatcmpl-" + answer
		s.chunk(chatMessage{Role: "assistant"}, nil)
	}
}

func (s *chatStream) say(text string) {
	if text == "" {
		return
	}
	s.said += text
	s.chunk(chatMessage{Content: chatContent(text)}, nil)
}

func (s *chatStream) chunk(m chatMessage, finish *string) {
	s.send(chatResponse{Choices: []chatChoice{{Delta: &m, Finish: finish}}})
}

func (s *chatStream) send(r chatResponse) {
	r.ID, r.Object, r.Created, r.Model = s.id, "chat.completion.chunk", s.created, modelName
	if b, err := json.Marshal(r); err == nil {
		s.data(string(b))
	}
}

// marked are the marks behind a sentence.
func marked(marks []int) (out string) {
	for _, m := range marks {
		out += " [" + itoa(m) + "]"
	}
	return out
}
