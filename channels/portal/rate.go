package portal

import (
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// rateLimiter keeps one token bucket per address. Addresses stay in memory only, and only
// while they ask.
type rateLimiter struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	perMin  int
	swept   time.Time
}

type bucket struct {
	limit *rate.Limiter
	used  time.Time
}

func newRateLimiter(perMinute int) *rateLimiter {
	return &rateLimiter{buckets: map[string]*bucket{}, perMin: perMinute}
}

// allow takes one token for the address of the request.
func (l *rateLimiter) allow(r *http.Request, now time.Time) bool {
	if l.perMin <= 0 {
		return true
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	b := l.buckets[host]
	if b == nil {
		b = &bucket{limit: rate.NewLimiter(rate.Limit(float64(l.perMin)/60), l.perMin)}
		l.buckets[host] = b
	}
	b.used = now
	return b.limit.AllowN(now, 1)
}

// sweep forgets addresses that were silent for two minutes: their bucket is full again.
func (l *rateLimiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for host, b := range l.buckets {
		if now.Sub(b.used) > 2*time.Minute {
			delete(l.buckets, host)
		}
	}
}
