package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed layout/*.html
var layoutFiles embed.FS

// funcs are what templates may call beside the methods of View.
var funcs = template.FuncMap{
	"icon": Icon,
	// dict gathers names and values for a nested template.
	"dict": func(pairs ...any) (map[string]any, error) {
		m := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			name, ok := pairs[i].(string)
			if !ok {
				return nil, fmt.Errorf("page: dict: name %d is no text", i)
			}
			m[name] = pairs[i+1]
		}
		return m, nil
	},
	"inc":  func(n int) int { return n + 1 },
	"host": func(s string) string { return strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://") },
}

// Templates are the pages of one area.
type Templates struct {
	site  *Site
	pages map[string]*template.Template
}

type layouts = Templates

// Templates parses the folder of an area. Every file is a page that defines "main" (and
// may define "head", which goes into the head); a file whose name begins with "_" holds
// pieces all pages of the area may use. The pieces of layout/_*.html are there as well.
func (s *Site) Templates(files fs.FS, more ...template.FuncMap) (*Templates, error) {
	base := template.New("").Funcs(funcs)
	for _, f := range more {
		base.Funcs(f)
	}
	if _, err := base.ParseFS(layoutFiles, "layout/_*.html"); err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	t := &Templates{site: s, pages: map[string]*template.Template{}}
	for _, name := range names {
		if strings.HasPrefix(name, "_") {
			if _, err := base.ParseFS(files, name); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range names {
		if strings.HasPrefix(name, "_") {
			continue
		}
		p, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if t.pages[name], err = p.ParseFS(files, name); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// readLayouts parses the pages every area needs: problems and held forms.
func (s *Site) readLayouts() (*Templates, error) {
	own, err := fs.Sub(layoutFiles, "layout")
	if err != nil {
		return nil, err
	}
	return s.Templates(withoutPieces{own})
}

// withoutPieces hides files that Templates reads anyway.
type withoutPieces struct{ fs.FS }

// Glob lists only whole pages.
func (f withoutPieces) Glob(pattern string) (out []string, err error) {
	all, err := fs.Glob(f.FS, pattern)
	for _, name := range all {
		if !strings.HasPrefix(path.Base(name), "_") {
			out = append(out, name)
		}
	}
	return out, err
}

// Show writes a whole page or, if its template fails, none of it.
func (t *Templates) Show(w http.ResponseWriter, r *http.Request, status int, name string, p Page) {
	var b bytes.Buffer
	if err := t.Write(&b, w, r, name, p); err != nil {
		t.site.Log.ErrorContext(r.Context(), "page: template failed", "page", name, "error", err)
		http.Error(w, "Trang này đang gặp lỗi.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	if ViewerOf(r.Context()).SignedIn() {
		h.Set("Cache-Control", "no-store")
	}
	send(w, r, status, "text/html; charset=utf-8", b.Bytes())
}

// Write makes the page without sending it; a waiting notice is shown and used up.
func (t *Templates) Write(b *bytes.Buffer, w http.ResponseWriter, r *http.Request, name string, p Page) error {
	tpl := t.pages[name]
	if tpl == nil {
		return fmt.Errorf("page: no page is called %q", name)
	}
	return tpl.ExecuteTemplate(b, "layout", t.site.view(w, r, p))
}

// Piece makes one template of the area alone, for scripts that swap parts of a page.
func (t *Templates) Piece(b io.Writer, r *http.Request, page, piece string, p Page) error {
	tpl := t.pages[page]
	if tpl == nil {
		return fmt.Errorf("page: no page is called %q", page)
	}
	return tpl.ExecuteTemplate(b, piece, t.site.view(nil, r, p))
}

func (s *Site) view(w http.ResponseWriter, r *http.Request, p Page) *View {
	v := &View{Page: p, Viewer: ViewerOf(r.Context()), Choices: ChoicesOf(r), Here: "/", SignIn: s.SignIn, Sample: s.Sample, site: s, r: r}
	if r.Method == http.MethodGet {
		v.Here = r.URL.RequestURI()
	}
	if w != nil {
		v.Notice = s.notice(w, r)
	}
	return v
}
