package lexical

import "github.com/motcua/motcua/corpus"

// Section is a part of a document with its own weight.
type Section uint8

// The sections. Law is the name of the instrument, Path the headings above the article,
// Alias what people call it and questions often asked, Domain the field (lĩnh vực).
const (
	Law Section = iota
	Path
	Title
	Alias
	Domain
	Body
	Steps
	Where
	Dossier
	Fees
	Times
	Results
	Conditions
	Basis
	Deadline
	numSections
)

var sectionNames = [numSections]string{
	"law", "path", "title", "alias", "domain", "body", "steps", "where", "dossier", "fees", "times",
	"results", "conditions", "basis", "deadline",
}

// String is the name used in explanations.
func (s Section) String() string {
	if s < numSections {
		return sectionNames[s]
	}
	return "?"
}

// Facet is one more section of a document, as procedures have.
type Facet struct {
	Section Section
	Text    string
}

// Document is one unit to be found. Empty texts are left out. A section may come more
// than once.
type Document struct {
	ID      string // unique; a later document of the same ID replaces the earlier
	LawName string
	Path    string
	Title   string
	Body    string
	Facets  []Facet
	Attr    Attributes
}

// Attributes are what a search filters by; empty means "not known" and then passes only
// a filter that does not ask.
type Attributes struct {
	Validity   corpus.Validity
	Issuer     string
	Type       corpus.InstrumentType
	Levels     []corpus.Level
	Field      string
	Place      string // province code; "" is national
	Instrument string // official number
	Procedure  bool
	Audiences  []corpus.Audience
	Restricted bool // for officials only
}

// sections lists the texts of d in the order of the forward list.
func (d *Document) sections() []Facet {
	out := make([]Facet, 0, 4+len(d.Facets))
	for _, f := range [...]Facet{{Law, d.LawName}, {Path, d.Path}, {Title, d.Title}, {Body, d.Body}} {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	for _, f := range d.Facets {
		if f.Text != "" && f.Section < numSections {
			out = append(out, f)
		}
	}
	return out
}
