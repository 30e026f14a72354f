package channels

import "strings"

// Reply is what is said. Adapters put it into the platform's own form and escape it.
type Reply struct {
	Lines []Line `json:"lines"`
	// Links are the sources, in order of their marks "[1]", or places to go.
	Links   []Link   `json:"links,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
}

// Line is one paragraph; it holds no line break. An empty one is a gap.
type Line struct {
	Text string `json:"t,omitempty"`
	Bold bool   `json:"b,omitempty"` // a heading
}

// Link is a source: Mark 0 for one that no mark points to.
type Link struct {
	Mark  int    `json:"mark,omitempty"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

// Button is pressed or opens an address. Action is at most 64 bytes of [a-z0-9:.-].
type Button struct {
	Label  string `json:"label"`
	Action string `json:"action,omitempty"`
	URL    string `json:"url,omitempty"`
}

// Say makes a reply of plain paragraphs.
func Say(paragraphs ...string) Reply {
	var r Reply
	for _, p := range paragraphs {
		for line := range strings.SplitSeq(p, "\n") {
			r.Lines = append(r.Lines, Line{Text: strings.TrimSpace(line)})
		}
	}
	return r
}

// With adds buttons.
func (r Reply) With(buttons ...Button) Reply {
	r.Buttons = append(r.Buttons[:len(r.Buttons):len(r.Buttons)], buttons...)
	return r
}

// Empty reports whether there is nothing to say.
func (r Reply) Empty() bool { return len(r.Lines) == 0 && len(r.Links) == 0 }

// Plain is the reply without any form: lines, then sources as "[1] title: address".
func (r Reply) Plain() string {
	var b strings.Builder
	for _, l := range r.Lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	for _, l := range r.Links {
		b.WriteString(l.Plain())
		b.WriteByte('\n')
	}
	return strings.Trim(b.String(), "\n")
}
