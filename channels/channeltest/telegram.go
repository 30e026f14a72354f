package channeltest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Telegram is a fake Bot API server with the people behind it.
type Telegram struct {
	Token, Username string
	Now             func() time.Time // default time.Now
	// PerSecond and Gap are the limits kept: messages in any second, and between two
	// messages of a chat. Defaults 30 and 1 s; a negative Gap keeps none.
	PerSecond int
	Gap       time.Duration

	mu         sync.Mutex
	chats      map[int64]*telegramChat
	updates    []telegramUpdate // not yet confirmed
	nextUpdate int64
	nextID     int64
	callbacks  map[string]bool
	webhook    string
	secret     string
	faults     map[string][]Fault
	sent       []time.Time // of messages taken, the last second
	waitUntil  time.Time   // after a 429
	violations []string
	requests   []Request
	tooMany    int
	changed    chan struct{}
}

type telegramChat struct {
	blocked bool
	last    time.Time // of the last message taken
	shown   []Shown
}

type telegramUpdate struct {
	id   int64
	body []byte
}

// Request is one call as it came: the method and its fields, sorted when written down.
type Request struct {
	Method string
	Fields map[string]string
}

// String is the request for a golden file: one line a field, by name.
func (r Request) String() string {
	var b strings.Builder
	b.WriteString(r.Method + "\n")
	for _, k := range sortedKeys(r.Fields) {
		b.WriteString("  " + k + "=" + strings.ReplaceAll(r.Fields[k], "\n", "\n    ") + "\n")
	}
	return b.String()
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// NewTelegram makes a server that knows one bot.
func NewTelegram(token, username string) *Telegram {
	return &Telegram{
		Token: token, Username: username, Now: time.Now, PerSecond: 30, Gap: time.Second, nextUpdate: 1000,
		chats: map[int64]*telegramChat{}, callbacks: map[string]bool{}, faults: map[string][]Fault{}, changed: make(chan struct{}),
	}
}

// Fail makes the next requests of a method suffer.
func (f *Telegram) Fail(method string, faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range faults {
		for range max(x.Times, 1) {
			f.faults[method] = append(f.faults[method], x)
		}
	}
}

// Violations lists what broke the documented protocol.
func (f *Telegram) Violations() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.violations)
}

// TooMany counts the answers 429 given for passing the limits.
func (f *Telegram) TooMany() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.tooMany
}

// Requests lists the calls of a method, oldest first; "" is all.
func (f *Telegram) Requests(method string) []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Request
	for _, r := range f.requests {
		if method == "" || r.Method == method {
			out = append(out, r)
		}
	}
	return out
}

// Shown is what a person sees in their chat, oldest first.
func (f *Telegram) Shown(chat int64) []Shown {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.chats[chat]; c != nil {
		return slices.Clone(c.shown)
	}
	return nil
}

// RoundTrip serves a request without a network, also under a virtual clock.
func (f *Telegram) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	var lost any
	func() {
		defer func() { lost = recover() }()
		f.ServeHTTP(w, r)
	}()
	if lost != nil {
		return nil, fmt.Errorf("connection reset by peer")
	}
	return w.Result(), r.Context().Err()
}

// ServeHTTP is the Bot API.
func (f *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || token != f.Token {
		refuse(w, http.StatusUnauthorized, "Unauthorized", 0)
		return
	}
	fields, err := readFields(r)
	if errors.Is(err, errCutOff) {
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		f.violate("%s: %v", method, err)
		refuse(w, http.StatusBadRequest, "Bad Request: "+err.Error(), 0)
		return
	}
	fault := f.take(method, fields)
	if fault.Status != 0 {
		f.suffer(w, fault)
		return
	}
	call, known := telegramMethods[method]
	if !known {
		f.violate("%s: no such method", method)
		refuse(w, http.StatusNotFound, "Not Found", 0)
		return
	}
	if wrong := unknownField(fields, call.fields); wrong != "" {
		f.violate("%s: unknown field %s", method, wrong)
		refuse(w, http.StatusBadRequest, "Bad Request: unknown field", 0)
		return
	}
	result, bad := call.run(f, r, fields)
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
	if bad != nil {
		refuse(w, bad.status, bad.words, bad.wait)
		return
	}
	writeResult(w, http.StatusOK, map[string]any{"ok": true, "result": result})
}

// badCall is a refusal.
type badCall struct {
	status int
	words  string
	wait   int
}

func refuse(w http.ResponseWriter, status int, words string, wait int) {
	body := map[string]any{"ok": false, "error_code": status, "description": words}
	if wait > 0 {
		body["parameters"] = map[string]int{"retry_after": wait}
	}
	writeResult(w, status, body)
}

func writeResult(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the caller has gone: nothing is left to tell it
}

func (f *Telegram) violate(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.violations = append(f.violations, fmt.Sprintf(format, args...))
}

// mostRequests bounds what is remembered of calls.
const mostRequests = 1 << 18

func (f *Telegram) take(method string, fields map[string]string) (x Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.requests) < mostRequests {
		f.requests = append(f.requests, Request{method, fields})
	}
	if list := f.faults[method]; len(list) > 0 {
		x, f.faults[method] = list[0], list[1:]
	}
	return x
}

func (f *Telegram) suffer(w http.ResponseWriter, x Fault) {
	if x.RetryAfter > 0 {
		f.mu.Lock()
		f.waitUntil = f.Now().Add(time.Duration(x.RetryAfter) * time.Second)
		f.mu.Unlock()
	}
	if x.Body != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(x.Status)
		_, _ = w.Write([]byte(x.Body))
		return
	}
	refuse(w, x.Status, telegramWords[x.Status], x.RetryAfter)
}

var telegramWords = map[int]string{
	400: "Bad Request: chat not found", 401: "Unauthorized", 403: "Forbidden: bot was blocked by the user", 404: "Not Found",
	429: "Too Many Requests: retry later", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
}

// errCutOff is a call whose sender died while speaking: it never came.
var errCutOff = errors.New("the call was cut off")

// readFields reads a call in each of the forms the document allows.
func readFields(r *http.Request) (map[string]string, error) {
	whole, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return nil, errCutOff
	}
	r.Body = io.NopCloser(bytes.NewReader(whole))
	out := map[string]string{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			if strings.Contains(err.Error(), "EOF") { // a call without fields has no part
				return out, nil
			}
			return nil, err
		}
	case "application/json":
		var body map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			return nil, err
		}
		for k, v := range body {
			s, err := strconv.Unquote(string(v))
			if err != nil {
				s = string(v)
			}
			out[k] = s
		}
		return out, nil
	default:
		if err := r.ParseForm(); err != nil {
			return nil, err
		}
	}
	for k, v := range r.PostForm {
		if len(v) != 1 {
			return nil, fmt.Errorf("field %s comes %d times", k, len(v))
		}
		out[k] = v[0]
	}
	return out, nil
}

func unknownField(fields map[string]string, known []string) string {
	for _, k := range sortedKeys(fields) {
		if !slices.Contains(known, k) {
			return k
		}
	}
	return ""
}
