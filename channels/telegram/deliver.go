package telegram

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Working implements channels.Adapter: a pressed button is acknowledged, so that it stops
// turning; for words the person sees that something is being written.
func (a *Adapter) Working(ctx context.Context, in channels.Incoming) {
	ctx, cancel := context.WithTimeout(ctx, withinAnswer)
	defer cancel()
	var err error
	if in.Kind == channels.Pressed {
		_, err = a.bot.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: in.Token})
	} else {
		_, err = a.bot.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: in.Chat, Action: models.ChatActionTyping})
	}
	if err != nil {
		_ = a.refusal(err) // a wait that was asked for is kept; the rest tells nothing
	}
}

// Deliver implements channels.Adapter.
func (a *Adapter) Deliver(ctx context.Context, chat string, part channels.Reply) error {
	return a.send(ctx, chat, part, nil)
}

// preview is switched off: the message is the answer, not a picture of a page.
var preview = func() *models.LinkPreviewOptions {
	off := true
	return &models.LinkPreviewOptions{IsDisabled: &off}
}()

// send waits for its turn and sends; notice, not nil for notices, is asked once more when
// the turn has come.
func (a *Adapter) send(ctx context.Context, chat string, part channels.Reply, notice func() error) error {
	if left, ok := a.pace.wait(ctx, chat, notice != nil); !ok {
		return &delivery.SendError{Reason: delivery.RateLimit, RetryAfter: left, Err: errors.New("telegram: chờ lượt gửi")}
	}
	if notice != nil {
		if err := notice(); err != nil {
			return err
		}
	}
	defer a.pace.done(chat)
	_, err := a.bot.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: chat, Text: format(part), ParseMode: models.ParseModeHTML, LinkPreviewOptions: preview, ReplyMarkup: keyboard(part.Buttons),
	})
	if err != nil {
		return a.refusal(err)
	}
	return nil
}

// refusal reads an error of the library. Its own words go no further: they may hold the
// token, an address, or a piece of the message.
func (a *Adapter) refusal(err error) *delivery.SendError {
	refuse := func(reason delivery.Reason, words string) *delivery.SendError {
		return &delivery.SendError{Reason: reason, Err: errors.New("telegram: " + words)}
	}
	var wait *bot.TooManyRequestsError
	var status *statusError
	var unsent *unsentError
	var timeout net.Error
	var s *delivery.SendError
	switch {
	case errors.As(err, &wait):
		s = refuse(delivery.RateLimit, "429")
		s.RetryAfter = time.Duration(max(wait.RetryAfter, 1)) * time.Second
		a.pace.freeze(s.RetryAfter)
	case errors.Is(err, bot.ErrorForbidden):
		s = refuse(delivery.Blocked, "403")
		s.Permanent = true
	case errors.Is(err, bot.ErrorBadRequest) && strings.Contains(err.Error(), "chat not found"):
		s = refuse(delivery.BadAddress, "400")
		s.Permanent = true
	case errors.Is(err, bot.ErrorBadRequest):
		s = refuse(delivery.Refused, "400")
		s.Permanent = true
	case bot.IsMigrateError(err):
		s = refuse(delivery.BadAddress, "400 migrate")
		s.Permanent = true
	case errors.Is(err, bot.ErrorUnauthorized), errors.Is(err, bot.ErrorNotFound):
		s = refuse(delivery.Refused, "mã của bot bị từ chối (401 hoặc 404)")
		s.Down = true
	case errors.As(err, &status):
		s = refuse(delivery.Temporary, status.Error())
		s.Down, s.Ambiguous = true, status.status == http.StatusGatewayTimeout || status.status == http.StatusOK
	case errors.As(err, &unsent):
		s = refuse(delivery.Temporary, "không kết nối được")
		s.Down = true
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.As(err, &timeout) && timeout.Timeout():
		s = refuse(delivery.TimedOut, "hết giờ chờ")
		s.Ambiguous = true
	case isServerError(err):
		s = refuse(delivery.Temporary, "máy chủ báo lỗi")
		s.Down = true
	default: // the connection broke after the request had gone
		s = refuse(delivery.TimedOut, "kết nối đứt giữa chừng")
		s.Ambiguous = true
	}
	return s
}

// isServerError: the Bot API answered, in its own form, with a status the library has no
// name for (500, 502, 503).
func isServerError(err error) bool {
	return strings.HasPrefix(err.Error(), serverErrorWords)
}

const serverErrorWords = "error response from telegram for method"

// Channel is the adapter as a channel of notices. left is told of people who have blocked
// the bot: their consent for the channel ends. hours are the quiet ones, looked at again
// when a message's turn comes.
func (a *Adapter) Channel(left func(ctx context.Context, chat string) error, limits delivery.Limits) delivery.Channel {
	return delivery.Channel{Name: Name, Class: lifeevents.Outside, Sender: &sender{a, left, limits}, Parallel: 8, Timeout: 20 * time.Second}
}

// sender implements delivery.Sender.
type sender struct {
	a      *Adapter
	left   func(ctx context.Context, chat string) error
	limits delivery.Limits
}

// Send says a notice. Notices over outside channels are short; one that is not is split,
// and what follows an ambiguous part is not sent.
func (s *sender) Send(ctx context.Context, address string, m delivery.Message) error {
	if address == "" {
		return &delivery.SendError{Reason: delivery.BadAddress, Permanent: true}
	}
	for i, part := range channels.Split(channels.Say(m.Text), s.a.Traits()) {
		err := s.a.send(ctx, address, part, s.quiet)
		if err == nil {
			continue
		}
		refusal := delivery.Classify(err)
		if i > 0 { // the first part has arrived: saying it again would say it twice
			refusal.Ambiguous = true
		}
		if refusal.Reason == delivery.Blocked {
			if err := s.left(context.WithoutCancel(ctx), address); err != nil {
				s.a.o.Log.ErrorContext(ctx, "telegram: consent of one who blocked us was not ended", "error", err)
			}
		}
		return refusal
	}
	return nil
}

// quiet holds a notice back whose turn comes after the quiet hours have begun.
func (s *sender) quiet() error {
	now := s.a.o.Now()
	if until := s.limits.QuietUntilAt(now); until.After(now) {
		return &delivery.SendError{Reason: delivery.Quiet, RetryAfter: until.Sub(now), Err: errors.New("telegram: đã vào giờ yên tĩnh")}
	}
	return nil
}
