package mine

import (
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// guessesPerHour bounds how many codes one address may try in an hour.
const guessesPerHour = 30

// guesses counts codes tried by address; what it forgets costs only that count.
type guesses struct {
	mu   sync.Mutex
	hour time.Time
	by   map[string]int
}

// allow counts one more try.
func (g *guesses) allow(who string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if hour := now.Truncate(time.Hour); g.by == nil || !hour.Equal(g.hour) {
		g.hour, g.by = hour, map[string]int{}
	}
	g.by[who]++
	return g.by[who] <= guessesPerHour
}

// verifyPage is what pages/verify.html shows.
type verifyPage struct {
	Code                   string
	Asked, Genuine, Many   bool
	Office, Day, Over      string
	SignedIn, Mine, Opener bool
}

// verify tells anybody whether a code stands for a message of ours: when it went out and
// over which channel, never to whom or about what.
func (a *Area) verify(w http.ResponseWriter, r *http.Request) {
	data := verifyPage{Code: page.Clean(r.URL.Query().Get("ma")), Office: a.Office}
	status := http.StatusOK
	if data.Code != "" {
		data.Asked = true
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		if !a.guesses.allow(host, a.Now()) {
			data.Many, status = true, http.StatusTooManyRequests
		} else if err := a.lookUp(r, &data); err != nil {
			a.Site.Broken(w, r, "verify", err)
			return
		}
	}
	a.tpl.Show(w, r, status, "verify.html", page.Page{VI: "Kiểm tra tin nhắn", EN: "Check a message", Public: true, Styles: []string{"mine.css"}, Data: data,
		Description: "Nhập mã trong tin nhắn để biết tin có phải của chúng tôi hay không."})
}

func (a *Area) lookUp(r *http.Request, data *verifyPage) error {
	number, ok := a.Composer.Codes.Check(data.Code)
	if !ok {
		return nil
	}
	t, err := a.Inbox.Coded(r.Context(), number)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	data.Genuine, data.Over = true, a.channelName(t.Channel, lang(r))
	data.Code = a.Composer.Codes.Of(t.ID)
	if !t.At.IsZero() {
		data.Day = civil.On(t.At).VN()
	}
	data.Mine = t.Notice.Person == me(r)
	return nil
}
