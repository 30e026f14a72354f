package secret

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"
)

// lookedFor is how long what was last heard about which key seals is relied on.
const lookedFor = 10 * time.Second

// rereadEvery bounds how often the file is read for a key that is not in it.
const rereadEvery = time.Second

// Steer has look called before something is sealed whenever nobody has called Use for
// lookedFor: look finds out which key seals, calls Use, and fails where it cannot. So a
// process that was cut off, or stood still, seals nothing under a key that the others have
// given up meanwhile.
func (k *Keys) Steer(look func() error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.look = look
}

// Use says which key seals from now on; an error where the file does not have it.
func (k *Keys) Use(number uint32) error {
	if !k.has(number) {
		if err := k.Reload(); !k.has(number) {
			return errors.Join(fmt.Errorf("tệp khóa %s không có khóa số %d", k.path, number), err)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.use, k.looked = number, time.Now()
	return nil
}

func (k *Keys) has(number uint32) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	_, ok := k.list[number]
	return ok
}

// Using is the number of the key that seals.
func (k *Keys) Using() uint32 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.sealing()
}

// sealing is Using for who holds the lock.
func (k *Keys) sealing() uint32 {
	if k.use != 0 {
		return k.use
	}
	return k.latest
}

// toSeal is the key that seals and its number.
func (k *Keys) toSeal() (uint32, []byte, error) {
	k.mu.RLock()
	look, fresh := k.look, time.Since(k.looked) < lookedFor
	number, key := k.sealing(), k.list[k.sealing()]
	k.mu.RUnlock()
	if look == nil || fresh {
		return number, key, nil
	}
	if err := look(); err != nil {
		return 0, nil, fmt.Errorf("chưa biết đang dùng khóa nào: %w", err)
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.sealing(), k.list[k.sealing()], nil
}

// numbered is a key by number; the file is read again for one that is not known.
func (k *Keys) numbered(n uint32) ([]byte, bool) {
	k.mu.RLock()
	key, ok := k.list[n]
	again := !ok && time.Since(k.missed) > rereadEvery
	k.mu.RUnlock()
	if !again {
		return key, ok
	}
	k.mu.Lock()
	k.missed = time.Now()
	k.mu.Unlock()
	_ = k.Reload() // told where the file is looked at for its own sake
	k.mu.RLock()
	defer k.mu.RUnlock()
	key, ok = k.list[n]
	return key, ok
}

// Reload reads the file again: keys may have come, or gone. A key that reads otherwise than
// before is an error, and then nothing changes. The one in use is kept where it is gone, which
// is an error too: another may be in use by now, and Use will say so.
func (k *Keys) Reload() error {
	raw, err := os.ReadFile(k.path)
	if err != nil {
		return fmt.Errorf("không đọc được tệp khóa: %w", err)
	}
	list, err := k.read(raw)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for n, key := range list {
		if was, ok := k.list[n]; ok && string(was) != string(key) {
			return fmt.Errorf("tệp khóa %s: khóa số %d đã bị thay bằng khóa khác", k.path, n)
		}
	}
	if _, ok := list[k.sealing()]; !ok {
		list[k.sealing()] = k.list[k.sealing()]
		err = fmt.Errorf("tệp khóa %s không còn khóa số %d đang dùng", k.path, k.sealing())
	}
	if k.use == 0 { // nobody steers: the one in use stays until somebody says otherwise
		k.use = k.latest
	}
	k.list, k.latest = list, slices.Max(slices.Collect(maps.Keys(list)))
	return err
}

// Numbers lists the keys there are, in order.
func (k *Keys) Numbers() []uint32 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.Sorted(maps.Keys(k.list))
}

// Print is the fingerprint of a key, which tells keys apart and gives none away; "" where
// there is no such key.
func (k *Keys) Print(number uint32) string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	key, ok := k.list[number]
	if !ok {
		return ""
	}
	return Print(key)
}

// Print is the fingerprint of any secret key of 32 bytes or more: 16 bytes of HKDF, in hex.
func Print(key []byte) string {
	sum, err := hkdf.Key(sha256.New, key, nil, "motcua/fingerprint", 16)
	if err != nil { // only for lengths that SHA-256 cannot give
		panic(err)
	}
	return hex.EncodeToString(sum)
}

// Path is where the file stands.
func (k *Keys) Path() string { return k.path }
