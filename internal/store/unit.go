package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/motcua/motcua/corpus"
)

// PerUnit is the room for chunk orders inside a unit's range of chunk row ids: the row of a
// chunk is that of its unit times PerUnit plus its order.
const PerUnit = 1 << 16

// CutUnit is one unit as the chunker gave it.
type CutUnit struct {
	Key    corpus.UnitID
	Chunks []corpus.Chunk
	Head   string   // JSON of what all its chunks share
	Own    []string // JSON of a chunk that shares less; "" where it shares the head
	Digest string
}

// Cut gathers chunks by unit, in the order in which units first appear.
func Cut(chunks []corpus.Chunk) ([]CutUnit, error) {
	at := map[corpus.UnitID]int{}
	var out []CutUnit
	for _, c := range chunks {
		i, ok := at[c.Unit]
		if !ok {
			i = len(out)
			at[c.Unit] = i
			out = append(out, CutUnit{Key: c.Unit})
		}
		out[i].Chunks = append(out[i].Chunks, c)
	}
	for i := range out {
		if err := out[i].seal(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// seal splits what the chunks share from what each has alone, and takes the digest. The
// instant of reading and the digest of the file around do not count: an article that
// says the same as before is left alone.
func (u *CutUnit) seal() error {
	if len(u.Chunks) > PerUnit {
		return fmt.Errorf("store: %s has %d chunks", u.Key, len(u.Chunks))
	}
	slices.SortStableFunc(u.Chunks, func(a, b corpus.Chunk) int { return a.Order - b.Order })
	head := headOf(u.Chunks[0])
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	u.Head = string(text)
	undated := head
	undated.Source = corpus.Source{URL: head.Source.URL, Name: head.Source.Name}
	shared, err := json.Marshal(undated)
	if err != nil {
		return err
	}
	h := sha256.New()
	h.Write(shared)
	for i, c := range u.Chunks {
		if i > 0 && c.Order == u.Chunks[i-1].Order || c.Order < 0 || c.Order >= PerUnit {
			return fmt.Errorf("store: %s: bad order %d", c.ID, c.Order)
		}
		own := ""
		if mine := headOf(c); !reflect.DeepEqual(mine, head) {
			if text, err = json.Marshal(mine); err != nil {
				return err
			}
			own = string(text)
		}
		u.Own = append(u.Own, own)
		fmt.Fprintf(h, "\x00%s\x00%d\x00%s\x00%s\x00%s\x00%s\x00%s\x00%s\x00", own, c.Order, c.ID,
			c.Provision.Clause, c.Provision.Point, c.Facet, c.Validity.From, c.Validity.Until)
		h.Write([]byte(c.Text))
	}
	u.Digest = hex.EncodeToString(h.Sum(nil)[:16])
	return nil
}

// headOf is the chunk without what has a column of its own.
func headOf(c corpus.Chunk) corpus.Chunk {
	c.ID, c.Unit, c.Order, c.Facet, c.Text = "", "", 0, "", ""
	c.Provision.Clause, c.Provision.Point = "", ""
	c.Validity = corpus.Validity{}
	return c
}

// ChunkRow is a chunk as it is kept, beside the key and head of its unit.
type ChunkRow struct {
	Unit, Head, Own []byte // Own is nil where the chunk shares the head
	Order           int
	Key             string
	Clause, Point   string
	Facet           string
	From, Until     string
	Text            string
}

// ChunkReader makes chunks of rows. Heads repeat from row to row, so the last one read is
// kept.
type ChunkReader struct {
	last string
	head corpus.Chunk
}

// Read does not hold on to the row's bytes.
func (r *ChunkReader) Read(row *ChunkRow) (c corpus.Chunk, err error) {
	if r.last != string(row.Unit) || r.last == "" {
		r.head = corpus.Chunk{}
		if err = json.Unmarshal(row.Head, &r.head); err != nil {
			return c, err
		}
		r.last = string(row.Unit)
	}
	c = r.head
	if row.Own != nil {
		c = corpus.Chunk{}
		if err = json.Unmarshal(row.Own, &c); err != nil {
			return c, err
		}
	}
	c.ID, c.Unit, c.Order, c.Facet, c.Text = corpus.ChunkID(row.Key), corpus.UnitID(r.last), row.Order, row.Facet, row.Text
	c.Provision.Clause, c.Provision.Point = row.Clause, row.Point
	c.Validity, err = Days(row.From, row.Until)
	return c, err
}
