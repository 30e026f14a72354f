package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/telemetry"
)

// Planted: what people may say or send, and the secrets of the settings. Every spelling is
// searched for as it stands.
var (
	canaryNumbers = []string{"001099012345", "0912345678", "0912 345 678", "canary.mot@example.vn", "4111111111111111", "30A-123.45"}
	canaryNames   = []string{"Trần Thị Hoàng Yến Canary", "Bé Canary Nguyệt Quế"}
	canarySecrets = []string{"canary-model-key-0123456789", "canary-officials-token-0123456789", "canary-intake-secret-0123456789", "canary-oidc-secret-0123456789", "canary-zalo-setup-0123456789"}
)

// places keeps what left the process, by where it went.
type places struct {
	mu sync.Mutex
	at map[string]*bytes.Buffer
}

func (p *places) Write(where string, b []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at[where] == nil {
		p.at[where] = &bytes.Buffer{}
	}
	p.at[where].Write(b)
}

// logs is the part of places that a logger writes to.
type logs struct{ p *places }

func (l logs) Write(b []byte) (int, error) { l.p.Write("log", b); return len(b), nil }

// find fails for every word that stands in a place.
func (p *places) find(t *testing.T, where string, words []string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.at[where]
	if b == nil || b.Len() == 0 {
		t.Errorf("%s: nothing was written there, so nothing is shown", where)
		return
	}
	for _, w := range words {
		for _, form := range []string{w, url.QueryEscape(w), url.PathEscape(w)} {
			if i := bytes.Index(b.Bytes(), []byte(form)); i >= 0 {
				t.Errorf("%s holds %q: …%q…", where, form, b.Bytes()[max(0, i-120):min(b.Len(), i+len(form)+40)])
				break
			}
		}
	}
}

