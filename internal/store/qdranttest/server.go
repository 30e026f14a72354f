// Package qdranttest is a Qdrant server in this process for tests: the real protocol over a
// real connection, exact search, and fusion by rank as the server documents it. It knows
// what our client uses and refuses the rest.
package qdranttest

import (
	"cmp"
	"context"
	"math"
	"net"
	"slices"
	"sync"
	"testing"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Server is one server with all it holds.
type Server struct {
	URL string

	mu          sync.Mutex
	collections map[string]*collection
	aliases     map[string]string
	failing     int // writes still to be refused
	code        codes.Code
	Upserts     int // requests, refused ones included
	Written     int // points
	Filters     []*qdrant.Filter
	stop        func()
}

type collection struct {
	made   *qdrant.CreateCollection
	points map[string]*qdrant.PointStruct
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{collections: map[string]*collection{}, aliases: map[string]string{}}
	s.Start(t, "127.0.0.1:0")
	t.Cleanup(func() { s.Stop() })
	return s
}

// Start listens on an address; what the server holds is kept between Stop and Start.
func (s *Server) Start(t testing.TB, address string) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	g := grpc.NewServer()
	qdrant.RegisterPointsServer(g, &points{s: s})
	qdrant.RegisterCollectionsServer(g, &collections{s: s})
	go func() { _ = g.Serve(listener) }()
	s.URL, s.stop = "http://"+listener.Addr().String(), g.Stop
}

// Stop breaks every connection.
func (s *Server) Stop() { s.stop() }

// Refuse makes the next n writes fail with a code; ResourceExhausted asks for a second.
func (s *Server) Refuse(n int, code codes.Code) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failing, s.code = n, code
}

// Collections lists the names of all collections, and what the alias stands for.
func (s *Server) Collections(alias string) (names []string, behind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.collections {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, s.aliases[alias]
}

// Point count of a collection.
func (s *Server) Points(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.collections[name].points)
}

func (s *Server) find(name string) (*collection, error) {
	if to, ok := s.aliases[name]; ok {
		name = to
	}
	c, ok := s.collections[name]
	if !ok {
		return nil, status.Errorf(codes.NotFound, "collection %s does not exist", name)
	}
	return c, nil
}

func (s *Server) refuse(ctx context.Context) error {
	if s.failing == 0 {
		return nil
	}
	s.failing--
	if s.code == codes.ResourceExhausted {
		_ = grpc.SetTrailer(ctx, metadata.Pairs("retry-after", "1"))
	}
	return status.Error(s.code, "refused by the test")
}

type collections struct {
	qdrant.UnimplementedCollectionsServer
	s *Server
}

