package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/llm"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/lexical"
)

// meaning is search by meaning beside search by words: it embeds what the corpus holds,
// follows its changes, and stands aside whenever it cannot be relied on.
type meaning struct {
	app    *App
	models *Models
	index  vectorStore
	near   retrieval.Retriever

	work    sync.Mutex // one change of the index at a time
	at      atomic.Int64
	lacking atomic.Int64 // chunks without a vector
	held    atomic.Int64
}

// vectorStore is where vectors are searched: in memory or on a server.
type vectorStore interface {
	retrieval.VectorIndex
	// Replace brings units up to their chunks: what else they had goes.
	Replace(ctx context.Context, units []corpus.UnitID, chunks []corpus.Chunk, vectors [][]float32) error
	// Ready tells what stands in the way of searching, or what it holds.
	Ready(ctx context.Context) (state string, err error)
}

// enoughEmbedded is the share of the corpus that must have vectors before they take part:
// half a corpus would push up whatever happens to be embedded.
const enoughEmbedded = 0.98

// blendedDepth is how many of words and vectors are weighed against each other.
const blendedDepth = 48

// errNotEmbedded stands in the reasons of hits while the corpus is not embedded.
var errNotEmbedded = errors.New("kho chưa nhúng xong; chạy motcua embed")

// openMeaning opens search by meaning where an embedding server is set. No server is
// called: while none answers, search goes by words.
func (a *App) openMeaning(ctx context.Context) error {
	a.found = a.search
	if a.cfg.EmbedURL == "" {
		return nil
	}
	models, err := NewModels(a.cfg, a.vectorsFile(), a.now)
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	a.onClose("vectors", models.Close)
	a.observe.breaker("embed", models.Embedding.Open)
	models.Questions = watchedEmbedder{models.Questions, a.observe}
	m := &meaning{app: a, models: models}
	a.meaning = m
	if m.index, err = a.vectorStore(ctx, models); err != nil {
		return err
	}
	m.near = retrieval.VectorOf(models.Questions, m.index, func(text string) string {
		masked, _ := assistant.Mask(a.search.live.Index().Restored(text))
		return masked
	})
	blend := models.Blend
	blend.Depth = blendedDepth
	a.found = withText{retrieval.Blended(a.search, m, blend), a.shelf}
	if models.Reranker != nil {
		a.observe.breaker("rerank", models.Reranking.Open)
		a.found = retrieval.Reranked(a.found, watchedReranker{models.Reranker, a.observe}, rerankDepth)
	}
	if err := m.load(ctx); err != nil {
		a.log.WarnContext(ctx, "app: search goes by words until the vectors can be reached", "error", err)
		m.held.Store(0)
	}
	return nil
}

// rerankDepth is how many hits a reranking model reads: the longest that one request takes.
const rerankDepth = 20

// Retrieve implements retrieval.Retriever: the nearest texts, or why they may not be relied
// on.
func (m *meaning) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	if held, lacking := m.held.Load(), m.lacking.Load(); held == 0 || float64(held) < enoughEmbedded*float64(held+lacking) {
		return nil, errNotEmbedded
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(m.app.cfg.EmbedWithin))
	defer cancel()
	return m.near.Retrieve(ctx, q)
}

// load puts what is already embedded into the index; nothing is asked of a server.
func (m *meaning) load(ctx context.Context) error {
	m.work.Lock()
	defer m.work.Unlock()
	at, err := m.app.store.Generation(ctx)
	if err != nil {
		return err
	}
	m.held.Store(0)
	m.lacking.Store(0)
	var batch embedBatch
	put := func() error {
		err := m.index.Replace(ctx, batch.units, batch.chunks, batch.rows)
		batch = embedBatch{}
		return err
	}
	err = m.app.store.Units(ctx, func(unit corpus.UnitID, chunks []corpus.Chunk) error {
		batch.units = append(batch.units, unit)
		for i := range chunks {
			text := retrieval.Passage(&chunks[i])
			if text == "" {
				continue
			}
			row := m.models.Passages.Kept(text)
			if row == nil {
				m.lacking.Add(1)
				continue
			}
			m.held.Add(1)
			batch.add(chunks[i], row)
		}
		if len(batch.chunks) < loadAtOnce {
			return nil
		}
		return put()
	})
	if err == nil {
		err = put()
	}
	if since := m.at.Load(); err == nil && since > 0 {
		var gone []corpus.UnitID
		gone, _, err = m.app.store.Changes(ctx, since, func(corpus.UnitID, []corpus.Chunk) error { return nil })
		err = errors.Join(err, m.index.Replace(ctx, gone, nil, nil))
	}
	if err != nil {
		m.lacking.Add(m.held.Swap(0)) // keepUp tries again
		return fmt.Errorf("app: vectors: %w", err)
	}
	m.at.Store(at)
	return nil
}

// loadAtOnce is how many chunks are put into the index in one go; embedAtOnce how many are
// embedded between two marks of progress.
const (
	loadAtOnce  = 512
	embedAtOnce = 128
)

