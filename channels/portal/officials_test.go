package portal

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// desk keeps what it is given, or fails.
type desk struct {
	given     []assistant.Feedback
	forgotten []string
	item      int64
	err       error
}

func (d *desk) Give(_ context.Context, f assistant.Feedback) (int64, error) {
	d.given = append(d.given, f)
	return d.item, d.err
}

func (d *desk) Forget(_ context.Context, conversation string) error {
	d.forgotten = append(d.forgotten, conversation)
	return d.err
}

// empty is a library and an index with nothing in them.
type empty struct{}

func (empty) Instrument(context.Context, string) (i corpus.Instrument, err error) {
	return i, corpus.ErrNotFound
}

func (empty) Procedure(context.Context, string) (p corpus.Procedure, err error) {
	return p, corpus.ErrNotFound
}

func (empty) Chunk(context.Context, corpus.ChunkID) (c corpus.Chunk, err error) {
	return c, corpus.ErrNotFound
}

func (empty) Unit(context.Context, corpus.UnitID) ([]corpus.Chunk, error) {
	return nil, corpus.ErrNotFound
}

func (empty) Relations(context.Context, corpus.Provision) (to, from []corpus.Relation, err error) {
	return nil, nil, corpus.ErrNotFound
}

func (empty) Wordings(context.Context, string) ([]assistant.Wording, error) { return nil, nil }

func (empty) Retrieve(context.Context, retrieval.Query) ([]retrieval.Hit, error) { return nil, nil }

func serveDesk(t *testing.T, d Desk, perMinute int) *httptest.Server {
	t.Helper()
	p := &Portal{
		Answerer: &canned{answer: birth()}, Now: func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) }, Log: slog.New(slog.DiscardHandler), MaxBody: 4096, PerMinute: perMinute,
		Ready: func(context.Context) error { return nil }, Desk: d, Officials: &Officials{Token: "dung-la-ma-cua-can-bo-001"},
		Law: &Law{Comparer: assistant.Comparer{Library: empty{}, Wordings: empty{}}, Regulations: assistant.Regulations{Library: empty{}, Retriever: empty{}}},
	}
	h, err := p.Handler()
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// refused checks that the answer is an error with a code and a sentence.
func refused(t *testing.T, what string, status, want int, text string) {
	t.Helper()
	var e apiError
	if err := json.Unmarshal([]byte(text), &e); err != nil || status != want || e.Error.Code == "" || e.Error.Message == "" {
		t.Errorf("%.60s: %d %s; want %d with code and sentence", what, status, text, want)
	}
}

func TestBadFeedbackIsRefusedWithASentence(t *testing.T) {
	d := &desk{}
	s := serveDesk(t, d, 0)
	for body, want := range map[string]int{
		``: 400, `{`: 400, `[]`: 400, `{"answer":"a","useful":"yes"}`: 400, `{"answer":"a","useful":true,"x":1}`: 400, `{"answer":"a"}`: 422, `{"useful":true}`: 422,
		`{"answer":"a","useful":false}`: 422, `{"answer":"a","useful":false,"reason":"boring"}`: 422, `{"answer":"a","useful":true,"reason":"wrong"}`: 422,
		`{"answer":"a","useful":false,"reason":"other","text":"` + strings.Repeat("a", 1001) + `"}`: 422, `{"answer":"` + strings.Repeat("a", 5000) + `"}`: 413,
	} {
		status, text := post(t, s.URL+"/api/v1/feedback", body)
		refused(t, body, status, want, text)
	}
	if len(d.given) > 0 {
		t.Errorf("kept %+v", d.given)
	}
}

func TestFeedbackIsKeptMasked(t *testing.T) {
	d := &desk{item: 7}
	s := serveDesk(t, d, 0)
	status, text := post(t, s.URL+"/api/v1/feedback", `{"answer":"a1","useful":false,"reason":"wrong","text":"gọi 0912345678 <script>"}`)
	if status != 200 || !strings.Contains(text, `"in_review":true`) || strings.Contains(text, "7") || len(d.given) != 1 || strings.Contains(d.given[0].Text, "0912") {
		t.Errorf("%d %s %+v", status, text, d.given)
	}
}

func TestFaultsOfTheDeskAreToldWithoutTheirInside(t *testing.T) {
	for fault, want := range map[error]int{assistant.ErrNotKept: 404, errors.New("disk at /secret"): 503} {
		s := serveDesk(t, &desk{err: fault}, 0)
		status, text := post(t, s.URL+"/api/v1/feedback", `{"answer":"a1","useful":true}`)
		refused(t, fault.Error(), status, want, text)
		if strings.Contains(text, "secret") {
			t.Errorf("tells %s", text)
		}
	}
}

func TestAConversationIsDeletedByItsName(t *testing.T) {
	d := &desk{}
	s := serveDesk(t, d, 0)
	for _, origin := range []string{"", "https://ke-xau.vn"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, s.URL+"/api/v1/conversations/"+url.PathEscape("a/b c"), nil)
		if err != nil {
			t.Fatal(err)
		}
		want := http.StatusNoContent
		if origin != "" { // another site must not delete in the person's name
			req.Header.Set("Origin", origin)
			req.Header.Set("Sec-Fetch-Site", "cross-site")
			want = http.StatusForbidden
		}
		r, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		if r.StatusCode != want {
			t.Errorf("from %q: %d; want %d", origin, r.StatusCode, want)
		}
	}
	if len(d.forgotten) != 1 || d.forgotten[0] != "a/b c" {
		t.Errorf("forgot %q", d.forgotten)
	}
}

func TestWrongTokensAreCounted(t *testing.T) {
	s := serveDesk(t, &desk{}, 3)
	last := 0
	for range 5 {
		last, _ = get(t, s.URL+"/api/v1/queue", "Authorization", "Bearer doan-bua")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the fifth guess gives %d", last)
	}
}

func TestBadQuestionsAboutTheLawAreRefusedWithASentence(t *testing.T) {
	s := serveDesk(t, &desk{}, 0)
	for query, want := range map[string]int{
		"passages": 422, "passages?q=%20": 422, "passages?q=a&on=30/2/2026": 422, "passages?q=a&type=tho": 422, "passages?q=a&level=xa": 422, "passages?q=a&issued_from=x": 422,
		"passages?q=" + strings.Repeat("a", 9000): 413, "compare": 422, "compare?provision=Điều 15&day1=2020-01-01": 422, "compare?provision=Điều 15 60/2014/QH13": 422,
		"compare?provision=Điều 15 60/2014/QH13&day1=2020-01-01": 404, "competence": 422, "competence?task=a&on=31/4/2026": 422,
	} {
		status, text := get(t, s.URL+"/api/v1/law/"+strings.ReplaceAll(query, " ", "%20"))
		refused(t, query, status, want, text)
	}
	if status, text := get(t, s.URL+"/api/v1/law/competence?task=x"); status != 200 || !strings.Contains(text, `"entries":[]`) {
		t.Errorf("nothing found: %d %s", status, text)
	}
	if status, text := get(t, s.URL+"/api/v1/law/passages?q=x&type=nghi%20dinh&type=lu%E1%BA%ADt"); status != 200 || !strings.Contains(text, `"passages":[]`) {
		t.Errorf("nothing found: %d %s", status, text)
	}
}

func get(t *testing.T, address string, header ...string) (int, string) {
	t.Helper()
	return send(t, http.MethodGet, address, "", header...)
}
