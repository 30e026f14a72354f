package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
)

// keyStore is what the store knows of keys: their fingerprints, which one seals, and who has
// which; and the way to everything that is sealed. No key is ever in it.
type keyStore interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
	SettingOnce(ctx context.Context, key, value string) (kept string, err error)
	Settings(ctx context.Context, prefix string) (map[string]string, error)
	SealedNext(ctx context.Context, f store.SealedField, after []any, number uint32, n int) ([]store.SealedRow, error)
	SealedAgain(ctx context.Context, f store.SealedField, rows []store.SealedRow) (done int, err error)
	SealedUnder(ctx context.Context, f store.SealedField) (map[uint32]int, error)
}

// Names of settings in the store.
const (
	sealingUse   = "keys/use"            // "number@Unix milliseconds since when"
	sealingPrint = "keys/print/sealing/" // by number
	sealingGone  = "keys/gone/"          // by number, since when
	filePrint    = "keys/print/file/"    // by name of the file
	codesKey     = "keys/codes"          // sealed
	keyHolder    = "keys/holder/"        // by replica
)

// codesRecord is what the key of message codes is sealed for.
const codesRecord = "keys/codes"

// Keyring is the sealing keys of this process, in step with every other on the same store.
type Keyring struct {
	Keys  *secret.Keys
	Box   *secret.Box
	store keyStore
	now   func() time.Time
	name  string // of this replica
}

// Errors of a start with keys that are not those of the store.
var (
	ErrKeysMissing = errors.New("thiếu tệp khóa mà kho dữ liệu này đang dùng")
	ErrKeysDiffer  = errors.New("tệp khóa không phải của kho dữ liệu này")
)

const mendKeys = "chép các tệp khóa từ bản đang chạy (motcua backup --keys ở đó, motcua restore --keys ở đây; " +
	"xóa tệp khóa sai trước) rồi khởi động lại; khóa đã mất hẳn thì motcua keys adopt --lost"

// openKeyring reads the key file and holds it against what the store knows. The first
// process of all makes the file.
func (a *App) openKeyring(ctx context.Context) (*Keyring, error) {
	known, err := a.store.Settings(ctx, sealingPrint)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(a.cfg.Keys()); errors.Is(err, fs.ErrNotExist) && len(known) > 0 {
		return nil, fmt.Errorf("%w: %s; %s", ErrKeysMissing, a.cfg.Keys(), mendKeys)
	}
	r, err := a.looseKeyring()
	if err != nil {
		return nil, err
	}
	if err := r.agree(ctx); err != nil {
		return nil, err
	}
	return r, a.sameFiles(ctx)
}

// looseKeyring is the keys without a look at what the store says of them.
func (a *App) looseKeyring() (*Keyring, error) {
	keys, err := secret.OpenKeys(a.cfg.Keys())
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname() // a replica without a name is told by its folder
	dir, err := filepath.Abs(a.cfg.Data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(host + "\x00" + dir))
	return &Keyring{Keys: keys, Box: secret.NewBox(keys), store: a.store, now: a.now, name: hex.EncodeToString(sum[:6])}, nil
}

// agree compares every key with the store, makes known those it does not know, and takes
// over which one seals.
func (r *Keyring) agree(ctx context.Context) error {
	if err := r.tell(ctx); err != nil {
		return err
	}
	if _, err := r.store.SettingOnce(ctx, sealingUse, fmt.Sprintf("%d@%d", slices.Max(r.Keys.Numbers()), r.now().UnixMilli())); err != nil {
		return err
	}
	if err := r.look(ctx); err != nil {
		return err
	}
	r.Keys.Steer(func() error {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookWithin)
		defer cancel()
		return r.look(within)
	})
	return nil
}

// lookWithin bounds a look at the store by somebody who wants to seal something now.
const lookWithin = 5 * time.Second

// tell makes the keys of the file known, and refuses one that the store knows otherwise.
func (r *Keyring) tell(ctx context.Context) error {
	for _, n := range r.Keys.Numbers() {
		print := r.Keys.Print(n)
		kept, err := r.store.SettingOnce(ctx, sealingPrint+number(n), print)
		if err != nil {
			return err
		}
		if kept != print {
			return fmt.Errorf("%w: %s, khóa số %d (vân tay %.8s, kho ghi %.8s); %s", ErrKeysDiffer, r.Keys.Path(), n, print, kept, mendKeys)
		}
	}
	return nil
}

// look takes over which key seals.
func (r *Keyring) look(ctx context.Context) error {
	n, _, err := r.inUse(ctx)
	if err != nil {
		return err
	}
	if err := r.Keys.Use(n); err != nil {
		return fmt.Errorf("%w: khóa số %d; %s", ErrKeysMissing, n, mendKeys)
	}
	return nil
}

// inUse is the key that seals, and since when.
func (r *Keyring) inUse(ctx context.Context) (n uint32, since time.Time, err error) {
	text, err := r.store.Setting(ctx, sealingUse)
	if err != nil {
		return 0, since, err
	}
	first, second, _ := strings.Cut(text, "@")
	id, err := strconv.ParseUint(first, 10, 32)
	at, err2 := strconv.ParseInt(second, 10, 64)
	if err != nil || err2 != nil || id == 0 {
		return 0, since, fmt.Errorf("kho ghi khóa đang dùng là %q, không đọc được", text)
	}
	return uint32(id), time.UnixMilli(at), nil
}

