package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/switches"
)

// starterSource names the embedded corpus in the ledger of ingestion.
const starterSource = "starter"

func (a *App) openStore(ctx context.Context) error {
	db, err := sqlite.Open(ctx, a.cfg.Database())
	if err != nil {
		return fmt.Errorf("app: store: %w", err)
	}
	a.store = db
	a.shelf = newShelf(db.Library(), db.Generation, time.Now)
	a.shelf.named = db.NamedLaws
	a.switches = switches.NewBoard(db.Switches(), a.now)
	a.onClose("store", db.Close)
	return nil
}

// loadStarter takes the embedded corpus in like any other source: once, and again when a
// new binary brings other words.
func (a *App) loadStarter(ctx context.Context) error {
	digest, err := starter.Digest()
	if err != nil {
		return fmt.Errorf("app: starter corpus: %w", err)
	}
	state, err := a.store.Repository().Source(ctx, starterSource)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return err
	}
	if state.SHA256 != digest {
		a.notify()
	}
	report, err := ingest.Take(ctx, a.ingesting(nil), ingest.Batch{Name: starterSource, SHA256: digest, Recipe: "starter-1", Layers: starterLayers()})
	if err != nil {
		return fmt.Errorf("app: starter corpus: %w", err)
	}
	if len(report.Faults) > 0 {
		return fmt.Errorf("app: starter corpus: %w", report.Faults[0])
	}
	return nil
}

// starterLayers yields every instrument and procedure of the embedded corpus; it is only
// read when the ledger does not know its digest.
func starterLayers() iter.Seq2[ingest.Layer, error] {
	return func(yield func(ingest.Layer, error) bool) {
		set, err := starter.Load()
		if err != nil {
			yield(ingest.Layer{}, err)
			return
		}
		for i := range set.Instruments {
			in := &set.Instruments[i]
			if !yield(starterLayer(in.Number, ingest.Document{Instrument: in}), nil) {
				return
			}
		}
		for i := range set.Procedures {
			p := &set.Procedures[i]
			if !yield(starterLayer(p.ID, ingest.Document{Procedure: p}), nil) {
				return
			}
		}
	}
}

func starterLayer(place string, d ingest.Document) ingest.Layer {
	return ingest.Layer{Source: starterSource, Place: place, Class: ingest.Starter, Document: d}
}
