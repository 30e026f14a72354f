package lexical

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// dataset is one of the retrieval sets, as its files have it.
type dataset struct {
	docs    []Document
	queries []struct{ ID, Text string }
	right   map[string]map[string]bool
}

// sharedDir is the folder of real data beside the repository, or the test is skipped.
func sharedDir(t testing.TB) string {
	if dir := os.Getenv("MOTCUA_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			shared := filepath.Join(dir, "..", "shared")
			if _, err := os.Stat(filepath.Join(shared, "data", "retrieval")); err == nil {
				return shared
			}
			break
		}
	}
	t.Skip("the real data sets are not here (../shared/data/retrieval)")
	return ""
}

func loadDataset(t testing.TB, name string) dataset {
	t.Helper()
	dir := filepath.Join(sharedDir(t), "data", "retrieval", name)
	d := dataset{right: map[string]map[string]bool{}}
	eachLine(t, filepath.Join(dir, "corpus.jsonl.gz"), func(line []byte) {
		var r struct{ ID, Title, Text, Law_id, Linh_vuc string }
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		doc := Document{ID: r.ID, LawName: r.Law_id, Title: r.Title, Body: r.Text}
		doc.Attr.Instrument = r.Law_id
		if r.Linh_vuc != "" {
			doc.Facets = append(doc.Facets, Facet{Domain, r.Linh_vuc})
		}
		d.docs = append(d.docs, doc)
	})
	eachLine(t, filepath.Join(dir, "queries.jsonl"), func(line []byte) {
		var q struct{ ID, Text string }
		if err := json.Unmarshal(line, &q); err != nil {
			t.Fatal(err)
		}
		d.queries = append(d.queries, q)
	})
	eachLine(t, filepath.Join(dir, "qrels.tsv"), func(line []byte) {
		f := strings.Split(string(line), "\t")
		if d.right[f[0]] == nil {
			d.right[f[0]] = map[string]bool{}
		}
		d.right[f[0]][f[1]] = true
	})
	return d
}

func eachLine(t testing.TB, path string, do func([]byte)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		sc = bufio.NewScanner(z)
	}
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		do(sc.Bytes())
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
}

// quality are the measures of one run over a data set.
type quality struct{ ndcg10, r100, r200, mrr10 float64 }

func (d *dataset) measure(x *Index, rewrite func(string) string) (m quality) {
	n := 0.0
	for _, q := range d.queries {
		right := d.right[q.ID]
		if len(right) == 0 {
			continue
		}
		n++
		text := q.Text
		if rewrite != nil {
			text = rewrite(text)
		}
		var dcg, ideal, first float64
		at100, at200 := 0, 0
		for i, r := range x.Search(x.Analyze(text), nil, 200) {
			if !right[r.ID] {
				continue
			}
			at200++
			if i < 100 {
				at100++
			}
			if i < 10 {
				dcg += 1 / math.Log2(float64(i)+2)
				if first == 0 {
					first = 1 / float64(i+1)
				}
			}
		}
		for i := range min(10, len(right)) {
			ideal += 1 / math.Log2(float64(i)+2)
		}
		m.ndcg10 += dcg / ideal
		m.mrr10 += first
		m.r100 += float64(at100) / float64(len(right))
		m.r200 += float64(at200) / float64(len(right))
	}
	return quality{m.ndcg10 / n, m.r100 / n, m.r200 / n, m.mrr10 / n}
}

func buildIndex(t testing.TB, docs []Document, s Settings) *Index {
	t.Helper()
	b := NewBuilder(s)
	for _, d := range docs {
		b.Add(d)
	}
	return b.Build()
}
