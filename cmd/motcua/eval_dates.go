package main

import (
	"io"
	"os"
	"time"

	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/eval"
)

type evalTemporal struct {
	File string `arg:"" help:"${temporal_file_help}" type:"existingfile"`
	JSON bool   `help:"${json_help}"`
}

// Run asks the dated questions of a benchmark file.
func (c *evalTemporal) Run(e *environment) (err error) {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	questions, err := eval.ReadTemporal(f)
	if err != nil {
		return err
	}
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	r, err := eval.Temporal(e.ctx, questions, asked{a}, a.Library(), eval.AnswerOptions{AskedAt: time.Now()})
	if err != nil {
		return err
	}
	return printMeasured(e.out, c.JSON, r)
}

type evalAnachronisms struct {
	JSON bool `help:"${json_help}"`
}

// Run asks for every document of the starter corpus on days around its life.
func (c *evalAnachronisms) Run(e *environment) (err error) {
	set, err := starter.Load()
	if err != nil {
		return err
	}
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	r, err := eval.Anachronisms(e.ctx, eval.StarterSubjects(set), asked{a}, a.Library(), eval.AnswerOptions{AskedAt: time.Now()})
	if err != nil {
		return err
	}
	return printMeasured(e.out, c.JSON, r)
}

func printMeasured(w io.Writer, asJSON bool, r io.WriterTo) error {
	if asJSON {
		return printJSON(w, r)
	}
	_, err := r.WriteTo(w)
	return err
}
