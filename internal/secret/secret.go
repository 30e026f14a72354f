// Package secret keeps names and contact addresses encrypted.
//
// Each record is sealed with a key of its own, and that key with the newest key of the key
// file (an envelope): a change of the file's key re-wraps 72 bytes a record, and a record is made
// unreadable for good by forgetting its row. Both layers are XChaCha20-Poly1305, whose
// 24-byte nonces may be drawn at random. The record's name is authenticated with the text:
// what was sealed for one person opens for no other.
//
// Sealed form: version 1, key number (4 bytes), nonce and wrapped key (24 + 48), nonce and
// text (24 + n + 16).
package secret

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	version   = 1
	headSize  = 1 + 4
	wrapSize  = chacha20poly1305.NonceSizeX + chacha20poly1305.KeySize + chacha20poly1305.Overhead
	leastSize = headSize + wrapSize + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead
)

// ErrSealed is what Open returns for a text that is damaged, forged, sealed for another
// record, or under a key that is no longer there. It never says which, and holds no part
// of the text.
var ErrSealed = errors.New("dữ liệu mã hóa không mở được: sai khóa, sai chủ hoặc đã bị sửa")

// Box seals and opens with the keys of a key file. Safe for use at once by many.
type Box struct{ keys *Keys }

// NewBox uses keys; the one that Keys.Using names seals.
func NewBox(keys *Keys) *Box { return &Box{keys} }

// KeyOf is the number of the key under which something is sealed; false where it does not
// look sealed.
func KeyOf(sealed []byte) (uint32, bool) {
	if len(sealed) < leastSize || sealed[0] != version {
		return 0, false
	}
	return binary.BigEndian.Uint32(sealed[1:]), true
}

// Seal encrypts a text for a record.
func (b *Box) Seal(record string, plain []byte) ([]byte, error) {
	own := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(own) // never fails since Go 1.24: the program ends instead
	out, err := b.wrap(record, own, make([]byte, 0, leastSize+len(plain)))
	if err != nil {
		return nil, err
	}
	return encrypt(out, own, record, plain)
}

// wrap writes the head and the wrapped key of a record.
func (b *Box) wrap(record string, own, out []byte) ([]byte, error) {
	number, key, err := b.keys.toSeal()
	if err != nil {
		return nil, err
	}
	out = append(out, version)
	out = binary.BigEndian.AppendUint32(out, number)
	return encrypt(out, key, "key/"+record, own)
}

func encrypt(out, key []byte, record string, plain []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	var nonce [chacha20poly1305.NonceSizeX]byte
	_, _ = rand.Read(nonce[:])
	return aead.Seal(append(out, nonce[:]...), nonce[:], plain, []byte(record)), nil
}

func decrypt(key []byte, record string, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:], []byte(record))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Open decrypts what Seal made for the same record.
func (b *Box) Open(record string, sealed []byte) ([]byte, error) {
	own, err := b.unwrap(record, sealed)
	if err != nil {
		return nil, err
	}
	return decrypt(own, record, sealed[headSize+wrapSize:])
}

func (b *Box) unwrap(record string, sealed []byte) ([]byte, error) {
	if len(sealed) < leastSize || sealed[0] != version {
		return nil, ErrSealed
	}
	key, ok := b.keys.numbered(binary.BigEndian.Uint32(sealed[1:]))
	if !ok {
		return nil, ErrSealed
	}
	return decrypt(key, "key/"+record, sealed[headSize:headSize+wrapSize])
}

// Rewrap puts the key of a record under the key of the file that seals now; nil where it is
// there already. The text itself stays as it is.
func (b *Box) Rewrap(record string, sealed []byte) ([]byte, error) {
	own, err := b.unwrap(record, sealed)
	if err != nil {
		return nil, err
	}
	if number, _ := KeyOf(sealed); number == b.keys.Using() {
		return nil, nil
	}
	out, err := b.wrap(record, own, make([]byte, 0, len(sealed)))
	if err != nil {
		return nil, fmt.Errorf("đổi khóa: %w", err)
	}
	return append(out, sealed[headSize+wrapSize:]...), nil
}
