package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/motcua/motcua/channels/telegram"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// telegramPath is where Telegram posts updates.
const telegramPath = "/webhook/telegram"

// telegramLine is the Telegram channel; nil without a token.
func telegramLine(a *App, c *chats) (*chatLine, error) {
	token, err := a.telegramToken()
	if err == nil {
		token = a.sampleTelegramServer(token)
	}
	if err != nil || token == "" {
		return nil, err
	}
	adapter, err := telegram.New(telegram.Options{
		Token: token, Secret: a.webhookSecret("telegram", token), Inbox: c.rush.Counting(c.inbox), Server: strings.TrimRight(a.cfg.TelegramServer, "/"),
		Transport: a.telegramTransport(), Now: a.now, Log: a.log,
	})
	if err != nil {
		return nil, err
	}
	left := func(ctx context.Context, chat string) error {
		return c.inbox.Left(ctx, telegram.Name, chat, a.now(), "telegram: bị chặn khi gửi lời nhắc")
	}
	l := &chatLine{
		name: telegram.Name, title: "Telegram", adapter: adapter, notices: adapter.Channel(left, delivery.DefaultLimits()),
		routes: map[string]http.Handler{telegramPath: adapter.Handler()},
		run:    func(ctx context.Context) { a.runTelegram(ctx, adapter) },
	}
	l.state = func(ctx context.Context) Finding { return a.lookTelegram(ctx, c, adapter) }
	return l, nil
}

// telegramToken reads the setting, or the file it names.
func (a *App) telegramToken() (string, error) {
	if a.cfg.TelegramToken != "" || a.cfg.TelegramTokenFile == "" {
		return strings.TrimSpace(string(a.cfg.TelegramToken)), nil
	}
	path := a.cfg.TelegramTokenFile
	info, err := os.Stat(path)
	if err == nil {
		err = ownersOnly(path, info)
	}
	if err != nil {
		return "", fmt.Errorf("telegram_token_file: %w", err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("telegram_token_file: %w", err)
	}
	if len(strings.TrimSpace(string(raw))) == 0 {
		return "", errors.New("telegram_token_file: tệp trống")
	}
	return strings.TrimSpace(string(raw)), nil
}

// webhookSecret is what a platform must send along. It follows from the token, so there is
// nothing more to set and nothing more to keep.
func (a *App) webhookSecret(use, token string) string {
	return hex.EncodeToString(hashOf("motcua webhook "+use, token))
}

// byWebhook reports whether the portal has an address that Telegram posts to.
func (a *App) byWebhook() bool {
	return strings.HasPrefix(a.cfg.PublicURL, "https://") && a.sampleTelegram == nil
}

// runTelegram announces the bot until that succeeds, then polls where there is no webhook.
func (a *App) runTelegram(ctx context.Context, t *telegram.Adapter) {
	webhook := ""
	if a.byWebhook() {
		webhook = a.cfg.PublicURL + telegramPath
	}
	for wait := time.Second; ctx.Err() == nil; wait = min(2*wait, 5*time.Minute) {
		err := t.Hello(ctx)
		if err == nil {
			err = t.Announce(ctx, webhook)
		}
		if err == nil {
			a.log.InfoContext(ctx, "app: telegram is on", "bot", t.Username(), "webhook", webhook != "")
			break
		}
		a.log.WarnContext(ctx, "app: telegram cannot be reached", "error", err, "again_in", wait)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	if webhook == "" && ctx.Err() == nil {
		t.Poll(ctx)
	}
}

// lookTelegram asks the server who the bot is and counts what waits.
func (a *App) lookTelegram(ctx context.Context, c *chats, t *telegram.Adapter) Finding {
	f := Finding{Name: "Telegram", OK: true}
	s, err := c.inbox.State(ctx, telegram.Name)
	if err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("xem lỗi của kho dữ liệu ở trên", "see what is said of the store above")
		return f
	}
	way := a.in("lấy tin theo lượt hỏi", "polled")
	if a.byWebhook() {
		way = "webhook " + telegramPath
	}
	f.State = fmt.Sprintf(a.in("bật (%s); %d tin chờ xử lý, %d tin chờ gửi, %d không rõ đã tới, %d liên kết, %d chờ cán bộ", "on (%s); %d to handle, %d to send, %d in doubt, %d linked, %d tickets"),
		way, s.Waiting, s.Pending, s.Unknown, s.Linked, s.Tickets)
	ask, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := t.Hello(ask); err != nil {
		f.OK = false
		f.State += "; " + err.Error()
		f.Mend = a.in("kiểm tra mã của bot và đường ra "+a.cfg.TelegramServer+" (Telegram có thể bị nhà mạng chặn)", "check the token and the way out to "+a.cfg.TelegramServer+" (carriers may block Telegram)")
		return f
	}
	f.State += "; bot @" + t.Username()
	return f
}
