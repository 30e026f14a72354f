package sqlite_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// shared finds the real data beside the repository, or skips.
func shared(tb testing.TB, parts ...string) string {
	tb.Helper()
	root := os.Getenv("MOTCUA_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			tb.Fatal(err)
		}
		for dir != filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(dir, "..", "shared")
	}
	path := filepath.Join(append([]string{root, "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("needs the real data: %v", err)
	}
	return path
}

func realSources(tb testing.TB) []string {
	return []string{
		shared(tb, "laws", "laws_as_enacted_2024-11.jsonl.gz"), shared(tb, "laws", "phapdien_2026-01.jsonl.gz"), shared(tb, "procedures"),
	}
}

func options(db *sqlite.DB) ingest.Options {
	return ingest.Options{Repository: db.Repository(), Readers: ingest.Readers(), Now: time.Now}
}

// BenchmarkIngestEverything takes in all codified and enacted law and all procedures into
// an empty store, and reports documents, the file's size and the peak of memory.
func BenchmarkIngestEverything(b *testing.B) {
	sources := realSources(b)
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "motcua.db")
		db, err := sqlite.Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		report, err := ingest.Run(b.Context(), options(db), sources)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range report.Sources {
			b.Logf("%s: %+v, %d faults", filepath.Base(s.Name), s.Tally, len(s.Faults))
		}
		stats, err := db.Stats(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.Logf("%+v", stats)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/1e6, "MB-file")
		b.ReportMetric(float64(report.Total.Read), "documents")
		b.ReportMetric(peakMB(b), "MB-peak")
	}
}

// filled opens a store with everything in it, and closes it with the benchmark.
func filled(b *testing.B) *sqlite.DB {
	sources := realSources(b)
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "motcua.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := ingest.Run(b.Context(), options(db), sources); err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkIngestUnchanged takes everything in a second time.
func BenchmarkIngestUnchanged(b *testing.B) {
	db := filled(b)
	for b.Loop() {
		if _, err := ingest.Run(b.Context(), options(db), realSources(b)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUnits streams all units as a search index would read them.
func BenchmarkUnits(b *testing.B) {
	db := filled(b)
	for b.Loop() {
		units, bytes := 0, 0
		err := db.Units(b.Context(), func(_ corpus.UnitID, chunks []corpus.Chunk) error {
			units++
			for _, c := range chunks {
				bytes += len(c.Text)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(units), "units")
		b.ReportMetric(float64(bytes)/1e6, "MB-text")
	}
}

// peakMB is the largest resident set of this process so far, in MB; 0 where unknown.
func peakMB(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kb / 1000
		}
	}
	return 0
}
