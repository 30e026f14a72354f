package secret

import (
	"bufio"
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/motcua/motcua/internal/config"
)

// Keys are the keys of one file: a line each, "number base64", the highest number newest.
// Lines that begin with # are remarks. The newest seals until Use names another.
type Keys struct {
	mu     sync.RWMutex
	path   string
	list   map[uint32][]byte
	latest uint32
	use    uint32 // 0: the newest
	// Steering: see Steer.
	look   func() error
	looked time.Time
	missed time.Time // when the file was last read for a key it did not have
}

const keyFileHead = "# Khóa mã hóa dữ liệu cá nhân. Mất tệp này là mất tên và địa chỉ liên lạc; lộ tệp này là lộ chúng.\n" +
	"# Sao lưu riêng, không để chung với cơ sở dữ liệu.\n"

// OpenKeys reads the key file at path, making it with a first key when absent. A file that
// others may read is refused.
func OpenKeys(path string) (*Keys, error) {
	k := &Keys{path: path, list: map[uint32][]byte{}}
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("không tạo được thư mục của tệp khóa: %w", err)
		}
		_, err := k.Add(0)
		return k, err
	}
	if err != nil {
		return nil, fmt.Errorf("không đọc được tệp khóa: %w", err)
	}
	if err := config.OwnersOnly(path, st); err != nil {
		return nil, fmt.Errorf("tệp khóa %w", err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("không đọc được tệp khóa: %w", err)
	}
	if k.list, err = k.read(raw); err != nil {
		return nil, err
	}
	k.latest = slices.Max(slices.Collect(maps.Keys(k.list)))
	return k, nil
}

// read gives the keys of a file by number; there is one at least.
func (k *Keys) read(raw []byte) (map[uint32][]byte, error) {
	list := map[uint32][]byte{}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		number, text, _ := strings.Cut(line, " ")
		id, err := strconv.ParseUint(number, 10, 32)
		key, err2 := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil || err2 != nil || id == 0 || len(key) != chacha20poly1305.KeySize {
			return nil, fmt.Errorf("tệp khóa %s, dòng %d: không phải \"số khóa\"", k.path, n) // never the line itself
		}
		if _, twice := list[uint32(id)]; twice {
			return nil, fmt.Errorf("tệp khóa %s, dòng %d: khóa số %d có hai lần", k.path, n, id)
		}
		list[uint32(id)] = key
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("tệp khóa %s không có khóa nào", k.path)
	}
	return list, lines.Err()
}

// Add draws a new key above all there are, and above least, and writes the file anew: into a
// file beside it first, so that a crash leaves the old one or the new one.
func (k *Keys) Add(least uint32) (number uint32, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(key)
	number = max(k.latest, least) + 1
	k.list[number] = key
	if err := k.write(); err != nil {
		delete(k.list, number)
		return 0, err
	}
	k.latest = number
	return number, nil
}

// Forget drops a key, which must not be the one that seals. Call it only once nothing is
// sealed under it.
func (k *Keys) Forget(number uint32) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if number == k.sealing() {
		return fmt.Errorf("khóa số %d đang dùng để ghi, không bỏ được", number)
	}
	old := k.list
	k.list = maps.Clone(old)
	delete(k.list, number)
	if err := k.write(); err != nil {
		k.list = old
		return err
	}
	return nil
}

func (k *Keys) write() error {
	var b strings.Builder
	b.WriteString(keyFileHead)
	for _, n := range slices.Sorted(maps.Keys(k.list)) {
		fmt.Fprintf(&b, "%d %s\n", n, base64.StdEncoding.EncodeToString(k.list[n]))
	}
	f, err := os.CreateTemp(filepath.Dir(k.path), ".khoa-*") // 0600
	if err != nil {
		return fmt.Errorf("không ghi được tệp khóa: %w", err)
	}
	_, err = f.WriteString(b.String())
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), k.path)
	}
	if err != nil {
		return fmt.Errorf("không ghi được tệp khóa: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// Derive makes a key for another use from the oldest key of the file: it stays the same when
// a key is added, and changes once old ones are forgotten.
func (k *Keys) Derive(use string) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return hkdf.Key(sha256.New, k.list[slices.Min(slices.Collect(maps.Keys(k.list)))], nil, "motcua/"+use, 32)
}
