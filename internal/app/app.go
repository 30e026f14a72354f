// Package app wires the service; the only package that knows every part. One file per
// choice: stores.go, searching.go, answering.go, ingesting.go, http.go.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/retrieval"
)

// App is wired but not yet serving.
type App struct {
	cfg       config.Config
	log       *slog.Logger
	now       func() time.Time
	store     database
	shelf     *shelf // what is read of the store's library
	search    *searching
	meaning   *meaning            // nil without an embedding server
	found     retrieval.Retriever // words alone, or words and meaning
	again     bool
	assistant *assistant.Assistant
	remember  *remembering
	switches  *switches.Board
	counter   *measure.Counter
	observe   *observing
	// corrections are what officials signed.
	corrections *assistant.CorrectionBook
	notify      func()
	// keyless: the key of corrections is elsewhere, this process signs nothing.
	keyless bool
	// site is what all pages share, audit the record of officials' acts; opened with life.
	site   *page.Site
	audit  recordOfActs
	sample bool
	// life is opened when something is to be served.
	life *Life
	// chats is opened after life; sampleTelegram stands in for the network in a sample.
	chats          *chats
	sampleTelegram *channeltest.Telegram
	sampleZalo     *channeltest.Zalo
	cleanups       []cleanup
}

// cleanup is run backwards when the App closes.
type cleanup struct {
	name string
	run  func() error
}

// Option changes how the App is built.
type Option func(*App)

// Notify is called once before the first start loads the starter corpus.
func Notify(f func()) Option { return func(a *App) { a.notify = f } }

// Clock replaces the present; for tests.
func Clock(now func() time.Time) Option { return func(a *App) { a.now = now } }

// New builds every part; on error it closes what it had opened, last first.
func New(ctx context.Context, cfg config.Config, log *slog.Logger, options ...Option) (_ *App, err error) {
	a := &App{cfg: cfg, log: log, now: time.Now, notify: func() {}}
	for _, o := range options {
		o(a)
	}
	if a.observe == nil {
		a.observe = newObserving("", nil)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("app: data folder: %w", err)
	}
	for _, open := range []func(context.Context) error{a.openStore, a.loadStarter, a.openSearch, a.openMeaning, a.openConversations, a.openMeasures, a.wireAssistant} {
		if err := open(ctx); err != nil {
			return nil, err
		}
	}
	a.observe.meter.Watch(a.look)
	return a, nil
}

// Close runs the clean-ups, last first, and joins their errors.
func (a *App) Close() error {
	var errs []error
	for _, c := range slices.Backward(a.cleanups) {
		if err := c.run(); err != nil {
			errs = append(errs, fmt.Errorf("app: close %s: %w", c.name, err))
		}
	}
	a.cleanups = nil
	return errors.Join(errs...)
}

func (a *App) onClose(name string, run func() error) {
	a.cleanups = append(a.cleanups, cleanup{name, run})
}

// Ask answers one question.
func (a *App) Ask(ctx context.Context, q assistant.Question) (assistant.Answer, error) {
	return a.assistant.Answer(ctx, q)
}

// Search finds passages.
func (a *App) Search(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	return a.found.Retrieve(ctx, q)
}

// Library is the corpus as read by others.
func (a *App) Library() corpus.Library { return a.shelf }
