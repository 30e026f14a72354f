package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

var (
	_ retrieval.Embedder = Face{}
	_ retrieval.Reranker = (*Reranker)(nil)
)

type embedRequest struct {
	Input []string `json:"input"`
	Model string   `json:"model"`
}

type vectorOf struct {
	Index     int       `json:"index"`
	Embedding []float64 `json:"embedding"`
}

// embedServer answers with a vector made from each text's length, in the order that mangle
// leaves.
func embedServer(t *testing.T, calls *atomic.Int32, mangle func([]vectorOf) []vectorOf) EmbedOptions {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		var req embedRequest
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			t.Error(err)
		}
		var out []vectorOf
		for i, text := range req.Input {
			out = append(out, vectorOf{i, []float64{float64(len(text)), 1, 0}})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": mangle(out)})
	}))
	t.Cleanup(s.Close)
	return EmbedOptions{BaseURL: s.URL + "/v1", Key: "secret-key", Model: "m", QueryPrefix: "query: ", PassagePrefix: "passage: ", Batch: 3}
}

func as(v []vectorOf) []vectorOf { return v }

func TestVectorsBelongToTheirTextsInWhateverOrderTheyCome(t *testing.T) {
	var calls atomic.Int32
	o := embedServer(t, &calls, func(v []vectorOf) []vectorOf { slices.Reverse(v); return v })
	var texts []string
	for i := range 10 {
		texts = append(texts, strings.Repeat("x", i*i))
	}
	got, err := NewEmbeddings(o).Passages().Embed(t.Context(), texts)
	if err != nil || len(got) != 10 || calls.Load() != 4 {
		t.Fatalf("%d vectors in %d requests: %v", len(got), calls.Load(), err)
	}
	for i, v := range got {
		if want := float64(len("passage: ") + i*i); math.Abs(float64(v[0]/v[1])-want) > 1e-3*want {
			t.Errorf("text %d has the vector of another", i)
		}
		if n := math.Hypot(float64(v[0]), float64(v[1])); math.Abs(n-1) > 1e-6 {
			t.Errorf("vector %d has length %g", i, n)
		}
	}
}

func TestAVectorThatIsMissingDoubledOrNoNumberIsAnError(t *testing.T) {
	for name, mangle := range map[string]func([]vectorOf) []vectorOf{
		"missing":      func(v []vectorOf) []vectorOf { return v[1:] },
		"doubled":      func(v []vectorOf) []vectorOf { v[0].Index = 1; return v },
		"out of range": func(v []vectorOf) []vectorOf { v[0].Index = 7; return v },
		"empty":        func(v []vectorOf) []vectorOf { v[0].Embedding = nil; return v },
		"zero":         func(v []vectorOf) []vectorOf { v[0].Embedding = []float64{0, 0, 0}; return v },
		"nothing":      func([]vectorOf) []vectorOf { return nil },
	} {
		var calls atomic.Int32
		e := NewEmbeddings(embedServer(t, &calls, mangle))
		if _, err := e.Queries().Embed(t.Context(), []string{"một", "hai"}); !errors.Is(err, ErrIncomplete) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAServerThatChangesItsModelIsNoticed(t *testing.T) {
	var calls atomic.Int32
	e := NewEmbeddings(embedServer(t, &calls, func(v []vectorOf) []vectorOf {
		if calls.Load() > 1 {
			v[0].Embedding = []float64{1, 2, 3, 4}
		}
		return v
	}))
	if _, err := e.Passages().Embed(t.Context(), []string{"một"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Passages().Embed(t.Context(), []string{"hai"}); !errors.Is(err, ErrDimension) {
		t.Errorf("%v", err)
	}
}

func TestAQuestionAskedAgainCostsNoRequest(t *testing.T) {
	var calls atomic.Int32
	e := NewEmbeddings(embedServer(t, &calls, as))
	for range 3 {
		if _, err := e.Queries().Embed(t.Context(), []string{"lệ phí khai sinh"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := e.Passages().Embed(t.Context(), []string{"lệ phí khai sinh"}); err != nil || calls.Load() != 2 {
		t.Errorf("%d requests for one question and one passage: %v", calls.Load(), err)
	}
}

func TestTheCacheForgetsAndStaysBounded(t *testing.T) {
	c := newVectorCache(10)
	for i := range 1000 {
		c.put(fmt.Sprint(i), []float32{1})
		c.get("0") // asked often
	}
	if n := len(c.young) + len(c.old); n > 10 {
		t.Errorf("%d kept", n)
	}
	if c.get("0") == nil {
		t.Error("what is asked often was forgotten")
	}
}

func TestAServerThatKeepsFailingIsLeftAloneAndThenTriedOnce(t *testing.T) {
	now := time.Unix(0, 0)
	b := &Breaker{Faults: 3, Rest: time.Minute, Now: func() time.Time { return now }}
	asked := 0
	fail := func() error { asked++; return ErrBusy }
	for range 10 {
		_ = b.do(fail)
	}
	if asked != 3 {
		t.Errorf("asked %d times", asked)
	}
	now = now.Add(time.Minute)
	_ = b.do(fail)
	if err := b.do(fail); !errors.Is(err, ErrOpen) || asked != 4 {
		t.Errorf("after the rest: %v, asked %d times", err, asked)
	}
	now = now.Add(time.Minute)
	if err := b.do(func() error { return nil }); err != nil {
		t.Error(err)
	}
	if err := b.do(func() error { return nil }); err != nil {
		t.Errorf("still left alone after it came back: %v", err)
	}
}

func TestTheBudgetOfAnHourBoundsAllAndEachAndBeginsAgain(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 59, 0, 0, time.UTC)
	b := &Budget{PerHour: 3, PerCaller: 2, Now: func() time.Time { return now }}
	var mu sync.Mutex
	var got []bool
	for _, caller := range []string{"a", "a", "a", "b", "b"} {
		mu.Lock()
		got = append(got, b.take(caller) == nil)
		mu.Unlock()
	}
	if !slices.Equal(got, []bool{true, true, false, true, false}) {
		t.Errorf("%v", got)
	}
	now = now.Add(time.Minute)
	if err := b.take("a"); err != nil {
		t.Error(err)
	}
}

func rerankServer(t *testing.T, body string, status int) *Reranker {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/rerank" || r.Header.Get("Authorization") != "Bearer secret-key" {
			t.Errorf("%s %v", r.URL.Path, r.Header)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return NewReranker(RerankOptions{BaseURL: s.URL + "/v1", Key: "secret-key", Model: "m"})
}

func TestScoresBelongToTheirChunksAndNoneIsLeftOut(t *testing.T) {
	chunks := []corpus.Chunk{{Text: "một"}, {Text: "hai"}}
	scores, err := rerankServer(t, `{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}]}`, 200).Rerank(t.Context(), "hỏi", chunks)
	if err != nil || !slices.Equal(scores, []float64{.1, .9}) {
		t.Errorf("%v, %v", scores, err)
	}
	for _, bad := range []string{`{"results":[{"index":1,"relevance_score":0.9}]}`, `{"results":[{"index":1},{"index":1}]}`, `{"results":[{"index":5},{"index":0}]}`, `not json`} {
		if _, err := rerankServer(t, bad, 200).Rerank(t.Context(), "hỏi", chunks); !errors.Is(err, ErrIncomplete) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	_, err = rerankServer(t, `{"error":"bad secret-key"}`, 401).Rerank(t.Context(), "hỏi", chunks)
	if !errors.Is(err, ErrRefused) || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}
