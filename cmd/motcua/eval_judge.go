package main

import (
	"errors"
	"os"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/llm"
)

// judgeAnswers lets the model server judge the answers, after those that people labelled.
// What it says is printed apart and fails nothing.
func judgeAnswers(e *environment, file string, r eval.AnswerReport) error {
	if e.cfg.ModelURL == "" {
		return errors.New(say(e.cfg.Lang, "judge_needs_model"))
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	labels, err := eval.ReadLabelled(f)
	_ = f.Close() // only read
	if err != nil {
		return err
	}
	judge := llm.Judge{Model: llm.NewChat(llm.Options{
		BaseURL: e.cfg.ModelURL, Key: string(e.cfg.ModelKey), Model: e.cfg.ModelName, FirstByte: time.Duration(e.cfg.ModelWithin), Retries: 1,
	})}
	report, err := eval.Judging(e.ctx, judge, labels, r.Results)
	if err != nil {
		return err
	}
	_, err = report.WriteTo(e.out)
	return err
}
