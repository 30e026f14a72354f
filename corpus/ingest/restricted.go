package ingest

import (
	"slices"

	"github.com/motcua/motcua/corpus"
)

// restricted marks a layer as for officials only.
func (l Layer) restricted() Layer {
	switch d := l.Document; {
	case d.Instrument != nil:
		in := *d.Instrument
		in.Source.Restricted = true
		l.Document = Document{Instrument: &in}
	case d.Procedure != nil:
		p := *d.Procedure
		p.Source.Restricted = true
		l.Document = Document{Procedure: &p}
	}
	l.Digest += "-restricted"
	return l
}

func (d Document) source() corpus.Source {
	switch {
	case d.Instrument != nil:
		return d.Instrument.Source
	case d.Procedure != nil:
		return d.Procedure.Source
	}
	return corpus.Source{}
}

// publicOnly leaves out the restricted layers of a document that has public ones: what
// everybody may read stays so, and nothing restricted is mixed into it.
func publicOnly(layers []Layer) []Layer {
	isRestricted := func(l Layer) bool { return l.Document.source().Restricted }
	public := slices.DeleteFunc(slices.Clone(layers), isRestricted)
	if len(public) == 0 {
		return layers
	}
	return public
}