// embedBatch is some units with the chunks and vectors they have.
type embedBatch struct {
	units  []corpus.UnitID
	chunks []corpus.Chunk
	rows   [][]float32
}

func (b *embedBatch) add(c corpus.Chunk, row []float32) {
	b.chunks, b.rows = append(b.chunks, c), append(b.rows, row)
}

// Embedded is how far the embedding of the corpus has come.
type Embedded struct {
	Done, Of int
	Rate     float64       // passages a second
	Left     time.Duration // at that rate
}

// Embed embeds every passage of the corpus that has no vector yet, then brings the index up
// to it. What was embedded before it stopped is kept.
func (a *App) Embed(ctx context.Context, progress func(Embedded)) error {
	if a.meaning == nil {
		return errors.New(a.in("chưa đặt máy chủ nhúng: embed_url và embed_name", "no embedding server is set: embed_url and embed_name"))
	}
	if err := a.meaning.embed(ctx, progress); err != nil {
		return err
	}
	return a.meaning.load(ctx)
}

func (m *meaning) embed(ctx context.Context, progress func(Embedded)) error {
	missing := map[string]bool{}
	var texts []string
	err := m.app.store.Units(ctx, func(_ corpus.UnitID, chunks []corpus.Chunk) error {
		for i := range chunks {
			if text := retrieval.Passage(&chunks[i]); text != "" && m.models.Passages.Kept(text) == nil && !missing[text] {
				missing[text] = true
				texts = append(texts, text)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("app: embed: %w", err)
	}
	began := time.Now()
	var refused error
	for done := 0; done < len(texts); {
		part := texts[done:min(done+embedAtOnce, len(texts))]
		_, err := m.models.Passages.Embed(ctx, part)
		if errors.Is(err, llm.ErrRefused) {
			refused, err = err, nil // one text it will not take must not keep the others out
		}
		if err != nil {
			return fmt.Errorf("app: embed: %d/%d: %w", done, len(texts), err)
		}
		done += len(part)
		rate := float64(done) / max(time.Since(began).Seconds(), 1e-3)
		progress(Embedded{Done: done, Of: len(texts), Rate: rate, Left: time.Duration(float64(len(texts)-done) / rate * float64(time.Second))})
	}
	return refused
}

// embedEvery is how often a serving process looks whether the corpus has passages without
// vectors.
const embedEvery = 5 * time.Second

// keepUp embeds what the corpus gains until ctx ends; while the server fails it tries on,
// and search goes by words.
func (m *meaning) keepUp(ctx context.Context) {
	tick := time.NewTicker(embedEvery)
	defer tick.Stop()
	for {
		now, err := m.app.store.Generation(ctx)
		if err == nil && (now != m.at.Load() || m.lacking.Load() > 0) {
			if err = m.embed(ctx, func(Embedded) {}); err == nil {
				err = m.load(ctx)
			}
			if err != nil && ctx.Err() == nil {
				m.app.log.WarnContext(ctx, "app: the corpus is not embedded yet; search goes by words; trying on", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// keepingUp runs keepUp until the function it returns is called.
func (m *meaning) keepingUp(ctx context.Context) (stop func()) {
	if m == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var under sync.WaitGroup
	under.Go(func() { m.keepUp(ctx) })
	return func() { cancel(); under.Wait() }
}

// withText gives hits that only vectors found their text; what the library no longer has, or
// what is for other people, goes.
type withText struct {
	inner retrieval.Retriever
	shelf *shelf
}

// Retrieve implements retrieval.Retriever.
func (s withText) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	hits, err := s.inner.Retrieve(ctx, q)
	if err != nil {
		return nil, err
	}
	out := hits[:0]
	for _, h := range hits {
		if h.Chunk.Text == "" {
			chunks, err := s.shelf.Unit(ctx, h.Unit)
			if errors.Is(err, corpus.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("app: read %s: %w", h.Unit, err)
			}
			var ok bool
			if h.Chunk, ok = pick(chunks, h.Chunk.ID, q); !ok {
				continue
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// pick is the chunk to show of a unit.
func pick(chunks []corpus.Chunk, nearest corpus.ChunkID, q retrieval.Query) (corpus.Chunk, bool) {
	d, _ := lexical.UnitDocument(chunks)
	if asked, have := q.Filter.Audiences, d.Attr.Audiences; len(asked) > 0 && len(have) > 0 &&
		!slices.ContainsFunc(have, func(one corpus.Audience) bool { return slices.Contains(asked, one) }) {
		return corpus.Chunk{}, false
	}
	i := slices.IndexFunc(chunks, func(c corpus.Chunk) bool {
		return (q.Heads || c.ID == nearest) && (q.InForceOn.IsZero() || c.Validity.Holds(q.InForceOn)) && (!c.Restricted || q.Filter.Official)
	})
	if i < 0 {
		return corpus.Chunk{}, false
	}
	return chunks[i], true
}
