package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Fetcher gets the bytes of an address.
type Fetcher interface {
	// Fetch asks for url. before is what an earlier fetch of it learned (zero for none);
	// an answer with Unchanged has no Body. The caller closes Body.
	Fetch(ctx context.Context, url string, before Validators) (Fetched, error)
}

// Validators let a server say that nothing changed.
type Validators struct{ ETag, Modified string }

// Fetched is one answer.
type Fetched struct {
	Body       io.ReadCloser
	Unchanged  bool
	FileName   string // a name with the extension of the content
	Source     corpus.Source
	Validators Validators
}

// Input is one source ready to be read: a local file.
type Input struct {
	Name string // identity in the ledger: absolute path, or address
	Path string // the file
	// Source is what texts from here carry: where, when, digest of the file's bytes.
	Source  corpus.Source
	Edition civil.Date // see editionOf
	head    []byte
	size    int64
	read    *atomic.Int64
}

// Reader reads one kind of source. Readers are asked in order; the first that answers
// for a source reads it.
type Reader interface {
	// Reads tells from the name and the first bytes (compression undone).
	Reads(name string, head []byte) bool
	// Recipe names the reader and its version: another recipe reads a source again.
	Recipe() string
	// Layers yields what the source holds; Source is filled in by the caller. A *Fault is
	// one thing that could not be read, the rest goes on; any other error ends it.
	Layers(ctx context.Context, in Input) iter.Seq2[Layer, error]
}

// headSize is how much of a source a Reader sees before it decides.
const headSize = 64 << 10

// Open opens the file, undoing gzip. May be called several times; how far it was read
// shows in the progress.
func (in Input) Open() (io.ReadCloser, error) {
	f, err := os.Open(in.Path)
	if err != nil {
		return nil, err
	}
	if in.read != nil {
		in.read.Store(0)
	}
	return gunzip(f, in.read)
}

type counted struct {
	io.Reader
	io.Closer
	n *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.n != nil {
		c.n.Add(int64(n))
	}
	return n, err
}

// gunzip undoes gzip, known by its first bytes, not by the file's name.
func gunzip(f io.ReadCloser, n *atomic.Int64) (io.ReadCloser, error) {
	b := bufio.NewReaderSize(counted{f, f, n}, 1<<16)
	magic, err := b.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, f.Close())
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return counted{b, f, nil}, nil
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return counted{z, f, nil}, nil
}

// openInput measures a file: digest, first bytes, edition.
func openInput(name, path string) (Input, error) {
	in := Input{Name: name, Path: path, read: new(atomic.Int64)}
	f, err := os.Open(path)
	if err != nil {
		return in, err
	}
	h := sha256.New()
	in.size, err = io.Copy(h, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return in, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return in, err
	}
	in.Edition = editionOf(name)
	in.Source = corpus.Source{Name: filepath.Base(path), SHA256: hex.EncodeToString(h.Sum(nil)), RetrievedAt: retrieved(in.Edition, info.ModTime())}
	r, err := in.Open()
	if err != nil {
		return in, err
	}
	defer r.Close()
	// Half a gzip may break off already here; what was read is enough to know its kind,
	// and its Reader will meet the break again.
	in.head, _ = io.ReadAll(io.LimitReader(r, headSize))
	return in, nil
}

// retrieved is the day a published file speaks of, else the file's own time: never the
// moment of ingestion, so that the same file gives the same texts on every day.
func retrieved(edition civil.Date, modified time.Time) time.Time {
	if !edition.IsZero() {
		return edition.Start().UTC()
	}
	return modified.UTC().Truncate(time.Second)
}

var editionPattern = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?:[^0-9]|$)`)

// editionOf reads the day a file speaks of from its name: "phapdien_2026-01.jsonl.gz"
// is the first of January 2026. Of several the last counts. Zero if the name has none.
func editionOf(name string) civil.Date {
	all := editionPattern.FindAllStringSubmatch(filepath.Base(name), -1)
	if len(all) == 0 {
		return civil.Date{}
	}
	m := all[len(all)-1]
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day := 1
	if m[3] != "" {
		day, _ = strconv.Atoi(m[3])
	}
	d := civil.New(year, time.Month(month), day)
	if !d.Valid() {
		return civil.Date{}
	}
	return d
}

// isURL reports whether a source is an address on the network.
func isURL(source string) bool {
	return strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://")
}

// expand turns folders into their files, sorted, hidden ones left out, each named once.
// What is not there is a Fault.
func expand(sources []string) (names []string, faults []Fault) {
	seen := map[string]bool{}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	for _, s := range sources {
		if isURL(s) {
			add(s)
			continue
		}
		files, err := filesUnder(s)
		for _, f := range files {
			add(f)
		}
		if err != nil {
			faults = append(faults, Fault{Source: s, Why: fileTrouble(err)})
		}
	}
	return names, faults
}

func filesUnder(root string) ([]string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real // one file has one name in the ledger, however it was reached
	}
	var files []string
	var faults []error
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			faults = append(faults, err)
		case path != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return filepath.SkipDir
			}
		case d.Type().IsRegular():
			files = append(files, path)
		}
		return nil
	})
	slices.Sort(files)
	return files, errors.Join(append(faults, err)...)
}

// fileTrouble words why a file cannot be read.
func fileTrouble(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "không có tệp hoặc thư mục này"
	case errors.Is(err, fs.ErrPermission):
		return "không có quyền đọc"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "tệp nén bị cắt cụt, phần sau không đọc được"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return "tệp nén bị hỏng"
	}
	return "không đọc được: " + err.Error()
}
