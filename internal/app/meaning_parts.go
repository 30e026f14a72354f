package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/llm"
	"github.com/motcua/motcua/internal/store/qdrant"
	"github.com/motcua/motcua/retrieval"
)

// Again embeds the whole corpus anew, into a file beside the present one, which searches go
// on with until FinishAgain.
func Again() Option { return func(a *App) { a.again = true } }

func (a *App) vectorsFile() string {
	if a.again {
		return a.cfg.Vectors() + ".new"
	}
	return a.cfg.Vectors()
}

// FinishAgain puts the vectors made anew in the place of the old ones.
func (a *App) FinishAgain(ctx context.Context) error {
	if !a.again {
		return nil
	}
	if x, ok := a.meaning.index.(onQdrant); ok {
		if err := x.Publish(ctx); err != nil {
			return err
		}
	}
	return os.Rename(a.cfg.Vectors()+".new", a.cfg.Vectors())
}

// vectorStore opens the index of vectors: in memory, or on the server that is set. A server
// whose vectors are of another model is refused; one that does not answer is waited for
// while searches go by words.
func (a *App) vectorStore(ctx context.Context, models *Models) (vectorStore, error) {
	if a.cfg.QdrantURL == "" {
		return &inMemory{of: map[corpus.UnitID][]corpus.ChunkID{}}, nil
	}
	x, err := qdrant.New(qdrant.Options{URL: a.cfg.QdrantURL, Key: string(a.cfg.QdrantKey), Name: a.cfg.QdrantName, Model: models.Passages.Model() + "|" + retrieval.PassageVersion})
	if err != nil {
		return nil, fmt.Errorf("app: %w", err)
	}
	a.onClose("qdrant", x.Close)
	if a.again {
		x.Again()
	}
	breaker := &llm.Breaker{Now: a.now}
	a.observe.breaker("qdrant", breaker.Open)
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	if err := x.Check(ctx); errors.Is(err, qdrant.ErrOtherModel) && !a.again {
		return nil, fmt.Errorf("app: %w", err)
	} else if err != nil {
		a.log.WarnContext(ctx, "app: search goes by words until Qdrant answers", "error", err)
	}
	return onQdrant{x, breaker}, nil
}

// startWithin bounds the look at a server when the process starts.
const startWithin = 5 * time.Second

// onQdrant leaves a Qdrant server that fails alone for a while.
type onQdrant struct {
	*qdrant.Index
	breaker *llm.Breaker
}

// Nearest implements retrieval.VectorIndex.
func (x onQdrant) Nearest(ctx context.Context, vector []float32, on civil.Date, f retrieval.Filter, limit int) (hits []retrieval.Hit, err error) {
	err = x.breaker.Do(func() (err error) {
		hits, err = x.Index.Nearest(ctx, vector, on, f, limit)
		return err
	})
	return hits, err
}

// inMemory keeps vectors in this process; exact, and fast enough up to some 100,000 chunks.
type inMemory struct {
	mu   sync.Mutex
	flat *retrieval.Flat
	of   map[corpus.UnitID][]corpus.ChunkID
}

// Replace implements vectorStore.
func (x *inMemory) Replace(_ context.Context, units []corpus.UnitID, chunks []corpus.Chunk, vectors [][]float32) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.flat == nil && len(vectors) > 0 {
		x.flat = retrieval.NewFlat(len(vectors[0]))
	}
	now := map[corpus.ChunkID]bool{}
	for i, c := range chunks {
		now[c.ID] = true
		c.Text, c.Headings = "", nil // read from the library when it is shown
		if err := x.flat.Put(c, vectors[i]); err != nil {
			return err
		}
	}
	for _, u := range units {
		for _, id := range x.of[u] {
			if !now[id] {
				x.flat.Remove(id)
			}
		}
		delete(x.of, u)
	}
	for _, c := range chunks {
		x.of[c.Unit] = append(x.of[c.Unit], c.ID)
	}
	return nil
}

// Nearest implements retrieval.VectorIndex.
func (x *inMemory) Nearest(ctx context.Context, vector []float32, on civil.Date, f retrieval.Filter, limit int) ([]retrieval.Hit, error) {
	x.mu.Lock()
	flat := x.flat
	x.mu.Unlock()
	if flat == nil {
		return nil, nil
	}
	return flat.Nearest(ctx, vector, on, f, limit)
}

