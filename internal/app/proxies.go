package app

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// behindProxies puts back whose request it is: a proxy of ours hands on everybody's
// requests from its own address, and limits per address would then be one limit for all.
// The header is believed only from the proxies named, and read from its end: what stands
// further left may have been written by anybody.
func behindProxies(proxies []netip.Prefix, next http.Handler) http.Handler {
	if len(proxies) == 0 {
		return next
	}
	ours := func(a netip.Addr) bool {
		for _, p := range proxies {
			if p.Contains(a) {
				return true
			}
		}
		return false
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at, err := netip.ParseAddrPort(r.RemoteAddr); err == nil && ours(at.Addr().Unmap()) {
			hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
			for i := len(hops) - 1; i >= 0; i-- {
				a, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
				if err != nil {
					break // nobody of ours wrote that
				}
				if a = a.Unmap(); !ours(a) {
					r = r.Clone(r.Context())
					r.RemoteAddr = net.JoinHostPort(a.String(), "0")
					break
				}
			}
			if r.TLS == nil && r.Header.Get("X-Forwarded-Proto") == "https" {
				r = r.Clone(r.Context())
				r.TLS = &tls.ConnectionState{} // who asks for it asks whether a cookie may be Secure
			}
		}
		next.ServeHTTP(w, r)
	})
}
