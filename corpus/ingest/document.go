package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/chunk"
	"github.com/motcua/motcua/internal/civil"
)

// Document is one instrument or one procedure, never both.
type Document struct {
	Instrument *corpus.Instrument `json:"instrument,omitempty"`
	Procedure  *corpus.Procedure  `json:"procedure,omitempty"`
}

// Subject is what the document is about, the same for every source that tells of it:
// the number key of an instrument, "tthc:" and the ID of a procedure; empty if it names
// nothing.
func (d Document) Subject() string {
	switch {
	case d.Instrument != nil:
		return corpus.NumberKey(d.Instrument.Number)
	case d.Procedure != nil && d.Procedure.ID != "":
		return "tthc:" + strings.ToLower(d.Procedure.ID)
	}
	return ""
}

// Chunks cuts the document.
func (d Document) Chunks() []corpus.Chunk {
	switch {
	case d.Instrument != nil:
		return chunk.Instrument(*d.Instrument)
	case d.Procedure != nil:
		return chunk.Procedure(*d.Procedure)
	}
	return nil
}

// Flags lists what a person should look at.
func (d Document) Flags() []corpus.Flag {
	if d.Procedure != nil {
		return d.Procedure.Flags
	}
	return nil
}

// Class is the kind of text a layer holds; Compose ranks by it.
type Class string

// The classes, in the order in which Compose prefers them for an instrument.
const (
	Codified Class = "codified" // official consolidation, amendments worked in
	Issued   Class = "issued"   // one official document, as it was signed
	Enacted  Class = "enacted"  // a collection of texts as enacted
	Starter  Class = "starter"  // our own words
	Portal   Class = "portal"   // record of the national portal
)

// Layer is what one place of one source says of its subject.
type Layer struct {
	Source string // path or URL
	Place  string // where in the source: a number, a code, a line
	Class  Class
	// Edition is the day the source speaks of, as far as known: a newer consolidation
	// beats an older one.
	Edition  civil.Date
	Digest   string // of everything the layer says; see Seal
	Document Document
}

// Seal fills Digest. Same document, class, edition and recipe: same digest. When the
// bytes were read, and the digest of the file around the document, do not count: a
// change in one record of a file must not make the others look new.
func (l *Layer) Seal(recipe string) error {
	h := sha256.New()
	for _, part := range []string{recipe, string(l.Class), l.Edition.String()} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	if err := json.NewEncoder(h).Encode(l.Document.undated()); err != nil {
		return fmt.Errorf("ingest: %s, %s: %w", l.Source, l.Place, err)
	}
	l.Digest = hex.EncodeToString(h.Sum(nil))
	return nil
}

// undated is the document without the instants and file digests of its sources.
func (d Document) undated() Document {
	if d.Procedure != nil {
		p := *d.Procedure
		p.Source = undated(p.Source)
		return Document{Procedure: &p}
	}
	if d.Instrument == nil {
		return d
	}
	in := *d.Instrument
	in.Source = undated(in.Source)
	in.Articles = slices.Clone(in.Articles)
	for i := range in.Articles {
		in.Articles[i].Source = undated(in.Articles[i].Source)
	}
	return Document{Instrument: &in}
}

func undated(s corpus.Source) corpus.Source {
	return corpus.Source{URL: s.URL, Name: s.Name, Restricted: s.Restricted}
}
