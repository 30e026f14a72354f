package law

import (
	"errors"
	"net/http"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// comparePage is what compare.html shows.
type comparePage struct {
	Form       *page.Form
	Comparison *assistant.Comparison // nil before a place and a day are given
	Lines      []comparedLine
	Address    string
}

// comparedLine is one line of the two texts; a line that was reworded is one line with
// what went and what came marked word by word.
type comparedLine struct {
	Kind  assistant.LineKind
	Words []comparedWord
}

// comparedWord is a run of words that stand in one text or in both.
type comparedWord struct {
	Kind assistant.LineKind
	Text string
}

func (a *Area) compare(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	p := &comparePage{Form: &page.Form{}}
	for _, name := range []string{"dieu", "tu", "den"} {
		p.Form.Set(name, clip(v.Get(name)))
	}
	today := civil.On(a.Now())
	if v.Get("den") == "" {
		p.Form.Set("den", today.String())
	}
	status := http.StatusOK
	if v.Has("dieu") {
		at, day1, day2 := p.read(today)
		if p.Form.OK() {
			c, err := a.Comparer.Compare(r.Context(), at, day1, day2)
			switch {
			case errors.Is(err, corpus.ErrNotFound):
				p.Form.Wrong("dieu", "Kho chưa có "+at.String()+".", "We do not hold this provision.")
			case err != nil:
				a.Site.Broken(w, r, "law: compare", err)
				return
			default:
				p.Comparison, p.Lines, p.Address = &c, mark(c.Lines), page.LawAddress(at, civil.Date{})
			}
		}
		if !p.Form.OK() {
			status = http.StatusUnprocessableEntity
		}
	}
	a.show(w, r, status, "compare.html", page.Page{VI: "So sánh hai ngày", EN: "Compare two days", Data: p})
}

// read takes the place and the days from the form and notes what is wrong with them.
func (p *comparePage) read(today civil.Date) (at corpus.Provision, day1, day2 civil.Date) {
	at, err := corpus.ParseAddress(p.Form.Value("dieu"))
	if err != nil {
		p.Form.Wrong("dieu", "Hãy viết như “khoản 1 Điều 15 60/2014/QH13”.", "Write it like “khoản 1 Điều 15 60/2014/QH13”.")
	}
	day2 = today
	for name, into := range map[string]*civil.Date{"tu": &day1, "den": &day2} {
		if p.Form.Value(name) == "" && name == "den" {
			continue
		}
		d, err := civil.Parse(p.Form.Value(name))
		if err != nil || d.IsZero() || !d.Valid() {
			p.Form.Wrong(name, "Hãy chọn một ngày có thật.", "Please pick a real day.")
			continue
		}
		*into = d
	}
	return at, day1, day2
}

// mark joins a line that went and the line that came in its place.
func mark(lines []assistant.LineChange) (out []comparedLine) {
	for i := 0; i < len(lines); {
		var gone, come []string
		for ; i < len(lines) && lines[i].Kind == assistant.InFirst; i++ {
			gone = append(gone, lines[i].Text)
		}
		for ; i < len(lines) && lines[i].Kind == assistant.InSecond; i++ {
			come = append(come, lines[i].Text)
		}
		for k := range max(len(gone), len(come)) {
			switch {
			case k >= len(gone):
				out = append(out, comparedLine{assistant.InSecond, []comparedWord{{assistant.InSecond, come[k]}}})
			case k >= len(come):
				out = append(out, comparedLine{assistant.InFirst, []comparedWord{{assistant.InFirst, gone[k]}}})
			default:
				out = append(out, reworded(gone[k], come[k])...)
			}
		}
		if i < len(lines) && lines[i].Kind == assistant.InBoth {
			out = append(out, comparedLine{assistant.InBoth, []comparedWord{{assistant.InBoth, lines[i].Text}}})
			i++
		}
	}
	return out
}

// mostWords bounds the table of two lines; longer ones are shown one after the other.
const mostWords = 600

// reworded marks the words that differ; two lines with little in common stay two lines.
func reworded(first, second string) []comparedLine {
	a, b := strings.Fields(first), strings.Fields(second)
	apart := []comparedLine{{assistant.InFirst, []comparedWord{{assistant.InFirst, first}}}, {assistant.InSecond, []comparedWord{{assistant.InSecond, second}}}}
	if len(a) > mostWords || len(b) > mostWords {
		return apart
	}
	common := table(a, b)
	if 3*common[0][0] < max(len(a), len(b)) {
		return apart
	}
	line := comparedLine{Kind: ""}
	add := func(kind assistant.LineKind, word string) {
		if n := len(line.Words); n > 0 && line.Words[n-1].Kind == kind {
			line.Words[n-1].Text += " " + word
			return
		}
		line.Words = append(line.Words, comparedWord{kind, word})
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(assistant.InBoth, a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add(assistant.InFirst, a[i])
			i++
		default:
			add(assistant.InSecond, b[j])
			j++
		}
	}
	return []comparedLine{line}
}

// table[i][j] is how many words a[i:] and b[j:] have in common, in order.
func table(a, b []string) [][]int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}
