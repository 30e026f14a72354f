package main

import (
	"errors"
	"os"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/llm"
)

// judgeAnswers lets the model server judge the answers, after those that people labelled.
// What it says is told apart and fails nothing.
func judgeAnswers(e *environment, file string, r eval.AnswerReport) (report eval.JudgeReport, err error) {
	if e.cfg.ModelURL == "" {
		return report, errors.New(say(e.cfg.Lang, "judge_needs_model"))
	}
	f, err := os.Open(file)
	if err != nil {
		return report, err
	}
	labels, err := eval.ReadLabelled(f)
	_ = f.Close() // only read
	if err != nil {
		return report, err
	}
	judge := llm.Judge{Model: llm.NewChat(llm.Options{
		BaseURL: e.cfg.ModelURL, Key: string(e.cfg.ModelKey), Model: e.cfg.ModelName, FirstByte: time.Duration(e.cfg.ModelWithin), Retries: 1,
	})}
	return eval.Judging(e.ctx, judge, labels, r.Results)
}
