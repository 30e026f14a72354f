package llm

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	gopenai "github.com/sashabaranov/go-openai"
)

// EmbedOptions of an embedding model. Key may be empty for servers that ask for none.
type EmbedOptions struct {
	BaseURL string // ends in /v1
	Key     string
	Model   string
	// QueryModel is what the server calls the model for questions, where it has a name apart
	// for them. Default Model.
	QueryModel string
	// QueryPrefix and PassagePrefix are put before every text of that kind, as the model
	// was trained ("query: ", "passage: "); empty for models without.
	QueryPrefix, PassagePrefix string
	// Batch is how many texts one request carries. Default 32.
	Batch int
	// AtOnce is how many requests run side by side. Default 2.
	AtOnce int
	// Within bounds one request. Default 30s.
	Within time.Duration
	// Retries of a request on 408, 429, 5xx and broken connections. Default 1.
	Retries int
	// Kept is how many vectors of questions are remembered by digest. Default 4096.
	Kept int
	// Dimension is the length vectors must have; 0 takes that of the first answer.
	Dimension int
	// Spend counts requests against the hour's budget; nil has no budget.
	Spend *Budget
	// Breaker stops asking a server that fails; nil asks always.
	Breaker *Breaker
}

// Embeddings is one embedding model on one server. Queries and Passages are its two faces;
// they share cache, breaker and budget. It is safe for concurrent use.
type Embeddings struct {
	o      EmbedOptions
	client *gopenai.Client
	cache  *vectorCache

	mu  sync.Mutex
	dim int
}

// Faults of an embedding server a caller may tell apart.
var (
	// ErrIncomplete: a vector is missing, doubled, or holds something that is no number.
	ErrIncomplete = errors.New("máy chủ trả thiếu hoặc sai véc-tơ")
	// ErrDimension: the vectors have another length than those before: another model.
	ErrDimension = errors.New("véc-tơ dài khác trước: máy chủ đã đổi mô hình; hãy nhúng lại toàn bộ kho")
)

// NewEmbeddings makes a client; it does not call the server.
func NewEmbeddings(o EmbedOptions) *Embeddings {
	o.Batch, o.AtOnce, o.Kept = usual(o.Batch, 32), usual(o.AtOnce, 2), usual(o.Kept, 4096)
	if o.QueryModel == "" {
		o.QueryModel = o.Model
	}
	if o.Within <= 0 {
		o.Within = 30 * time.Second
	}
	cfg := gopenai.DefaultConfig(o.Key)
	cfg.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	cfg.HTTPClient = httpClient(o.Within, o.Retries)
	return &Embeddings{o: o, client: gopenai.NewClientWithConfig(cfg), cache: newVectorCache(o.Kept), dim: o.Dimension}
}

func usual(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}

// Queries embeds questions, remembering the last ones.
func (e *Embeddings) Queries() Face { return Face{e, e.o.QueryModel, e.o.QueryPrefix, true} }

// Passages embeds texts of the corpus; nothing is remembered, each is asked for once.
func (e *Embeddings) Passages() Face { return Face{e, e.o.Model, e.o.PassagePrefix, false} }

// Face is an embedding model for one kind of text; it implements retrieval.Embedder.
type Face struct {
	model    *Embeddings
	name     string
	prefix   string
	remember bool
}

// Model names the model and the prefixes: vectors made with others are not comparable.
func (f Face) Model() string {
	return f.model.o.Model + "|" + f.model.o.QueryPrefix + "|" + f.model.o.PassagePrefix
}

// Embed returns one unit vector per text, in order.
func (f Face) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var missing []int
	for i, t := range texts {
		if f.remember {
			out[i] = f.model.cache.get(f.prefix + t)
		}
		if out[i] == nil {
			missing = append(missing, i)
		}
	}
	if err := f.fill(ctx, texts, missing, out); err != nil {
		return nil, err
	}
	return out, nil
}

// fill asks the server for what is missing, several requests at once; the first fault ends
// it.
func (f Face) fill(ctx context.Context, texts []string, missing []int, out [][]float32) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	slots := make(chan struct{}, f.model.o.AtOnce)
	var wg sync.WaitGroup
	for first := 0; first < len(missing); first += f.model.o.Batch {
		part := missing[first:min(first+f.model.o.Batch, len(missing))]
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			if err := f.batch(ctx, texts, part, out); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// batch asks for some texts in one request and puts the vectors where they belong by the
// index the server gives, never by the order in which they come.
func (f Face) batch(ctx context.Context, texts []string, part []int, out [][]float32) error {
	input := make([]string, len(part))
	for k, i := range part {
		input[k] = f.prefix + texts[i]
	}
	var res gopenai.EmbeddingResponse
	err := f.model.o.Breaker.do(func() (err error) {
		if err := f.model.o.Spend.take("embed"); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, f.model.o.Within)
		defer cancel()
		res, err = f.model.client.CreateEmbeddings(ctx, gopenai.EmbeddingRequestStrings{Input: input, Model: gopenai.EmbeddingModel(f.name)})
		if err != nil {
			return explain(err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(res.Data) != len(part) {
		return fmt.Errorf("llm: %d véc-tơ cho %d đoạn: %w", len(res.Data), len(part), ErrIncomplete)
	}
	for _, d := range res.Data {
		if d.Index < 0 || d.Index >= len(part) || out[part[d.Index]] != nil {
			return fmt.Errorf("llm: véc-tơ số %d: %w", d.Index, ErrIncomplete)
		}
		v, err := f.model.unit(d.Embedding)
		if err != nil {
			return err
		}
		out[part[d.Index]] = v
		if f.remember {
			f.model.cache.put(input[d.Index], v)
		}
	}
	return nil
}

// unit checks a vector and scales it to length 1.
func (e *Embeddings) unit(v []float32) ([]float32, error) {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if len(v) == 0 || sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil, fmt.Errorf("llm: %w", ErrIncomplete)
	}
	e.mu.Lock()
	if e.dim == 0 {
		e.dim = len(v)
	}
	dim := e.dim
	e.mu.Unlock()
	if len(v) != dim {
		return nil, fmt.Errorf("llm: %d thay vì %d: %w", len(v), dim, ErrDimension)
	}
	scale := float32(1 / math.Sqrt(sum))
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x * scale
	}
	return out, nil
}
