package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/lexical"
)

// wayResult is one way of searching measured with and without marks.
type wayResult struct {
	Way      string        `json:"way"`
	Marked   *eval.Report  `json:"marked"`
	Unmarked *eval.Report  `json:"unmarked"`
	P50NS    time.Duration `json:"p50_ns"`
	P95NS    time.Duration `json:"p95_ns"`
}

// compareResult is the JSON of `motcua eval retrieval --compare`.
type compareResult struct {
	Suite    string        `json:"suite"`
	Model    string        `json:"model"`
	Passages int           `json:"passages"`
	EmbedNS  time.Duration `json:"embed_ns"` // for those that were not kept
	Ways     []wayResult   `json:"ways"`
}

// compare measures words, vectors, both and both reranked on one data set.
func (c *evalRetrieval) compare(e *environment, d *eval.Dataset) (err error) {
	if e.cfg.EmbedURL == "" {
		return &usageError{errors.New(say(e.cfg.Lang, "compare_needs"))}
	}
	path := c.Vectors
	if path == "" {
		path = e.cfg.Vectors()
	}
	models, err := app.NewModels(e.cfg, path, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, models.Close()) }()
	l := eval.Lexical{Index: d.Index(lexical.DefaultSettings()), Rerank: lexical.Shipped()}
	bar := newIngestBar(e.errs)
	s := eval.Semantic{Heads: c.Heads, Passages: models.Passages, Questions: models.Questions, Progress: func(done, of int) {
		bar.line(float64(done)/float64(of), fmt.Sprintf("%d/%d", done, of))
	}}
	if models.Reranker != nil {
		s.Reranker = models.Reranker
	}
	ways, err := d.Ways(e.ctx, l, s, time.Now)
	bar.finish()
	if err != nil {
		return err
	}
	if c.Lists != "" {
		return c.writeLists(e, d, ways)
	}
	r := compareResult{Suite: d.Name, Model: models.Passages.Model(), Passages: ways.Passages, EmbedNS: ways.EmbedIn}
	for _, w := range ways.List(models.Blend) {
		one := wayResult{Way: w.Name}
		if one.Marked, err = eval.Retrieval(e.ctx, d, eval.Of(w.Retriever), eval.Options{System: w.Name, Now: time.Now}); err != nil {
			return err
		}
		bare := d.Rewritten(eval.Rewritings[0])
		if one.Unmarked, err = eval.Retrieval(e.ctx, bare, eval.Of(w.Retriever), eval.Options{System: w.Name}); err != nil {
			return err
		}
		one.P50NS, one.P95NS = one.Marked.Speed.P50, one.Marked.Speed.P95
		one.Marked.Cases, one.Unmarked.Cases = nil, nil
		r.Ways = append(r.Ways, one)
	}
	if c.JSON {
		return printJSON(e.out, r)
	}
	return r.print(e)
}

func (r compareResult) print(e *environment) error {
	t := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintf(t, "%s, %d passages, %s\tnDCG@10\tR@10\tR@100\tunmarked nDCG@10\tR@10\tR@100\tp50\tp95\n", r.Suite, r.Passages, r.Model)
	for _, w := range r.Ways {
		_, _ = fmt.Fprint(t, w.Way)
		for _, report := range []*eval.Report{w.Marked, w.Unmarked} {
			for _, m := range []string{"nDCG@10", "R@10", "R@100"} {
				v, _ := report.Value(m)
				_, _ = fmt.Fprintf(t, "\t%.4f", v)
			}
		}
		_, _ = fmt.Fprintf(t, "\t%s\t%s\n", w.P50NS.Round(10*time.Microsecond), w.P95NS.Round(10*time.Microsecond))
	}
	_, _ = fmt.Fprintf(t, "embedding what was not kept took %s\n\n", r.EmbedNS.Round(time.Millisecond))
	return t.Flush()
}

// writeLists writes what words and vectors found, with scores: what weights are tuned on.
func (c *evalRetrieval) writeLists(e *environment, d *eval.Dataset, ways *eval.Ways) (err error) {
	f, err := os.Create(c.Lists)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := json.NewEncoder(f)
	for _, kind := range []*eval.Dataset{d, d.Rewritten(eval.Rewritings[0])} {
		for _, q := range kind.Questions {
			line := map[string]any{"suite": kind.Name, "question": q.ID, "gold": d.Gold(q.ID)}
			for name, r := range map[string]retrieval.Retriever{"words": ways.Words, "vectors": ways.Vectors} {
				hits, err := r.Retrieve(e.ctx, retrieval.Query{Text: q.Text, Limit: eval.Depth})
				if err != nil {
					return err
				}
				list := make([][2]any, len(hits))
				for i, h := range hits {
					list[i] = [2]any{h.Unit, h.Score}
				}
				line[name] = list
			}
			if err := out.Encode(line); err != nil {
				return err
			}
		}
	}
	return nil
}
