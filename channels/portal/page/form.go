package page

import (
	"net/http"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Form is what a person typed and what is wrong with it. Templates show the values again,
// so that nothing is lost.
type Form struct {
	values   map[string][]string
	Problems []FieldProblem
}

// FieldProblem is one fault of one field, as sentences for the person.
type FieldProblem struct{ Name, VI, EN string }

// ReadForm reads the fields of a request, with odd characters taken out (see Clean). It
// has answered already when ok is false.
func (s *Site) ReadForm(w http.ResponseWriter, r *http.Request) (f *Form, ok bool) {
	if err := parse(r); err != nil {
		s.unread(w, r, err)
		return nil, false
	}
	f = &Form{values: map[string][]string{}}
	for name, all := range r.Form {
		for _, v := range all {
			f.values[name] = append(f.values[name], Clean(v))
		}
	}
	return f, true
}

// Value is the first value of a field, without spaces around it; "" when there is none.
func (f *Form) Value(name string) string {
	if f == nil || len(f.values[name]) == 0 {
		return ""
	}
	return strings.TrimSpace(f.values[name][0])
}

// Values are all values of a field.
func (f *Form) Values(name string) []string {
	if f == nil {
		return nil
	}
	return f.values[name]
}

// Set fills a field, for a form shown the first time.
func (f *Form) Set(name, value string) {
	if f.values == nil {
		f.values = map[string][]string{}
	}
	f.values[name] = []string{value}
}

// Wrong notes a fault of a field; name "" is of the whole form.
func (f *Form) Wrong(name, vi, en string) {
	f.Problems = append(f.Problems, FieldProblem{name, vi, en})
}

// OK reports whether nothing is wrong.
func (f *Form) OK() bool { return f == nil || len(f.Problems) == 0 }

// Problem is the first fault of a field, or nil.
func (f *Form) Problem(name string) *FieldProblem {
	if f == nil {
		return nil
	}
	for i := range f.Problems {
		if f.Problems[i].Name == name {
			return &f.Problems[i]
		}
	}
	return nil
}

// Clean puts text into NFC and takes out what nobody types: control characters but line
// ends and tabs, and marks that hide or turn text (zero width, direction overrides).
func Clean(s string) string {
	return norm.NFC.String(strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case unicode.IsControl(c), c == '\ufeff', c >= '\u200b' && c <= '\u200f', c >= '\u202a' && c <= '\u202e', c >= '\u2060' && c <= '\u206f', c == unicode.ReplacementChar:
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, "")))
}
