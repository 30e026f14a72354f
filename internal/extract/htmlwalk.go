package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// notText are elements whose content is never part of a document's text.
var notText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Nav: true,
	atom.Aside: true, atom.Iframe: true, atom.Object: true, atom.Svg: true, atom.Select: true, atom.Button: true,
	atom.Input: true, atom.Textarea: true, atom.Footer: true,
}

// around matches the class or id of what surrounds a text on a web page.
var around = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|banner|advert|ads|share|social|comments?|related|pagination|toolbar|login|search)(?:$|[\s_-])`)

// blockElements start and end a paragraph.
var blockElements = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Hr: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true,
	atom.Dt: true, atom.Dd: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Section: true, atom.Article: true, atom.Main: true, atom.Header: true, atom.Blockquote: true, atom.Pre: true,
	atom.Center: true, atom.Form: true, atom.Fieldset: true, atom.Address: true, atom.Figure: true, atom.Caption: true,
	atom.Td: true, atom.Th: true, atom.Body: true, atom.Html: true,
}

// htmlText collects paragraphs; white space in the source is one space.
type htmlText struct {
	paragraphs []string
	current    strings.Builder
}

// pageWords is the text of the page: of its main part where that holds most of it.
func pageWords(root *html.Node) string {
	whole := wordsUnder(root, true)
	if whole == "" {
		// Everything looked like surroundings: better all of it than nothing.
		return wordsUnder(root, false)
	}
	if main := findMain(root); main != nil {
		if part := wordsUnder(main, true); 2*len(part) > len(whole) {
			return part
		}
	}
	return whole
}

func wordsUnder(n *html.Node, strict bool) string {
	var t htmlText
	t.walk(n, strict)
	t.end()
	return strings.Join(t.paragraphs, "\n")
}

// findMain returns the first <main>, else the only <article>.
func findMain(root *html.Node) *html.Node {
	var main *html.Node
	var articles []*html.Node
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Main && main == nil:
			main = n
		case n.DataAtom == atom.Article:
			articles = append(articles, n)
		}
	}
	if main == nil && len(articles) == 1 {
		return articles[0]
	}
	return main
}

func (t *htmlText) walk(n *html.Node, strict bool) {
	switch n.Type {
	case html.TextNode:
		t.current.WriteString(strings.Map(func(r rune) rune {
			if r == '\n' || r == '\r' || r == '\t' {
				return ' '
			}
			return r
		}, n.Data))
		return
	case html.ElementNode:
		if notText[n.DataAtom] || strict && isAround(n) || isHidden(n) {
			return
		}
		if n.DataAtom == atom.Table {
			t.table(n, strict)
			return
		}
	case html.CommentNode, html.DoctypeNode:
		return
	}
	block := blockElements[n.DataAtom]
	if block {
		t.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.walk(c, strict)
	}
	if block {
		t.end()
	}
}

func (t *htmlText) end() {
	if text := tidyLine(t.current.String()); text != "" {
		t.paragraphs = append(t.paragraphs, text)
	}
	t.current.Reset()
}

// longCell is the length in bytes from which a cell is a part of the page, not of a table.
const longCell = 2000

// table reads rows and cells. A table that lays out the page — one column, nested tables,
// very long cells — is read as plain paragraphs.
func (t *htmlText) table(n *html.Node, strict bool) {
	t.end()
	rows, layout := tableRows(n, strict)
	if !layout {
		t.paragraphs = append(t.paragraphs, tableLines(rows)...)
		return
	}
	for _, row := range rows {
		for _, cell := range row {
			t.paragraphs = append(t.paragraphs, cell.paragraphs...)
		}
	}
}

// tableRows finds the rows of n itself, not those of tables inside its cells.
func tableRows(n *html.Node, strict bool) (rows [][]docxCell, layout bool) {
	widest := 0
	var visit func(*html.Node)
	visit = func(e *html.Node) {
		for c := e.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Tr:
				rows = append(rows, nil)
				visit(c)
				widest = max(widest, len(rows[len(rows)-1]))
			case atom.Td, atom.Th:
				var inner htmlText
				inner.walk(c, strict)
				inner.end()
				if len(rows) == 0 {
					rows = append(rows, nil)
				}
				last := len(rows) - 1
				rows[last] = append(rows[last], docxCell{paragraphs: inner.paragraphs})
				layout = layout || contains(c, atom.Table) || len(strings.Join(inner.paragraphs, " ")) > longCell
			case atom.Tbody, atom.Thead, atom.Tfoot:
				visit(c)
			case atom.Caption:
				var inner htmlText
				inner.walk(c, strict)
				inner.end()
				rows = append(rows, []docxCell{{paragraphs: inner.paragraphs}})
			}
		}
	}
	visit(n)
	return rows, layout || widest < 2
}

func contains(n *html.Node, a atom.Atom) bool {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return true
		}
	}
	return false
}

func isAround(n *html.Node) bool {
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
		return false
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id":
			if around.MatchString(a.Val) {
				return true
			}
		case "role":
			if a.Val == "navigation" || a.Val == "banner" || a.Val == "search" || a.Val == "contentinfo" {
				return true
			}
		}
	}
	return false
}

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && hiddenStyle.MatchString(a.Val) {
			return true
		}
	}
	return false
}

func pageTitle(root *html.Node) string {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Title && n.FirstChild != nil {
			return tidyLine(n.FirstChild.Data)
		}
	}
	return ""
}
