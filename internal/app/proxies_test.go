package app

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestOnlyOurProxiesSayThatAConnectionIsPrivate(t *testing.T) {
	for from, want := range map[string]bool{"10.1.2.3:999": true, "203.0.113.50:999": false} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = from
		r.Header.Set("X-Forwarded-Proto", "https")
		got := false
		behindProxies([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.TLS != nil })).
			ServeHTTP(httptest.NewRecorder(), r)
		if got != want {
			t.Errorf("from %s: private %v", from, got)
		}
	}
}

func TestOnlyOurProxiesSayWhoseRequestItIs(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}
	for _, c := range []struct{ from, header, want string }{
		{"10.1.2.3:999", "203.0.113.9", "203.0.113.9:0"},
		{"10.1.2.3:999", "198.51.100.1, 203.0.113.9", "203.0.113.9:0"}, // a stranger wrote the first
		{"10.1.2.3:999", "203.0.113.9, 10.9.9.9", "203.0.113.9:0"},     // two proxies of ours
		{"10.1.2.3:999", "2001:db8::1", "[2001:db8::1]:0"},
		{"10.1.2.3:999", "", "10.1.2.3:999"},
		{"10.1.2.3:999", "203.0.113.9, <script>", "10.1.2.3:999"},
		{"203.0.113.50:999", "198.51.100.1", "203.0.113.50:999"}, // not a proxy of ours
		{"[::ffff:10.1.2.3]:999", "203.0.113.9", "203.0.113.9:0"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		if c.header != "" {
			r.Header.Set("X-Forwarded-For", c.header)
		}
		got := ""
		behindProxies(proxies, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(httptest.NewRecorder(), r)
		if got != c.want {
			t.Errorf("from %s with %q: %s, not %s", c.from, c.header, got, c.want)
		}
	}
}
