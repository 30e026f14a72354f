package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/retrieval/lexical"
)

type evalCommand struct {
	Retrieval    evalRetrieval    `cmd:"" help:"${retrieval_help}"`
	Train        evalTrain        `cmd:"" help:"${train_help}"`
	TrainChoice  evalTrainChoice  `cmd:"" help:"${train_choice_help}"`
	Peers        evalPeers        `cmd:"" help:"${peers_help}"`
	Answers      evalAnswers      `cmd:"" help:"${answers_help}"`
	Report       evalReport       `cmd:"" help:"${report_help}"`
	Temporal     evalTemporal     `cmd:"" help:"${temporal_help}"`
	Anachronisms evalAnachronisms `cmd:"" help:"${anachronisms_help}"`
	Load         evalLoad         `cmd:"" help:"${load_help}"`
}

type evalRetrieval struct {
	Dataset string `help:"${dataset_help}" type:"existingdir" required:"" placeholder:"DIR"`
	TREC    string `name:"run" help:"${run_help}" placeholder:"FILE"`
	Against string `help:"${against_help}" type:"existingfile" placeholder:"FILE"`
	First   bool   `help:"${first_help}"`
	Robust  bool   `help:"${robust_help}"`
	Compare bool   `help:"${compare_help}"`
	Others  int    `help:"${others_help}" placeholder:"N"`
	Vectors string `help:"${vectors_help}" placeholder:"FILE"`
	Heads   bool   `help:"${heads_help}"`
	Lists   string `hidden:"" placeholder:"FILE"`
	JSON    bool   `help:"${json_help}"`
}

// retrievalResult is the JSON of `motcua eval retrieval`: the score card, then what varies
// by machine, in nanoseconds.
type retrievalResult struct {
	*eval.Report
	Robustness *eval.Robustness `json:"robustness,omitempty"`
	// Against tests every metric against the run named.
	Against []eval.Comparison `json:"against,omitempty"`
	IndexNS time.Duration     `json:"index_ns"`
	P50NS   time.Duration     `json:"p50_ns"`
	P95NS   time.Duration     `json:"p95_ns"`
	P99NS   time.Duration     `json:"p99_ns"`
}

// Run measures our retriever on one data set.
func (c *evalRetrieval) Run(e *environment) error {
	d, err := eval.Load(c.Dataset)
	if err != nil {
		return err
	}
	d = d.Subset(c.Others)
	if c.Compare {
		return c.compare(e, d)
	}
	start := time.Now()
	system := eval.Lexical{Index: d.Index(lexical.DefaultSettings()), Rerank: lexical.Shipped()}
	name := "motcua"
	if c.First {
		system.Rerank, name = nil, "motcua-first"
	}
	took := time.Since(start)
	report, err := eval.Retrieval(e.ctx, d, system, eval.Options{System: name, Now: time.Now})
	if err != nil {
		return err
	}
	r := retrievalResult{Report: report, IndexNS: took, P50NS: report.Speed.P50, P95NS: report.Speed.P95, P99NS: report.Speed.P99}
	if c.Robust {
		if r.Robustness, err = eval.Robust(e.ctx, d, system, eval.Options{System: name}); err != nil {
			return err
		}
	}
	if err := writeRun(c.TREC, report.Run, name); err != nil {
		return err
	}
	if r.Against, err = against(c.Against, d, report.Run); err != nil {
		return err
	}
	if c.JSON {
		r.Cases = nil
		return printJSON(e.out, r)
	}
	return errors.Join(r.print(e.out), printComparisons(e.out, c.Against, r.Against))
}

func (r retrievalResult) print(w io.Writer) error {
	if _, err := r.Report.WriteTo(w); err != nil {
		return err
	}
	if r.Robustness != nil {
		if _, err := r.Robustness.WriteTo(w); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\nindex %.1fs; one question p50 %s, p95 %s, p99 %s\n", r.IndexNS.Seconds(), r.P50NS, r.P95NS, r.P99NS)
	return err
}

func writeRun(path string, run eval.Run, name string) (err error) {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return run.WriteTREC(f, name)
}

type evalTrain struct {
	Dataset []string `help:"${data_sets_help}" type:"existingdir" required:"" placeholder:"DIR"`
	Seed    uint64   `help:"${seed_help}" default:"1"`
	Save    string   `help:"${save_help}" type:"existingdir" placeholder:"ROOT"`
}

// Run learns the weights anew, prints the cards that justify them and, where a checkout
// is named, writes weights and cards into it.
func (c *evalTrain) Run(e *environment) error {
	var sets []*eval.Dataset
	for _, dir := range c.Dataset {
		d, err := eval.Load(dir)
		if err != nil {
			return err
		}
		sets = append(sets, d)
	}
	t, err := eval.Train(e.ctx, sets, c.Seed)
	if err != nil {
		return err
	}
	for _, card := range t.Cards {
		if _, err := card.WriteTo(e.errs); err != nil {
			return err
		}
	}
	if c.Save != "" {
		return t.Save(c.Save)
	}
	return t.WriteWeights(e.out)
}