// Ready implements vectorStore.
func (x *inMemory) Ready(context.Context) (string, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.flat == nil {
		return "0", nil
	}
	return fmt.Sprint(x.flat.Len()), nil
}

// watchedEmbedder counts and times requests for vectors of questions.
type watchedEmbedder struct {
	retrieval.Embedder
	o *observing
}

// Embed implements retrieval.Embedder.
func (w watchedEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	ctx, done := w.o.model(ctx, "embed")
	rows, err := w.Embedder.Embed(ctx, texts)
	done(err)
	return rows, err
}

// watchedReranker counts and times requests to the reranking model.
type watchedReranker struct {
	inner retrieval.Reranker
	o     *observing
}

// Rerank implements retrieval.Reranker.
func (w watchedReranker) Rerank(ctx context.Context, question string, chunks []corpus.Chunk) ([]float64, error) {
	ctx, done := w.o.model(ctx, "rerank")
	scores, err := w.inner.Rerank(ctx, question, chunks)
	done(err)
	return scores, err
}

// lookModels asks the model servers of search for a sign of life and tells how far the
// corpus is embedded. None of it stops work: search goes on by words.
func (a *App) lookModels(ctx context.Context) []Finding {
	m := a.meaning
	if m == nil {
		return nil
	}
	server := Finding{Name: a.in("máy chủ nhúng", "embedding server"), State: a.cfg.EmbedURL + " " + a.cfg.EmbedName, OK: true, Optional: true}
	if _, err := m.models.Questions.Embed(ctx, []string{probeText}); err != nil {
		server.OK, server.State, server.Mend = false, server.State+": "+err.Error(), a.embedMend(err)
	}
	held, lacking := m.held.Load(), m.lacking.Load()
	state, err := m.index.Ready(ctx)
	index := Finding{Name: a.in("véc-tơ", "vectors"), Optional: true, OK: err == nil && lacking == 0 && held > 0,
		State: fmt.Sprintf(a.in("%d/%d đoạn đã nhúng; trong chỉ mục: %s", "%d of %d chunks embedded; in the index: %s"), held, held+lacking, state)}
	switch {
	case err != nil:
		index.State, index.Mend = err.Error(), a.in("kiểm tra qdrant_url và máy chủ Qdrant; trong lúc ấy chỉ tìm theo chữ", "check qdrant_url and the Qdrant server; meanwhile search goes by words")
	case !index.OK:
		index.Mend = "motcua embed"
	}
	out := []Finding{server, index}
	if m.models.Reranker != nil {
		rerank := Finding{Name: a.in("máy chủ xếp lại", "reranking server"), State: a.cfg.RerankURL + " " + a.cfg.RerankName, OK: true, Optional: true}
		if _, err := m.models.Reranker.Rerank(ctx, probeText, []corpus.Chunk{{Text: probeText}}); err != nil {
			rerank.OK, rerank.State = false, rerank.State+": "+err.Error()
			rerank.Mend = a.in("kiểm tra rerank_url, rerank_name và máy chủ ấy; trong lúc ấy giữ nguyên thứ tự", "check rerank_url, rerank_name and that server; meanwhile the order stands")
		}
		out = append(out, rerank)
	}
	return out
}

// probeText is what the servers are asked about to see whether they answer.
const probeText = "đăng ký khai sinh"

// embedMend says how to mend a failing embedding server.
func (a *App) embedMend(err error) string {
	switch {
	case errors.Is(err, llm.ErrDimension), errors.Is(err, llm.ErrOtherModel):
		return a.in("máy chủ đang chạy mô hình khác: đặt lại mô hình cũ, hoặc chạy motcua embed --again", "the server runs another model: bring the old one back, or run motcua embed --again")
	case errors.Is(err, llm.ErrRefused):
		return a.in("máy chủ từ chối: kiểm tra embed_name và embed_key", "the server refuses: check embed_name and embed_key")
	}
	return a.in("kiểm tra embed_url và máy chủ ấy; trong lúc ấy chỉ tìm theo chữ, tự dùng lại khi máy chủ trả lời", "check embed_url and that server; meanwhile search goes by words and comes back by itself")
}
