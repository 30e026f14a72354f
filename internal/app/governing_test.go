package app

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/config"
)

const token = "ma-cua-can-bo-thu-nghiem-0001"

// service is the whole program over HTTP on the starter corpus, at a fixed time.
type service struct {
	*App
	url string
	now time.Time
}

func start(t *testing.T, data string, change func(*config.Config)) *service {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.OfficialsToken, cfg.RatePerMinute = data, token, 0
	if change != nil {
		change(&cfg)
	}
	s := &service{now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}
	a, err := New(t.Context(), onServer(t, cfg), slog.New(slog.DiscardHandler), Clock(func() time.Time { return s.now }))
	if err != nil {
		t.Fatal(err)
	}
	s.App = a
	h, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	s.url = server.URL
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// loaded is a data folder with the starter corpus in it: reading that in takes longer
// than all the rest of a test.
var loaded = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "motcua-app-")
	if err != nil {
		return "", err
	}
	cfg := config.Default()
	cfg.Data = dir
	a, err := New(context.Background(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return dir, err
	}
	return dir, a.Close()
})

func TestMain(m *testing.M) {
	if data := os.Getenv(childMove); data != "" {
		if err := moveMain(data); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	endWalk()
	if dir, err := loaded(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// folder is a data folder of the test's own.
func folder(t *testing.T) string {
	t.Helper()
	from, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"motcua.db", "motcua.index"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// call sends JSON and reads JSON into out, when out is not nil.
func (s *service) call(t *testing.T, method, path, bearer string, in, out any) int {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, r.StatusCode, text)
		}
	}
	return r.StatusCode
}

type object = map[string]any

func (s *service) ask(t *testing.T, question, conversation string) (a assistant.Answer) {
	t.Helper()
	if status := s.call(t, "POST", "/api/v1/ask", "", object{"question": question, "conversation": conversation}, &a); status != 200 {
		t.Fatalf("%q: %d", question, status)
	}
	return a
}

// theFee is what the starter corpus is asked in these tests.
const theFee = "đăng ký khai sinh lệ phí bao nhiêu"

func TestAWrongAnswerReachesTheQueueAndItsCorrectionEverybody(t *testing.T) {
	s := start(t, folder(t), nil)
	a := s.ask(t, theFee, "cuoc-1")
	if a.Card == nil {
		t.Fatalf("%s %q has no card", a.Status, a.Text)
	}
	var reply struct{ Kept, In_Review bool }
	if status := s.call(t, "POST", "/api/v1/feedback", "", object{"answer": a.ID, "useful": false, "reason": "wrong", "text": "sai, gọi 0912345678"}, &reply); status != 200 || !reply.Kept || !reply.In_Review {
		t.Fatalf("%d %+v", status, reply)
	}
	var queue struct{ Items []assistant.Item }
	s.call(t, "GET", "/api/v1/queue?state=open", token, nil, &queue)
	if len(queue.Items) != 1 || queue.Items[0].Question != theFee || strings.Contains(queue.Items[0].Text, "0912") {
		t.Fatalf("%+v", queue)
	}
	sign := object{
		"author": "can-bo-1", "office": "UBND xã thử nghiệm", "text": "Khai sinh đúng hạn được miễn lệ phí theo đính chính số 77", "basis": []string{"60/2014/QH13"},
		"unit": "tthc:" + a.Card.Procedure, "slots": []string{"fees"}, "must": []string{"đính chính số 77"}, "until": "2027-02-01", "item": queue.Items[0].ID,
	}
	if status := s.call(t, "POST", "/api/v1/corrections", token, sign, nil); status != 409 {
		t.Errorf("signed for an item nobody holds: %d", status)
	}
	if status := s.call(t, "POST", "/api/v1/queue/1", token, object{"to": "claimed", "by": "can-bo-1"}, nil); status != 200 {
		t.Fatalf("claim: %d", status)
	}
	if status := s.call(t, "POST", "/api/v1/queue/1", token, object{"to": "claimed", "by": "can-bo-2"}, nil); status != 409 {
		t.Errorf("a second official claimed it: %d", status)
	}
	if status := s.call(t, "POST", "/api/v1/corrections", token, sign, nil); status != 201 {
		t.Fatalf("sign: %d", status)
	}
	again := s.ask(t, theFee, "")
	if len(again.Corrections) == 0 || !strings.HasPrefix(again.Text, "Đính chính của UBND xã thử nghiệm") || again.Status != assistant.Answered {
		t.Errorf("%s %q", again.Status, again.Text)
	}
	var item struct {
		Item assistant.Item
		Log  []assistant.LogEntry
	}
	if s.call(t, "GET", "/api/v1/queue/1", token, nil, &item); item.Item.State != assistant.ItemAnswered || item.Item.Correction == "" || len(item.Log) != 3 {
		t.Errorf("%+v", item)
	}
	s.casesOf(t, "đính chính số 77")
}

// casesOf reads the exported cases as the exam does.
func (s *service) casesOf(t *testing.T, must string) {
	t.Helper()
	var b bytes.Buffer
	if err := s.ExportCases(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	cases, err := eval.ReadCases(&b)
	if err != nil || len(cases) != 1 || cases[0].Q != theFee || len(cases[0].MustContain) != 1 || cases[0].MustContain[0] != must || cases[0].AsOf != "2026-11-21" {
		t.Errorf("%v %+v", err, cases)
	}
}

var deskPaths = []string{"GET /api/v1/queue", "GET /api/v1/queue/1", "POST /api/v1/queue/1", "GET /api/v1/corrections", "POST /api/v1/corrections", "POST /api/v1/corrections/x/withdraw", "GET /api/v1/corrections/cases", "GET /api/v1/gaps", "GET /api/v1/opinions"}

func TestTheOfficialsDeskIsNotThereWithoutAToken(t *testing.T) {
	s := start(t, folder(t), func(c *config.Config) { c.OfficialsToken = "" })
	for _, p := range deskPaths {
		method, path, _ := strings.Cut(p, " ")
		for _, bearer := range []string{"", " ", token} {
			if status := s.call(t, method, path, bearer, object{}, nil); status != 404 && status != 405 {
				t.Errorf("%s with %q: %d", p, bearer, status)
			}
		}
	}
}

func TestTheOfficialsDeskOpensToItsTokenOnly(t *testing.T) {
	s := start(t, folder(t), nil)
	for _, p := range deskPaths {
		method, path, _ := strings.Cut(p, " ")
		for _, bearer := range []string{"", "x", token + "x", token[1:], strings.ToUpper(token)} {
			if status := s.call(t, method, path, bearer, object{}, nil); status != 401 {
				t.Errorf("%s with %q: %d", p, bearer, status)
			}
		}
		if status := s.call(t, method, path, token, object{}, nil); status == 401 || status >= 500 {
			t.Errorf("%s with the token: %d", p, status)
		}
	}
}

func TestAConversationSurvivesARestartUntilItsOwnerDeletesIt(t *testing.T) {
	data := folder(t)
	t.Run("first", func(t *testing.T) { start(t, data, nil).ask(t, theFee, "cuoc-1") })
	s := start(t, data, nil)
	if state, err := s.remember.State(t.Context(), "cuoc-1"); err != nil || state.Procedure == "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if status := s.call(t, "DELETE", "/api/v1/conversations/cuoc-1", "", nil, nil); status != 204 {
		t.Errorf("delete: %d", status)
	}
	if state, err := s.remember.State(t.Context(), "cuoc-1"); err != nil || state.Procedure != "" {
		t.Errorf("%+v, %v", state, err)
	}
	if turns, err := s.store.Transcript().Recent(t.Context(), "cuoc-1", 9); err != nil || len(turns) > 0 {
		t.Errorf("%+v, %v", turns, err)
	}
}

func TestConversationsAreSweptOnTheirDay(t *testing.T) {
	data := folder(t)
	s := start(t, data, func(c *config.Config) { c.ConversationDays = 7 })
	a := s.ask(t, theFee, "cuoc-1")
	feedback := object{"answer": a.ID, "useful": true}
	if status := s.call(t, "POST", "/api/v1/feedback", "", feedback, nil); status != 200 {
		t.Fatalf("feedback: %d", status)
	}
	asked := s.now
	for _, c := range []struct{ days, want int }{{6, 200}, {8, 404}} {
		s.now = asked.AddDate(0, 0, c.days)
		if err := s.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.now = asked // the feedback is as old as the turn
		if status := s.call(t, "POST", "/api/v1/feedback", "", feedback, nil); status != c.want {
			t.Errorf("after %d days feedback gives %d; want %d", c.days, status, c.want)
		}
	}
}

func TestNothingIsKeptWithZeroDays(t *testing.T) {
	s := start(t, folder(t), func(c *config.Config) { c.ConversationDays = 0 })
	a := s.ask(t, theFee, "cuoc-1")
	if status := s.call(t, "POST", "/api/v1/feedback", "", object{"answer": a.ID, "useful": true}, nil); status != 404 {
		t.Errorf("feedback on what is not kept: %d", status)
	}
	if state, err := s.remember.State(t.Context(), "cuoc-1"); err != nil || state.Procedure == "" {
		t.Errorf("follow-ups no longer work in the same process: %+v, %v", state, err)
	}
}

func TestATamperedCorrectionIsToldByDoctor(t *testing.T) {
	if os.Getenv("MOTCUA_TEST_STORE") == "postgres" {
		t.Skip("it tampers with the file")
	}
	s := start(t, folder(t), nil)
	sign := object{"author": "can-bo-1", "office": "Sở thử", "text": "Nộp 5.000 đồng", "basis": []string{"60/2014/QH13"}, "question": "nuôi cá sấu trong nhà", "must": []string{"5.000 đồng"}, "until": "2027-02-01"}
	if status := s.call(t, "POST", "/api/v1/corrections", token, sign, nil); status != 201 {
		t.Fatalf("sign: %d", status)
	}
	if a := s.ask(t, "nuoi ca sau trong nha", ""); !strings.Contains(a.Text, "5.000 đồng") || a.Status != assistant.Answered {
		t.Fatalf("%s %q", a.Status, a.Text)
	}
	db, err := sql.Open("sqlite", filepath.Join(s.cfg.Data, "motcua.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `UPDATE statements SET body = CAST(replace(CAST(body AS TEXT), '5.000', '9.000') AS BLOB)`); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(correctionsReread)
	if a := s.ask(t, "nuoi ca sau trong nha", ""); strings.Contains(a.Text, ".000 đồng") {
		t.Errorf("applied: %q", a.Text)
	}
	for _, f := range s.Doctor(t.Context()) {
		if strings.HasPrefix(f.Name, "đính chính") && (f.OK || !strings.Contains(f.State, "chữ ký không khớp") || f.Mend == "") {
			t.Errorf("%+v", f)
		}
	}
}

func TestTheSigningKeyIsForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), keyFile)
	first, err := signingKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := signingKey(path)
	if err != nil || !bytes.Equal(first, again) || len(first) < assistant.SigningKeySize {
		t.Errorf("%d bytes, then %d, %v", len(first), len(again), err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("không phải khóa"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := signingKey(path); err == nil || strings.Contains(err.Error(), "invalid byte") {
		t.Errorf("a damaged key: %v", err)
	}
}

// stuck is a store whose writes wait.
type stuck struct {
	assistant.Transcript
	release chan struct{}
	kept    chan string
}

func (s stuck) Append(_ context.Context, p assistant.PastTurn) error {
	<-s.release
	s.kept <- p.Answer
	return nil
}

func (stuck) Keep(context.Context, string, assistant.State, time.Time) error { return nil }

func TestABusyStoreHoldsUpNoAnswerAndLosesNothingOnClose(t *testing.T) {
	store := stuck{release: make(chan struct{}), kept: make(chan string, writesWaiting+10)}
	r := newRemembering(assistant.NewShortMemory(time.Hour, 10), store, nil, slog.New(slog.DiscardHandler), nil)
	for range writesWaiting + 5 { // one is with the store; more than fit are dropped, not waited for
		r.turn(assistant.PastTurn{Answer: "a"})
	}
	if err := r.Keep(t.Context(), "c", assistant.State{Topic: "x"}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if s, err := r.State(t.Context(), "c"); err != nil || s.Topic != "x" {
		t.Errorf("%+v, %v", s, err)
	}
	close(store.release)
	if err := r.close(); err != nil {
		t.Fatal(err)
	}
	if n, lost := len(store.kept), int(r.lost.Load()); n < writesWaiting || n+lost < writesWaiting+5 {
		t.Errorf("kept %d, lost %d of %d", n, lost, writesWaiting+5)
	}
	if err := r.now(t.Context(), func(context.Context) error { return nil }); err == nil {
		t.Error("a closed writer took work")
	}
}
