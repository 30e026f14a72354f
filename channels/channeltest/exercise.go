package channeltest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// TB is what the exercise needs of *testing.T.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Context() context.Context
	TempDir() string
	Cleanup(f func())
}

// Platform is a fake as the exercise drives it. chat is the person as the platform knows
// them.
type Platform interface {
	// Say and Push return the update a person's writing or button makes.
	Say(chat, text string) (update []byte)
	Push(chat, action string) (update []byte)
	Leave(chat string) (update []byte)
	Seen(chat string) []Shown
	// Suffer makes the next sendings suffer.
	Suffer(faults ...Fault)
	// Broken lists what broke the documented protocol.
	Broken() []string
}

// Store is what the exercise needs of a store; one database.
type Store struct {
	channels.Inbox
	channels.Links
	channels.Handovers
	People channels.Consents
	Leave  func(ctx context.Context, p lifeevents.PersonID, at time.Time) ([]lifeevents.Consent, error)
}

// Running is an adapter at work with its platform.
type Running struct {
	Adapter  channels.Adapter
	Sender   delivery.Sender
	Platform Platform
	// Take hands an update to the adapter as the platform would and returns the HTTP status.
	Take func(update []byte) int
}

// Subject is an adapter under test. Paces should be set so that a test takes no time.
type Subject struct {
	Channel string
	Chats   [3]string // three people as the platform knows them
	Store   func(t TB) Store
	Start   func(t TB, inbox channels.Inbox, links channels.Links, log *slog.Logger) Running
	// Retries is the retry table by status.
	Retries []RetryCase
	// Secrets are in no error and no log, nor are Chats and what people write.
	Secrets []string
}

// RetryCase is one way the platform may refuse, and how it must be read.
type RetryCase struct {
	Name       string
	Fault      Fault
	Reason     delivery.Reason
	Permanent  bool
	Ambiguous  bool
	Down       bool
	RetryAfter time.Duration // exact where not zero
}

// Case is one rule of the exercise.
type Case struct {
	Name  string
	Check func(t TB, s Subject)
}

// Cases is the exercise every adapter passes.
func Cases() []Case {
	return []Case{
		{"RefusalsAreReadByTheTable", retryTable}, {"ALongAnswerArrivesWholeWithinTheLimit", longAnswer}, {"AnyTextIsEscaped", escaping},
		{"AChatIsAnsweredInOrder", ordering}, {"ARepeatedUpdateIsAnsweredOnce", duplicates},
		{"AKillBetweenStoreAndReplyDropsNothing", killBeforeReply}, {"AKillWhileSendingSaysNothingTwice", killWhileSending},
		{"ALostAnswerOfThePlatformIsNotRepeated", lostResponse}, {"APutOffPartIsTriedAgain", putOff},
		{"BlockingEndsConsent", blocking}, {"BlockedWhileSendingEndsConsent", blockedSending},
		{"NothingIsSaidOfAPersonInAnUnlinkedChat", unlinked}, {"AnOfficialSilencesTheAssistant", official}, {"DeletionLeavesNothing", deletion},
	}
}

// bench is one adapter over one store with a talker behind it.
type bench struct {
	t     TB
	s     Subject
	store Store
	Running
	talk   *channels.Conversation
	worker *channels.Worker
	log    *logBook
	now    time.Time
}

// secretWords stand for what people write.
const secretWords = "bí-mật-của-Lan"

func newBench(t TB, s Subject) *bench {
	t.Helper()
	b := &bench{t: t, s: s, store: s.Store(t), log: &logBook{}, now: time.Now()}
	log := slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b.Running = s.Start(t, b.store.Inbox, b.store.Links, log)
	clock := func() time.Time { return b.now }
	hours, err := channels.ParseHours("07:30-11:30,13:30-17:00", civil.DaysOff())
	if err != nil {
		t.Fatalf("%v", err)
	}
	b.talk = &channels.Conversation{
		Answerer: Parrot{}, Links: b.store.Links, Handovers: b.store.Handovers, Consents: b.store.People,
		Feedback: func(context.Context, assistant.Feedback) (int64, error) { return 0, nil },
		Forget:   func(context.Context, string) error { return nil },
		Reminders: func(context.Context, lifeevents.PersonID, string) (channels.Reminders, error) {
			return channels.Reminders{Lines: []string{"nhắc việc riêng của người này"}, More: 1}, nil
		},
		Hours: hours, KeepDays: 30, Now: clock, Log: log,
	}
	b.worker = b.newWorker()
	t.Cleanup(func() {
		if broken := b.Platform.Broken(); len(broken) > 0 {
			t.Errorf("protocol broken: %q", broken)
		}
		b.noSecrets("log", b.log.String())
	})
	return b
}

