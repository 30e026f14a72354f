package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal"
	"github.com/motcua/motcua/channels/portal/mine"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/switches"
)

// starterSource names the embedded corpus in the ledger of ingestion.
const starterSource = "starter"

// database is where everything is kept: a SQLite file in the data folder, or a PostgreSQL
// server that several replicas share. What more of it a caller needs stands beside that
// caller.
type database interface {
	// The corpus.
	Repository() ingest.Repository
	Library() corpus.Library
	Shelf() corpus.Shelf
	Catalogue() catalogue
	Wordings() assistant.Wordings
	NamedLaws(ctx context.Context) ([]assistant.NamedLaw, error)
	Generation(ctx context.Context) (int64, error)
	Units(ctx context.Context, each func(corpus.UnitID, []corpus.Chunk) error) error
	Changes(ctx context.Context, since int64, each func(corpus.UnitID, []corpus.Chunk) error) (removed []corpus.UnitID, now int64, err error)
	Flags(ctx context.Context, after int64, n int) ([]corpus.Flagged, error)
	Stats(ctx context.Context) (store.Stats, error)
	// Conversations and what officials make of them.
	Transcript() assistant.Transcript
	Feedbacks() assistant.Feedbacks
	Queue() assistant.Queue
	Gaps() assistant.Gaps
	Statements() assistant.Statements
	// The portal.
	Sessions(sealer store.Sealer) sessions
	Audit(key []byte) recordOfActs
	Letters() channels.Letters
	Mine() mine.Book
	Switches() switches.Store
	Measures() measure.Store
	// Life events and chats.
	People() People
	Outbox(sealer store.Sealer) Outbox
	Intake() intake.Ledger
	LawChanges() lawChanges
	Inbox(sealer store.Sealer, key []byte) (inbox, error)
	Zalo() zaloStore

	keyStore

	// Together makes one transaction of the writes of f.
	Together(ctx context.Context, f func(ctx context.Context) error) error
	// Duty runs work until ctx ends, in one process at a time of all that share the database.
	Duty(ctx context.Context, name string, log *slog.Logger, work func(ctx context.Context))
	// Check reads what it takes to say whether the store is sound.
	Check(ctx context.Context) error
	// Identity names the database apart from every other; "" for one that stands in the data
	// folder like the index of it.
	Identity(ctx context.Context) (string, error)
	// Where says what it is, for the operator; no secret is in it.
	Where() string
	Close() error
}

// catalogue lists procedures.
type catalogue interface {
	portal.Catalogue
	IDs(ctx context.Context) ([]string, error)
}

// openDatabase opens the store of the settings, making it or bringing it up to date.
func openDatabase(ctx context.Context, cfg config.Config) (database, error) {
	if cfg.Store == "postgres" {
		return openPostgres(ctx, cfg)
	}
	return openSQLite(ctx, cfg.Database())
}

func (a *App) openStore(ctx context.Context) error {
	db, err := openDatabase(ctx, a.cfg)
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
