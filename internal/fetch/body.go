package fetch

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// body ends with an error at the limit, never with a text cut short in silence.
type body struct {
	ctx       context.Context
	from      io.ReadCloser
	left, max int64
	cancel    func()
}

func (b *body) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.from.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, tooLarge(b.max)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = explain(b.ctx, err)
	}
	return n, err
}

func (b *body) Close() error {
	defer b.cancel()
	return b.from.Close()
}

// extensions are those our readers look at, by the content's declared type.
var extensions = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
	"application/json": ".json", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "application/msword": ".doc",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}

// fileName is the name the server gives, else the end of the address; one without an
// extension gets that of its type.
func fileName(h http.Header, u *url.URL) string {
	name := ""
	if _, params, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil {
		name = params["filename"]
	}
	if name == "" {
		name = u.Path
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == '\\' || r == 0x7f {
			return '_'
		}
		return r
	}, path.Base(path.Clean("/"+name)))
	if name == "/" || strings.HasPrefix(name, ".") {
		name = "tai-ve"
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	known := path.Ext(name) != "" && !isPageScript(path.Ext(name))
	if ext := extensions[kind]; err == nil && ext != "" && !known {
		name += ext
	}
	return name
}

// isPageScript tells endings that name a server's program, not a kind of content.
func isPageScript(ext string) bool {
	switch strings.ToLower(ext) {
	case ".aspx", ".asp", ".php", ".jsp", ".do", ".ashx":
		return true
	}
	return false
}
