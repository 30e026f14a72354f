package qdrant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Options of an index on a server.
type Options struct {
	URL  string // gRPC, such as http://127.0.0.1:6334; https for TLS
	Key  string
	Name string // the alias, and the beginning of the names of collections
	// Model names the embedding model with all that its vectors depend on.
	Model string
	// Dial adds to how the server is reached; for tests.
	Dial []grpc.DialOption
}

// Index is the vectors of one model on a server. It implements retrieval.VectorIndex and is
// safe for concurrent use.
type Index struct {
	o      Options
	client *qdrant.Client
	mu     sync.Mutex
	target string // collection that is written to; "" until it is known
	again  bool
}

// Faults a caller may tell apart.
var (
	// ErrOtherModel: the alias stands for vectors of another model.
	ErrOtherModel = errors.New("bộ sưu tập trên Qdrant là của mô hình khác")
	// ErrDimension: vectors of another length than those of the collection.
	ErrDimension = errors.New("véc-tơ dài khác với bộ sưu tập trên Qdrant")
	// ErrUnreachable: the server does not answer.
	ErrUnreachable = errors.New("không tới được Qdrant")
)

// retries of what may be sent twice: the client itself never tries again.
const retries = `{"methodConfig":[{"name":[{"service":"qdrant.Points"},{"service":"qdrant.Collections"}],"retryPolicy":{"maxAttempts":3,"initialBackoff":"0.05s","maxBackoff":"0.5s","backoffMultiplier":2,"retryableStatusCodes":["UNAVAILABLE"]}}]}`

// New makes a client; the server is not called.
func New(o Options) (*Index, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("qdrant: %q is not an address such as http://127.0.0.1:6334", o.URL)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		return nil, fmt.Errorf("qdrant: %q names no port; gRPC is usually 6334", o.URL)
	}
	cfg := &qdrant.Config{
		Host: u.Hostname(), Port: port, APIKey: o.Key, UseTLS: u.Scheme == "https", PoolSize: 1, KeepAliveTime: 30, SkipCompatibilityCheck: true,
		GrpcOptions: append([]grpc.DialOption{grpc.WithDefaultServiceConfig(retries)}, o.Dial...),
	}
	client, err := qdrant.NewClient(cfg)
	if err != nil {
		return nil, fmt.Errorf("qdrant: %w", err)
	}
	return &Index{o: o, client: client}, nil
}

// Close ends the connections.
func (x *Index) Close() error { return x.client.Close() }

// Again makes writes go to a new collection, which Publish puts in the place of the present
// one; searches go on with that until then.
func (x *Index) Again() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.again, x.target = true, ""
}

// prefix begins the names of this model's collections.
func (x *Index) prefix() string {
	sum := sha256.Sum256([]byte(x.o.Model))
	return x.o.Name + "-" + hex.EncodeToString(sum[:6]) + "-"
}

// Check tells what stands in the way of searching: ErrUnreachable, ErrOtherModel, or nil,
// also where nothing was embedded yet. It changes nothing.
func (x *Index) Check(ctx context.Context) error {
	_, err := x.behindAlias(ctx)
	return err
}

// behindAlias is the collection that searches go to; "" where there is none.
func (x *Index) behindAlias(ctx context.Context) (string, error) {
	aliases, err := x.client.ListAliases(ctx)
	if err != nil {
		return "", explain(err)
	}
	for _, a := range aliases {
		if a.GetAliasName() != x.o.Name {
			continue
		}
		if c := a.GetCollectionName(); !strings.HasPrefix(c, x.prefix()) {
			return c, fmt.Errorf("qdrant: %q → %q: %w; đặt lại mô hình cũ hoặc chạy motcua embed --again", x.o.Name, c, ErrOtherModel)
		}
		return a.GetCollectionName(), nil
	}
	return "", nil
}

// writable is the collection that is written to, made when it is not there yet.
func (x *Index) writable(ctx context.Context, dimension int) (string, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.target != "" {
		return x.target, nil
	}
	present, err := x.behindAlias(ctx)
	if err != nil && !(x.again && errors.Is(err, ErrOtherModel)) {
		return "", err
	}
	if present != "" && !x.again {
		if err := x.sameDimension(ctx, present, dimension); err != nil {
			return "", err
		}
		x.target = present
		return present, nil
	}
	if dimension == 0 {
		return "", nil // nothing to write, nothing to make
	}
	name, err := x.create(ctx, dimension)
	if err != nil {
		return "", err
	}
	if present == "" {
		if err := x.client.CreateAlias(ctx, x.o.Name, name); err != nil {
			return "", explain(err)
		}
		x.again = false
	}
	x.target = name
	return name, nil
}

func (x *Index) sameDimension(ctx context.Context, collection string, dimension int) error {
	info, err := x.client.GetCollectionInfo(ctx, collection)
	if err != nil {
		return explain(err)
	}
	size := int(info.GetConfig().GetParams().GetVectorsConfig().GetParamsMap().GetMap()[dense].GetSize())
	if dimension != 0 && size != dimension {
		return fmt.Errorf("qdrant: %s: %d thay vì %d: %w; chạy motcua embed --again", collection, dimension, size, ErrDimension)
	}
	return nil
}

