package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/motcua/motcua/assistant"
)

// Stream puts questions to a running service at a constant rate, whether or not the earlier
// ones have been answered, as people do.
type Stream struct {
	// URL is the address of the service, without a path.
	URL string
	// Questions are asked in turn, from the first again when they run out.
	Questions []assistant.Question
	// Rate is requests a second; For how long they are sent.
	Rate float64
	For  time.Duration
}

// Sent is what came back. A latency counts from the instant the request was due, not from
// the one it left: a queue in front of the service is part of the wait.
type Sent struct {
	Speed
	Late     time.Duration  // the longest a request left after it was due
	HTTP     map[int]int    // responses by status code; 0: no response
	Outcomes map[string]int // answers by status
	Elapsed  time.Duration
}

// loadConnections is how many connections are kept open between requests.
const loadConnections = 512

// Run sends until the time is over, then waits for what is still being answered.
func (l Stream) Run(ctx context.Context) (Sent, error) {
	n := int(l.Rate * l.For.Seconds())
	if n < 1 || len(l.Questions) == 0 {
		return Sent{}, errors.New("eval: nothing to send: a rate, a time and questions are needed")
	}
	bodies, err := loadBodies(l.Questions)
	if err != nil {
		return Sent{}, err
	}
	transport := &http.Transport{MaxIdleConns: loadConnections, MaxIdleConnsPerHost: loadConnections}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	replies := make([]reply, n)
	var all sync.WaitGroup
	start := time.Now()
	for i := range n {
		due := start.Add(time.Duration(float64(i) / l.Rate * float64(time.Second)))
		select {
		case <-ctx.Done():
			return Sent{}, ctx.Err()
		case <-time.After(time.Until(due)):
		}
		all.Go(func() {
			replies[i] = post(ctx, client, l.URL+"/api/v1/ask", bodies[i%len(bodies)], due)
		})
	}
	all.Wait()
	return count(replies, time.Since(start)), nil
}

// reply is one request as the sender saw it.
type reply struct {
	took, late time.Duration
	code       int
	outcome    string
}

func post(ctx context.Context, client *http.Client, url string, body []byte, due time.Time) (r reply) {
	r.late = time.Since(due)
	defer func() { r.took = time.Since(due) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return r
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return r
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return r
	}
	r.code, r.outcome = resp.StatusCode, outcomeOf(answer)
	return r
}

// outcomeOf finds the status of an answer without reading the rest of it.
func outcomeOf(answer []byte) string {
	_, after, found := bytes.Cut(answer, []byte(`"status":"`))
	if status, _, closed := bytes.Cut(after, []byte(`"`)); found && closed {
		return string(status)
	}
	return ""
}

func loadBodies(questions []assistant.Question) ([][]byte, error) {
	bodies := make([][]byte, len(questions))
	for i, q := range questions {
		body := map[string]string{"question": q.Text}
		if q.Conversation != "" {
			body["conversation"] = q.Conversation
		}
		if !q.InForceOn.IsZero() {
			body["as_of"] = q.InForceOn.String()
		}
		var err error
		if bodies[i], err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	return bodies, nil
}

func count(replies []reply, elapsed time.Duration) Sent {
	s := Sent{HTTP: map[int]int{}, Outcomes: map[string]int{}, Elapsed: elapsed}
	took := make([]time.Duration, len(replies))
	for i, r := range replies {
		took[i] = r.took
		s.Late = max(s.Late, r.late)
		s.HTTP[r.code]++
		s.Outcomes[r.outcome]++
	}
	s.Speed = speedOf(took)
	return s
}

// WriteTo prints the measurement.
func (s Sent) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "%d requests in %.1f s (%.1f/s), p50 %v, p95 %v, p99 %v, max %v; sent at most %v late\n",
		s.N, s.Elapsed.Seconds(), float64(s.N)/s.Elapsed.Seconds(), s.P50, s.P95, s.P99, s.Max, s.Late)
	for _, code := range slices.Sorted(maps.Keys(s.HTTP)) {
		m, e := fmt.Fprintf(w, "HTTP %d: %d\n", code, s.HTTP[code])
		n, err = n+m, errors.Join(err, e)
	}
	for _, outcome := range slices.Sorted(maps.Keys(s.Outcomes)) {
		m, e := fmt.Fprintf(w, "%s: %d\n", outcome, s.Outcomes[outcome])
		n, err = n+m, errors.Join(err, e)
	}
	return int64(n), err
}
