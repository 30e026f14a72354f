package zalo

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/motcua/motcua/lifeevents/delivery"
)

// The template files follow from the rules of life events: each neutral sentence of theirs
// has one. They are written anew by the command below after a rule has changed.
//
//go:generate go test . -run TestTemplatesFollowTheRules -args -update

//go:embed templates
var templateFiles embed.FS

// Template is the request by which a template is handed in to Zalo for approval. Confidence:
// the address and the names of its fields medium, the numbers of parameter types low.
type Template struct {
	Name   string  `json:"template_name"`
	Type   int     `json:"template_type"` // 1: made to measure
	Tag    string  `json:"tag"`           // "2": care of people served; never "3", which is advertising
	Layout Layout  `json:"layout"`
	Params []Param `json:"params"`
	Note   string  `json:"note"` // to whom approves it
	Key    string  `json:"tracking_id"`
}

// Layout is what is shown, from top to bottom.
type Layout struct {
	Header *Components `json:"header,omitempty"` // the logo, put in on handing in
	Body   Components  `json:"body"`
	Footer Components  `json:"footer"`
}

// Components stand one below the other.
type Components struct {
	List []Component `json:"components"`
}

// Component is exactly one of these.
type Component struct {
	Logo      *Logo    `json:"LOGO,omitempty"`
	Title     *Value   `json:"TITLE,omitempty"`
	Paragraph *Value   `json:"PARAGRAPH,omitempty"`
	Table     *Rows    `json:"TABLE,omitempty"`
	Buttons   *Buttons `json:"BUTTONS,omitempty"`
}

// Value is a text with parameters as "<name>".
type Value struct {
	Value string `json:"value"`
}

// Rows are lines of a table.
type Rows struct {
	Rows []Row `json:"rows"`
}

// Row is one line.
type Row struct {
	Title string `json:"title"`
	Value string `json:"value"`
}

// Buttons stand below.
type Buttons struct {
	Items []Item `json:"items"`
}

// Item is a button; type 1 opens a page of the account's owner.
type Item struct {
	Type    int    `json:"type"`
	Title   string `json:"title"`
	Content string `json:"content"`
}

// Logo is one picture for light and one for dark, by the numbers Zalo gave them.
type Logo struct {
	Light Media `json:"light"`
	Dark  Media `json:"dark"`
}

// Media is an uploaded picture.
type Media struct {
	Type string `json:"type"` // "IMAGE"
	ID   string `json:"media_id"`
}

// Param is a parameter with an example; type says what it may hold and how long it may be.
type Param struct {
	Type   string `json:"type"`
	Name   string `json:"name"`
	Sample string `json:"sample_value"`
}

// Names of parameters and of the templates that fit any notice, and several at once.
const (
	paramCode    = "ma_tin"
	paramCount   = "so_viec"
	anyTemplate  = "viec-moi"
	manyTemplate = "nhieu-viec"
	// portalMark stands for the portal's page of messages in the files.
	portalMark = "https://cong.example.vn/toi/tin"
)

// Catalogue is the templates of the program and which rule speaks by which.
type Catalogue struct {
	by    map[string]Template
	rules map[string]string
}

// OpenCatalogue reads the embedded files.
func OpenCatalogue() (*Catalogue, error) {
	c := &Catalogue{by: map[string]Template{}, rules: map[string]string{}}
	files, err := fs.Glob(templateFiles, "templates/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		raw, err := templateFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var t Template
		if err := json.Unmarshal(raw, &t); err != nil {
			return nil, fmt.Errorf("zalo: %s: %w", name, err)
		}
		c.by[strings.TrimSuffix(path.Base(name), ".json")] = t
	}
	raw, err := templateFiles.ReadFile("templates/rules.tsv")
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(raw)) {
		rule, name, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(rule, "#") || rule == "" {
			continue
		}
		if !ok || !c.Has(name) {
			return nil, fmt.Errorf("zalo: rules.tsv: không có mẫu tin cho %q", line)
		}
		c.rules[rule] = name
	}
	return c, nil
}

// Has reports whether there is a template of that name.
func (c *Catalogue) Has(name string) bool { _, ok := c.by[name]; return ok }

// Names lists the templates in order.
func (c *Catalogue) Names() []string { return slices.Sorted(maps.Keys(c.by)) }

// For lists the templates that fit a message, the best first: that of its rule, or that for
// several notices at once, then the most neutral one.
func (c *Catalogue) For(rule, count string) []string {
	first := c.rules[rule]
	if count != "" && count != "1" {
		first = manyTemplate
	}
	if first == "" || first == anyTemplate {
		return []string{anyTemplate}
	}
	return []string{first, anyTemplate}
}

// Fill gives the template's parameters their values.
func (c *Catalogue) Fill(name string, m delivery.Message) map[string]string {
	data := map[string]string{}
	for _, p := range c.by[name].Params {
		switch p.Name {
		case paramCode:
			data[p.Name] = m.Code
		case paramCount:
			data[p.Name] = m.Params["count"]
		}
	}
	return data
}

// Submission is the request that hands a template in: with the address of this portal's
// page of messages and the numbers of the uploaded logos ("" leaves the header out).
func (c *Catalogue) Submission(name, page, light, dark string) ([]byte, error) {
	t, ok := c.by[name]
	if !ok {
		return nil, fmt.Errorf("zalo: không có mẫu tin nào tên %q", name)
	}
	footer := Components{}
	for _, part := range t.Layout.Footer.List {
		if part.Buttons != nil {
			items := slices.Clone(part.Buttons.Items)
			for i := range items {
				items[i].Content = strings.Replace(items[i].Content, portalMark, page, 1)
			}
			part.Buttons = &Buttons{items}
		}
		footer.List = append(footer.List, part)
	}
	t.Layout.Footer = footer
	if light != "" && dark != "" {
		t.Layout.Header = &Components{[]Component{{Logo: &Logo{Media{"IMAGE", light}, Media{"IMAGE", dark}}}}}
	}
	return writeTemplate(t)
}

// writeTemplate keeps "<ma_tin>" as it is, which JSON would otherwise escape.
func writeTemplate(t Template) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(t)
	return []byte(b.String()), err
}
