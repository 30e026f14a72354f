package main

import (
	"bufio"
	"compress/gzip"
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
	"github.com/motcua/motcua/retrieval/viet"
)

type evalTrainChoice struct {
	Cases  []string `help:"${cases_help}" type:"existingfile" required:"" placeholder:"FILE"`
	Unheld []string `help:"${unheld_help}" type:"existingfile" placeholder:"FILE"`
	Portal []string `help:"${train_portal_help}" type:"existingfile" placeholder:"FILE"`
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
	portalCount = 0.25 // names of offices, not of people
	scopeCount  = 2.0
	lawCount    = 0.3 // questions of law; some have a procedure after all
)

// Run learns the weights by which a procedure is chosen, from the starter corpus alone, and
// prints them or writes them into a checkout. The weights that ship come of an empty data
// folder, as --cases the development half, shadow and blind, gen/unheld.txt, as --portal the
// national portal, and as --law the queries of zalo2021, alqac and vlsp2025_drill, in this order.
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
		case x.Kind == eval.RefuseScope && strings.Contains(x.Status, "unanswerable.s") && !strings.Contains(x.Status, "strategy") && !strings.Contains(x.Family, "asof") && !strings.Contains(x.Family, "impossible"):
			// what is of another kind is refused for that, however near it is to a record
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
	if err := l.portal(c.Portal, set); err != nil {
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

// longestName is how many words of an official name people say, nearly alike the share of its
// pairs of words from which a name says what a held one says.
const (
	longestName = 12
	nearlyAlike = 0.5
)

// portal adds procedures of the national portal, one JSON a line in a gzip file, that the
// starter corpus does not hold, nor one much like it.
func (l *lessons) portal(files []string, set starter.Set) error {
	held, names := map[string]bool{}, []map[string]bool{}
	for _, p := range set.Procedures {
		held[p.ID] = true
		for _, n := range append([]string{p.Name}, p.Aliases...) {
			names = append(names, wordPairs(n))
		}
	}
	for _, name := range files {
		n := 0
		err := eachZipped(name, func(line []byte) error {
			var p struct {
				ID   string `json:"ma_thu_tuc"`
				Name string `json:"ten_thu_tuc"`
			}
			if err := json.Unmarshal(line, &p); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			said, _, _ := strings.Cut(p.Name, "(")
			words := strings.Fields(strings.ToLower(strings.TrimPrefix(strings.TrimSpace(said), "Thủ tục ")))
			said = strings.Join(words[:min(len(words), longestName)], " ")
			own := wordPairs(said)
			if held[p.ID] || slices.ContainsFunc(names, func(have map[string]bool) bool { return alikePairs(own, have) >= nearlyAlike }) {
				return nil
			}
			l.add(strings.ReplaceAll(unheldAsks[n%len(unheldAsks)], "{}", said), "", nil, portalCount)
			n++
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wordPairs are the neighbouring words of a name, without marks.
func wordPairs(name string) map[string]bool {
	words := strings.Fields(viet.Fold(strings.ToLower(name)))
	out := map[string]bool{}
	for i := 1; i < len(words); i++ {
		out[words[i-1]+" "+words[i]] = true
	}
	return out
}

// alikePairs is the share of the smaller set of pairs that the other has too.
func alikePairs(a, b map[string]bool) float64 {
	shared := 0
	for p := range a {
		if b[p] {
			shared++
		}
	}
	return float64(shared) / float64(max(1, len(a), len(b)))
}

// eachZipped gives the lines of a gzip file.
func eachZipped(name string, f func([]byte) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	zip, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	lines := bufio.NewScanner(zip)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if err := f(lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}
