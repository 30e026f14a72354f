package llm

import (
	"io"
	"net"
	"net/http"
	"time"
)

// retry sends a request again when the server was busy or could not be reached. It works
// below the stream, so nothing is ever sent twice after the first byte of an answer.
type retry struct {
	inner http.RoundTripper
	times int
}

// httpClient waits so long for a connection and for the first byte of an answer, and asks
// again so many times before that byte. It has no Timeout of its own: that would cut streams.
func httpClient(firstByte time.Duration, retries int) *http.Client {
	base := &http.Transport{
		ResponseHeaderTimeout: firstByte, DialContext: (&net.Dialer{Timeout: firstByte}).DialContext,
		TLSHandshakeTimeout: firstByte, MaxIdleConnsPerHost: 16,
	}
	return &http.Client{Transport: &retry{inner: base, times: max(0, retries)}}
}

// pause before each further try.
const pause = 100 * time.Millisecond

// RoundTrip implements http.RoundTripper.
func (t *retry) RoundTrip(r *http.Request) (*http.Response, error) {
	for n := 0; ; n++ {
		resp, err := t.inner.RoundTrip(r)
		if n == t.times || !again(resp, err) || r.Context().Err() != nil || (r.Body != nil && r.GetBody == nil) {
			return resp, err
		}
		if resp != nil {
			_, _ = io.CopyN(io.Discard, resp.Body, 4096)
			resp.Body.Close()
		}
		select {
		case <-time.After(pause << n):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
		if r.GetBody != nil {
			body, err := r.GetBody()
			if err != nil {
				return nil, err
			}
			r = r.Clone(r.Context())
			r.Body = body
		}
	}
}

func again(resp *http.Response, err error) bool {
	if err != nil {
		return true
	}
	switch s := resp.StatusCode; {
	case s == http.StatusRequestTimeout, s == http.StatusTooManyRequests, s >= 500:
		return true
	}
	return false
}
