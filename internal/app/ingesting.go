package app

import (
	"context"
	"errors"

	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/extract"
	"github.com/motcua/motcua/internal/fetch"
	"github.com/motcua/motcua/lifeevents/rules"
)

// Ingested is what came of taking sources in.
type Ingested struct {
	ingest.Report
	// Ripple names the provisions that read otherwise now, with what rests on them.
	Ripple []Resting `json:"ripple,omitempty"`
}

// Ingest brings the corpus up to date with files, folders and addresses, then the search
// index with the corpus, and tells what the changes touch.
func (a *App) Ingest(ctx context.Context, sources []string, restricted bool, progress func(ingest.Progress)) (Ingested, error) {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		return Ingested{}, faults[0]
	}
	before, err := a.watchLaw(ctx, set)
	if err != nil {
		return Ingested{}, err
	}
	var out Ingested
	options := a.ingesting(progress)
	options.Restricted = restricted
	out.Report, err = ingest.Run(ctx, options, sources)
	if ctx.Err() != nil {
		return out, err
	}
	ripple, rippleErr := a.ripple(ctx, before)
	out.Ripple = ripple
	return out, errors.Join(err, rippleErr, a.search.follow(ctx))
}

func (a *App) ingesting(progress func(ingest.Progress)) ingest.Options {
	return ingest.Options{
		Repository: a.store.Repository(), Fetcher: fetch.New(fetch.Options{}),
		Readers: append(ingest.Readers(), extract.Reader{}), Progress: progress, Now: a.now,
	}
}
