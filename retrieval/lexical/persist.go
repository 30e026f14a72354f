package lexical

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

// ErrDamaged is returned for a file that is no index, is cut short, or whose checksum
// does not match. The caller builds the index anew.
var ErrDamaged = errors.New("tệp chỉ mục bị hỏng hoặc không đọc được, cần dựng lại")

// ErrOtherVersion is returned for a whole index written by another version of the
// program, or with other weights. The caller builds the index anew.
var ErrOtherVersion = errors.New("tệp chỉ mục thuộc phiên bản khác, cần dựng lại")

const (
	fileMagic = "motcua lexical\n"
	// fileVersion changes with anything that changes the bytes or how words are cut.
	fileVersion = 2
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Save writes the index to path by way of a temporary file beside it, so that path always
// holds a whole index. Stamp is any text, given back by Open; callers keep in it what the
// index was built from.
func (x *Index) Save(path, stamp string) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("lexical: save index: %w", err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
			err = fmt.Errorf("lexical: save index: %w", err)
		}
	}()
	if err = x.Write(tmp, stamp); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// Write writes the index to w: magic, version, content, checksum.
func (x *Index) Write(w io.Writer, stamp string) error {
	sum := crc32.New(castagnoli)
	buf := bufio.NewWriterSize(io.MultiWriter(w, sum), 1<<16)
	e := &encoder{w: buf}
	e.bytes([]byte(fileMagic))
	e.u32(fileVersion)
	e.text(stamp)
	e.settings(x.settings)
	e.dict(x.dict)
	e.u32(uint32(len(x.segs)))
	for _, p := range x.segs {
		e.segment(p)
	}
	if e.err == nil {
		e.err = buf.Flush()
	}
	if e.err != nil {
		return e.err
	}
	_, err := w.Write(sum.Sum(nil))
	return err
}

// Open reads the index saved at path. It returns ErrDamaged or ErrOtherVersion (wrapped)
// for a file that must be built anew, and fs.ErrNotExist where there is none.
func Open(path string, want Settings) (x *Index, stamp string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, "", fmt.Errorf("lexical: open index: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, "", fmt.Errorf("lexical: open index: %w", err)
	}
	if x, stamp, err = Read(f, st.Size(), want); err != nil {
		return nil, "", fmt.Errorf("lexical: open index %s: %w", filepath.Base(path), err)
	}
	return x, stamp, nil
}

// Read reads an index of size bytes. Memory used is bounded by size.
func Read(r io.Reader, size int64, want Settings) (*Index, string, error) {
	if size < int64(len(fileMagic))+8 {
		return nil, "", ErrDamaged
	}
	d := &decoder{r: bufio.NewReaderSize(r, int(min(size, 1<<18))), left: size - 4}
	if string(d.fixed(len(fileMagic))) != fileMagic {
		return nil, "", ErrDamaged
	}
	if d.u32() != fileVersion {
		return nil, "", ErrOtherVersion
	}
	stamp := d.text()
	settings := d.settings()
	x := &Index{settings: settings, dict: d.dict()}
	var segs []*part
	for range d.count(16) {
		segs = append(segs, d.segment())
	}
	if d.err != nil || d.left != 0 || !d.checked() {
		return nil, "", ErrDamaged
	}
	if settings != want {
		return nil, "", ErrOtherVersion
	}
	if len(segs) == 0 {
		return nil, "", ErrDamaged
	}
	for _, p := range segs {
		for k := range p.lists {
			p.lists[k].ready()
		}
		x.append(p.segment, p.dead)
	}
	return x, stamp, nil
}