func (c *collections) Create(_ context.Context, r *qdrant.CreateCollection) (*qdrant.CollectionOperationResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if _, known := c.s.collections[r.GetCollectionName()]; known {
		return nil, status.Error(codes.AlreadyExists, "exists")
	}
	c.s.collections[r.GetCollectionName()] = &collection{made: r, points: map[string]*qdrant.PointStruct{}}
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

func (c *collections) List(context.Context, *qdrant.ListCollectionsRequest) (*qdrant.ListCollectionsResponse, error) {
	names, _ := c.s.Collections("")
	out := &qdrant.ListCollectionsResponse{}
	for _, n := range names {
		out.Collections = append(out.Collections, &qdrant.CollectionDescription{Name: n})
	}
	return out, nil
}

func (c *collections) Get(_ context.Context, r *qdrant.GetCollectionInfoRequest) (*qdrant.GetCollectionInfoResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	one, err := c.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	return &qdrant.GetCollectionInfoResponse{Result: &qdrant.CollectionInfo{Config: &qdrant.CollectionConfig{Params: &qdrant.CollectionParams{VectorsConfig: one.made.GetVectorsConfig()}}}}, nil
}

func (c *collections) Delete(_ context.Context, r *qdrant.DeleteCollection) (*qdrant.CollectionOperationResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	delete(c.s.collections, r.GetCollectionName())
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

func (c *collections) UpdateAliases(_ context.Context, r *qdrant.ChangeAliases) (*qdrant.CollectionOperationResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	for _, a := range r.GetActions() {
		if made := a.GetCreateAlias(); made != nil {
			c.s.aliases[made.GetAliasName()] = made.GetCollectionName()
		}
		if gone := a.GetDeleteAlias(); gone != nil {
			delete(c.s.aliases, gone.GetAliasName())
		}
	}
	return &qdrant.CollectionOperationResponse{Result: true}, nil
}

func (c *collections) ListAliases(context.Context, *qdrant.ListAliasesRequest) (*qdrant.ListAliasesResponse, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	out := &qdrant.ListAliasesResponse{}
	for alias, name := range c.s.aliases {
		out.Aliases = append(out.Aliases, &qdrant.AliasDescription{AliasName: alias, CollectionName: name})
	}
	return out, nil
}

type points struct {
	qdrant.UnimplementedPointsServer
	s *Server
}

func (p *points) CreateFieldIndex(context.Context, *qdrant.CreateFieldIndexCollection) (*qdrant.PointsOperationResponse, error) {
	return &qdrant.PointsOperationResponse{Result: &qdrant.UpdateResult{}}, nil
}

func (p *points) Upsert(ctx context.Context, r *qdrant.UpsertPoints) (*qdrant.PointsOperationResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.Upserts++
	c, err := p.s.find(r.GetCollectionName())
	if err == nil {
		err = p.s.refuse(ctx)
	}
	if err != nil {
		return nil, err
	}
	size := c.made.GetVectorsConfig().GetParamsMap().GetMap()["dense"].GetSize()
	for _, one := range r.GetPoints() {
		if n := len(denseOf(one)); uint64(n) != size {
			return nil, status.Errorf(codes.InvalidArgument, "expected dim: %d, got %d", size, n)
		}
		c.points[one.GetId().GetUuid()] = one
		p.s.Written++
	}
	return &qdrant.PointsOperationResponse{Result: &qdrant.UpdateResult{}}, nil
}

func (p *points) Delete(ctx context.Context, r *qdrant.DeletePoints) (*qdrant.PointsOperationResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err == nil {
		err = p.s.refuse(ctx)
	}
	if err != nil {
		return nil, err
	}
	for _, id := range r.GetPoints().GetPoints().GetIds() {
		delete(c.points, id.GetUuid())
	}
	return &qdrant.PointsOperationResponse{Result: &qdrant.UpdateResult{}}, nil
}

func (p *points) Count(_ context.Context, r *qdrant.CountPoints) (*qdrant.CountResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	return &qdrant.CountResponse{Result: &qdrant.CountResult{Count: uint64(len(c.points))}}, nil
}

func (p *points) Scroll(_ context.Context, r *qdrant.ScrollPoints) (*qdrant.ScrollResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	out := &qdrant.ScrollResponse{}
	for _, one := range c.sorted() {
		if one.GetId().GetUuid() < r.GetOffset().GetUuid() || !passes(one, r.GetFilter()) {
			continue
		}
		if len(out.GetResult()) == int(r.GetLimit()) {
			out.NextPageOffset = one.GetId()
			break
		}
		out.Result = append(out.Result, &qdrant.RetrievedPoint{Id: one.GetId(), Payload: one.GetPayload()})
	}
	return out, nil
}

func (c *collection) sorted() []*qdrant.PointStruct {
	out := make([]*qdrant.PointStruct, 0, len(c.points))
	for _, p := range c.points {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *qdrant.PointStruct) int { return cmp.Compare(a.GetId().GetUuid(), b.GetId().GetUuid()) })
	return out
}

func (p *points) Query(_ context.Context, r *qdrant.QueryPoints) (*qdrant.QueryResponse, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c, err := p.s.find(r.GetCollectionName())
	if err != nil {
		return nil, err
	}
	var ranked []scored
	if rrf := r.GetQuery().GetRrf(); rrf != nil {
		lists := make([][]scored, len(r.GetPrefetch()))
		for i, pre := range r.GetPrefetch() {
			p.s.Filters = append(p.s.Filters, pre.GetFilter())
			lists[i] = first(c.nearest(pre.GetQuery(), pre.GetUsing(), pre.GetFilter()), pre.GetLimit())
		}
		ranked = fuse(lists, float64(rrf.GetK()))
	} else {
		p.s.Filters = append(p.s.Filters, r.GetFilter())
		if want := c.made.GetVectorsConfig().GetParamsMap().GetMap()["dense"].GetSize(); uint64(len(r.GetQuery().GetNearest().GetDense().GetData())) != want {
			return nil, status.Error(codes.InvalidArgument, "wrong dimension")
		}
		ranked = c.nearest(r.GetQuery(), r.GetUsing(), r.GetFilter())
	}
	out := &qdrant.QueryResponse{}
	for _, one := range first(ranked, r.GetLimit()) {
		hit := &qdrant.ScoredPoint{Id: one.p.GetId(), Payload: one.p.GetPayload(), Score: float32(one.score)}
		if r.GetWithVectors() != nil {
			hit.Vectors = &qdrant.VectorsOutput{VectorsOptions: &qdrant.VectorsOutput_Vectors{Vectors: &qdrant.NamedVectorsOutput{Vectors: map[string]*qdrant.VectorOutput{
				"dense": {Vector: &qdrant.VectorOutput_Dense{Dense: &qdrant.DenseVector{Data: denseOf(one.p)}}},
			}}}}
		}
		out.Result = append(out.Result, hit)
	}
	return out, nil
}

type scored struct {
	p     *qdrant.PointStruct
	score float64
}

func first(list []scored, n uint64) []scored { return list[:min(uint64(len(list)), n)] }

// nearest scores every point that passes. Equal scores come in an order of the server's own,
// which is not ours.
func (c *collection) nearest(q *qdrant.Query, using string, f *qdrant.Filter) (out []scored) {
	var rarity func(uint32) float64
	if using != "dense" {
		df := map[uint32]float64{}
		for _, p := range c.points {
			for _, i := range sparseOf(p).GetIndices() {
				df[i]++
			}
		}
		rarity = func(i uint32) float64 { return math.Log((float64(len(c.points))-df[i]+0.5)/(df[i]+0.5) + 1) }
	}
	for _, p := range c.sorted() {
		if !passes(p, f) {
			continue
		}
		score := 0.0
		if using == "dense" {
			for i, x := range denseOf(p) {
				score += float64(x) * float64(q.GetNearest().GetDense().GetData()[i])
			}
		} else {
			have := map[uint32]float32{}
			s := sparseOf(p)
			for i, at := range s.GetIndices() {
				have[at] = s.GetValues()[i]
			}
			asked := q.GetNearest().GetSparse()
			for i, at := range asked.GetIndices() {
				score += float64(have[at]) * float64(asked.GetValues()[i]) * rarity(at)
			}
			if score == 0 {
				continue
			}
		}
		out = append(out, scored{p, float64(float32(score))})
	}
	slices.SortStableFunc(out, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	return out
}

// fuse is reciprocal rank fusion as the server counts: ranks from 0.
func fuse(lists [][]scored, k float64) []scored {
	sums := map[string]*scored{}
	for _, list := range lists {
		for i, one := range list {
			id := one.p.GetId().GetUuid()
			if sums[id] == nil {
				sums[id] = &scored{p: one.p}
			}
			sums[id].score += 1 / (k + float64(i))
		}
	}
	out := make([]scored, 0, len(sums))
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.p.GetId().GetUuid(), b.p.GetId().GetUuid()))
	})
	return out
}

