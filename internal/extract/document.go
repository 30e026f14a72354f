package extract

import "strings"

// Document is what was read. Pages are in order; formats without pages have exactly one.
type Document struct {
	Format   Kind     `json:"format"`
	Title    string   `json:"title,omitempty"` // from the file's own properties, may be empty or wrong
	Pages    []Page   `json:"pages"`
	Warnings []string `json:"warnings,omitempty"` // whole Vietnamese sentences
}

// Page is one page. A paragraph that runs over a page end stands on the page where it
// starts. Unread is empty for a page that was read, else the reason in Vietnamese.
type Page struct {
	Number int    `json:"number"` // from 1
	Text   string `json:"text"`
	Unread string `json:"unread,omitempty"`
	// OCR marks text recognised from a picture: likely to hold wrong letters.
	OCR bool `json:"ocr,omitempty"`
	// Syllables is the share, 0 to 1, of words that are possible Vietnamese syllables.
	Syllables float64 `json:"syllables"`
}

// Text joins the pages that were read by "\n".
func (d Document) Text() string {
	var parts []string
	for _, p := range d.Pages {
		if p.Text != "" {
			parts = append(parts, p.Text)
		}
	}
	return strings.Join(parts, "\n")
}

// Unread lists the pages that were not read, in order.
func (d Document) Unread() []Page {
	var out []Page
	for _, p := range d.Pages {
		if p.Unread != "" {
			out = append(out, p)
		}
	}
	return out
}

// onePage wraps the text of a format that has no pages.
func onePage(kind Kind, text string) Document {
	return Document{Format: kind, Pages: []Page{{Number: 1, Text: text, Syllables: SyllableShare(text)}}}
}
