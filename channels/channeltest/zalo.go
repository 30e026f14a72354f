package channeltest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Zalo is a fake of Zalo's three servers for one app and one Official Account, with the
// people behind it. It holds to what Zalo's documents say, apart from our code: it counts
// windows, nights, quotas and rates by itself.
type Zalo struct {
	AppID, AppSecret, OAID, OASecret string
	Now                              func() time.Time // default time.Now
	// Back is the redirect address registered for the app.
	Back string
	// PerMinute is how many requests any minute may hold; default 600.
	PerMinute int
	// Daily is how many templates a day may hold; default 500.
	Daily int
	// Life is that of an access token; default 25 h.
	Life time.Duration

	mu       sync.Mutex
	people   map[string]*zaloPerson
	codes    map[string]zaloCode
	access   map[string]time.Time // until when each works
	refresh  map[string]bool      // false once used
	template map[string]map[string]int
	faults   map[string][]Fault
	calls    []ZaloCall
	recent   []time.Time // of requests in the last minute
	day      string
	spent    int // templates of the day
	next     int64
	posts    []ZaloPost
	changed  chan struct{}
	figures  ZaloFigures
	wrong    []string
}

// ZaloFigures count what the fake saw.
type ZaloFigures struct {
	Consultations int // taken
	Charged       int // of them beyond 48 hours or eight messages
	Templates     int // taken
	OutsideWindow int // refused: nobody wrote within seven days
	AtNight       int // templates refused at night
	OverQuota     int // templates refused
	TooMany       int // refused for the rate
	BadToken      int
	Refreshes     int // that gave a new pair
	Burned        int // with a refresh token that had been used
}

type zaloCode struct {
	challenge string
	until     time.Time
}

// ZaloCall is one request as it came.
type ZaloCall struct {
	At     time.Time
	Path   string
	Token  string
	Body   []byte
	Answer int // the error number answered; 0 was taken
}

// String is the request for a golden file, the token left out.
func (c ZaloCall) String() string {
	var b bytes.Buffer
	b.WriteString("POST " + c.Path + "\naccess_token: …\nContent-Type: application/json\n\n")
	if json.Indent(&b, c.Body, "", "  ") != nil {
		b.Write(c.Body)
	}
	return b.String() + "\n"
}

// NewZalo makes a server that knows one app and one account.
func NewZalo(appID, appSecret, oaID, oaSecret string) *Zalo {
	return &Zalo{
		AppID: appID, AppSecret: appSecret, OAID: oaID, OASecret: oaSecret, Now: time.Now, PerMinute: 600, Daily: 500, Life: 25 * time.Hour,
		people: map[string]*zaloPerson{}, codes: map[string]zaloCode{}, access: map[string]time.Time{}, refresh: map[string]bool{},
		template: map[string]map[string]int{}, faults: map[string][]Fault{}, changed: make(chan struct{}),
		next: time.Now().UnixMilli(), // two servers in turn never give one number twice
	}
}

// Fail makes the next requests of a path suffer.
func (f *Zalo) Fail(path string, faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range faults {
		for range max(x.Times, 1) {
			f.faults[path] = append(f.faults[path], x)
		}
	}
}

// Violations lists what broke the documented protocol.
func (f *Zalo) Violations() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.wrong)
}

// Figures are the counts so far.
func (f *Zalo) Figures() ZaloFigures {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.figures
}

// Calls lists the requests of a path, oldest first; "" is all.
func (f *Zalo) Calls(path string) []ZaloCall {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []ZaloCall
	for _, c := range f.calls {
		if path == "" || c.Path == path {
			out = append(out, c)
		}
	}
	return out
}

// Approve makes a template usable: its number and the longest value of each parameter.
func (f *Zalo) Approve(number string, params map[string]int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.template[number] = params
}

