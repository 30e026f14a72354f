package app

import (
	"context"
	"errors"

	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/extract"
	"github.com/motcua/motcua/internal/fetch"
)

// Ingest brings the corpus up to date with files, folders and addresses, then the search
// index with the corpus.
func (a *App) Ingest(ctx context.Context, sources []string, progress func(ingest.Progress)) (ingest.Report, error) {
	report, err := ingest.Run(ctx, a.ingesting(progress), sources)
	if ctx.Err() != nil {
		return report, err
	}
	return report, errors.Join(err, a.search.follow(ctx))
}

func (a *App) ingesting(progress func(ingest.Progress)) ingest.Options {
	return ingest.Options{
		Repository: a.store.Repository(), Fetcher: fetch.New(fetch.Options{}),
		Readers: append(ingest.Readers(), extract.Reader{}), Progress: progress, Now: a.now,
	}
}
