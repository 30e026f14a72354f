package portal

import (
	"crypto/rand"
	"strconv"
)

// newToken is a random name nobody can guess.
func newToken() string { return rand.Text() }

func itoa(n int) string { return strconv.Itoa(n) }
