package qdrant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/qdrant/go-client/qdrant"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// The vectors of a point.
const (
	dense  = "dense"
	sparse = "lex"
)

// upsertAtOnce is how many points one request carries; the next goes when the server has
// taken them, so that it sets the pace.
const upsertAtOnce = 128

// forever stands for the open end of a validity.
const forever = 99991231

// Replace brings units up to their chunks: what is unchanged stays, what else they had
// goes. A chunk needs its text, for the sparse vector.
func (x *Index) Replace(ctx context.Context, units []corpus.UnitID, chunks []corpus.Chunk, vectors [][]float32) error {
	if len(units) == 0 {
		return nil
	}
	dimension := 0
	if len(vectors) > 0 {
		dimension = len(vectors[0])
	}
	name, err := x.writable(ctx, dimension)
	if err != nil || name == "" {
		return err
	}
	stale, err := x.present(ctx, name, units)
	if err != nil {
		return err
	}
	var points []*qdrant.PointStruct
	for i := range chunks {
		p := point(&chunks[i], vectors[i])
		id := p.GetId().GetUuid()
		if stale[id] != p.GetPayload()["digest"].GetStringValue() {
			points = append(points, p)
		}
		delete(stale, id)
	}
	for first := 0; first < len(points); first += upsertAtOnce {
		req := &qdrant.UpsertPoints{CollectionName: name, Wait: qdrant.PtrOf(true), Points: points[first:min(first+upsertAtOnce, len(points))]}
		if err := patiently(ctx, func() error { _, err := x.client.Upsert(ctx, req); return err }); err != nil {
			return explain(err)
		}
	}
	if len(stale) == 0 {
		return nil
	}
	gone := make([]*qdrant.PointId, 0, len(stale))
	for id := range stale {
		gone = append(gone, qdrant.NewID(id))
	}
	req := &qdrant.DeletePoints{CollectionName: name, Wait: qdrant.PtrOf(true), Points: qdrant.NewPointsSelector(gone...)}
	if err := patiently(ctx, func() error { _, err := x.client.Delete(ctx, req); return err }); err != nil {
		return explain(err)
	}
	return nil
}

// present lists the points of units with the digests of their chunks.
func (x *Index) present(ctx context.Context, name string, units []corpus.UnitID) (map[string]string, error) {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = string(u)
	}
	out := map[string]string{}
	req := &qdrant.ScrollPoints{
		CollectionName: name, Limit: qdrant.PtrOf(uint32(1024)), WithPayload: qdrant.NewWithPayloadInclude("digest"),
		Filter: &qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatchKeywords("unit", names...)}},
	}
	for {
		points, next, err := x.client.ScrollAndOffset(ctx, req)
		if err != nil {
			return nil, explain(err)
		}
		for _, p := range points {
			out[p.GetId().GetUuid()] = p.GetPayload()["digest"].GetStringValue()
		}
		if next == nil {
			return out, nil
		}
		req.Offset = next
	}
}

// pointID names a chunk on the server.
func pointID(id corpus.ChunkID) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("motcua:"+id)).String()
}

// point is a chunk with its vectors and what filters and lists need of it; its text stays
// in the library.
func point(c *corpus.Chunk, vector []float32) *qdrant.PointStruct {
	indices, values := Sparse(retrieval.Passage(c))
	bare := *c
	bare.Text, bare.Headings = "", nil
	shown, _ := json.Marshal(bare) // plain data
	payload := map[string]any{
		"chunk": string(shown), "unit": string(c.Unit), "issuer": c.Issuer, "type": string(c.Type), "field": c.Field, "place": c.Place,
		"instrument": corpus.NumberKey(c.Provision.Instrument), "procedure": c.Procedure != "", "restricted": c.Restricted,
		"from": int64(day(c.Validity.From)), "until": int64(forever),
	}
	if !c.Validity.Until.IsZero() {
		payload["until"] = int64(day(c.Validity.Until))
	}
	levels := make([]any, len(c.Levels))
	for i, l := range c.Levels {
		levels[i] = string(l)
	}
	payload["levels"] = levels
	sum := sha256.New()
	sum.Write(shown)
	fmt.Fprint(sum, retrieval.Passage(c), vector)
	payload["digest"] = hex.EncodeToString(sum.Sum(nil)[:12])
	return &qdrant.PointStruct{
		Id: qdrant.NewID(pointID(c.ID)), Payload: qdrant.NewValueMap(payload),
		Vectors: qdrant.NewVectorsMap(map[string]*qdrant.Vector{dense: qdrant.NewVectorDense(vector), sparse: qdrant.NewVectorSparse(indices, values)}),
	}
}

// day is a date as a number that orders as dates do; 0 for the zero Date.
func day(d civil.Date) int { return d.Year*10000 + int(d.Month)*100 + d.Day }

// conditions is a filter of ours as the server's, equal to retrieval.Filter.Passes.
func conditions(f retrieval.Filter, on civil.Date) *qdrant.Filter {
	out := &qdrant.Filter{}
	must := func(c *qdrant.Condition) { out.Must = append(out.Must, c) }
	words := func(field string, list []string) {
		if len(list) > 0 {
			must(qdrant.NewMatchKeywords(field, list...))
		}
	}
	if !on.IsZero() {
		must(qdrant.NewRange("from", &qdrant.Range{Lte: qdrant.PtrOf(float64(day(on)))}))
		must(qdrant.NewRange("until", &qdrant.Range{Gt: qdrant.PtrOf(float64(day(on)))}))
	}
	if !f.Official {
		must(qdrant.NewMatchBool("restricted", false))
	}
	switch f.Only {
	case retrieval.OnlyProcedures:
		must(qdrant.NewMatchBool("procedure", true))
	case retrieval.OnlyProvisions:
		must(qdrant.NewMatchBool("procedure", false))
	}
	words("issuer", f.Issuers)
	words("type", texts(f.Types))
	words("levels", texts(f.Levels))
	words("field", f.Fields)
	if len(f.Places) > 0 {
		words("place", append([]string{""}, f.Places...))
	}
	numbers := make([]string, len(f.Instruments))
	for i, n := range f.Instruments {
		numbers[i] = corpus.NumberKey(n)
	}
	words("instrument", numbers)
	return out
}

func texts[T ~string](list []T) (out []string) {
	for _, l := range list {
		out = append(out, string(l))
	}
	return out
}