func denseOf(p *qdrant.PointStruct) []float32 {
	return p.GetVectors().GetVectors().GetVectors()["dense"].GetDense().GetData()
}

func sparseOf(p *qdrant.PointStruct) *qdrant.SparseVector {
	return p.GetVectors().GetVectors().GetVectors()["lex"].GetSparse()
}

// passes reads the conditions our client sends; another one fails the test that sent it.
func passes(p *qdrant.PointStruct, f *qdrant.Filter) bool {
	if len(f.GetShould())+len(f.GetMustNot()) > 0 {
		panic("qdranttest: only must is known")
	}
	for _, c := range f.GetMust() {
		field := c.GetField()
		if !holds(p.GetPayload()[field.GetKey()], field) {
			return false
		}
	}
	return true
}

func holds(v *qdrant.Value, f *qdrant.FieldCondition) bool {
	if r := f.GetRange(); r != nil {
		n := float64(v.GetIntegerValue())
		return (r.Lte == nil || n <= r.GetLte()) && (r.Gt == nil || n > r.GetGt())
	}
	switch m := f.GetMatch().GetMatchValue().(type) {
	case *qdrant.Match_Boolean:
		return v.GetBoolValue() == m.Boolean
	case *qdrant.Match_Keywords:
		values := []*qdrant.Value{v}
		if list := v.GetListValue(); list != nil {
			values = list.GetValues()
		}
		return slices.ContainsFunc(values, func(one *qdrant.Value) bool { return slices.Contains(m.Keywords.GetStrings(), one.GetStringValue()) })
	}
	panic("qdranttest: a condition it does not know")
}
