package corpus

import (
	"strings"

	"github.com/motcua/motcua/internal/civil"
)

// Instrument is one legal document; Number is official, e.g. "60/2014/QH13".
type Instrument struct {
	Number   string         `json:"number"`
	Type     InstrumentType `json:"type"`
	Issuer   string         `json:"issuer"` // issuing body in Vietnamese: "Quốc hội", "Bộ Công an"
	Title    string         `json:"title"`
	Signer   string         `json:"signer,omitempty"`
	Issued   civil.Date     `json:"issued"`
	Validity Validity       `json:"validity"`
	Source   Source         `json:"source"`
	// Digest marks text in our own words ("tóm lược"), never shown as the law's words.
	Digest     bool       `json:"digest,omitempty"`
	VerifiedOn civil.Date `json:"verified_on"`
	Confidence Confidence `json:"confidence,omitempty"`
	Preamble   string     `json:"preamble,omitempty"`
	Articles   []Article  `json:"articles"`
	Annexes    []Annex    `json:"annexes,omitempty"`
	Relations  []Relation `json:"relations,omitempty"`
}

// Article, Clause and Point are điều, khoản and điểm, in reading order. Text is what
// stands before the first clause (or point) of the level. All text is NFC.
type Article struct {
	Number  string    `json:"number"`
	Heading string    `json:"heading,omitempty"`
	Under   []Heading `json:"under,omitempty"` // phần, chương, mục, outermost first
	Text    string    `json:"text,omitempty"`
	Clauses []Clause  `json:"clauses,omitempty"`
	// Validity, when set, is the span in which these words held, as far as the source
	// tells: from the last amendment it names (or the day the article took effect).
	Validity Validity `json:"validity,omitzero"`
	// Note is what an official consolidation says about the article, verbatim.
	Note   string `json:"note,omitempty"`
	Source Source `json:"source,omitzero"` // own page, when it differs from the instrument's
	// Attachments names the files an official page hangs under the article.
	Attachments []string `json:"attachments,omitempty"`
	// Confidence and VerifiedOn are set in the starter corpus only.
	Confidence Confidence `json:"confidence,omitempty"`
	VerifiedOn civil.Date `json:"verified_on,omitzero"`
}

// Clause is one khoản; Number is "1", "2", "1a". Number "" holds points that stand
// directly under the article.
type Clause struct {
	Number string  `json:"number"`
	Text   string  `json:"text,omitempty"`
	Points []Point `json:"points,omitempty"`
}

// Point is one điểm; Letter is "a", "đ", "a1".
type Point struct {
	Letter string `json:"letter"`
	Text   string `json:"text"`
}

// Heading is one level above the articles: Kind "Phần", "Chương", "Mục", "Tiểu mục",
// or "Đề mục" for the codified law.
type Heading struct {
	Kind   string `json:"kind"`
	Number string `json:"number,omitempty"`
	Title  string `json:"title,omitempty"`
}

// String is the heading as printed: "Chương II ĐĂNG KÝ HỘ TỊCH".
func (h Heading) String() string {
	return strings.Join(strings.Fields(h.Kind+" "+h.Number+" "+h.Title), " ")
}

// Annex is one phụ lục or mẫu with its text.
type Annex struct {
	Number string `json:"number"`
	Title  string `json:"title,omitempty"`
	Text   string `json:"text"`
}

// FullText joins the article's words as printed: clauses "1. …", points "a) …", one
// line each.
func (a Article) FullText() string {
	var b strings.Builder
	line := func(s string) {
		if s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
	}
	line(a.Text)
	for _, c := range a.Clauses {
		switch {
		case c.Number != "":
			line(strings.TrimSpace(c.Number + ". " + c.Text))
		case c.Text != "":
			line(c.Text)
		}
		for _, p := range c.Points {
			line(p.Letter + ") " + p.Text)
		}
	}
	return b.String()
}
