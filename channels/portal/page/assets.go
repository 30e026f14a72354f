package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// asset is one file, ready to send.
type asset struct {
	kind          string
	plain, packed []byte // packed is nil where it would not be smaller
}

// assets are the files under /static/, each under an address that holds its digest, so
// that browsers may keep them for good.
type assets struct {
	byAddress map[string]asset
	addresses map[string]string
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
	".json": "application/json; charset=utf-8", ".webmanifest": "application/manifest+json",
}

func readAssets(extra ...fs.FS) (*assets, error) {
	own, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	a := &assets{byAddress: map[string]asset{}, addresses: map[string]string{}}
	fonts := map[string]string{}
	for _, pass := range []bool{true, false} { // fonts first: style sheets name them
		for _, files := range append([]fs.FS{own}, extra...) {
			if err := a.add(files, pass, fonts); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

func (a *assets) add(files fs.FS, fontsOnly bool, fonts map[string]string) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || (path.Ext(name) == ".woff2") != fontsOnly {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		base := path.Base(name)
		kind, known := kinds[path.Ext(name)]
		if _, twice := a.addresses[base]; twice || !known {
			return fmt.Errorf("page: asset %s: name used twice or kind unknown", name)
		}
		if path.Ext(name) == ".css" {
			body = withFonts(body, fonts)
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(base)
		address := "/static/" + strings.TrimSuffix(base, ext) + "." + base64.RawURLEncoding.EncodeToString(sum[:6]) + ext
		a.addresses[base], a.byAddress[address] = address, asset{kind, body, pack(body)}
		if fontsOnly {
			fonts[base] = address
		}
		return nil
	})
}

// withFonts puts the addresses of fonts where a style sheet names them.
func withFonts(css []byte, fonts map[string]string) []byte {
	for name, address := range fonts {
		css = bytes.ReplaceAll(css, []byte(`url(`+name+`)`), []byte(`url(`+address+`)`))
	}
	return css
}

func pack(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = z.Write(body)
	if err := z.Close(); err != nil || b.Len() >= len(body)*9/10 {
		return nil
	}
	return b.Bytes()
}

// address is where the file is served; an unknown name is served nowhere, which the tests
// of pages notice.
func (a *assets) address(name string) string {
	if to, ok := a.addresses[name]; ok {
		return to
	}
	return "/static/" + name
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x, ok := a.byAddress[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", x.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := x.plain
	if x.packed != nil && takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = x.packed
	}
	_, _ = w.Write(body)
}
