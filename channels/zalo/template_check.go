package zalo

import (
	"fmt"
	"net/url"
	"regexp"
	"unicode/utf8"
)

// span is a length in letters, both ends included.
type span struct{ least, most int }

// Zalo's limits for templates. Confidence: 400 letters a paragraph and the lengths of names,
// phone numbers and addresses medium; all others low, from memory. They are kept strictly:
// where memory errs, it errs towards what is surely allowed.
var (
	limitName      = span{10, 60}
	limitTitle     = span{9, 65}
	limitParagraph = span{9, 400}
	limitRowTitle  = span{3, 36}
	limitRowValue  = span{3, 90}
	limitRows      = span{2, 8}
	limitButton    = span{5, 30}
	limitNote      = span{1, 400}
	limitBlocks    = span{1, 4} // paragraphs
	limitButtons   = span{0, 2}
	limitKey       = span{1, 48} // of a tracking number
)

// paramTypes are the lengths a parameter of a type may have.
var paramTypes = map[string]int{
	"1": 30, "2": 15, "3": 200, "4": 30, "5": 30, "6": 30, "7": 50, "8": 5, "9": 200, "10": 20, "11": 20, "13": 200, "14": 12,
}

var (
	paramName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,35}$`)
	paramUse  = regexp.MustCompile(`<([^<>]*)>`)
	keyForm   = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
)

// checking collects what is wrong with one template.
type checking struct {
	faults []error
	used   map[string]bool
}

func (c *checking) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
}

// length checks a text and notes the parameters in it.
func (c *checking) length(what, s string, l span) {
	if n := utf8.RuneCountInString(s); n < l.least || n > l.most {
		c.fault("%s: %d ký tự, phải từ %d đến %d: %q", what, n, l.least, l.most, s)
	}
	for _, m := range paramUse.FindAllStringSubmatch(s, -1) {
		c.used[m[1]] = true
	}
}

func (c *checking) count(what string, n int, l span) {
	if n < l.least || n > l.most {
		c.fault("%s: có %d, phải từ %d đến %d", what, n, l.least, l.most)
	}
}

// Check lists what Zalo would refuse.
func (t Template) Check() []error {
	c := &checking{used: map[string]bool{}}
	c.length("tên mẫu", t.Name, limitName)
	c.length("ghi chú", t.Note, limitNote)
	c.length("tracking_id", t.Key, limitKey)
	if !keyForm.MatchString(t.Key) {
		c.fault("tracking_id có ký tự đặc biệt: %q", t.Key)
	}
	if t.Type != 1 || t.Tag != "1" && t.Tag != "2" {
		c.fault("mẫu của dịch vụ công chỉ thuộc loại 1, nhãn 1 hoặc 2")
	}
	c.used = map[string]bool{} // only what stands in the layout counts from here
	c.body(t.Layout.Body.List)
	c.footer(t.Layout.Footer.List)
	c.params(t.Params)
	return c.faults
}

func (c *checking) body(list []Component) {
	titles, blocks, tables := 0, 0, 0
	for _, part := range list {
		switch {
		case part.Title != nil:
			titles++
			c.length("tiêu đề", part.Title.Value, limitTitle)
		case part.Paragraph != nil:
			blocks++
			c.length("đoạn", part.Paragraph.Value, limitParagraph)
		case part.Table != nil:
			tables++
			c.count("dòng của bảng", len(part.Table.Rows), limitRows)
			for _, r := range part.Table.Rows {
				c.length("tên dòng", r.Title, limitRowTitle)
				c.length("giá trị dòng", r.Value, limitRowValue)
			}
		default:
			c.fault("thân mẫu có phần không được phép")
		}
	}
	c.count("tiêu đề", titles, span{1, 1})
	c.count("đoạn", blocks, limitBlocks)
	c.count("bảng", tables, span{0, 1})
}

func (c *checking) footer(list []Component) {
	for _, part := range list {
		if part.Buttons == nil {
			c.fault("chân mẫu chỉ có nút")
			continue
		}
		c.count("nút", len(part.Buttons.Items), limitButtons)
		for _, b := range part.Buttons.Items {
			c.length("nhãn nút", b.Title, limitButton)
			c.length("địa chỉ của nút", b.Content, span{9, 200})
			if u, err := url.Parse(paramUse.ReplaceAllString(b.Content, "x")); err != nil || u.Scheme != "https" || u.Host == "" {
				c.fault("địa chỉ của nút phải là https: %q", b.Content)
			}
		}
	}
}

func (c *checking) params(list []Param) {
	declared := map[string]bool{}
	for _, p := range list {
		most, known := paramTypes[p.Type]
		switch {
		case !known:
			c.fault("tham số %q: không có loại %q", p.Name, p.Type)
		case utf8.RuneCountInString(p.Sample) > most || p.Sample == "":
			c.fault("tham số %q: giá trị mẫu dài quá %d ký tự hoặc trống", p.Name, most)
		}
		if !paramName.MatchString(p.Name) || declared[p.Name] {
			c.fault("tham số %q: tên sai hoặc hai lần", p.Name)
		}
		declared[p.Name] = true
		if !c.used[p.Name] {
			c.fault("tham số %q không được dùng", p.Name)
		}
	}
	for name := range c.used {
		if !declared[name] {
			c.fault("tham số %q chưa khai", name)
		}
	}
}
