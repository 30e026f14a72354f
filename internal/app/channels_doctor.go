package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"net/http"
)

// lookChats tells the state of every chat channel; those that are off with why that may be
// right. It makes no key: without one there is nothing yet to look at.
func (a *App) lookChats(ctx context.Context) []Finding {
	token, err := a.telegramToken()
	if err == nil && (token != "" || a.cfg.Zalo()) {
		if err = a.openLife(); err == nil {
			err = a.openChats()
		}
	}
	if err != nil {
		return []Finding{{Name: a.in("kênh trò chuyện", "chat channels"), State: err.Error(), Mend: a.in("sửa cài đặt của kênh", "mend the settings of the channel")}}
	}
	var out []Finding
	on := map[string]bool{}
	if a.chats != nil {
		for _, l := range a.chats.lines {
			on[l.name] = true
			out = append(out, l.state(ctx))
		}
	}
	if !on["telegram"] {
		out = append(out, Finding{
			Name: "Telegram", OK: true, Optional: true,
			State: a.in("tắt (mặc định): từ 21/5/2025 cơ quan viễn thông yêu cầu nhà mạng chặn Telegram; chỉ bật cho thử nghiệm hoặc người ở nước ngoài, sau khi có ý kiến pháp chế",
				"off (default): since 21 May 2025 carriers are asked to block Telegram; turn on only for trials or people abroad, with legal advice"),
		})
	}
	if !on["zalo"] {
		out = append(out, Finding{
			Name: "Zalo", OK: true, Optional: true,
			State: a.in("tắt (mặc định): cần một Official Account đã xác thực; cách nối ở docs/zalo.md", "off (default): needs a verified Official Account; see docs/zalo.md"),
		})
	}
	return out
}

// hashOf is a keyed digest.
func hashOf(use, key string) []byte {
	m := hmac.New(sha256.New, []byte(key))
	_, _ = m.Write([]byte(use)) // a hash never fails
	return m.Sum(nil)
}

// telegramTransport is the network, or the sample's own.
func (a *App) telegramTransport() http.RoundTripper {
	if a.sampleTelegram != nil {
		return a.sampleTelegram
	}
	return nil
}
