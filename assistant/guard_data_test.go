package assistant

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// shared finds the folder of real data, or skips.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("MOTCUA_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err != nil {
		t.Skip("the real data are not beside this checkout: set MOTCUA_SHARED")
	}
	return filepath.Join(dir, "data")
}

func lines(t *testing.T, path, field string) (out []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<22)
	for sc.Scan() {
		var row map[string]any
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if s, ok := row[field].(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func guarded(t *testing.T, q string) Status {
	t.Helper()
	turn := &Turn{Question: Question{Text: q}}
	if err := (Guard{}).Run(context.Background(), turn); err != nil {
		t.Fatal(err)
	}
	return turn.Answer.Status
}

func TestHarmlessQuestionsAreNotBlocked(t *testing.T) {
	dir := shared(t)
	asked, blocked := 0, 0
	for _, set := range []string{"zalo2021", "alqac", "vlsp2025_drill", "procedures"} {
		for _, q := range lines(t, filepath.Join(dir, "retrieval", set, "queries.jsonl"), "text") {
			asked++
			turn := &Turn{Question: Question{Text: q}}
			for _, step := range []Step{Guard{}, RouteStep{}} {
				if turn.Answer.Status != "" {
					break
				}
				if err := step.Run(context.Background(), turn); err != nil {
					t.Fatal(err)
				}
			}
			if s := turn.Answer.Status; s != "" {
				blocked++
				t.Logf("%s: %s", s, q)
			}
		}
	}
	t.Logf("%d of %d blocked", blocked, asked)
	if blocked*1000 > asked*3 {
		t.Errorf("%d of %d harmless questions blocked; at most 0.3 %%", blocked, asked)
	}
}
