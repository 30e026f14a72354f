package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/lexical"
)

// searching is the index of the corpus: opened from its file, followed as the corpus
// changes, searched without stopping while it does.
type searching struct {
	app   *App
	path  string
	live  *lexical.Live
	found *lexical.Retriever
	state atomic.Pointer[string]
	grow  sync.Mutex   // one change at a time
	at    atomic.Int64 // generation of the corpus the index holds
	of    string       // identity of the store it was built from
}

// errOtherIndex is an index that was built from another store, or does not say from which
// state of it.
var errOtherIndex = errors.New("the index is of another store")

// grownBy: when the corpus holds more than 1/grownBy beyond what the index does, it is
// built anew rather than added to.
const grownBy = 4

// openSearch opens the index beside the store; one that is absent, damaged or of another
// version is built anew, saying so.
func (a *App) openSearch(ctx context.Context) error {
	live := lexical.NewLive(nil)
	a.search = &searching{app: a, path: a.cfg.Index(), live: live, found: lexical.NewRetriever(live, a.shelf, lexical.Shipped())}
	of, err := a.store.Identity(ctx)
	if err != nil {
		return fmt.Errorf("app: store: %w", err)
	}
	a.search.of = of
	x, stamp, err := lexical.Open(a.search.path, lexical.DefaultSettings())
	if err == nil {
		number, was, _ := strings.Cut(stamp, " ")
		at, numErr := strconv.ParseInt(number, 10, 64)
		if numErr == nil && was == of {
			a.search.at.Store(at)
			a.search.publish(x, "mở từ tệp")
			return a.search.follow(ctx)
		}
		err = errOtherIndex
	}
	if !errors.Is(err, fs.ErrNotExist) {
		a.log.WarnContext(ctx, "app: search index is built anew", "path", a.search.path, "reason", err)
	}
	return a.search.build(ctx)
}

// build makes the index from the whole corpus and saves it.
func (s *searching) build(ctx context.Context) error {
	s.grow.Lock()
	defer s.grow.Unlock()
	return s.rebuild(ctx)
}

// buildMemory is how much more memory than now a build may take before the collector
// works harder, in bytes.
const buildMemory = 400 << 20

// holdMemory keeps the peak of a build down on machines that set no limit of their own;
// call what it returns when the build is done.
func holdMemory() (restore func()) {
	before := debug.SetMemoryLimit(-1)
	if before != math.MaxInt64 {
		return func() {}
	}
	debug.FreeOSMemory() // what the ingestion left behind is not to be counted
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetMemoryLimit(int64(m.HeapAlloc) + buildMemory)
	return func() { debug.SetMemoryLimit(before) }
}

func (s *searching) rebuild(ctx context.Context) error {
	defer holdMemory()()
	at, err := s.app.store.Generation(ctx)
	if err != nil {
		return err
	}
	b := lexical.NewBuilder(lexical.DefaultSettings())
	err = s.app.store.Units(ctx, func(_ corpus.UnitID, chunks []corpus.Chunk) error {
		if d, ok := lexical.UnitDocument(chunks); ok {
			b.Add(d)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("app: build index: %w", err)
	}
	s.at.Store(at)
	s.publish(b.Build(), "vừa dựng lại")
	return s.save()
}

// follow brings the index up to the corpus: only what changed is indexed.
func (s *searching) follow(ctx context.Context) error {
	s.grow.Lock()
	defer s.grow.Unlock()
	stats, err := s.app.store.Stats(ctx)
	if err != nil {
		return err
	}
	if held := s.live.Index().Len(); stats.Units > held+held/grownBy || stats.Generation < s.at.Load() {
		return s.rebuild(ctx) // mostly new: building streams and uses every core; or an older store was restored
	}
	var changed []lexical.Document
	removed, now, err := s.app.store.Changes(ctx, s.at.Load(), func(_ corpus.UnitID, chunks []corpus.Chunk) error {
		if d, ok := lexical.UnitDocument(chunks); ok {
			changed = append(changed, d)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("app: follow the corpus: %w", err)
	}
	if len(changed) == 0 && len(removed) == 0 {
		s.at.Store(now)
		return nil
	}
	gone := make([]string, len(removed))
	for i, u := range removed {
		gone[i] = string(u)
	}
	s.at.Store(now)
	s.publish(s.live.Index().With(changed, gone), "cập nhật theo kho")
	return s.save()
}

// Other processes change the corpus too: another replica, or an ingestion. behindEvery is
// how often this one looks whether its index is behind; a look reads one number.
const behindEvery = time.Second

// keepingUp runs keepUp until the function it returns is called.
func (s *searching) keepingUp(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var under sync.WaitGroup
	under.Go(func() { s.keepUp(ctx) })
	return func() { cancel(); under.Wait() }
}

// keepUp brings the index up to what other processes did until ctx ends. One that cannot
// reach the store tries again: searches go on with what the index holds.
func (s *searching) keepUp(ctx context.Context) {
	tick := time.NewTicker(behindEvery)
	defer tick.Stop()
	told := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := s.catchUp(ctx)
		if err != nil && ctx.Err() == nil && !told {
			s.app.log.WarnContext(ctx, "app: search index could not follow the corpus; trying on", "error", err)
		}
		told = err != nil
	}
}

// catchUp follows the corpus if it has changed.
func (s *searching) catchUp(ctx context.Context) error {
	now, err := s.app.store.Generation(ctx)
	if err != nil {
		return err
	}
	s.grow.Lock()
	behind := now != s.at.Load()
	s.grow.Unlock()
	if !behind {
		return nil
	}
	return s.follow(ctx)
}

// publish makes x the index that searches read from now on.
func (s *searching) publish(x *lexical.Index, how string) {
	s.app.shelf.clear()
	s.live.Swap(x)
	state := fmt.Sprintf("%d mục, %s", x.Len(), how)
	s.state.Store(&state)
}

func (s *searching) save() error {
	if err := s.live.Index().Save(s.path, strings.TrimSpace(strconv.FormatInt(s.at.Load(), 10)+" "+s.of)); err != nil {
		return fmt.Errorf("app: %w", err)
	}
	return nil
}

// Retrieve implements retrieval.Retriever over the present index.
func (s *searching) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	return s.found.Retrieve(ctx, q)
}

// reached tells which generation of the corpus the index holds, and how many units.
func (s *searching) reached() (generation int64, units int) {
	return s.at.Load(), s.live.Index().Len()
}

func (s *searching) ready() error {
	if s.state.Load() == nil {
		return errors.New("chỉ mục chưa mở")
	}
	return nil
}

func (s *searching) describe() string {
	if state := s.state.Load(); state != nil {
		return *state
	}
	return "chưa mở"
}
