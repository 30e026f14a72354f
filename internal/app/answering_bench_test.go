package app

import (
	"bufio"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/config"
)

// BenchmarkAnswer is a whole answer, request to response, over a data folder with everything
// loaded: MOTCUA_BENCH_DATA names one to be used (it is written to). Each set of questions
// is asked once before anything is measured. Steps are reported in microseconds.
func BenchmarkAnswer(b *testing.B) {
	data := os.Getenv("MOTCUA_BENCH_DATA")
	if data == "" {
		b.Skip("MOTCUA_BENCH_DATA names no data folder")
	}
	cfg := config.Default()
	cfg.Data, cfg.RatePerMinute = data, 0
	a, err := New(b.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = a.Close() })
	h, err := a.Handler()
	if err != nil {
		b.Fatal(err)
	}
	sets := benchQuestions(b)
	for name, asked := range sets {
		b.Run(name, func(b *testing.B) { benchAnswers(b, a, h, asked) })
	}
}

func benchAnswers(b *testing.B, a *App, h http.Handler, asked []string) {
	steps := map[string]time.Duration{}
	for _, q := range asked {
		answer, err := a.Ask(b.Context(), assistant.Question{Text: q, AskedAt: time.Now(), Role: assistant.Citizen})
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range answer.Trace {
			steps[s.Step] += s.Took
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		body, _ := json.Marshal(map[string]string{"question": asked[i%len(asked)]}) // of a map of strings: no error
		r := httptest.NewRequest(http.MethodPost, "/api/v1/ask", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatalf("%s: HTTP %d: %s", asked[i%len(asked)], w.Code, w.Body)
		}
		i++
	}
	clear(steps)
	for _, q := range asked {
		answer, _ := a.Ask(b.Context(), assistant.Question{Text: q, AskedAt: time.Now(), Role: assistant.Citizen})
		for _, s := range answer.Trace {
			steps[s.Step] += s.Took
		}
	}
	for step, took := range steps {
		if each := float64(took.Microseconds()) / float64(len(asked)); each >= 1 {
			b.ReportMetric(each, step)
		}
	}
}

// benchQuestions are up to 300 questions of each kind: the exam's and the data sets'.
func benchQuestions(b *testing.B) map[string][]string {
	root := os.Getenv("MOTCUA_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	sets := map[string][]string{"exam": readQuestions(b, "../../eval/suites/exam/dev.jsonl", "q")}
	for _, name := range []string{"procedures", "zalo2021", "alqac", "vlsp2025_drill"} {
		path := filepath.Join(root, "data", "retrieval", name, "queries.jsonl")
		if _, err := os.Stat(path); err != nil {
			b.Logf("without %s: %v", name, err)
			continue
		}
		sets[name] = readQuestions(b, path, "text")
	}
	return sets
}

func readQuestions(b *testing.B, path, key string) (all []string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() && len(all) < 300 {
		var row map[string]any
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			b.Fatal(err)
		}
		if q, ok := row[key].(string); ok {
			all = append(all, q)
		}
	}
	return all
}
