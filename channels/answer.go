package channels

import (
	"strconv"
	"strings"

	"github.com/motcua/motcua/assistant"
)

// sayAnswer lays an answer out for reading on a small screen: corrections, the sentences
// with marks renumbered by source, the law behind them, choices, sources, and who wrote it.
func sayAnswer(a assistant.Answer, o Offer, lang string) Reply {
	w := layout{number: map[int]int{}, lang: lang}
	for _, c := range a.Corrections {
		w.line(c.Text+w.marks(a, c.Marks), false)
	}
	for _, s := range a.Sentences {
		text := s.Text + w.marks(a, s.Marks)
		if s.Doubt != "" {
			text += " (" + in(lang, "chưa chắc chắn: ", "not certain: ") + s.Doubt + ")"
		}
		w.line(text, s.Frame && strings.HasSuffix(s.Text, ":"))
	}
	if len(a.Sentences) == 0 {
		for line := range strings.SplitSeq(a.Text, "\n") {
			w.line(line, false)
		}
	}
	if a.Caution != "" {
		w.line(in(lang, "Chưa chắc chắn: ", "Not certain: ")+a.Caution, false)
	}
	if basis := lawBehind(a); basis != "" {
		w.line(in(lang, "Căn cứ: ", "Legal basis: ")+basis+".", false)
	}
	for _, n := range a.Next {
		w.line("→ "+n, false)
	}
	w.choices(a, o)
	if len(a.Citations) > 0 {
		w.line("", false)
		w.line(in(lang, "Quy định áp dụng ngày ", "As in force on ")+a.AsOf.VN()+". "+a.Disclosure, false)
		w.r.Buttons = append(w.r.Buttons, Button{Label: in(lang, "Hữu ích", "Useful"), Action: actUseful + ":" + strconv.Itoa(o.Turn)},
			Button{Label: in(lang, "Chưa đúng", "Not right"), Action: actWrong + ":" + strconv.Itoa(o.Turn)})
	}
	return w.r
}

// layout gathers the reply; number maps a citation's mark to the number shown.
type layout struct {
	r      Reply
	number map[int]int
	lang   string
}

func (w *layout) line(text string, bold bool) {
	if bold && len(w.r.Lines) > 0 && w.r.Lines[len(w.r.Lines)-1].Text != "" {
		w.r.Lines = append(w.r.Lines, Line{})
	}
	w.r.Lines = append(w.r.Lines, Line{Text: strings.TrimSpace(strings.ReplaceAll(text, "\n", " ")), Bold: bold})
}

// marks gives sources the numbers 1, 2, 3 in the order they are used: several passages of
// one document are one source here.
func (w *layout) marks(a assistant.Answer, marks []int) string {
	var b strings.Builder
	last := 0
	for _, m := range marks {
		n := w.source(a, m)
		if n != 0 && n != last {
			b.WriteString(" [" + strconv.Itoa(n) + "]")
			last = n
		}
	}
	return b.String()
}

func (w *layout) source(a assistant.Answer, mark int) int {
	if n, known := w.number[mark]; known {
		return n
	}
	for _, c := range a.Citations {
		if c.Mark != mark {
			continue
		}
		l := linkTo(a, c, w.lang)
		for _, have := range w.r.Links {
			if have.Title == l.Title && have.URL == l.URL {
				w.number[mark] = have.Mark
				return have.Mark
			}
		}
		l.Mark = len(w.r.Links) + 1
		w.r.Links = append(w.r.Links, l)
		w.number[mark] = l.Mark
		return l.Mark
	}
	return 0
}

func linkTo(a assistant.Answer, c assistant.Citation, lang string) Link {
	l := Link{Title: c.Label, URL: c.URL}
	if c.Title != "" && !strings.Contains(c.Label, c.Title) {
		l.Title += " – " + c.Title
	}
	if c.Digest {
		l.Title += in(lang, " (tóm lược)", " (digest)")
	}
	if l.URL == "" && a.Card != nil && c.Procedure != "" && c.Procedure == a.Card.Procedure {
		l.URL = a.Card.URL
	}
	return l
}

// lawBehind lists the provisions behind the sections that were shown, each once.
func lawBehind(a assistant.Answer) string {
	if a.Card == nil {
		return ""
	}
	shown := map[assistant.Slot]bool{}
	for _, s := range a.Sentences {
		shown[s.Slot] = true
	}
	var out []string
	seen := map[string]bool{}
	for _, s := range a.Card.Sections {
		if !shown[s.Slot] {
			continue
		}
		for _, b := range s.Basis {
			if !seen[b] {
				seen[b] = true
				out = append(out, b)
			}
		}
	}
	return strings.Join(out, "; ")
}

// choices are numbered in the text, so that they can be read whole and typed, and stand
// as buttons.
func (w *layout) choices(a assistant.Answer, o Offer) {
	asked := len(a.Options)
	for i, c := range o.Choices {
		if i == asked {
			w.line("", false)
			w.line(in(w.lang, "Thủ tục liên quan:", "Related procedures:"), true)
		}
		label := c.Label
		if i < asked && a.Options[i].Hint != "" {
			label += " – " + a.Options[i].Hint
		}
		w.line(strconv.Itoa(i+1)+". "+label, false)
		w.r.Buttons = append(w.r.Buttons, Button{Label: strconv.Itoa(i+1) + ". " + c.Label, Action: actChoose + ":" + strconv.Itoa(o.Turn) + ":" + strconv.Itoa(i)})
	}
	if asked > 0 {
		w.line(in(w.lang, "Bạn bấm nút hoặc gõ số thứ tự.", "Press a button or type its number."), false)
	}
}
