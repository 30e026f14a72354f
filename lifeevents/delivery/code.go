package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"io"
	"strings"
	"sync"
)

// Codes makes and checks the short codes by which people tell our messages from forged
// ones. A code is ten letters and digits, "7K3QM-X9D2A": 26 bits of number, 24 bits of
// HMAC-SHA256. It is checked with the key alone, without a store; a guess passes once in
// 16 million, and whoever checks for the public counts the guesses.
type Codes struct {
	key  [32]byte
	macs *sync.Pool // of keyed hashes: keying one costs as much as using it
}

// NewCodes derives the key of codes from a secret of at least 16 bytes.
func NewCodes(secret []byte) Codes {
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write([]byte("motcua code v1")) // a hash never fails
	var c Codes
	m.Sum(c.key[:0])
	key := c.key
	c.macs = &sync.Pool{New: func() any { return hmac.New(sha256.New, key[:]) }}
	return c
}

// alphabet has no I, L, O and U: nothing to mistake, no words.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	numberBits = 26
	markBits   = 24
	numbers    = 1 << numberBits
)

// Of is the code of one row of the outbox.
func (c Codes) Of(id int64) string {
	number := uint64(id) % numbers
	mark := c.mac("mark", number) & (1<<markBits - 1)
	x := (number^c.mac("mask", mark)%numbers)<<markBits | mark
	var b [11]byte
	for i, at := 0, 45; i < len(b); i++ {
		if i == 5 {
			b[i] = '-'
			continue
		}
		b[i] = alphabet[x>>at&31]
		at -= 5
	}
	return string(b[:])
}

// Check reads a code as people type it. ok is false for one we never made; number is the
// row's ID modulo 2^26.
func (c Codes) Check(code string) (number int64, ok bool) {
	var x uint64
	n := 0
	for _, r := range strings.ToUpper(code) {
		switch r {
		case '-', ' ', '.':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		i := strings.IndexRune(alphabet, r)
		if n++; i < 0 || n > 10 {
			return 0, false
		}
		x = x<<5 | uint64(i)
	}
	if n != 10 {
		return 0, false
	}
	mark := x & (1<<markBits - 1)
	plain := x>>markBits ^ c.mac("mask", mark)%numbers
	want := c.mac("mark", plain) & (1<<markBits - 1)
	var a, b [8]byte
	binary.BigEndian.PutUint64(a[:], mark)
	binary.BigEndian.PutUint64(b[:], want)
	return int64(plain), hmac.Equal(a[:], b[:])
}

func (c Codes) mac(use string, x uint64) uint64 {
	m := c.keyed()
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], x)
	_, _ = io.WriteString(m, use) // a hash never fails
	_, _ = m.Write(b[:])
	var sum [sha256.Size]byte
	first := binary.BigEndian.Uint64(m.Sum(sum[:0]))
	if c.macs != nil {
		c.macs.Put(m)
	}
	return first
}

// keyed is a hash under the key, ready for use; the zero value of Codes has no pool and
// serves for trying things out.
func (c Codes) keyed() hash.Hash {
	if c.macs != nil {
		if m, ok := c.macs.Get().(hash.Hash); ok {
			m.Reset()
			return m
		}
	}
	return hmac.New(sha256.New, c.key[:])
}
