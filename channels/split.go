package channels

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a reply into parts the channel takes: between paragraphs where it can, else
// between sentences, else between words; nothing is lost and no word is cut unless it is
// longer than a message. Links stand in the last parts, buttons under the last.
func Split(r Reply, t Traits) []Reply {
	s := splitter{t: t, parts: []Reply{{}}}
	for i, l := range r.Lines {
		heading := l.Bold && i+1 < len(r.Lines) // keeps with the line after it
		s.line(l, heading && s.left() < Units(l.Text)+Units(r.Lines[i+1].Text)+2)
	}
	for _, l := range r.Links {
		s.link(l)
	}
	out := s.parts[:0]
	for _, p := range s.parts {
		p.Lines = trimGaps(p.Lines)
		if !p.Empty() {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil
	}
	s.buttons(&out[len(out)-1], r.Buttons)
	return out
}

type splitter struct {
	t     Traits
	parts []Reply
	used  int // units of the last part
}

func (s *splitter) last() *Reply { return &s.parts[len(s.parts)-1] }
func (s *splitter) left() int    { return s.t.MaxText - s.used }
func (s *splitter) turn()        { s.parts, s.used = append(s.parts, Reply{}), 0 }

func (s *splitter) line(l Line, early bool) {
	if early && s.used > 0 {
		s.turn()
	}
	n := Units(l.Text) + 1
	if n <= s.left() {
		s.last().Lines = append(s.last().Lines, l)
		s.used += n
		return
	}
	if s.used > 0 && (n <= s.t.MaxText || s.left() < s.t.MaxText/3) {
		s.turn()
	}
	for text := l.Text; text != ""; {
		if Units(text)+1 <= s.left() {
			s.last().Lines = append(s.last().Lines, Line{Text: text, Bold: l.Bold})
			s.used += Units(text) + 1
			return
		}
		head, rest := cut(text, s.left()-1)
		s.last().Lines = append(s.last().Lines, Line{Text: head, Bold: l.Bold})
		s.turn()
		text = rest
	}
}

func (s *splitter) link(l Link) {
	most := s.t.MaxText - 1
	if n := Units(s.t.shown(l)); n > most { // only a title can be that long
		l.Title, _ = cut(l.Title, most-(n-Units(l.Title))-1)
		l.Title += "…"
	}
	n := Units(s.t.shown(l)) + 1
	if n > s.left() {
		s.turn()
	}
	s.last().Links = append(s.last().Links, l)
	s.used += n
}

// buttons keeps those that fit; labels are cut at a letter.
func (s *splitter) buttons(p *Reply, list []Button) {
	if s.t.MaxButtons <= 0 {
		return
	}
	for _, b := range fitting(list, s.t.MaxButtons) {
		if s.t.MaxLabel > 0 {
			b.Label = clipLabel(b.Label, s.t.MaxLabel)
		}
		p.Buttons = append(p.Buttons, b)
	}
}

// fitting leaves out the last choices where there are too many buttons: choices stand in
// the text with their numbers and can be typed, the others cannot.
func fitting(list []Button, most int) (out []Button) {
	over := len(list) - most
	choices := 0
	for _, b := range list {
		if strings.HasPrefix(b.Action, actChoose+":") {
			choices++
		}
	}
	for _, b := range list {
		if strings.HasPrefix(b.Action, actChoose+":") {
			if choices--; choices < over {
				continue
			}
		}
		out = append(out, b)
	}
	return out[:min(len(out), most)]
}

func clipLabel(label string, most int) string {
	if utf8.RuneCountInString(label) <= most {
		return label
	}
	return strings.TrimRightFunc(string([]rune(label)[:most-1]), unicode.IsSpace) + "…"
}

// cut takes as many whole sentences as fit, else as many words, else as many letters.
func cut(text string, most int) (head, rest string) {
	end, sentence, word := 0, 0, 0
	n := 0
	for i, r := range text {
		if n += max(Units(string(r)), 1); n > most {
			break
		}
		end = i + utf8.RuneLen(r)
		if r == ' ' {
			word = i
			if endsSentence(text[:i]) {
				sentence = i
			}
		}
	}
	switch {
	case sentence > end/3:
		end = sentence
	case word > 0:
		end = word
	case end == 0:
		_, end = utf8.DecodeRuneInString(text)
	}
	return strings.TrimSpace(text[:end]), strings.TrimSpace(text[end:])
}

// endsSentence: a full stop after a short name or a number ("TP.", "khoản 1.") ends none.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’\")] ")
	if s == "" {
		return false
	}
	switch s[len(s)-1] {
	case '!', '?', ';':
		return true
	case '.':
		word := s[strings.LastIndexAny(s, " (/")+1 : len(s)-1]
		return utf8.RuneCountInString(word) > 2 && !abbreviations[strings.ToLower(word)]
	}
	return strings.HasSuffix(s, "…")
}

var abbreviations = map[string]bool{"ths": true, "pgs": true, "vnd": true, "ubnd": true, "hđnd": true, "vd": true}

func trimGaps(lines []Line) []Line {
	for len(lines) > 0 && lines[0].Text == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1].Text == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
