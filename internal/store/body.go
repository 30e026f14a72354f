package store

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"sync"

	"github.com/motcua/motcua/corpus/ingest"
)

// Documents are kept as deflated JSON at the fastest level: measured on the codified law
// it takes a quarter of the room at 100 MB/s and more, so that a store holds little
// beside the chunks themselves.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // the level is valid, no error can come
	return w
}}

// Pack is how a document is kept.
func Pack(d ingest.Document) ([]byte, error) {
	var out bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	if err := json.NewEncoder(w).Encode(d); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Unpack reads what Pack made.
func Unpack(body []byte) (d ingest.Document, err error) {
	r := flate.NewReader(bytes.NewReader(body))
	raw, err := io.ReadAll(r)
	if err != nil {
		return d, err
	}
	err = json.Unmarshal(raw, &d)
	return d, err
}
