package lexical

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

var zalo = sync.OnceValues(func() (*Index, []string) { return nil, nil })

// zaloIndex builds the largest data set once for all benchmarks.
func zaloIndex(b *testing.B) (*Index, []string) {
	d := loadDataset(b, "zalo2021")
	x, _ := zalo()
	if x == nil {
		x = keptIndex(b, "zalo2021", d.docs)
		zalo = func() (*Index, []string) { return x, nil }
	}
	var texts []string
	for _, q := range d.queries {
		texts = append(texts, q.Text)
	}
	return x, texts
}

// keptIndex builds the index of a data set, or opens it from the folder KEEP names.
func keptIndex(t testing.TB, name string, docs []Document) *Index {
	dir := os.Getenv("KEEP")
	path := filepath.Join(dir, name+".idx")
	if dir != "" {
		if x, _, err := Open(path, DefaultSettings()); err == nil {
			return x
		}
	}
	x := buildIndex(t, docs, DefaultSettings())
	if dir != "" {
		if err := x.Save(path, name); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func BenchmarkOpen(b *testing.B) {
	d := loadDataset(b, "zalo2021")
	path := filepath.Join(b.TempDir(), "x.idx")
	if err := keptIndex(b, "zalo2021", d.docs).Save(path, "bench"); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Open(path, DefaultSettings()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	x, texts := zaloIndex(b)
	for _, k := range []int{10, 100, 200} {
		b.Run(fmt.Sprint("k=", k), func(b *testing.B) {
			var took []time.Duration
			spent := cpuTime()
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				x.Search(x.Analyze(texts[i%len(texts)]), nil, k)
				took = append(took, time.Since(start))
			}
			b.ReportMetric(float64(cpuTime()-spent)/float64(b.N), "cpu-ns/op")
			reportTimes(b, took)
		})
	}
}

func BenchmarkAnalyze(b *testing.B) {
	x, texts := zaloIndex(b)
	for i := 0; b.Loop(); i++ {
		x.Analyze(texts[i%len(texts)])
	}
}

// reportTimes reports the median and the 99th percentile.
func reportTimes(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// cpuTime is the processor time of this process in nanoseconds: on a machine that others
// use too it says more than the clock.
func cpuTime() int64 {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return r.Utime.Nano() + r.Stime.Nano()
}
