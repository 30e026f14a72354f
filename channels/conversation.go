package channels

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/lifeevents"
)

// Consents is the ledger as a conversation needs it.
type Consents interface {
	Ledger(ctx context.Context, p lifeevents.PersonID) ([]lifeevents.Consent, error)
	Give(ctx context.Context, c lifeevents.Consent) error
}

// Reminders is what may be said of a person's reminders over an outside channel: neutral
// lines, and how many more are only on the portal.
type Reminders struct {
	Lines []string
	More  int
}

// Conversation answers questions and carries out commands. Every channel shares it.
type Conversation struct {
	Answerer  Answerer
	Links     Links
	Handovers Handovers
	Consents  Consents
	// Feedback keeps what people say of answers; Forget deletes a conversation.
	Feedback func(ctx context.Context, f assistant.Feedback) (item int64, err error)
	Forget   func(ctx context.Context, conversation string) error
	// Reminders tells what may be told over a channel of this class.
	Reminders func(ctx context.Context, p lifeevents.PersonID, lang string) (Reminders, error)
	Hours     Hours
	// Portal is the address of the portal without a slash at the end; "" where people are
	// not told one.
	Portal string
	// KeepDays is how long questions are kept; said in the greeting.
	KeepDays int
	Now      func() time.Time
	Log      *slog.Logger
}

// turn is one message being handled.
type turn struct {
	*Conversation
	ctx context.Context
	c   *Claimed
	t   Traits
}

// Handle says what to answer, and changes c.State; an empty reply is silence. It always
// gives something to say beside an error, which is for the operator and holds no words of
// the person. Handling the same message again after a crash does no harm.
func (v *Conversation) Handle(ctx context.Context, c *Claimed, t Traits) (Reply, error) {
	s := &c.State
	if s.Lang == "" {
		s.Lang = c.Lang
	}
	u := &turn{v, ctx, c, t}
	r, err := u.reply()
	if err != nil {
		v.Log.ErrorContext(ctx, "channels: a message was not handled as it should", "channel", c.Channel, "message", c.ID, "error", err)
		r = Say(u.say("Hệ thống đang gặp sự cố nên tôi chưa làm được việc này. Bạn thử lại sau ít phút nhé.", "Something of ours has failed. Please try again in a few minutes."))
	}
	if s.Asked && !s.Forget {
		u.heard(r)
	}
	return r, err
}

func (u *turn) say(vi, en string) string { return in(u.c.State.Lang, vi, en) }

// heard keeps both sides for the official who will come.
func (u *turn) heard(r Reply) {
	if u.c.Text != "" {
		u.c.State.Heard = append(u.c.State.Heard, Utterance{u.c.ReceivedAt, "citizen", u.c.Text})
	}
	if !r.Empty() {
		u.c.State.Heard = append(u.c.State.Heard, Utterance{u.Now(), "assistant", r.Plain()})
	}
}

func (u *turn) reply() (Reply, error) {
	switch u.c.Kind {
	case Left:
		return Reply{}, u.Links.Left(u.ctx, u.c.Channel, u.c.Chat, u.c.ReceivedAt, u.proof("chặn"))
	case Silent:
		return Reply{}, nil
	case Started:
		return u.started()
	case Pressed:
		return u.pressed(u.c.Action)
	case OtherFor:
		if u.c.State.Held {
			u.c.State.Heard = append(u.c.State.Heard, Utterance{u.c.ReceivedAt, "citizen", "(gửi một tệp hoặc hình; không được lưu)"})
			return Reply{}, nil
		}
		return Say(u.say("Tôi chỉ đọc được chữ. Đừng gửi ảnh giấy tờ tùy thân ở đây; bạn gõ câu hỏi giúp tôi nhé.", "I can only read text. Please do not send pictures of your papers here; type your question instead.")), nil
	}
	return u.words()
}

