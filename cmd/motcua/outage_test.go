package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/store/postgrestest"
)

// visit is one way somebody comes to the service.
type visit struct {
	name, method, path, body string
	header                   map[string]string
}

// visits are all kinds of pages and channels there are.
func visits(secret string) []visit {
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	plain := map[string]string{"Content-Type": "application/json"}
	return []visit{
		{"asking on the page", "GET", "/?q=l%E1%BB%87+ph%C3%AD+%C4%91%C4%83ng+k%C3%BD+k%E1%BA%BFt+h%C3%B4n", "", nil},
		{"asking by the interface", "POST", "/api/v1/ask", `{"question":"lệ phí đăng ký kết hôn"}`, plain},
		{"the start page", "GET", "/", "", nil},
		{"procedures", "GET", "/thu-tuc", "", nil},
		{"a procedure", "GET", "/thu-tuc/1.000894", "", nil},
		{"law", "GET", "/van-ban", "", nil},
		{"my events, with a session", "GET", "/toi", "", map[string]string{"Cookie": "__Host-phien=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; phien=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}},
		{"the desk", "GET", "/ban-lam-viec", "", nil},
		{"writing to the office", "GET", "/lien-he", "", nil},
		{"a letter", "POST", "/lien-he", "noi-dung=Xin+h%E1%BB%8Fi+v%E1%BB%81+h%E1%BB%99+kh%E1%BA%A9u", form},
		{"events of registers, not signed", "POST", "/api/v1/events", "{}", plain},
		{"Telegram", "POST", "/webhook/telegram", `{"update_id":77,"message":{"message_id":1,"from":{"id":5,"is_bot":false,"first_name":"Lan"},"chat":{"id":5,"type":"private"},"date":1,"text":"xin chào"}}`,
			map[string]string{"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}},
		{"health", "GET", "/healthz", "", nil},
		{"readiness", "GET", "/readyz", "", nil},
		{"what browsers load", "GET", "/robots.txt", "", nil},
	}
}

// seen is what came back; took is how long it did.
type seen struct {
	status     int
	body       string
	retryAfter string
	took       time.Duration
	err        error
}

// patience is how long a person waits at most. It is a bound for hanging, not a speed.
const patience = 40 * time.Second

func (r *replica) visit(v visit) (s seen) {
	in, err := http.NewRequest(v.method, "http://"+r.addr+v.path, strings.NewReader(v.body))
	if err != nil {
		return seen{err: err}
	}
	for name, value := range v.header {
		in.Header.Set(name, value)
	}
	begin := time.Now()
	resp, err := (&http.Client{Timeout: patience, CheckRedirect: behind.CheckRedirect}).Do(in)
	if err != nil {
		return seen{err: err, took: time.Since(begin)}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return seen{resp.StatusCode, string(text), resp.Header.Get("Retry-After"), time.Since(begin), err}
}

// TestWithoutPostgreSQLEveryPageAndChannelAnswersOrSaysThatItCannotAndRecoversByItself stops
// the server under a running replica, looks everywhere, and starts it again.
func TestWithoutPostgreSQLEveryPageAndChannelAnswersOrSaysThatItCannotAndRecoversByItself(t *testing.T) {
	if testing.Short() {
		t.Skip("stops and starts a PostgreSQL server")
	}
	server := postgrestest.NewOwn(t)
	f := newFleet(t, 1, "MOTCUA_STORE=postgres", "MOTCUA_POSTGRES="+server.DSN(), "MOTCUA_OIDC_ISSUER=http://127.0.0.1:1", "MOTCUA_OIDC_CLIENT=thu")
	r := f.replicas[0]
	eventual(t, "a webhook", func() bool { return len(f.fake.Requests("setWebhook")) > 0 }, r.logged)
	all := visits(f.fake.Requests("setWebhook")[0].Fields["secret_token"])
	before := map[string]int{}
	for _, v := range all {
		s := r.visit(v)
		if s.err != nil || s.status >= 500 {
			t.Fatalf("%s, with everything there: %d %v", v.name, s.status, s.err)
		}
		before[v.name] = s.status
	}
	for round := range 2 {
		server.Stop()
		for _, v := range all {
			s := r.visit(v)
			t.Logf("stopped, %s: %d in %v, Retry-After %q", v.name, s.status, s.took.Round(time.Millisecond), s.retryAfter)
			if problem := honest(v, s, before[v.name]); problem != "" {
				t.Errorf("round %d, %s: %s", round, v.name, problem)
			}
		}
		server.Start()
		for _, v := range all {
			eventual(t, v.name+" is as before", func() bool { s := r.visit(v); return s.err == nil && s.status == before[v.name] }, r.logged)
		}
	}
	f.fake.Type(9, chatQuestions[0])
	secret := f.fake.Requests("setWebhook")[0].Fields["secret_token"]
	go f.fake.Post(t.Context(), http.DefaultClient, f.proxy.URL+"/webhook/telegram", secret)
	eventual(t, "an answer in the chat", func() bool { n, _ := (&service{t: t, fake: f.fake}).answers(9); return n == 1 }, r.logged)
	if words := r.logged(); strings.Contains(words, "panic") {
		t.Errorf("it panicked:\n%s", words)
	}
}

// honest says what is wrong with an answer given while something is missing; "" for nothing.
func honest(v visit, s seen, before int) string {
	switch {
	case s.err != nil:
		return fmt.Sprintf("no answer within %v: %v", s.took, s.err)
	case s.status == before:
		return ""
	case s.status != http.StatusServiceUnavailable:
		return fmt.Sprintf("status %d, before %d: %.300s", s.status, before, s.body)
	case s.retryAfter == "":
		return "no Retry-After"
	case strings.TrimSpace(s.body) == "" && !strings.HasPrefix(v.path, "/webhook/"): // a platform reads the status alone
		return "it says nothing"
	case strings.Contains(s.body, "SQLSTATE") || strings.Contains(s.body, "postgres") || strings.Contains(s.body, "dial"):
		return "it shows its inside: " + s.body
	}
	return ""
}

// TestWithoutItsModelServerTheServiceAnswersFromItsRecords stops the server of the language
// model, by refusing connections and by falling silent, and starts it again.
func TestWithoutItsModelServerTheServiceAnswersFromItsRecords(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the real program")
	}
	address := freeAddress(t)
	silent := make(chan struct{})
	model := func(h http.HandlerFunc) *httptest.Server {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}}
		s.Start()
		return s
	}
	hang := model(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-silent:
		case <-r.Context().Done():
		}
	})
	f := newFleet(t, 1, "MOTCUA_MODEL_URL=http://"+address+"/v1", "MOTCUA_MODEL_NAME=thu", "MOTCUA_MODEL_WITHIN=3s", "MOTCUA_MODEL_STALL=1s")
	r := f.replicas[0]
	ask := func(when string) {
		t.Helper()
		for _, v := range visits("")[:2] {
			for range 3 {
				s := r.visit(v)
				if s.err != nil || s.status != http.StatusOK || !strings.Contains(s.body, "1.000894") && !strings.Contains(s.body, "kết hôn") {
					t.Errorf("%s, %s: %d %v in %v", when, v.name, s.status, s.err, s.took)
				}
			}
		}
		if s := r.visit(visit{"readiness", "GET", "/readyz", "", nil}); s.status != http.StatusOK {
			t.Errorf("%s: not ready (%d), though nothing needs the model", when, s.status)
		}
	}
	ask("a server that says nothing")
	close(silent)
	hang.CloseClientConnections()
	hang.Close()
	ask("no server")
	broken := model(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "hỏng", http.StatusInternalServerError) })
	defer broken.Close()
	ask("a server that fails")
	if words := r.logged(); strings.Contains(words, "panic") {
		t.Errorf("it panicked:\n%s", words)
	}
}
