package delivery

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestACodeIsCheckedWithTheKeyAlone(t *testing.T) {
	c := NewCodes([]byte("một khóa thử đủ dài"))
	other := NewCodes([]byte("một khóa khác đủ dài"))
	r := rand.New(rand.NewPCG(3, 4))
	strays := 0
	for range 5000 {
		id := r.Int64N(1 << 40)
		code := c.Of(id)
		if len(code) != 11 || code[5] != '-' {
			t.Fatalf("code %q", code)
		}
		for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "0", "o")} {
			if n, ok := c.Check(typed); !ok || n != id%numbers {
				t.Fatalf("%q of %d reads as %d, %v", typed, id, n, ok)
			}
		}
		if _, ok := other.Check(code); ok {
			strays++
		}
		b := []byte(code)
		i := r.IntN(10)
		if i >= 5 {
			i++
		}
		b[i] = alphabet[(strings.IndexByte(alphabet, b[i])+1+r.IntN(31))%32]
		if _, ok := c.Check(string(b)); ok {
			strays++
		}
	}
	if strays > 1 { // one in 16 million each
		t.Errorf("%d of 10000 wrong codes pass", strays)
	}
}

func TestCodesOfNeighboursDoNotLookAlike(t *testing.T) {
	c := NewCodes([]byte("một khóa thử đủ dài"))
	same := 0
	for id := int64(1); id < 2000; id++ {
		a, b := c.Of(id), c.Of(id+1)
		if a[:5] == b[:5] {
			same++
		}
	}
	if same > 2 {
		t.Errorf("%d neighbours begin alike: a code tells how many were sent before it", same)
	}
}

func FuzzCheck(f *testing.F) {
	c := NewCodes([]byte("một khóa thử đủ dài"))
	f.Add(c.Of(1))
	f.Add("O0I1L-ZZZZZ")
	f.Add("Ộ\x00")
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := c.Check(s)
		if !ok {
			return
		}
		if back, ok := c.Check(c.Of(n)); !ok || back != n {
			t.Errorf("%q is number %d, whose own code reads as %d", s, n, back)
		}
	})
}