func (u *turn) words() (Reply, error) {
	text := strings.TrimSpace(u.c.Text)
	if action, ok := strings.CutPrefix(text, "#mc:"); ok {
		return u.pressed(action)
	}
	cmd, code := readCommand(text)
	if u.c.State.Held && cmd != cmdForget && cmd != cmdStop && cmd != cmdUnlink {
		u.c.State.Heard = append(u.c.State.Heard, Utterance{u.c.ReceivedAt, "citizen", text})
		return Reply{}, nil
	}
	if start, ok := strings.CutPrefix(text, "/start"); ok && (start == "" || start[0] == ' ') {
		u.c.Text = strings.TrimSpace(start)
		return u.started()
	}
	if len(u.c.State.Rest) > 0 && moreWords[plainWords(text)] {
		return u.more(), nil
	}
	if cmd != cmdNone {
		r, err := u.command(cmd, code)
		return u.greeted(r), err
	}
	if n, err := strconv.Atoi(text); err == nil {
		if r, ok, err := u.numbered(n); ok {
			return r, err
		}
	}
	return u.ask(assistant.Question{Text: u.c.Text})
}

// started greets, and links where the deep link brought a code.
func (u *turn) started() (Reply, error) {
	code := u.c.Text
	first := !u.c.State.Greeted
	u.c.State.Greeted = true
	if code != "" && looksLikeCode(code) {
		return u.redeem(code)
	}
	if u.c.State.Held {
		return Reply{}, nil
	}
	if first && u.t.PerMessage > 0 && u.c.Kind == Started {
		u.c.State.Greeted = false // who only follows may not be written to: the first answer greets
		return Reply{}, nil
	}
	r := u.greeting()
	if !first {
		r.Lines = r.Lines[:1]
	}
	return r, nil
}

// greeted puts the greeting before the first thing said in a chat.
func (u *turn) greeted(r Reply) Reply {
	if u.c.State.Greeted || len(r.Lines) == 0 {
		return r
	}
	u.c.State.Greeted = true
	r.Lines = append(append(u.greeting().Lines[:2:2], Line{}), r.Lines...)
	return r
}

// greeting says that a machine answers, what it may keep, and what it can do.
func (u *turn) greeting() Reply {
	kept := u.say("Câu hỏi của bạn không được lưu lại.", "Your questions are not kept.")
	if u.KeepDays > 0 {
		kept = u.say("Câu hỏi được lưu tối đa "+strconv.Itoa(u.KeepDays)+" ngày, số giấy tờ được che đi, để hiểu câu hỏi tiếp theo và để cán bộ sửa câu trả lời sai; gõ “xóa dữ liệu” là xóa ngay.",
			"Questions are kept for up to "+strconv.Itoa(u.KeepDays)+" days with numbers masked, to follow the talk and to mend wrong answers; type “delete my data” to delete them at once.")
	}
	return Say(
		u.say("Chào bạn! Tôi là trợ lý tự động (máy trả lời, không phải cán bộ) của Một Cửa, giúp về thủ tục hành chính và quy định pháp luật, có dẫn nguồn.",
			"Hello! I am the automatic assistant of Một Cửa (a machine, not an official) for public-service procedures and law, with sources."),
		kept+" "+u.say("Xin đừng gửi ảnh giấy tờ, số căn cước hay mật khẩu.", "Please do not send pictures of papers, identity numbers or passwords."),
		u.say("Bạn cứ hỏi như nói chuyện, ví dụ: “làm khai sinh cho con cần giấy tờ gì?”", "Just ask, for example: “What papers do I need to register a birth?”"),
	).With(Button{Label: u.say("Trợ giúp", "Help"), Action: actHelp}, Button{Label: u.say("Gặp cán bộ", "Talk to an official"), Action: actOfficial})
}

// proof names the message a consent rests on, without saying who.
func (u *turn) proof(what string) string {
	return u.c.Channel + ": " + what + ", cuộc trò chuyện " + short(u.c.State.Key) + ", tin " + strconv.FormatInt(u.c.ID, 10)
}

func short(key string) string { return key[:min(len(key), 12)] }

// newToken names a conversation so that nobody can guess it.
func newToken() string { return rand.Text() }
