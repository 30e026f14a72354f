package lexical

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/retrieval/viet"
)

// TestMeasure prints quality and speed of the plain lexical stage on the sets named in
// MEASURE ("zalo2021,alqac"); it is a tool for people, off by default.
func TestMeasure(t *testing.T) {
	sets := os.Getenv("MEASURE")
	if sets == "" {
		t.Skip("set MEASURE to data sets to measure")
	}
	for _, name := range strings.Split(sets, ",") {
		d := loadDataset(t, name)
		start := time.Now()
		x := keptIndex(t, name, d.docs)
		built := time.Since(start)
		m := d.measure(x, nil)
		bare := d.measure(x, viet.Fold)
		t.Logf("%-14s marked %.4f bare %.4f (loss %.4f)  MRR %.4f R@100 %.4f R@200 %.4f  build %s", name, m.ndcg10, bare.ndcg10, m.ndcg10-bare.ndcg10, m.mrr10, m.r100, m.r200, built.Round(time.Millisecond))
		d.docs = nil
		runtime.GC()
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		for _, k := range []int{10, 100, 200} {
			p50, p95, p99 := d.latency(x, k)
			t.Logf("%-14s k=%d p50 %s p95 %s p99 %s heap %d MB", name, k, p50, p95, p99, mem.HeapAlloc>>20)
			p50, p95, p99 = d.bare().latency(x, k)
			t.Logf("%-14s k=%d without marks p50 %s p95 %s p99 %s", name, k, p50, p95, p99)
		}
		runtime.KeepAlive(x)
	}
}

// bare is the data set with its questions typed without marks.
func (d *dataset) bare() *dataset {
	b := *d
	b.queries = slices.Clone(d.queries)
	for i := range b.queries {
		b.queries[i].Text = viet.Fold(b.queries[i].Text)
	}
	return &b
}

// latency gives percentiles over the questions. Each question counts by its best of
// several runs, so that what else runs on the machine disturbs little.
func (d *dataset) latency(x *Index, k int) (p50, p95, p99 time.Duration) {
	best := make([]time.Duration, len(d.queries))
	for run := range 7 {
		for i, q := range d.queries {
			start := time.Now()
			x.Search(x.Analyze(q.Text), nil, k)
			if took := time.Since(start); run == 0 || took < best[i] {
				best[i] = took
			}
		}
	}
	slices.Sort(best)
	at := func(p int) time.Duration { return best[len(best)*p/100] }
	return at(50), at(95), at(99)
}
