package telegram

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/lifeevents"
)

// Name is the channel in consents, contacts and the outbox.
const Name = "telegram"

// Options are what an adapter needs; zero fields take the defaults named.
type Options struct {
	Token string // of the bot; in no log and no error
	// Secret is what Telegram sends along with each webhook post: 16 to 256 of A-Z a-z 0-9 _ -.
	// Needed for the webhook alone.
	Secret string
	Inbox  channels.Inbox
	// Server is the address of the Bot API. Default https://api.telegram.org.
	Server string
	// Username is the bot's, for deep links; learnt from the server by Hello where empty.
	Username string
	// Rate is messages a second overall, Bulk how many of them notices may take, PerChat
	// the least gap between two messages of one chat. Defaults 28, 24, and 1 s: Telegram
	// allows 30 a second and one a second to a chat, and packets bunch up on their way.
	Rate, Bulk float64
	PerChat    time.Duration
	Transport  http.RoundTripper // default http.DefaultTransport
	Now        func() time.Time  // default time.Now
	Log        *slog.Logger      // default discards
}

// Adapter implements channels.Adapter and channels.DeepLinker.
type Adapter struct {
	o        Options
	bot      *bot.Bot
	pace     *pace
	secret   [sha256.Size]byte
	username atomic.Pointer[string]
	polling  atomic.Bool
}

var (
	_ channels.Adapter    = (*Adapter)(nil)
	_ channels.DeepLinker = (*Adapter)(nil)
)

// secretForm is what Telegram takes as a secret, and long enough not to be guessed.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`)

// tokenForm is what a bot's token looks like.
var tokenForm = regexp.MustCompile(`^[0-9]{3,20}:[A-Za-z0-9_-]{20,100}$`)

// New checks the options. It calls no network.
func New(o Options) (*Adapter, error) {
	switch {
	case !tokenForm.MatchString(o.Token):
		return nil, errors.New("telegram: mã của bot không đúng dạng 123456:ABC…")
	case o.Secret != "" && !secretForm.MatchString(o.Secret):
		return nil, errors.New("telegram: mã bí mật của webhook phải có 16 đến 256 ký tự A-Z a-z 0-9 _ -")
	case o.Inbox == nil:
		return nil, errors.New("telegram: thiếu hộp thư đến")
	}
	if o.Rate <= 0 {
		o.Rate = 28
	}
	if o.Bulk <= 0 {
		o.Bulk = 24
	}
	if o.PerChat <= 0 {
		o.PerChat = time.Second
	}
	if o.Server == "" {
		o.Server = "https://api.telegram.org"
	}
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &Adapter{o: o, pace: newPace(o.Rate, min(o.Bulk, o.Rate), o.PerChat, o.Now), secret: sha256.Sum256([]byte(o.Secret))}
	if o.Username != "" {
		a.username.Store(&o.Username)
	}
	var err error
	a.bot, err = bot.New(o.Token, bot.WithServerURL(o.Server), bot.WithSkipGetMe(), bot.WithNotAsyncHandlers(),
		bot.WithAllowedUpdates(allowedUpdates), bot.WithHTTPClient(pollFor, &transport{a}),
		bot.WithErrorsHandler(func(err error) { a.o.Log.Warn("telegram: poll", "error", a.clean(err)) }),
		bot.WithDefaultHandler(func(context.Context, *bot.Bot, *models.Update) {})) // stored already, by the transport
	if err != nil {
		return nil, a.clean(err)
	}
	return a, nil
}

// allowedUpdates is what the bot asks to be told.
var allowedUpdates = bot.AllowedUpdates{models.AllowedUpdateMessage, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember}

// pollFor is how long one poll may stay open.
const pollFor = 55 * time.Second

// Traits implements channels.Adapter.
func (a *Adapter) Traits() channels.Traits {
	return channels.Traits{Name: Name, Class: lifeevents.Outside, MaxText: 4096, MaxButtons: 12, MaxLabel: 60, LinksByTitle: true}
}

// DeepLink implements channels.DeepLinker; "" while the bot's name is not known.
func (a *Adapter) DeepLink(code string) string {
	name := a.username.Load()
	if name == nil {
		return ""
	}
	return "https://t.me/" + *name + "?start=" + channels.ReadCode(code)
}

// Username is the bot's name; "" while it is not known.
func (a *Adapter) Username() string {
	if name := a.username.Load(); name != nil {
		return *name
	}
	return ""
}

// Hello asks the server who the bot is, and so whether token and network are good.
func (a *Adapter) Hello(ctx context.Context) error {
	me, err := a.bot.GetMe(ctx)
	if err != nil {
		return a.refusal(err)
	}
	a.username.Store(&me.Username)
	return nil
}

// Announce tells the server the menu and, with a webhook's address, where to post updates;
// with "" that they will be polled.
func (a *Adapter) Announce(ctx context.Context, webhook string) error {
	var menu []models.BotCommand
	for _, c := range channels.Commands() {
		menu = append(menu, models.BotCommand{Command: c.Name, Description: c.Title})
	}
	if _, err := a.bot.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: menu}); err != nil {
		return a.refusal(err)
	}
	var err error
	if webhook == "" {
		_, err = a.bot.DeleteWebhook(ctx, &bot.DeleteWebhookParams{})
	} else {
		_, err = a.bot.SetWebhook(ctx, &bot.SetWebhookParams{URL: webhook, SecretToken: a.o.Secret, AllowedUpdates: allowedUpdates, MaxConnections: 40})
	}
	if err != nil {
		return fmt.Errorf("telegram: %w", a.refusal(err))
	}
	return nil
}

// Poll asks for updates until ctx ends. Each is stored before the server is told that it
// arrived.
func (a *Adapter) Poll(ctx context.Context) {
	a.polling.Store(true)
	defer a.polling.Store(false)
	a.bot.Start(ctx)
}
