package delivery

import (
	"context"
	"encoding/json"
	"io"
	"sync"

	"github.com/motcua/motcua/lifeevents"
)

// LogSender writes one line of JSON for each message: for trying things out, and for
// simulation. It holds no address.
type LogSender struct {
	mu  sync.Mutex
	out *json.Encoder
}

// NewLogSender writes to w.
func NewLogSender(w io.Writer) *LogSender { return &LogSender{out: json.NewEncoder(w)} }

type logLine struct {
	Key    string              `json:"key"`
	Person lifeevents.PersonID `json:"person"`
	Topic  lifeevents.Topic    `json:"topic"`
	Code   string              `json:"code"`
	Text   string              `json:"text"`
	Said   []string            `json:"said,omitempty"`
}

// Send writes the line; what cannot be written is a temporary fault.
func (s *LogSender) Send(_ context.Context, _ string, m Message) error {
	line := logLine{Key: m.Key, Person: m.Person, Topic: m.Topic, Code: m.Code, Text: m.Text}
	for _, p := range m.Parts {
		line.Said = append(line.Said, p.Notice.SaidKey())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.out.Encode(line); err != nil {
		return &SendError{Reason: Temporary, Err: err}
	}
	return nil
}
