package main

import (
	"io"
	"os"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/civil"
)

type evalReport struct {
	Cases    []string `help:"${cases_help}" type:"existingfile" required:"" placeholder:"FILE"`
	Half     string   `help:"${half_help}" enum:",dev,test" default:""`
	Out      string   `help:"${report_out_help}" placeholder:"FILE"`
	Baseline string   `help:"${baseline_help}" default:"eval/baseline" placeholder:"DIR"`
	Card     string   `help:"${card_help}" placeholder:"FILE"`
}

// Run sits the exam and writes the page.
func (c *evalReport) Run(e *environment) error {
	r, err := sitExam(e, c.Cases, c.Half, false)
	if err != nil {
		return err
	}
	page := eval.Page{On: civil.On(time.Now()), Report: r}
	if _, err := os.Stat(c.Baseline); err == nil {
		if page.Cards, err = eval.ReadCards(os.DirFS(c.Baseline), r.Suite); err != nil {
			return err
		}
	}
	if c.Card != "" {
		card := eval.CardOf(r, page.On)
		if err := toFile(c.Card, func(w io.Writer) error { _, err := card.WriteTo(w); return err }); err != nil {
			return err
		}
	}
	write := func(w io.Writer) error { return eval.WriteHTML(w, page) }
	if c.Out == "" {
		return write(e.out)
	}
	return toFile(c.Out, write)
}

// toFile writes a whole file or says why not.
func toFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
