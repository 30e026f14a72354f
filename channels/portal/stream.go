package portal

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/motcua/motcua/assistant"
)

// wantsStream reports whether the client asked for server-sent events.
func wantsStream(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

// events answers as server-sent events: first "sources" (status, card, passages,
// citations: all a reader needs to check), then each "sentence" as it is proved, then
// "done" with the whole text.
func (p *Portal) events(ctx context.Context, w http.ResponseWriter, q assistant.Question) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	send := &sender{w: w, rc: http.NewResponseController(w)}
	told := false
	q.OnPart = func(part assistant.Part) {
		if part.Sources != nil {
			told = true
			send.sources(*part.Sources)
			return
		}
		send.event("sentence", part.Sentence)
	}
	a, err := p.Answerer.Answer(ctx, q)
	if err != nil {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
	}
	if !told {
		send.sources(a)
	}
	send.event("done", map[string]string{"id": a.ID, "status": string(a.Status), "text": a.Text})
}

// sources sends all but the text, then the sentences that are there already.
func (s *sender) sources(a assistant.Answer) {
	sentences := a.Sentences
	a.Text, a.Sentences, a.Trace = "", nil, nil
	if a.Citations == nil {
		a.Citations = []assistant.Citation{} // an array also when empty
	}
	s.event("sources", a)
	for _, x := range sentences {
		s.event("sentence", x)
	}
}

// sender writes events and stops at the first fault: the client went away.
type sender struct {
	w   http.ResponseWriter
	rc  *http.ResponseController
	err error
}

func (s *sender) event(name string, v any) {
	if s.err != nil {
		return
	}
	b, err := json.Marshal(v)
	if err != nil {
		s.err = err
		return
	}
	if _, s.err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", name, b); s.err == nil {
		s.err = s.rc.Flush()
	}
}

// data writes an unnamed event, as OpenAI's streams do.
func (s *sender) data(text string) {
	if s.err != nil {
		return
	}
	if _, s.err = fmt.Fprintf(s.w, "data: %s\n\n", text); s.err == nil {
		s.err = s.rc.Flush()
	}
}
