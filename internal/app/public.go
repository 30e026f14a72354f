package app

import (
	"context"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal"
	"github.com/motcua/motcua/corpus"
)

// public is the corpus as anybody may read it: what was taken in for officials only is not
// there, except while an answer is made for one of them.
type public struct{ corpus.Library }

func (l public) Instrument(ctx context.Context, number string) (corpus.Instrument, error) {
	in, err := l.Library.Instrument(ctx, number)
	if err == nil && in.Source.Restricted && !assistant.Cleared(ctx) {
		return corpus.Instrument{}, corpus.ErrNotFound
	}
	return in, err
}

func (l public) Procedure(ctx context.Context, id string) (corpus.Procedure, error) {
	p, err := l.Library.Procedure(ctx, id)
	if err == nil && p.Source.Restricted && !assistant.Cleared(ctx) {
		return corpus.Procedure{}, corpus.ErrNotFound
	}
	return p, err
}

func (l public) Chunk(ctx context.Context, id corpus.ChunkID) (corpus.Chunk, error) {
	c, err := l.Library.Chunk(ctx, id)
	if err == nil && c.Restricted && !assistant.Cleared(ctx) {
		return corpus.Chunk{}, corpus.ErrNotFound
	}
	return c, err
}

func (l public) Unit(ctx context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	all, err := l.Library.Unit(ctx, id)
	for _, c := range all {
		if c.Restricted && !assistant.Cleared(ctx) {
			return nil, corpus.ErrNotFound
		}
	}
	return all, err
}

// publicCatalogue lists the procedures anybody may see.
type publicCatalogue struct{ portal.Catalogue }

func (c publicCatalogue) Procedures(ctx context.Context, each func(corpus.Procedure) error) error {
	return c.Catalogue.Procedures(ctx, func(p corpus.Procedure) error {
		if p.Source.Restricted {
			return nil
		}
		return each(p)
	})
}
