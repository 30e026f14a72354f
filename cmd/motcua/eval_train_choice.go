package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/app"
)

type evalTrainChoice struct {
	Cases  []string `help:"${cases_help}" type:"existingfile" required:"" placeholder:"FILE"`
	Unheld []string `help:"${unheld_help}" type:"existingfile" placeholder:"FILE"`
	Law    []string `help:"${train_law_help}" type:"existingfile" placeholder:"FILE"`
	Every  int      `help:"${every_help}" default:"2" placeholder:"N"`
	Save   string   `help:"${save_help}" type:"existingdir" placeholder:"ROOT"`
}

// What a lesson counts: questions made of records are many and alike, and the ones asked by
// a name that the record has teach little.
const (
	byName      = 0.4
	byOther     = 0.1 // the name is left out of the record
	unheldCount = 1.0
	scopeCount  = 2.0
	lawCount    = 0.3 // questions of law; some have a procedure after all
)

// Run learns the weights by which a procedure is chosen, from the starter corpus alone, and
// prints them or writes them into a checkout. The weights that ship come of an empty data
// folder, the development half, gen/unheld.txt, and as --law the queries of zalo2021, alqac
// and vlsp2025_drill, in this order.
func (c *evalTrainChoice) Run(e *environment) (err error) {
	set, err := starter.Load()
	if err != nil {
		return err
	}
	cases, err := readCases(c.Cases)
	if err != nil {
		return err
	}
	every, err := eval.EveryCase(set, c.Every)
	if err != nil {
		return err
	}
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	l := lessons{e: e, app: a}
	for _, x := range cases {
		switch {
		case len(x.Turns) > 0 || x.AsOf != "":
		case x.Kind == eval.Answerable && x.Procedure != "":
			l.add(x.Q, "", strings.Split(x.Procedure, "|"), 1)
		case x.Kind == eval.RefuseScope && !strings.HasPrefix(x.Status, "guard"):
			l.add(x.Q, "", nil, scopeCount)
		}
	}
	for _, x := range every {
		l.add(x.Q, "", []string{x.Procedure}, byName)
		if slices.Contains(x.Tags, "said") {
			l.add(x.Q, x.Note, []string{x.Procedure}, byOther)
		}
	}
	if err := l.unheld(c.Unheld); err != nil {
		return err
	}
	if err := l.law(c.Law); err != nil {
		return err
	}
	if l.err != nil {
		return l.err
	}
	weights, err := assistant.LearnChoice(l.all)
	if err != nil {
		return err
	}
	if c.Save != "" {
		return os.WriteFile(filepath.Join(c.Save, "assistant", "choice.txt"), weights, 0o644) //nolint:gosec // a source file, read by everyone
	}
	_, err = e.out.Write(weights)
	return err
}

// lessons are gathered in order; the first error stays.
type lessons struct {
	e   *environment
	app *app.App
	all []assistant.ChoiceLesson
	err error
}

// lessonDay is the day on which lessons are asked, so that learning does not change with it.
var lessonDay = time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)

func (l *lessons) add(question, unsaid string, right []string, weight float64) {
	if l.err != nil {
		return
	}
	q := assistant.Question{Text: question, AskedAt: lessonDay, Role: assistant.Citizen, Channel: "eval"}
	w, ok, err := l.app.Weigh(l.e.ctx, q, unsaid)
	if l.err = err; ok {
		l.all = append(l.all, assistant.ChoiceLesson{Weighing: w, Right: right, Weight: weight})
	}
}

// everyLaw is how many questions of law one is taken of.
const everyLaw = 8

// law adds questions of law, one JSON a line, which no procedure answers.
func (l *lessons) law(files []string) error {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for n := 0; lines.Scan(); n++ {
			var q struct{ Text string }
			if n%everyLaw != 0 {
				continue
			}
			if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			l.add(q.Text, "", nil, lawCount)
		}
		if err := lines.Err(); err != nil {
			return err
		}
		_ = f.Close() // only read
	}
	return nil
}

// unheldAsks are ways in which what is not held is asked for, one a line in turn.
var unheldAsks = []string{"{}", "thủ tục {}", "{} cần giấy tờ gì", "{} ở đâu", "xin hỏi hồ sơ {} gồm những gì", "muốn {} thì làm thế nào", "{} lệ phí bao nhiêu"}

// unheld adds what the corpus does not hold; a line "# …" is a remark.
func (l *lessons) unheld(files []string) error {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(f)
		for n := 0; lines.Scan(); n++ {
			line := strings.TrimSpace(lines.Text())
			if line == "" || line[0] == '#' {
				continue
			}
			for _, ask := range slices.Compact([]string{unheldAsks[n%len(unheldAsks)], unheldAsks[(n+3)%len(unheldAsks)]}) {
				l.add(strings.ReplaceAll(ask, "{}", line), "", nil, unheldCount)
			}
		}
		if err := lines.Err(); err != nil {
			return err
		}
		_ = f.Close() // only read
	}
	return nil
}
