package simulate

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// ChatName is the outside channel of those who prefer one; its sender is a log too.
const ChatName = "chat"

// message is one that went out.
type message struct {
	at     time.Time
	person int32
	key    string
	chat   bool
	urgent bool
	parts  []saying
	text   string
}

// saying is one notice of a message.
type saying struct {
	slot, rule       string
	step             int
	about            int32
	due, legal, last day
	urgent           bool
	topic            lifeevents.Topic
	sensitivity      lifeevents.Sensitivity
	asked            bool
}

func sayingOf(n *lifeevents.Notice) saying {
	return saying{
		slot: n.Slot, rule: n.Rule, step: n.Step, about: numberOf(n.About), due: dayOf(n.Due), legal: dayOf(n.Legal), last: dayOf(n.Deadline), urgent: n.Urgent,
		topic: n.Topic, sensitivity: n.Sensitivity, asked: n.Ground == lifeevents.ByConsent || n.Sensitivity == lifeevents.N3,
	}
}

// logbook takes messages for both channels and writes them down.
type logbook struct {
	mu   sync.Mutex
	list []message
	now  func() time.Time
}

// line is the log seen as one channel.
type line struct {
	*logbook
	chat bool
}

// Send writes a message down; it never fails.
func (l line) Send(_ context.Context, _ string, m delivery.Message) error {
	out := message{at: l.now(), person: numberOf(m.Person), key: m.Key, chat: l.chat}
	if l.chat {
		out.text = m.Text
	}
	for i := range m.Parts {
		s := sayingOf(&m.Parts[i].Notice)
		out.parts, out.urgent = append(out.parts, s), out.urgent || s.urgent
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, out)
	return nil
}

// since returns what went out after the first n messages, in an order that does not depend
// on who was faster.
func (l *logbook) since(n int) []message {
	part := l.list[n:]
	slices.SortFunc(part, func(a, b message) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.person, b.person), strings.Compare(a.key, b.key))
	})
	return part
}
