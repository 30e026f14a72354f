package telemetry

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
)

// aboutKey is the key under which a context carries what is being worked on.
type aboutKey struct{}

// about is one number of what is being worked on; the list grows inwards.
type about struct {
	kind, id string
	outer    *about
}

// About returns a context in which every log line carries the number of what is being worked
// on: kind is "request", "answer", "message" or "notice".
func About(ctx context.Context, kind, id string) context.Context {
	outer, _ := ctx.Value(aboutKey{}).(*about)
	return context.WithValue(ctx, aboutKey{}, &about{kind, id, outer})
}

// attrs lists the numbers, outermost first.
func (a *about) attrs(to []slog.Attr) []slog.Attr {
	if a == nil {
		return to
	}
	return append(a.outer.attrs(to), slog.String(a.kind, a.id))
}

// NewRequestID draws the number of a request: 32 hexadecimal digits, which also name its
// trace.
func NewRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
