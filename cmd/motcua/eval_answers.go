package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/app"
)

type evalAnswers struct {
	Cases    []string `help:"${cases_help}" type:"existingfile" placeholder:"FILE"`
	Every    int      `help:"${every_help}" placeholder:"N"`
	Half     string   `help:"${half_help}" enum:",dev,test" default:""`
	Failures bool     `help:"${failures_help}"`
	Once     bool     `help:"${once_help}"`
	Judge    string   `help:"${judge_help}" type:"existingfile" placeholder:"FILE"`
	JSON     bool     `help:"${json_help}"`
}

// Run puts the cases to the assistant that serve would run, and prints how it did.
func (c *evalAnswers) Run(e *environment) error {
	cases, err := readCases(c.Cases)
	if err != nil {
		return err
	}
	if c.Every > 0 {
		set, err := starter.Load()
		if err != nil {
			return err
		}
		every, err := eval.EveryCase(set, c.Every)
		if err != nil {
			return err
		}
		cases = append(cases, every...)
	}
	if len(cases) == 0 {
		return errors.New(say(e.cfg.Lang, "no_cases"))
	}
	r, err := sitCases(e, suiteName(c.Cases), eval.OfHalf(cases, c.Half), c.Once)
	if err != nil {
		return err
	}
	var judged *eval.JudgeReport
	if c.Judge != "" {
		j, err := judgeAnswers(e, c.Judge, r)
		if err != nil {
			return err
		}
		judged = &j
	}
	if c.JSON {
		return printAnswersJSON(e.out, r, judged)
	}
	if _, err := r.WriteTo(e.out); err != nil {
		return err
	}
	printSpeed(e.out, r.Speed)
	if c.Failures {
		printFailures(e.out, r)
	}
	if judged != nil {
		_, err = judged.WriteTo(e.out)
	}
	return err
}

// sitExam puts the cases of one half, or of both, to the service.
func sitExam(e *environment, files []string, half string, once bool) (r eval.AnswerReport, err error) {
	cases, err := readCases(files)
	if err != nil {
		return r, err
	}
	return sitCases(e, suiteName(files), eval.OfHalf(cases, half), once)
}

func sitCases(e *environment, suite string, cases []eval.Case, once bool) (r eval.AnswerReport, err error) {
	a, err := open(e)
	if err != nil {
		return r, err
	}
	defer closing(a, &err)
	return eval.Answers(e.ctx, cases, asked{a}, a.Library(), eval.AnswerOptions{
		Suite: suite, System: "motcua", AskedAt: time.Now(), Now: time.Now, Once: once,
	})
}

// asked makes an eval.Answerer of the service.
type asked struct{ app *app.App }

// Answer asks the service.
func (s asked) Answer(ctx context.Context, q assistant.Question) (assistant.Answer, error) {
	return s.app.Ask(ctx, q)
}

func readCases(files []string) (all []eval.Case, err error) {
	seen := map[string]string{}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		cases, err := eval.ReadCases(f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for i := range cases {
			if other := seen[cases[i].ID]; other != "" {
				cases[i].ID = filepath.Base(name) + ":" + cases[i].ID
			}
			seen[cases[i].ID] = name
		}
		all = append(all, cases...)
	}
	return all, nil
}

func suiteName(files []string) string {
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".jsonl"))
	}
	return strings.Join(names, "+")
}

// printAnswersJSON prints the score; what a judge said stands apart in it, under "judge".
func printAnswersJSON(w io.Writer, r eval.AnswerReport, judged *eval.JudgeReport) error {
	card, err := r.Document()
	if err != nil {
		return err
	}
	card["p50_ns"], card["p95_ns"], card["p99_ns"] = r.Speed.P50, r.Speed.P95, r.Speed.P99
	if judged != nil {
		card["judge"] = judged
	}
	return printJSON(w, card)
}

func printSpeed(w io.Writer, s eval.Speed) {
	_, _ = fmt.Fprintf(w, "\nspeed  p50 %v, p95 %v, p99 %v, max %v over %d answers\n", s.P50, s.P95, s.P99, s.Max, s.N)
}

// printFailures lists every case with a fault: what was asked, what was wrong.
func printFailures(w io.Writer, r eval.AnswerReport) {
	for _, f := range r.Failures() {
		_, _ = fmt.Fprintf(w, "\n%s [%s] %s\n", f.Case.ID, strings.Join(f.Case.Tags, ","), strings.Join(f.Case.Questions(), " >> "))
		for _, fault := range f.Faults {
			_, _ = fmt.Fprintf(w, "    %s\n", fault)
		}
	}
}