func number(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// sameFiles holds the other key files against the store; the first process of all makes them.
func (a *App) sameFiles(ctx context.Context) error {
	for _, f := range a.otherKeys() {
		path := filepath.Join(a.cfg.Data, f.name)
		known, err := a.store.Setting(ctx, filePrint+f.name)
		if err != nil && !errors.Is(err, corpus.ErrNotFound) {
			return err
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && known != "" {
			return fmt.Errorf("%w: %s; %s", ErrKeysMissing, path, mendKeys)
		}
		print, err := f.print(path)
		if err != nil {
			return err
		}
		if known, err = a.store.SettingOnce(ctx, filePrint+f.name, print); err != nil {
			return err
		}
		if known != print {
			return fmt.Errorf("%w: %s (vân tay %.8s, kho ghi %.8s); %s", ErrKeysDiffer, path, print, known, mendKeys)
		}
	}
	return nil
}

// keyOfFile is a key file that is never rotated, and how its fingerprint is made.
type keyOfFile struct {
	name  string
	print func(path string) (string, error)
}

func (a *App) otherKeys() []keyOfFile {
	signing := func(path string) (string, error) {
		key, err := signingKey(path)
		if err != nil {
			return "", err
		}
		return secret.Print(key), nil
	}
	return []keyOfFile{{pseudonymFile, func(path string) (string, error) {
		keys, err := secret.OpenKeys(path)
		if err != nil {
			return "", err
		}
		return keys.Print(slices.Min(keys.Numbers())), nil // all that is made of it is made of the oldest
	}}, {chatsKeyFile, signing}, {keyFile, signing}}
}

// codes is the key of the codes in messages. It was made of the oldest sealing key once, and
// is kept sealed since: codes in messages that people have hold when that key is gone.
func (r *Keyring) codes(ctx context.Context) ([]byte, error) {
	made, err := r.Keys.Derive("codes")
	if err != nil {
		return nil, err
	}
	sealed, err := r.Box.Seal(codesRecord, made)
	if err != nil {
		return nil, err
	}
	kept, err := r.store.SettingOnce(ctx, codesKey, base64.StdEncoding.EncodeToString(sealed))
	if err != nil {
		return nil, err
	}
	if sealed, err = base64.StdEncoding.DecodeString(kept); err != nil {
		return nil, secret.ErrSealed
	}
	return r.Box.Open(codesRecord, sealed)
}

// holder is what a running replica says of its keys.
type holder struct {
	At   int64    `json:"at"` // Unix milliseconds
	Has  []uint32 `json:"has"`
	Uses uint32   `json:"uses"`
	Host string   `json:"host"`
}

// How often a running replica looks which key seals, says that it is there, and after how
// long without a word it counts as gone.
const (
	keysLookEvery = 2 * time.Second
	keysSayEvery  = 10 * time.Second
	keysSilent    = 45 * time.Second
)

// holding keeps this process in step until ctx ends.
func (a *App) holding(ctx context.Context) (stop func()) {
	r := a.life.Ring
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(keysLookEvery)
		defer tick.Stop()
		var said holder
		told := "" // a fault is logged once, until it is another
		for {
			fault := ""
			if err := r.keepUp(ctx, &said); err != nil && ctx.Err() == nil {
				if fault = err.Error(); fault != told {
					a.log.ErrorContext(ctx, "app: keys", "error", err)
				}
			}
			told = fault
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return func() {
		cancel()
		<-done
		within, end := context.WithTimeout(context.WithoutCancel(ctx), lookWithin)
		defer end()
		if err := r.store.SetSetting(within, keyHolder+r.name, ""); err != nil { // then it counts as gone a little later
			a.log.DebugContext(ctx, "app: keys", "error", err)
		}
	}
}

// keepUp reads the file again, takes over which key seals, and says so where it is time.
func (r *Keyring) keepUp(ctx context.Context, said *holder) error {
	read := r.Keys.Reload()
	if err := errors.Join(read, r.tell(ctx), r.look(ctx)); err != nil {
		return err
	}
	host, _ := os.Hostname() // only to be shown
	h := holder{At: r.now().UnixMilli(), Has: r.Keys.Numbers(), Uses: r.Keys.Using(), Host: host}
	if slices.Equal(h.Has, said.Has) && h.Uses == said.Uses && time.Duration(h.At-said.At)*time.Millisecond < keysSayEvery {
		return nil
	}
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := r.store.SetSetting(ctx, keyHolder+r.name, string(text)); err != nil {
		return err
	}
	*said = h
	return nil
}

// holders are the running replicas, by name.
func (r *Keyring) holders(ctx context.Context) (map[string]holder, error) {
	texts, err := r.store.Settings(ctx, keyHolder)
	if err != nil {
		return nil, err
	}
	out := map[string]holder{}
	for name, text := range texts {
		var h holder
		if text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(text), &h); err != nil {
			return nil, fmt.Errorf("bản chạy %s: %w", name, err)
		}
		if r.now().Sub(time.UnixMilli(h.At)) < keysSilent {
			out[name] = h
		}
	}
	return out, nil
}

// lacking lists the running replicas for which fine is false, as people know them.
func lacking(all map[string]holder, fine func(holder) bool) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if h := all[name]; !fine(h) {
			out = append(out, h.Host+"/"+name)
		}
	}
	return out
}
