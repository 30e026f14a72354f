package page

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// leastPacked is the size in bytes from which packing pays.
const leastPacked = 1400

var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, 6) // the level is one it knows
	return z
}}

// Send writes a body, packed when the reader takes it.
func Send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	send(w, r, status, kind, body)
}

func send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Accept-Encoding, Cookie")
	if len(body) < leastPacked || !takesGzip(r) {
		w.WriteHeader(status)
		_, _ = w.Write(body) // the client went away; nothing is left to tell it
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z, _ := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(w)
	_, _ = z.Write(body)
	_ = z.Close()
}

func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}
