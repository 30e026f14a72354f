package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/motcua/motcua/corpus"
)

// RerankOptions of a reranking model behind the common /v1/rerank endpoint (vLLM,
// llama.cpp, text-embeddings-inference and hosted services share its shape).
type RerankOptions struct {
	BaseURL string // ends in /v1
	Key     string
	Model   string
	Within  time.Duration // of one request; default 10s
	Retries int
	Spend   *Budget
	Breaker *Breaker
}

// Reranker implements retrieval.Reranker.
type Reranker struct {
	o      RerankOptions
	client *http.Client
}

// mostRerankBody is how many bytes of an answer are read.
const mostRerankBody = 4 << 20

// NewReranker makes a client; it does not call the server.
func NewReranker(o RerankOptions) *Reranker {
	if o.Within <= 0 {
		o.Within = 10 * time.Second
	}
	return &Reranker{o: o, client: httpClient(o.Within, o.Retries)}
}

// rerankRequest and rerankResponse are the wire form.
type rerankRequest struct {
	Model     string   `json:"model"`
	Query     string   `json:"query"`
	Documents []string `json:"documents"`
}

type rerankResponse struct {
	Results []struct {
		Index int     `json:"index"`
		Score float64 `json:"relevance_score"`
	} `json:"results"`
}

// Rerank scores each chunk against the question. Every chunk must be scored exactly once,
// or none of it counts.
func (x *Reranker) Rerank(ctx context.Context, question string, chunks []corpus.Chunk) ([]float64, error) {
	if len(chunks) == 0 {
		return nil, nil
	}
	req := rerankRequest{Model: x.o.Model, Query: question}
	for _, c := range chunks {
		req.Documents = append(req.Documents, strings.TrimSpace(c.Title+"\n"+c.Text))
	}
	var res rerankResponse
	err := x.o.Breaker.do(func() error {
		if err := x.o.Spend.take("rerank"); err != nil {
			return err
		}
		return x.post(ctx, req, &res)
	})
	if err != nil {
		return nil, err
	}
	scores, seen := make([]float64, len(chunks)), make([]bool, len(chunks))
	for _, r := range res.Results {
		if r.Index < 0 || r.Index >= len(chunks) || seen[r.Index] || math.IsNaN(r.Score) || math.IsInf(r.Score, 0) {
			return nil, fmt.Errorf("llm: điểm của đoạn %d: %w", r.Index, ErrIncomplete)
		}
		seen[r.Index], scores[r.Index] = true, r.Score
	}
	if len(res.Results) != len(chunks) {
		return nil, fmt.Errorf("llm: %d điểm cho %d đoạn: %w", len(res.Results), len(chunks), ErrIncomplete)
	}
	return scores, nil
}

// post sends one request; of a refusal only the status is told.
func (x *Reranker) post(ctx context.Context, in rerankRequest, out *rerankResponse) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("llm: rerank: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, x.o.Within)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(x.o.BaseURL, "/")+"/rerank", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("llm: rerank: %w", ErrUnreachable)
	}
	req.Header.Set("Content-Type", "application/json")
	if x.o.Key != "" {
		req.Header.Set("Authorization", "Bearer "+x.o.Key)
	}
	res, err := x.client.Do(req)
	if err != nil {
		return explain(err)
	}
	defer func() { _ = res.Body.Close() }() // read to its end, or given up
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("llm: máy chủ mô hình trả lời %d: %w", res.StatusCode, errStatus(res.StatusCode))
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, mostRerankBody)).Decode(out); err != nil {
		return fmt.Errorf("llm: rerank: %w", ErrIncomplete)
	}
	return nil
}
