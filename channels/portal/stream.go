package portal

import (
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

// events writes an answer as server-sent events: first "sources" (status, card, passages,
// citations: all a reader needs to check), then each "sentence", then "done" with the
// whole answer's text.
func (p *Portal) events(w http.ResponseWriter, a assistant.Answer) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	send := &sender{w: w, rc: http.NewResponseController(w)}
	sources := a
	sources.Text, sources.Sentences = "", nil
	send.event("sources", sources)
	for _, s := range a.Sentences {
		send.event("sentence", s)
	}
	send.event("done", map[string]string{"id": a.ID, "text": a.Text})
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
