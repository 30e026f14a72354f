package starter

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// digestFile is one file of provisions/: instruments with what we say they say.
type digestFile struct {
	Source      string            `yaml:"source"`
	VerifiedOn  civil.Date        `yaml:"verified_on"`
	Confidence  corpus.Confidence `yaml:"confidence"`
	Instruments []digest          `yaml:"instruments"`
}

type digest struct {
	Number     string            `yaml:"number"`
	Title      string            `yaml:"title"`
	Issuer     string            `yaml:"issuer"`
	Issued     civil.Date        `yaml:"issued"`
	From       civil.Date        `yaml:"valid_from"`
	Until      civil.Date        `yaml:"valid_until"`
	Source     string            `yaml:"source"`
	VerifiedOn civil.Date        `yaml:"verified_on"`
	Confidence corpus.Confidence `yaml:"confidence"`
	// About says in a few words what the instrument holds; it becomes an article without
	// number, so that a basis on the whole instrument has words to show.
	About     string     `yaml:"about"`
	Articles  []article  `yaml:"articles"`
	Relations []relation `yaml:"relations"`
}

type article struct {
	Number     string            `yaml:"article"`
	Heading    string            `yaml:"heading"`
	Text       string            `yaml:"text"`
	Clauses    []clause          `yaml:"clauses"`
	From       civil.Date        `yaml:"valid_from"`
	Until      civil.Date        `yaml:"valid_until"`
	Confidence corpus.Confidence `yaml:"confidence"`
}

type clause struct {
	Number string `yaml:"clause"`
	Text   string `yaml:"text"`
}

type relation struct {
	Does corpus.RelationKind `yaml:"does"`
	To   address             `yaml:"to"`
	On   civil.Date          `yaml:"on"`
	Says string              `yaml:"says"` // our words
}

func loadInstruments(fsys fs.FS, name string) ([]corpus.Instrument, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	var f digestFile
	if err := decodeStrict(name, raw, &f); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(raw)
	var out []corpus.Instrument
	for _, d := range f.Instruments {
		in := d.instrument(f)
		if d.Number == "" || d.Title == "" || in.Source.Name == "" || in.VerifiedOn.IsZero() || !in.Confidence.Known() {
			return nil, fmt.Errorf("starter: %s: văn bản %q thiếu số hiệu, tên, nguồn, ngày kiểm tra hoặc độ tin cậy", name, d.Number)
		}
		in.Source.SHA256 = hex.EncodeToString(sum[:])
		out = append(out, in)
	}
	return out, nil
}

func (d digest) instrument(f digestFile) corpus.Instrument {
	in := corpus.Instrument{
		Number: d.Number, Type: corpus.TypeOfNumber(d.Number), Title: d.Title, Issuer: d.Issuer, Issued: d.Issued,
		Validity: corpus.Validity{From: d.From, Until: d.Until}, Digest: true,
		VerifiedOn: f.VerifiedOn, Confidence: cmp.Or(d.Confidence, f.Confidence),
		Source: corpus.Source{Name: cmp.Or(d.Source, f.Source)},
	}
	if !d.VerifiedOn.IsZero() {
		in.VerifiedOn = d.VerifiedOn
	}
	if d.About != "" {
		in.Articles = append(in.Articles, corpus.Article{
			Heading: "Nội dung chính", Text: d.About, VerifiedOn: in.VerifiedOn, Confidence: in.Confidence,
		})
	}
	for _, a := range d.Articles {
		out := corpus.Article{
			Number: a.Number, Heading: a.Heading, Text: a.Text, VerifiedOn: in.VerifiedOn,
			Confidence: cmp.Or(a.Confidence, in.Confidence), Validity: corpus.Validity{From: a.From, Until: a.Until},
		}
		for _, c := range a.Clauses {
			out.Clauses = append(out.Clauses, corpus.Clause{Number: c.Number, Text: c.Text})
		}
		in.Articles = append(in.Articles, out)
	}
	for _, r := range d.Relations {
		in.Relations = append(in.Relations, corpus.Relation{
			From: corpus.Provision{Instrument: d.Number}, Kind: r.Does, To: corpus.Provision(r.To), Effective: r.On, Evidence: r.Says,
		})
	}
	return in
}