// RoundTrip serves a request without a network, also under a virtual clock.
func (f *Zalo) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	var lost any
	func() {
		defer func() { lost = recover() }()
		f.ServeHTTP(w, r)
	}()
	switch {
	case lost == http.ErrAbortHandler: //nolint:errorlint // a panic's value, as net/http compares it
		return nil, errors.New("connection reset by peer")
	case lost != nil:
		panic(lost)
	}
	return w.Result(), r.Context().Err()
}

// ServeHTTP is all three servers; their paths do not meet.
func (f *Zalo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	fault := f.fault(r.URL.Path)
	if fault.Status != 0 {
		if fault.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(fault.RetryAfter))
		}
		w.WriteHeader(fault.Status)
		_, _ = io.WriteString(w, fault.Body) // the caller has gone: nothing is left to tell it
		return
	}
	f.mu.Lock()
	answer := f.handle(w, r, body)
	f.mu.Unlock()
	if fault.Lose {
		panic(http.ErrAbortHandler)
	}
	if fault.Hang > 0 {
		select {
		case <-time.After(fault.Hang):
		case <-r.Context().Done():
			return
		}
	}
	if answer != nil {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	}
}

// handle answers one request; nil where it has written the answer itself.
func (f *Zalo) handle(w http.ResponseWriter, r *http.Request, body []byte) any {
	switch r.URL.Path {
	case "/v4/oa/permission":
		f.permission(w, r)
		return nil
	case "/v4/oa/access_token":
		return f.tokens(r, body)
	case "/v3.0/oa/message/cs", "/v3.0/oa/message/template", "/message/template":
		call := ZaloCall{At: f.Now(), Path: r.URL.Path, Token: zaloHeader(r, "access_token"), Body: body}
		answer := f.message(r, &call)
		if len(f.calls) < mostRequests {
			f.calls = append(f.calls, call)
		}
		return answer
	}
	f.violate("%s %s: no such path", r.Method, r.URL.Path)
	w.WriteHeader(http.StatusNotFound)
	return nil
}

// zaloHeader finds a header that is documented with an underscore, as it was written.
func zaloHeader(r *http.Request, name string) string {
	if v := r.Header[name]; len(v) == 1 {
		return v[0]
	}
	return r.Header.Get(name)
}

func (f *Zalo) fault(path string) (x Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if list := f.faults[path]; len(list) > 0 {
		x, f.faults[path] = list[0], list[1:]
	}
	return x
}

func (f *Zalo) violate(format string, args ...any) {
	f.wrong = append(f.wrong, fmt.Sprintf(format, args...))
}

// zaloRefusal is how Zalo refuses: HTTP 200 and a number.
type zaloRefusal struct {
	Error   int    `json:"error"`
	Message string `json:"message"`
}

// message checks what all requests for messages share, then does as asked.
func (f *Zalo) message(r *http.Request, call *ZaloCall) any {
	refuse := func(code int, words string) any {
		call.Answer = code
		return zaloRefusal{code, words}
	}
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
		f.violate("%s: %s with Content-Type %q", call.Path, r.Method, r.Header.Get("Content-Type"))
		return refuse(-201, "bad request")
	}
	if f.crowded() {
		f.figures.TooMany++
		return refuse(-32, "rate limit exceeded")
	}
	if until, known := f.access[call.Token]; !known || !call.At.Before(until) {
		f.figures.BadToken++
		if call.Path == "/message/template" {
			return refuse(-124, "access token invalid")
		}
		return refuse(-216, "access token is invalid")
	}
	if call.Path == "/v3.0/oa/message/cs" {
		return f.consult(call, refuse)
	}
	return f.send(call, refuse)
}

// crowded counts requests in the last minute, refused ones too.
func (f *Zalo) crowded() bool {
	now := f.Now()
	old := 0
	for old < len(f.recent) && !f.recent[old].After(now.Add(-time.Minute)) {
		old++
	}
	f.recent = append(f.recent[old:], now)
	return len(f.recent) > f.PerMinute
}

func (f *Zalo) number() string {
	f.next++
	return strconv.FormatInt(f.next, 10)
}
