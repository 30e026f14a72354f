package app

import "github.com/motcua/motcua/channels/channeltest"

// The made-up bot of the sample.
const (
	sampleTelegramToken = "100000001:sample-sample-sample-sample-sample0" // of nothing real
	sampleTelegramBot   = "motcua_thu_bot"
)

// sampleTelegramServer puts the fake in place of Telegram, unless a real bot is named, and
// returns the token of its bot.
func (a *App) sampleTelegramServer(token string) string {
	if !a.sample || token != "" {
		return token
	}
	a.sampleTelegram = channeltest.NewTelegram(sampleTelegramToken, sampleTelegramBot)
	a.sampleTelegram.Now = a.now
	return sampleTelegramToken
}
