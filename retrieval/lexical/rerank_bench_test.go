package lexical

import (
	"slices"
	"testing"
	"time"
)

// BenchmarkReranked asks whole questions of the largest set: analysis, first stage and
// reordering on one core; it reports the median and the 99th percentile beside the mean.
func BenchmarkReranked(b *testing.B) {
	x, texts := zaloIndex(b)
	l := Shipped()
	ask := func(text string) {
		q := x.Analyze(text)
		l.Rerank(b.Context(), x, q, x.Search(q, nil, RerankDepth))
	}
	ask(texts[0]) // prepares the ranker
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		ask(texts[i%len(texts)])
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkPrepare readies the reordering of an index that has just been built or changed.
func BenchmarkPrepare(b *testing.B) {
	x, _ := zaloIndex(b)
	for b.Loop() {
		NewRanker(x)
	}
}
