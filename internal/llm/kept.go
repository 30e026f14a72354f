package llm

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"sync"
)

// Vectors is a file of vectors by the digest of their text: what was embedded once is not
// asked for again, and work that was broken off goes on where it stopped. The file belongs
// to one model; it only grows. It is safe for concurrent use by one process.
type Vectors struct {
	mu    sync.RWMutex
	path  string
	head  vectorsHead
	file  *os.File
	at    map[[32]byte]int32
	store []float32
}

// vectorsHead is the first line of the file.
type vectorsHead struct {
	Format    string `json:"format"`
	Model     string `json:"model"` // with prefixes and the version of passages
	Dimension int    `json:"dimension"`
}

const vectorsFormat = "motcua vectors 1"

// ErrOtherModel is a file or collection made by another model than the one set.
var ErrOtherModel = errors.New("véc-tơ đã lưu là của mô hình khác")

// OpenVectors opens the file of a model's vectors; one that is absent begins empty and is
// made on the first Put. A record that was cut off by a crash is dropped.
func OpenVectors(path, model string) (*Vectors, error) {
	v := &Vectors{path: path, head: vectorsHead{Format: vectorsFormat, Model: model}, at: map[[32]byte]int32{}}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return v, nil
	}
	if err != nil {
		return nil, fmt.Errorf("llm: vectors: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	r := bufio.NewReaderSize(f, 1<<20)
	line, err := r.ReadBytes('\n')
	var head vectorsHead
	if err != nil || json.Unmarshal(line, &head) != nil || head.Format != vectorsFormat || head.Dimension < 1 || head.Dimension > 1<<14 {
		return nil, fmt.Errorf("llm: %s is not a file of vectors; move it away and embed again", path)
	}
	if head.Model != model {
		return nil, fmt.Errorf("llm: %s: %w: trong tệp là %q, cài đặt là %q; chạy motcua embed --again", path, ErrOtherModel, head.Model, model)
	}
	v.head = head
	return v, v.read(r)
}

func (v *Vectors) read(r io.Reader) error {
	record := make([]byte, 32+4*v.head.Dimension)
	for {
		if _, err := io.ReadFull(r, record); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return nil
			}
			return fmt.Errorf("llm: vectors: %w", err)
		}
		row := make([]float32, v.head.Dimension)
		for i := range row {
			row[i] = math.Float32frombits(binary.LittleEndian.Uint32(record[32+4*i:]))
		}
		v.keep([32]byte(record), row)
	}
}

func (v *Vectors) keep(key [32]byte, row []float32) {
	if _, known := v.at[key]; known {
		return
	}
	v.at[key] = int32(len(v.at))
	v.store = append(v.store, row...)
}

// Get returns the vector of a text, not to be changed, or nil.
func (v *Vectors) Get(text string) []float32 {
	v.mu.RLock()
	defer v.mu.RUnlock()
	i, ok := v.at[sha256.Sum256([]byte(text))]
	if !ok {
		return nil
	}
	d := v.head.Dimension
	return v.store[int(i)*d : (int(i)+1)*d : (int(i)+1)*d]
}

// Put keeps vectors of texts and writes them down before it returns.
func (v *Vectors) Put(texts []string, rows [][]float32) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(rows) == 0 {
		return nil
	}
	if v.head.Dimension == 0 {
		v.head.Dimension = len(rows[0])
	}
	if err := v.open(); err != nil {
		return err
	}
	var out bytes.Buffer
	for i, row := range rows {
		if len(row) != v.head.Dimension {
			return fmt.Errorf("llm: %d thay vì %d: %w", len(row), v.head.Dimension, ErrDimension)
		}
		key := sha256.Sum256([]byte(texts[i]))
		out.Write(key[:])
		for _, x := range row {
			out.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(x)))
		}
	}
	if _, err := v.file.Write(out.Bytes()); err != nil {
		return fmt.Errorf("llm: vectors: %w", err)
	}
	for i, row := range rows {
		v.keep(sha256.Sum256([]byte(texts[i])), row)
	}
	return nil
}

// open readies the file for writing behind its last whole record.
func (v *Vectors) open() error {
	if v.file != nil {
		return nil
	}
	f, err := os.OpenFile(v.path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("llm: vectors: %w", err)
	}
	head, err := json.Marshal(v.head)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	end := int64(len(head)) + 1
	if info, statErr := f.Stat(); statErr == nil && info.Size() > 0 {
		size := int64(32 + 4*v.head.Dimension)
		end += (info.Size() - end) / size * size
		err = f.Truncate(end)
	} else {
		_, err = f.Write(append(head, '\n'))
	}
	if err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("llm: vectors: %w", err), f.Close())
	}
	v.file = f
	return nil
}

// Len is how many texts have a vector; Dimension their length, 0 where there is none.
func (v *Vectors) Len() int { v.mu.RLock(); defer v.mu.RUnlock(); return len(v.at) }

// Dimension is the length of the vectors; 0 where there is none yet.
func (v *Vectors) Dimension() int { v.mu.RLock(); defer v.mu.RUnlock(); return v.head.Dimension }

// Close closes the file.
func (v *Vectors) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.file == nil {
		return nil
	}
	err := v.file.Close()
	v.file = nil
	return err
}

// Keeping embeds passages through the file: only what it lacks is asked of the server.
type Keeping struct {
	Face Face
	In   *Vectors
}

// Model names the model of both.
func (k Keeping) Model() string { return k.Face.Model() }

// Embed returns one unit vector per text, in order; what came is written down even when the
// rest fails.
func (k Keeping) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var missing []int
	for i, t := range texts {
		if out[i] = k.In.Get(k.Face.prefix + t); out[i] == nil {
			missing = append(missing, i)
		}
	}
	for len(missing) > 0 {
		part := missing[:min(len(missing), k.Face.model.o.Batch*k.Face.model.o.AtOnce)]
		asked, keys := make([]string, len(part)), make([]string, len(part))
		for j, i := range part {
			asked[j], keys[j] = texts[i], k.Face.prefix+texts[i]
		}
		rows, err := k.Face.Embed(ctx, asked)
		if err == nil {
			err = k.In.Put(keys, rows)
		}
		if err != nil {
			return nil, err
		}
		for j, i := range part {
			out[i] = rows[j]
		}
		missing = missing[len(part):]
	}
	return out, nil
}

// Kept returns the vector of a passage, not to be changed, or nil where none is kept.
func (k Keeping) Kept(text string) []float32 { return k.In.Get(k.Face.prefix + text) }
