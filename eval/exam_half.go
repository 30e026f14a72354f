package eval

import "hash/fnv"

// The halves of an exam. Whoever tunes the assistant looks at Dev only; Test is run to
// report.
const (
	Dev  = "dev"
	Test = "test"
)

// halfSalt was chosen once, before any case was answered, so that the halves come out about
// even in size; it must not change, or test cases would move into dev.
const halfSalt = "mot-cua-8:"

// HalfOf assigns a subject to a half by its name alone, so that cases about it stand on one
// side, whenever they are written.
func HalfOf(subject string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(halfSalt + subject)) // a hash takes everything
	if mixed(h.Sum64())&1 == 0 {
		return Dev
	}
	return Test
}

// mixed spreads the low bits, which FNV leaves close for names that differ little.
func mixed(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}

// OfHalf picks the cases of one half; "" picks all.
func OfHalf(cases []Case, half string) []Case {
	if half == "" {
		return cases
	}
	var out []Case
	for _, c := range cases {
		if c.Half == half {
			out = append(out, c)
		}
	}
	return out
}