// indexed are the payload fields that filters ask for.
var indexed = map[string]qdrant.FieldType{
	"unit": qdrant.FieldType_FieldTypeKeyword, "issuer": qdrant.FieldType_FieldTypeKeyword, "type": qdrant.FieldType_FieldTypeKeyword,
	"levels": qdrant.FieldType_FieldTypeKeyword, "field": qdrant.FieldType_FieldTypeKeyword, "place": qdrant.FieldType_FieldTypeKeyword,
	"instrument": qdrant.FieldType_FieldTypeKeyword, "procedure": qdrant.FieldType_FieldTypeBool, "restricted": qdrant.FieldType_FieldTypeBool,
	"from": qdrant.FieldType_FieldTypeInteger, "until": qdrant.FieldType_FieldTypeInteger,
}

// create makes the next collection of the model.
func (x *Index) create(ctx context.Context, dimension int) (string, error) {
	have, err := x.client.ListCollections(ctx)
	if err != nil {
		return "", explain(err)
	}
	last := 0
	for _, c := range have {
		if n, err := strconv.Atoi(strings.TrimPrefix(c, x.prefix())); err == nil && strings.HasPrefix(c, x.prefix()) {
			last = max(last, n)
		}
	}
	name := x.prefix() + strconv.Itoa(last+1)
	err = x.client.CreateCollection(ctx, &qdrant.CreateCollection{
		CollectionName: name,
		// Unit vectors: their product is the cosine, and the server leaves them as they are.
		VectorsConfig:       qdrant.NewVectorsConfigMap(map[string]*qdrant.VectorParams{dense: {Size: uint64(dimension), Distance: qdrant.Distance_Dot}}),
		SparseVectorsConfig: qdrant.NewSparseVectorsConfig(map[string]*qdrant.SparseVectorParams{sparse: {Modifier: qdrant.PtrOf(qdrant.Modifier_Idf)}}),
		Metadata:            map[string]*qdrant.Value{"model": qdrant.NewValueString(x.o.Model)},
	})
	if err != nil {
		return "", explain(err)
	}
	for field, kind := range indexed {
		req := &qdrant.CreateFieldIndexCollection{CollectionName: name, FieldName: field, FieldType: kind.Enum(), Wait: qdrant.PtrOf(true)}
		if _, err := x.client.CreateFieldIndex(ctx, req); err != nil {
			return "", explain(err)
		}
	}
	return name, nil
}

// Publish lets searches go to what was written since Again, at once and whole; the
// collection they went to before is kept for going back, older ones go.
func (x *Index) Publish(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.again || x.target == "" {
		return nil
	}
	before, err := x.behindAlias(ctx)
	if err != nil && !errors.Is(err, ErrOtherModel) {
		return err
	}
	actions := []*qdrant.AliasOperations{qdrant.NewAliasCreate(x.o.Name, x.target)}
	if before != "" {
		actions = slices.Insert(actions, 0, qdrant.NewAliasDelete(x.o.Name))
	}
	if err := x.client.UpdateAliases(ctx, actions); err != nil {
		return explain(err)
	}
	x.again = false
	have, err := x.client.ListCollections(ctx)
	if err != nil {
		return explain(err)
	}
	for _, c := range have {
		if strings.HasPrefix(c, x.o.Name+"-") && c != before && c != x.target {
			if err := x.client.DeleteCollection(ctx, c); err != nil {
				return explain(err)
			}
		}
	}
	return nil
}

// Ready tells how many passages the server holds for this model.
func (x *Index) Ready(ctx context.Context) (string, error) {
	name, err := x.behindAlias(ctx)
	if err != nil || name == "" {
		return "Qdrant: 0", err
	}
	n, err := x.client.Count(ctx, &qdrant.CountPoints{CollectionName: name, Exact: qdrant.PtrOf(true)})
	if err != nil {
		return "", explain(err)
	}
	return fmt.Sprintf("Qdrant %s: %d", name, n), nil
}

// explain keeps what a caller can act on.
func explain(err error) error {
	if status.Code(errors.Unwrap(err)) == codes.Unavailable || status.Code(err) == codes.Unavailable {
		return fmt.Errorf("qdrant: %w: %w", ErrUnreachable, err)
	}
	return fmt.Errorf("qdrant: %w", err)
}

// patiently tries again while the server asks for time: what it names, or a little longer
// each time.
func patiently(ctx context.Context, f func() error) error {
	for n := 0; ; n++ {
		err := f()
		var slow *qdrant.QdrantResourceExhaustedError
		wait := 100 * time.Millisecond << n
		switch {
		case err == nil:
			return nil
		case errors.As(err, &slow):
			wait = max(wait, time.Duration(slow.RetryAfterS)*time.Second)
		case status.Code(errors.Unwrap(err)) != codes.Unavailable:
			return err
		}
		if n == writeRetries {
			return err
		}
		slog.DebugContext(ctx, "qdrant: waiting", "for", wait)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// writeRetries is how often a write is tried again: some 6 seconds in all.
const writeRetries = 6
