package main

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/eval"
)

type evalLoad struct {
	URL     string        `help:"${load_url_help}" default:"http://127.0.0.1:8080" placeholder:"URL"`
	Cases   []string      `help:"${cases_help}" type:"existingfile" placeholder:"FILE"`
	Dataset []string      `help:"${data_sets_help}" type:"existingdir" placeholder:"DIR"`
	Rate    float64       `help:"${load_rate_help}" default:"200"`
	For     time.Duration `help:"${load_for_help}" default:"30s"`
}

// errRefused: a service that refuses is not measured.
var errRefused = errors.New("not every request was answered with 200; see rate_per_minute")

// Run asks a service that is already listening, and says how long its answers took.
func (c *evalLoad) Run(e *environment) error {
	questions, err := c.questions()
	if err != nil {
		return err
	}
	sent, err := eval.Stream{URL: c.URL, Questions: questions, Rate: c.Rate, For: c.For}.Run(e.ctx)
	if err != nil {
		return err
	}
	if _, err := sent.WriteTo(e.out); err != nil {
		return err
	}
	if sent.HTTP[200] != sent.N {
		return errRefused
	}
	return nil
}

// questions mixes the sources: one of each in turn, every one in a conversation of its own.
func (c *evalLoad) questions() ([]assistant.Question, error) {
	var sources [][]string
	cases, err := readCases(c.Cases)
	if err != nil {
		return nil, err
	}
	var asked []string
	for i := range cases {
		asked = append(asked, cases[i].Questions()[0])
	}
	sources = append(sources, asked)
	for _, dir := range c.Dataset {
		d, err := eval.Load(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		var texts []string
		for _, q := range d.Questions {
			texts = append(texts, q.Text)
		}
		sources = append(sources, texts)
	}
	var all []assistant.Question
	for i, more := 0, true; more; i++ {
		more = false
		for _, texts := range sources {
			if i < len(texts) {
				more = true
				all = append(all, assistant.Question{Text: texts[i], Conversation: "load-" + strconv.Itoa(len(all))})
			}
		}
	}
	return all, nil
}
