package parse

import (
	"testing"

	"github.com/motcua/motcua/corpus"
)

func BenchmarkCodified(b *testing.B) {
	open := gzipOpener(sharedFile(b, "data/laws/phapdien_2026-01.jsonl.gz"))
	for b.Loop() {
		n := 0
		for in := range Codified(open, corpus.Source{}) {
			n += len(in.Articles)
		}
		b.ReportMetric(float64(n), "articles")
	}
}