func (b *bench) newWorker() *channels.Worker {
	return &channels.Worker{Inbox: b.store.Inbox, Talk: b.talk, Adapter: b.Adapter, Links: b.store.Links, Now: func() time.Time { return b.now }, Log: b.talk.Log, SendWithin: 2 * time.Second}
}

// noSecrets checks words meant for operators.
func (b *bench) noSecrets(where, words string) {
	b.t.Helper()
	for _, secret := range append(append([]string{secretWords}, b.s.Secrets...), b.s.Chats[:]...) {
		if strings.Contains(words, secret) {
			b.t.Errorf("%s holds %q: %s", where, secret, words)
		}
	}
}

func (b *bench) take(update []byte) {
	b.t.Helper()
	if status := b.Take(update); status != 200 {
		b.t.Fatalf("update taken with status %d", status)
	}
}

// settle works until nothing is left to do.
func (b *bench) settle() {
	b.t.Helper()
	for range 200 {
		n, err := b.worker.Step(b.t.Context())
		if err != nil {
			b.noSecrets("error", err.Error())
			b.t.Fatalf("step: %v", err)
		}
		if n == 0 {
			return
		}
	}
	b.t.Fatalf("the worker does not come to rest")
}

// answers lists what the assistant said to a chat.
func (b *bench) answers(chat string) (out []string) {
	for _, m := range b.Platform.Seen(chat) {
		if !m.Mine {
			out = append(out, m.Text)
		}
	}
	return out
}

// count is how many messages to a chat hold some words.
func (b *bench) count(chat, words string) int {
	n := 0
	for _, a := range b.answers(chat) {
		if strings.Contains(a, words) {
			n++
		}
	}
	return n
}

// link ties the chat to a person by a code, as from the portal.
func (b *bench) link(chat string, p lifeevents.PersonID) {
	b.t.Helper()
	code, err := b.store.Issue(b.t.Context(), p, b.s.Channel, b.now)
	if err != nil {
		b.t.Fatalf("issue: %v", err)
	}
	b.take(b.Platform.Say(chat, code.Code))
	b.settle()
	if got, err := b.store.PersonOf(b.t.Context(), b.s.Channel, chat); err != nil || got != p {
		b.t.Fatalf("linked to %q, %v; chat: %q", got, err, b.answers(chat))
	}
	err = b.store.People.Give(b.t.Context(), lifeevents.Consent{ID: "c1-" + string(p), Person: p, Topic: lifeevents.TopicChild, Channel: b.s.Channel, TextVersion: "thử", Given: b.now, Proof: "thử"})
	if err != nil {
		b.t.Fatalf("consent: %v", err)
	}
}

// consents lists what stands for the channel.
func (b *bench) consents(p lifeevents.PersonID) (out []lifeevents.Topic) {
	b.t.Helper()
	r, err := b.store.Leave(b.t.Context(), p, b.now.Add(time.Hour))
	if err != nil {
		b.t.Fatalf("%v", err)
	}
	reach := delivery.Reach{}
	for _, c := range r {
		reach.Leave = append(reach.Leave, delivery.Leave{Topic: c.Topic, Channel: c.Channel, Given: c.Withdrawn.IsZero(), At: max(c.Given.UnixMilli(), c.Withdrawn.UnixMilli())})
	}
	for _, topic := range lifeevents.Topics() {
		if given, _ := reach.Said(topic, b.s.Channel); given {
			out = append(out, topic)
		}
	}
	return out
}

// Parrot answers every question with its own words and one source.
type Parrot struct{}

// Answer implements channels.Answerer.
func (Parrot) Answer(_ context.Context, q assistant.Question) (assistant.Answer, error) {
	text := "Trả lời cho: " + q.Text
	return assistant.Answer{
		ID: fmt.Sprintf("a-%x", q.Text), Status: assistant.Answered, AsOf: civil.On(q.AskedAt), Text: text, Disclosure: "Do máy soạn.",
		Sentences: []assistant.Sentence{{Text: text, Marks: []int{1}}},
		Citations: []assistant.Citation{{Mark: 1, Label: "Thủ tục 1.001193", Title: "Đăng ký <khai sinh>", URL: "https://dichvucong.gov.vn/?a=1&b=2"}},
	}, nil
}

// logBook keeps what is logged.
type logBook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
