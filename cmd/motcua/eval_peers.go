package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/peers"
	"github.com/motcua/motcua/retrieval/lexical"
)

type evalPeers struct {
	Dataset   []string `help:"${data_sets_help}" type:"existingdir" required:"" placeholder:"DIR"`
	Postgres  string   `help:"${postgres_help}" env:"MOTCUA_TEST_POSTGRES" placeholder:"DSN"`
	Questions int      `help:"${questions_help}" placeholder:"N"`
	JSON      bool     `help:"${json_help}"`
}

// peersResult is the JSON of `motcua eval peers`: one entry a data set.
type peersResult struct {
	Suite    string          `json:"suite"`
	Asked    int             `json:"asked"`
	Outcomes []peers.Outcome `json:"outcomes"`
}

// Run measures ours and each peer, at its best setting, on each data set in one run.
func (c *evalPeers) Run(e *environment) error {
	engines := []peers.Engine{peers.FTS5{}, peers.Bleve{}}
	if c.Postgres != "" {
		engines = append(engines, peers.Postgres{DSN: c.Postgres})
	}
	var all []peersResult
	for _, dir := range c.Dataset {
		d, err := eval.Load(dir)
		if err != nil {
			return err
		}
		d = d.Sample(c.Questions)
		ours, err := c.ours(e, d)
		if err != nil {
			return err
		}
		r := peersResult{Suite: d.Name, Asked: len(d.Questions), Outcomes: ours}
		for _, engine := range engines {
			o, err := peers.Best(e.ctx, engine, d, time.Now)
			if err != nil {
				o = peers.Outcome{Engine: engine.Name(), Why: err.Error()}
			}
			r.Outcomes = append(r.Outcomes, o)
		}
		all = append(all, r)
		if !c.JSON {
			printPeers(e, r)
		}
	}
	if c.JSON {
		return printJSON(e.out, all)
	}
	return nil
}

// ours measures the first stage and both stages.
func (c *evalPeers) ours(e *environment, d *eval.Dataset) ([]peers.Outcome, error) {
	start := time.Now()
	x := d.Index(lexical.DefaultSettings())
	took := time.Since(start)
	var out []peers.Outcome
	for _, s := range []struct {
		name   string
		system eval.Lexical
	}{{"motcua, first stage", eval.Lexical{Index: x}}, {"motcua", eval.Lexical{Index: x, Rerank: lexical.Shipped()}}} {
		r, err := eval.Retrieval(e.ctx, d, s.system, eval.Options{System: s.name, Now: time.Now})
		if err != nil {
			return nil, err
		}
		out = append(out, peers.Outcome{Engine: s.name, Setting: "as shipped", Tried: 1, IndexIn: took, Report: r, P50: r.Speed.P50, P99: r.Speed.P99})
	}
	return out, nil
}

func printPeers(e *environment, r peersResult) {
	t := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintf(t, "%s, %d questions\tnDCG@10\tR@100\tindex\tp50\tp99\tsetting\n", r.Suite, r.Asked)
	for _, o := range r.Outcomes {
		if o.Report == nil {
			_, _ = fmt.Fprintf(t, "%s\t%s\t\t\t\t\t%s\n", o.Engine, eval.NotMeasured, o.Why)
			continue
		}
		ndcg, _ := o.Report.Value("nDCG@10")
		recall, _ := o.Report.Value("R@100")
		_, _ = fmt.Fprintf(t, "%s\t%.4f\t%.4f\t%.1fs\t%s\t%s\t%s (%d tried)\n", o.Engine, ndcg, recall, o.IndexIn.Seconds(), o.P50, o.P99, o.Setting, o.Tried)
	}
	_, _ = fmt.Fprintln(t)
	_ = t.Flush()
}
