package lexical

import (
	"testing"
	"time"
)

// BenchmarkReranked asks whole questions of the largest set: analysis, first stage and
// reordering on one core; it reports the median and the 99th percentile by the clock, and
// the mean of processor time, which others on the machine disturb less.
func BenchmarkReranked(b *testing.B) {
	x, texts := zaloIndex(b)
	l := Shipped()
	ask := func(text string) {
		q := x.Analyze(text)
		l.Rerank(b.Context(), x, q, x.Search(q, nil, RerankDepth))
	}
	ask(texts[0]) // prepares the ranker
	var took []time.Duration
	spent := cpuTime()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		ask(texts[i%len(texts)])
		took = append(took, time.Since(start))
	}
	b.ReportMetric(float64(cpuTime()-spent)/float64(b.N), "cpu-ns/op")
	reportTimes(b, took)
}

// BenchmarkPrepare readies the reordering of an index that has just been built or changed.
func BenchmarkPrepare(b *testing.B) {
	x, _ := zaloIndex(b)
	for b.Loop() {
		NewRanker(x)
	}
}
