// Command gen learns kind.txt: what kind of question is asked, from refusals.tsv and
// patterns.tsv, from what people say to the starter records, from the development half of the exam and from
// the judged questions of the data beside the checkout.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/eval"
)

func main() {
	root := flag.String("root", "..", "the checkout")
	data := flag.String("data", "../../shared/data", "judged questions")
	flag.Parse()
	if err := run(*root, *data); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// example is one question with what it weighs in learning.
type example struct {
	features []int
	kind     int
	weight   float64
	text     string
}

type lesson struct {
	kinds    []string
	ids      map[string]int
	features []string
	seen     []int
	all      []example
}

func run(root, data string) error {
	l := &lesson{ids: map[string]int{}, kinds: []string{assistant.Plain}}
	for _, name := range []string{"refusals.tsv", "more.tsv"} {
		if err := l.refusals(filepath.Join(root, "assistant/gen", name)); err != nil {
			return err
		}
	}
	if err := l.patterns(filepath.Join(root, "assistant/gen/patterns.tsv")); err != nil {
		return err
	}
	if err := l.unheld(filepath.Join(root, "assistant/gen/unheld.txt")); err != nil {
		return err
	}
	if err := l.plain(root, data); err != nil {
		return err
	}
	l.check()
	return l.write(filepath.Join(root, "assistant/kind.txt"), l.learn(-1))
}

func (l *lesson) add(kind, text string, weight float64) {
	k := slices.Index(l.kinds, kind)
	if k < 0 {
		k = len(l.kinds)
		l.kinds = append(l.kinds, kind)
	}
	e := example{kind: k, weight: weight, text: text}
	for _, f := range assistant.KindFeatures(text) {
		id, known := l.ids[f]
		if !known {
			id = len(l.features)
			l.ids[f] = id
			l.features = append(l.features, f)
			l.seen = append(l.seen, 0)
		}
		l.seen[id]++
		e.features = append(e.features, id)
	}
	l.all = append(l.all, e)
}

func (l *lesson) refusals(name string) error {
	return eachLine(name, func(line string) error {
		kind, text, ok := strings.Cut(line, "\t")
		switch {
		case !ok || strings.HasPrefix(line, "#"):
		case kind == assistant.Plain:
			l.add(kind, text, plainWeight)
		default:
			l.add(kind, text, refusalWeight)
		}
		return nil
	})
}

// unheldAsks are ways in which what we do not hold is asked for, one a line in turn.
var unheldAsks = []string{"", " cần giấy tờ gì", " ở đâu", " xin thế nào", " lệ phí bao nhiêu", " mất bao lâu", " thì làm sao"}

// unheld gathers what offices answer of whose records we hold none.
func (l *lesson) unheld(name string) error {
	n := 0
	return eachLine(name, func(line string) error {
		if line != "" && line[0] != '#' {
			l.add(assistant.Unheld, line+unheldAsks[n%len(unheldAsks)], unheldWeight)
			n++
		}
		return nil
	})
}

// plain gathers questions that are to be answered.
func (l *lesson) plain(root, data string) error {
	set, err := starter.Load()
	if err != nil {
		return err
	}
	asks := []string{"", " cần giấy tờ gì", " mất bao lâu", " ở đâu", " hết bao nhiêu tiền", " thì làm sao"}
	for i, p := range set.Procedures {
		for k, s := range append(slices.Clone(p.Said), p.Aliases...) {
			l.add(assistant.Plain, s+asks[(i+k)%len(asks)], 0.5)
		}
	}
	outcome := map[string]string{
		"unanswerable.case": "case", "unanswerable.foreign": "foreign", "unanswerable.strategy": "strategy", "unanswerable.politics": "politics",
		"unanswerable.opinion": "opinion", "unanswerable.scope": "scope", "guard.refused": "refuse",
		"unanswerable.source": assistant.Unheld,
	}
	every, err := eval.EveryCase(set, everyWays)
	if err != nil {
		return err
	}
	for _, c := range every {
		l.add(assistant.Plain, c.Q, everyWeight)
	}
	for _, suite := range []string{"exam/dev.jsonl", "shadow.jsonl", "blind.jsonl"} {
		if err := l.cases(filepath.Join(root, "eval/suites", suite), outcome); err != nil {
			return err
		}
	}
	return l.judged(data)
}

// cases gathers the questions of a suite whose outcome is one kind.
func (l *lesson) cases(name string, outcome map[string]string) error {
	return eachLine(name, func(line string) error {
		var c struct{ Kind, Q, Status, Family string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			return err
		}
		first, _, _ := strings.Cut(c.Status, "|")
		kind, ok := outcome[first]
		if c.Kind == "attack" && c.Status == "" {
			kind, ok = "refuse", true
		}
		switch {
		case c.Q == "":
		case c.Kind == "answerable":
			l.add(assistant.Plain, c.Q, plainWeight)
		case strings.Contains(c.Status, "answered"): // an answer beside it is as good
		case kind == assistant.Unheld && (strings.Contains(c.Family, "asof") || strings.ContainsAny(c.Q, "0123456789")): // of a day, or a text by its number
		case kind == assistant.Unheld:
			l.add(kind, c.Q, unheldWeight)
		case ok && !(kind == "refuse" && len(c.Q) > 200):
			l.add(kind, c.Q, refusalWeight)
		}
		return nil
	})
}

// judged gathers the judged questions of the data beside the checkout.
func (l *lesson) judged(data string) error {
	for _, suite := range []string{"alqac", "procedures", "vlsp2025_drill", "zalo2021"} {
		err := eachLine(filepath.Join(data, "retrieval", suite, "queries.jsonl"), func(line string) error {
			var q struct{ Text string }
			err := json.Unmarshal([]byte(line), &q)
			l.add(assistant.Plain, q.Text, 0.5)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// patterns adds some wordings of each pattern: a line "= name" defines a list, "<name>" one
// of it, "(a|b)" one of these.
func (l *lesson) patterns(name string) error {
	lists := map[string]string{}
	dice := rand.New(rand.NewPCG(patternSeed, 0))
	return eachLine(name, func(line string) error {
		kind, text, ok := strings.Cut(line, "\t")
		switch list, isList := strings.CutPrefix(kind, "= "); {
		case line == "" || line[0] == '#':
		case !ok:
			return fmt.Errorf("%q is no pattern", line)
		case isList:
			lists[list] = "(" + text + ")"
		default:
			seen := map[string]bool{}
			for range patternTries {
				q, err := worded(text, lists, dice)
				if err != nil {
					return err
				}
				if seen[q] || len(seen) == patternDraws {
					continue
				}
				seen[q] = true
				if kind == assistant.Plain {
					l.add(kind, q, 1)
				} else {
					l.add(kind, q, patternWeight)
				}
			}
		}
		return nil
	})
}

const (
	patternSeed   = 1
	patternTries  = 60
	patternDraws  = 30
	patternWeight = 1.5
)

// worded draws one wording of a pattern.
func worded(pattern string, lists map[string]string, dice *rand.Rand) (string, error) {
	for from := strings.IndexByte(pattern, '<'); from >= 0; from = strings.IndexByte(pattern, '<') {
		to := from + strings.IndexByte(pattern[from:], '>')
		list, known := lists[pattern[from+1:max(to, from+1)]]
		if !known {
			return "", fmt.Errorf("%q names no list", pattern)
		}
		pattern = pattern[:from] + list + pattern[to+1:]
	}
	for to := strings.IndexByte(pattern, ')'); to >= 0; to = strings.IndexByte(pattern, ')') {
		from := strings.LastIndexByte(pattern[:to], '(')
		if from < 0 {
			return "", fmt.Errorf("%q: a bracket is not opened", pattern)
		}
		ways := strings.Split(pattern[from+1:to], "|")
		pattern = pattern[:from] + ways[dice.IntN(len(ways))] + pattern[to+1:]
	}
	return strings.Join(strings.Fields(pattern), " "), nil
}

const (
	// refusalWeight is what a refusal counts in learning beside a plain question: there are
	// ten times as many of these.
	refusalWeight = 5

	// unheldWeight is what a question counts that is near to those we answer.
	unheldWeight = 3

	// plainWeight is what a plain question counts that was written to look like a refusal.
	plainWeight = 3

	// everyWays is in how many wordings every slot of every record is asked; they count
	// little, because they are many and alike.
	everyWays   = 3
	everyWeight = 0.3

	steps = 150
	ridge = 0.5 // of the sum over all examples
	least = 2   // a feature of fewer questions teaches nothing
	folds = 3
)

// learn fits a softmax by full batches with a falling step; the examples of one fold are
// left out, of none for -1. The same examples give the same weights.
func (l *lesson) learn(fold int) [][]float64 {
	n := len(l.kinds)
	w := make([][]float64, len(l.features))
	m, v, g := grid(len(w), n), grid(len(w), n), grid(len(w), n)
	for i := range w {
		w[i] = make([]float64, n)
	}
	for step := 1; step <= steps; step++ {
		for i := range g {
			for k := range g[i] {
				g[i][k] = ridge * w[i][k]
			}
		}
		for i, e := range l.all {
			if fold >= 0 && i%folds == fold {
				continue
			}
			p := l.probabilities(w, e)
			for k := range p {
				d := p[k]
				if k == e.kind {
					d--
				}
				for _, f := range e.features {
					if l.seen[f] >= least {
						g[f][k] += d * e.weight
					}
				}
			}
		}
		rate := 0.05 * (1 - 0.95*float64(step)/steps)
		c1, c2 := 1-math.Pow(0.9, float64(step)), 1-math.Pow(0.999, float64(step))
		for i := range w {
			for k := range w[i] {
				m[i][k] = 0.9*m[i][k] + 0.1*g[i][k]
				v[i][k] = 0.999*v[i][k] + 0.001*g[i][k]*g[i][k]
				w[i][k] -= rate * (m[i][k] / c1) / (math.Sqrt(v[i][k]/c2) + 1e-9)
			}
		}
	}
	return w
}

func grid(n, k int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, k)
	}
	return out
}

func (l *lesson) probabilities(w [][]float64, e example) []float64 {
	p := make([]float64, len(l.kinds))
	for _, f := range e.features {
		for k, x := range w[f] {
			p[k] += x
		}
	}
	top, sum := slices.Max(p), 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// check says, by cross-validation, how many of each kind are known at two bars, and how
// many plain questions are taken for another kind.
func (l *lesson) check() {
	right, sure, n := make([]int, len(l.kinds)), make([]int, len(l.kinds)), make([]int, len(l.kinds))
	for fold := range folds {
		w := l.learn(fold)
		for i, e := range l.all {
			if i%folds != fold {
				continue
			}
			p := l.probabilities(w, e)
			n[e.kind]++
			other := 0.0
			for k, x := range p {
				if k > 0 && x > other {
					other = x
				}
			}
			if e.kind == 0 {
				if other >= 0.5 {
					right[0]++
				}
				if other >= 0.8 {
					sure[0]++
				}
				continue
			}
			if p[e.kind] >= 0.5 {
				right[e.kind]++
			}
			if p[e.kind] >= 0.8 {
				sure[e.kind]++
			}
		}
	}
	for k, name := range l.kinds {
		fmt.Fprintf(os.Stderr, "%-18s %4d  at 0.5 %4d  at 0.8 %4d\n", name, n[k], right[k], sure[k])
	}
}

// smallest weight written; what is less decides nothing.
const smallest = 0.15

func (l *lesson) write(name string, w [][]float64) error {
	var b strings.Builder
	b.WriteString("# What kind of question is asked, learned by gen. Do not edit: run it anew.\n")
	b.WriteString("kinds\t" + strings.Join(l.kinds, "\t") + "\n")
	order := make([]int, len(w))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(l.features[a], l.features[b]) })
	for _, i := range order {
		if l.seen[i] < least || !slices.ContainsFunc(w[i], func(x float64) bool { return math.Abs(x) >= smallest }) {
			continue
		}
		b.WriteString(l.features[i])
		for k, x := range w[i] {
			if math.Abs(x) >= smallest/3 {
				fmt.Fprintf(&b, "\t%d:%.2f", k, x)
			}
		}
		b.WriteByte('\n')
	}
	return os.WriteFile(name, []byte(b.String()), fs.FileMode(0o644))
}

func eachLine(name string, f func(string) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := f(lines.Text()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return lines.Err()
}
