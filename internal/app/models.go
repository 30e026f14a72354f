package app

import (
	"time"

	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/llm"
	"github.com/motcua/motcua/retrieval"
)

// Models are the model servers that search uses, as set. Reranker is nil where none is.
type Models struct {
	Questions  retrieval.Embedder
	Passages   llm.Keeping
	Reranker   *llm.Reranker
	Blend      retrieval.Blend
	Embedding  *llm.Breaker
	Reranking  *llm.Breaker
	embeddings *llm.Embeddings
}

// passagesWithin bounds one request of a batch of passages.
const passagesWithin = 2 * time.Minute

// NewModels makes clients of the servers for embeddings and reranking and opens the file of
// vectors; no server is called. A file of another model is refused.
func NewModels(cfg config.Config, vectors string, now func() time.Time) (*Models, error) {
	m := &Models{Embedding: &llm.Breaker{Now: now}, Blend: retrieval.Blend{Weight: cfg.EmbedWeight}}
	if m.Blend.Weight == 0 {
		m.Blend.Weight = learnedWeight
	}
	o := llm.EmbedOptions{
		BaseURL: cfg.EmbedURL, Key: string(cfg.EmbedKey), Model: cfg.EmbedName, QueryModel: cfg.EmbedQueryName, QueryPrefix: cfg.EmbedQueryPrefix, PassagePrefix: cfg.EmbedPassagePrefix,
		Batch: cfg.EmbedBatch, AtOnce: cfg.EmbedAtOnce, Retries: 3, Within: passagesWithin,
	}
	passages := llm.NewEmbeddings(o) // patient: a corpus is embedded once
	kept, err := llm.OpenVectors(vectors, passages.Passages().Model()+"|"+retrieval.PassageVersion)
	if err != nil {
		return nil, err
	}
	m.Passages = llm.Keeping{Face: passages.Passages(), In: kept}
	o.Dimension, o.Retries, o.Within, o.Breaker = kept.Dimension(), 0, time.Duration(cfg.EmbedWithin), m.Embedding
	if cfg.EmbedPerHour > 0 {
		o.Spend = &llm.Budget{PerHour: cfg.EmbedPerHour, Now: now}
	}
	m.embeddings = llm.NewEmbeddings(o) // impatient: somebody waits for an answer
	m.Questions = m.embeddings.Queries()
	if cfg.RerankURL != "" {
		m.Reranking = &llm.Breaker{Now: now}
		r := llm.RerankOptions{BaseURL: cfg.RerankURL, Key: string(cfg.RerankKey), Model: cfg.RerankName, Within: time.Duration(cfg.RerankWithin), Breaker: m.Reranking}
		if cfg.RerankPerHour > 0 {
			r.Spend = &llm.Budget{PerHour: cfg.RerankPerHour, Now: now}
		}
		m.Reranker = llm.NewReranker(r)
	}
	return m, nil
}

// learnedWeight is the best weight of meaning on the dev sets, docs/hybrid.md.
const learnedWeight = 1

// Close closes the file of vectors.
func (m *Models) Close() error { return m.Passages.In.Close() }
