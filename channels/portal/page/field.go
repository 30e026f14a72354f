package page

// Field is one field of a form, shown by {{template "field" ($.Field .)}}… or built in the
// handler and shown by {{template "field" .}}.
type Field struct {
	View *View
	Form *Form
	Name string
	// Kind is "text" (usual), "textarea", "date", "email", "tel", "number", "search",
	// "select", "radio" or "check".
	Kind         string
	VI, EN       string // label
	HintVI       string
	HintEN       string
	Required     bool
	Max          int // characters; 0 is 200
	Autocomplete string
	Choices      []FieldChoice // of select and radio
}

// FieldChoice is one value that may be chosen.
type FieldChoice struct{ Value, VI, EN string }

// Field fits a field to the page and the form it stands in.
func (v *View) Field(form *Form, f Field) Field {
	f.View, f.Form = v, form
	if f.Kind == "" {
		f.Kind = "text"
	}
	if f.Max == 0 {
		f.Max = 200
	}
	return f
}

// Label is in the reader's language.
func (f Field) Label() string { return f.View.T(f.VI, f.EN) }

// Hint is in the reader's language; may be empty.
func (f Field) Hint() string { return f.View.T(f.HintVI, f.HintEN) }

// Value is what was typed.
func (f Field) Value() string { return f.Form.Value(f.Name) }

// Wrong is the fault of the field in the reader's language; empty when there is none.
func (f Field) Wrong() string {
	if p := f.Form.Problem(f.Name); p != nil {
		return f.View.T(p.VI, p.EN)
	}
	return ""
}

// DescribedBy lists the ids that explain the field, for screen readers.
func (f Field) DescribedBy() string {
	switch {
	case f.Wrong() != "" && f.Hint() != "":
		return f.Name + "-loi " + f.Name + "-goi-y"
	case f.Wrong() != "":
		return f.Name + "-loi"
	case f.Hint() != "":
		return f.Name + "-goi-y"
	}
	return ""
}
