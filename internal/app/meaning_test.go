package app

import (
	"encoding/json"
	"hash/fnv"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/retrieval"
)

// wordServer is an embedding server whose vectors count hashed words: alike where words are
// shared. While down is set it answers 503; asked counts the texts it was sent.
type wordServer struct {
	*httptest.Server
	down  atomic.Bool
	asked atomic.Int64
	width atomic.Int64
	seen  atomic.Value
}

func newWordServer(t *testing.T) *wordServer {
	s := &wordServer{}
	s.width.Store(64)
	s.seen.Store("")
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.down.Load() {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		var in struct {
			Input []string `json:"input"`
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			http.Error(w, "bad", http.StatusBadRequest)
			return
		}
		type datum struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		}
		var data []datum
		for i, text := range in.Input {
			s.asked.Add(1)
			s.seen.Store(text)
			v := make([]float32, s.width.Load())
			for _, word := range strings.Fields(strings.ToLower(text)) {
				h := fnv.New32a()
				_, _ = h.Write([]byte(word))
				v[int(h.Sum32())%len(v)]++
			}
			v[0]++
			data = append(data, datum{i, v})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data})
	}))
	t.Cleanup(s.Close)
	return s
}

func semantic(t *testing.T, s *wordServer) config.Config {
	cfg := config.Default()
	cfg.Data = t.TempDir()
	cfg.EmbedURL, cfg.EmbedName, cfg.EmbedWithin = s.URL+"/v1", "tu", config.Duration(time.Minute)
	return cfg
}

func openSemantic(t *testing.T, cfg config.Config, now func() time.Time, options ...Option) *App {
	t.Helper()
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), append(options, Clock(now))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// byMeaning reports whether vectors had a share in a search, and the units found.
func byMeaning(t *testing.T, a *App, text string) (bool, string) {
	t.Helper()
	hits, err := a.Search(t.Context(), retrieval.Query{Text: text, Limit: 5, Filter: retrieval.Filter{Only: retrieval.OnlyProcedures}})
	if err != nil {
		t.Fatal(err)
	}
	shared, units := false, ""
	for _, h := range hits {
		units += string(h.Unit) + " "
		for _, w := range h.Why {
			shared = shared || w.Retriever == "vector"
		}
	}
	return shared, units
}

func TestWordsAnswerAloneWhileTheEmbeddingServerIsDownAndMeaningComesBackByItself(t *testing.T) {
	s := newWordServer(t)
	at := atomic.Int64{}
	now := func() time.Time {
		return time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC).Add(time.Duration(at.Load()) * time.Minute)
	}
	a := openSemantic(t, semantic(t, s), now)
	const question = "đăng ký khai sinh cho con ở đâu"
	plain := func() string {
		hits, err := a.search.Retrieve(t.Context(), retrieval.Query{Text: question, Limit: 5, Filter: retrieval.Filter{Only: retrieval.OnlyProcedures}})
		if err != nil {
			t.Fatal(err)
		}
		units := ""
		for _, h := range hits {
			units += string(h.Unit) + " "
		}
		return units
	}
	if shared, units := byMeaning(t, a, question); shared || units != plain() {
		t.Errorf("before the corpus is embedded: vectors %v, %s", shared, units)
	}
	if err := a.Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	if shared, _ := byMeaning(t, a, question); !shared {
		t.Error("vectors have no share once the corpus is embedded")
	}
	s.down.Store(true)
	for i := range 8 { // past the point where the breaker opens
		ask := question + strings.Repeat(" ạ", i+1)
		if shared, _ := byMeaning(t, a, ask); shared {
			t.Error("vectors of a server that is down")
		}
		answer, err := a.Ask(t.Context(), assistant.Question{Text: ask, AskedAt: now()})
		if err != nil || answer.Status != assistant.Answered {
			t.Fatalf("asked while the server is down: %s, %v", answer.Status, err)
		}
	}
	if !a.meaning.models.Embedding.Open() {
		t.Error("the breaker is closed after so many failures")
	}
	s.down.Store(false)
	at.Add(1)
	if shared, _ := byMeaning(t, a, question+" vậy"); !shared {
		t.Error("meaning did not come back")
	}
}

func TestEmbeddingGoesOnWhereItStopped(t *testing.T) {
	s := newWordServer(t)
	cfg := semantic(t, s)
	a := openSemantic(t, cfg, time.Now)
	stop := func(p Embedded) { s.down.Store(p.Done >= 2*embedAtOnce) }
	if err := a.Embed(t.Context(), stop); err == nil {
		t.Fatal("embedded by a server that is down")
	}
	before := s.asked.Load()
	s.down.Store(false)
	total := 0
	again := openSemantic(t, cfg, time.Now)
	if err := again.Embed(t.Context(), func(p Embedded) { total = p.Of }); err != nil {
		t.Fatal(err)
	}
	if s.asked.Load()-before != int64(total) {
		t.Errorf("asked for %d texts where %d lacked", s.asked.Load()-before, total)
	}
	if before < 2*embedAtOnce || total == 0 {
		t.Fatalf("nothing was broken off: %d before, %d after", before, total)
	}
	if held := again.meaning.held.Load(); held < int64(total) || again.meaning.lacking.Load() != 0 {
		t.Errorf("%d held, %d lacking", held, again.meaning.lacking.Load())
	}
}

func TestVectorsOfAnotherModelAreRefusedAtStartAndLeftAsTheyAre(t *testing.T) {
	s := newWordServer(t)
	cfg := semantic(t, s)
	if err := openSemantic(t, cfg, time.Now).Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(cfg.Data, "motcua.vectors")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cfg.EmbedName = "khac"
	_, err = New(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "motcua embed --again") || !strings.Contains(err.Error(), `"khac`) {
		t.Errorf("error %v", err)
	}
	if after, _ := os.ReadFile(file); string(after) != string(before) {
		t.Error("the file of vectors was changed")
	}
	a := openSemantic(t, cfg, time.Now, Again())
	if err := a.Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	if err := a.FinishAgain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if shared, _ := byMeaning(t, openSemantic(t, cfg, time.Now), "đăng ký kết hôn"); !shared {
		t.Error("vectors made anew have no share")
	}
}

func TestAServerOfAnotherWidthIsNamedByTheDoctorAndNotUsed(t *testing.T) {
	s := newWordServer(t)
	cfg := semantic(t, s)
	a := openSemantic(t, cfg, time.Now)
	if err := a.Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	s.width.Store(32)
	a = openSemantic(t, cfg, time.Now)
	if shared, units := byMeaning(t, a, "đăng ký kết hôn"); shared || units == "" {
		t.Errorf("vectors %v, found %q", shared, units)
	}
	for _, f := range a.Doctor(t.Context()) {
		if f.Name == "máy chủ nhúng" && (f.OK || !f.Optional || !strings.Contains(f.Mend, "motcua embed --again")) {
			t.Errorf("finding %+v", f)
		}
	}
}

func TestNoNumberOfAPersonReachesTheEmbeddingServer(t *testing.T) {
	s := newWordServer(t)
	a := openSemantic(t, semantic(t, s), time.Now)
	if err := a.Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	byMeaning(t, a, "tôi số 079204001234 muốn đăng ký kết hôn")
	if seen := s.seen.Load().(string); strings.Contains(seen, "079204001234") || !strings.Contains(seen, "kết hôn") {
		t.Errorf("the server was sent %q", seen)
	}
}