// raw gathers the bytes of every file of a data folder but the keys.
func (p *places) raw(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".key") || strings.HasSuffix(path, ".keys") {
			return err
		}
		b, err := os.ReadFile(path)
		p.Write("files", b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNothingPlantedIsFoundWhereItDoesNotBelong says numbers, names and secrets over every
// door and searches everything that left the process: logs at their most talkative and
// unmasked, metrics, traces, error bodies, requests to the model server, and the files.
func TestNothingPlantedIsFoundWhereItDoesNotBelong(t *testing.T) {
	kept := &places{at: map[string]*bytes.Buffer{}}
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		kept.Write("model", body)
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, `data: {"choices":[{"delta":{"content":"Xin xem các đoạn [1]."},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
	}))
	defer model.Close()
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		kept.Write("traces", body)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	t.Setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")

	log := slog.New(slog.NewJSONHandler(logs{kept}, &slog.HandlerOptions{Level: slog.LevelDebug})) // no mask: nothing may be handed over at all
	traces, err := telemetry.OpenTraces(t.Context(), os.Getenv, "test", telemetry.Mask{}, log)
	if err != nil {
		t.Fatal(err)
	}
	cfg := config.Default()
	cfg.Data, cfg.RatePerMinute = t.TempDir(), 0
	cfg.ModelURL, cfg.ModelName, cfg.ModelKey = model.URL+"/v1", "thu", config.Secret(canarySecrets[0])
	cfg.OfficialsToken, cfg.IntakeKeys = config.Secret(canarySecrets[1]), config.Secret("ho-tich:"+canarySecrets[2]+":civil_status")
	cfg.OIDCSecret, cfg.ZaloSetupSecret = config.Secret(canarySecrets[3]), config.Secret(canarySecrets[4])
	var days atomic.Int64
	a, err := New(t.Context(), cfg, log, MadeUp(), Telemetry("test", traces, nil), Clock(func() time.Time { return morning.AddDate(0, 0, int(days.Load())) }))
	if err != nil {
		t.Fatal(err)
	}
	handler, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()

	canarySpeaks(t, kept, server)
	canaryChats(t, a)
	canaryDeclares(t, a)
	days.Add(1)
	a.deliver(t)

	if err := traces.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	a.OperationsHandler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	kept.Write("metrics", w.Body.Bytes())
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	kept.raw(t, cfg.Data)

	everything := append(append(append([]string{}, canaryNumbers...), canaryNames...), canarySecrets...)
	for _, where := range []string{"log", "traces", "metrics"} {
		kept.find(t, where, everything)
	}
	kept.find(t, "errors", append(append([]string{}, canaryNumbers...), canarySecrets...))
	kept.find(t, "model", append(append([]string{}, canaryNumbers...), canarySecrets...))
	kept.find(t, "files", append(append(append([]string{}, canaryNumbers...), canarySecrets...), canaryNames[1])) // a declared name is sealed
	for where, b := range kept.at {
		t.Logf("%s: %d bytes searched", where, b.Len())
	}
}

// ownAddress is where a page's own links of language and print come back to.
var ownAddress = regexp.MustCompile(`ve=%2[fF][^"]*"`)

// canarySpeaks asks over the page, the API and the chat interface, writes to the office, and
// sends what is refused.
func canarySpeaks(t *testing.T, kept *places, server *httptest.Server) {
	t.Helper()
	send := func(method, path, kind, body string) {
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		r.Header.Set("Authorization", "Bearer "+canarySecrets[1]+"-wrong")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		answer, _ := io.ReadAll(resp.Body)
		if resp.StatusCode >= 400 {
			// The links that change language come back to the address the person is at.
			kept.Write("errors", ownAddress.ReplaceAll(answer, nil))
		}
	}
	for _, n := range canaryNumbers {
		words := fmt.Sprintf("Tôi là %s, số của tôi là %s, đăng ký khai sinh cho con cần giấy tờ gì?", canaryNames[0], n)
		send("POST", "/api/v1/ask", "application/json", fmt.Sprintf(`{"question":%q}`, words))
		send("POST", "/api/v1/ask", "application/json", fmt.Sprintf(`{"question":%q,"%s":1`, words, n)) // broken
		send("POST", "/v1/chat/completions", "application/json", fmt.Sprintf(`{"model":"motcua","messages":[{"role":"user","content":%q}]}`, words))
		send("GET", "/?"+url.Values{"q": {words}}.Encode(), "", "")
		send("POST", "/", "application/x-www-form-urlencoded", url.Values{"q": {words}}.Encode())
		send("GET", "/"+url.PathEscape(n), "", "")
		send("GET", page.SignInPath+"?"+url.Values{"ve": {"https://x/" + n}}.Encode(), "", "")
		send("POST", "/api/v1/events", "application/cloudevents+json", fmt.Sprintf(`{"id":%q,"subject":%q`, n, n))
		send("GET", "/api/v1/officials/queue", "", "")
	}
	// Where an explanation is asked of the model.
	send("POST", "/api/v1/ask", "application/json", fmt.Sprintf(`{"question":"Luật Hộ tịch quy định thế nào về trách nhiệm đăng ký khai sinh? CCCD của tôi %s, điện thoại %s","explain":true}`, canaryNumbers[0], canaryNumbers[1]))
}

// canaryChats says it in the chat channels.
func canaryChats(t *testing.T, a *App) {
	t.Helper()
	stop := a.chatting(t.Context())
	defer stop()
	const lan = "2512523625412501"
	a.sampleZalo.Follow(lan)
	for _, n := range canaryNumbers {
		a.sampleZalo.Type(lan, canaryNames[0]+" "+n+" đăng ký khai sinh cần giấy tờ gì")
	}
	eventually(t, "an answer about birth registration", func() bool {
		for _, m := range a.sampleZalo.Shown(lan) {
			if !m.Mine && strings.Contains(strings.ToLower(m.Text), "khai sinh") {
				return true
			}
		}
		return false
	})
}

// canaryDeclares declares a child with a name, as somebody who has signed in.
func canaryDeclares(t *testing.T, a *App) {
	t.Helper()
	if _, err := intake.ParseSenders("x:" + canarySecrets[2] + "yyyyyyyyyyyyyyyyyyyy"); err != nil && strings.Contains(err.Error(), canarySecrets[2]) {
		t.Error("the refusal of a key shows it")
	}
	area := a.minePages(a.site)
	mux := http.NewServeMux()
	if err := area.Routes(mux); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := page.Viewer{Person: "me-canary", Display: canaryNames[0], Roles: []page.Role{page.Citizen}, Assurance: page.Verified, Session: "phien-canary"}
		mux.ServeHTTP(w, r.WithContext(page.WithViewer(r.Context(), v)))
	}))
	defer server.Close()
	d := &mineDesk{App: a, server: server}
	form := newborn("don-canary")
	form.Set("ten-goi", canaryNames[1])
	if code, body := d.post(t, "me-canary", "/toi/khai/con", "/toi/khai/con", form); code != http.StatusSeeOther {
		t.Fatalf("declaring: %d %s", code, body)
	}
}
