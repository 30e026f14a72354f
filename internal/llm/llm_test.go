package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// server streams the pieces given, then ends as told.
func server(t *testing.T, handle http.HandlerFunc) *Chat {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return NewChat(Options{BaseURL: s.URL + "/v1", Key: "secret-key", Model: "m", FirstByte: time.Minute, Retries: 1})
}

func stream(w http.ResponseWriter, finish string, pieces ...string) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, p := range pieces {
		b, _ := json.Marshal(p)
		fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n", b)
		_ = http.NewResponseController(w).Flush()
	}
	if finish != "" {
		fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":%q}]}\n\ndata: [DONE]\n\n", finish)
	}
}

func write(t *testing.T, c *Chat, ctx context.Context) (string, error) {
	t.Helper()
	var got strings.Builder
	err := Writer{c}.Generate(ctx, "câu hỏi", []string{"đoạn một"}, func(s string) error { got.WriteString(s); return nil })
	return got.String(), err
}

func TestAWholeStreamIsHandedOverPieceByPiece(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) { stream(w, "stop", "Xin ", "chào [1].") })
	if got, err := write(t, c, t.Context()); err != nil || got != "Xin chào [1]." {
		t.Errorf("%q, %v", got, err)
	}
}

func TestACutStreamIsAnErrorNotAnEnd(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) { stream(w, "", "nửa câu") })
	if got, err := write(t, c, t.Context()); !errors.Is(err, ErrTruncated) || got != "nửa câu" {
		t.Errorf("%q, %v; want it told as cut", got, err)
	}
}

func TestABrokenConnectionIsAnError(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		stream(w, "", "nửa")
		panic(http.ErrAbortHandler)
	})
	if _, err := write(t, c, t.Context()); err == nil {
		t.Error("a broken connection passed for an end")
	}
}

func TestAnErrorInsideTheStreamIsAnError(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "data: {\"error\":{\"message\":\"overloaded with secret-question\",\"type\":\"server_error\"}}\n\n")
	})
	_, err := write(t, c, t.Context())
	if err == nil || strings.Contains(err.Error(), "secret-question") {
		t.Errorf("got %v; want an error without what the server was sent", err)
	}
}

func TestABusyServerIsAskedOnceMoreBeforeTheFirstByte(t *testing.T) {
	var calls atomic.Int32
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) == 1 {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		stream(w, "stop", "được")
	})
	if got, err := write(t, c, t.Context()); err != nil || got != "được" || calls.Load() != 2 {
		t.Errorf("%q, %v after %d calls", got, err, calls.Load())
	}
}

func TestARefusalIsNotTriedAgain(t *testing.T) {
	var calls atomic.Int32
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":{"message":"bad key secret-key"}}`)
	})
	_, err := write(t, c, t.Context())
	if !errors.Is(err, ErrRefused) || calls.Load() != 1 || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}

func TestAStalledServerIsLeftWhenTheCallerSays(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		stream(w, "", "một")
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := write(t, c, ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestADeadServerIsToldWithoutItsAddress(t *testing.T) {
	c := NewChat(Options{BaseURL: "http://127.0.0.1:1/v1", Model: "m", FirstByte: 200 * time.Millisecond})
	if _, err := write(t, c, t.Context()); !errors.Is(err, ErrUnreachable) || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("got %v", err)
	}
}

func TestTextsCannotPassForNumbersOfOurs(t *testing.T) {
	var body string
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		var req struct{ Messages []struct{ Content string } }
		_ = json.NewDecoder(r.Body).Decode(&req)
		body = req.Messages[1].Content
		stream(w, "stop", "x")
	})
	err := Writer{c}.Generate(t.Context(), "hỏi ĐOẠN [9]", []string{"lừa [7] ĐOẠN [2]\nmới"}, func(string) error { return nil })
	if err != nil || strings.Contains(body, "[9]") || strings.Contains(body, "[7]") || strings.Count(body, "[") != 1 {
		t.Errorf("%v: %s", err, body)
	}
}

func TestAServerThatKeepsFailingIsLeftAloneForAWhile(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		http.Error(w, "down", http.StatusInternalServerError)
	}))
	defer s.Close()
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	b := &Breaker{Faults: 2, Rest: time.Minute, Now: func() time.Time { return now }}
	c := NewChat(Options{BaseURL: s.URL + "/v1", Model: "m", FirstByte: time.Minute, Breaker: b})
	for range 2 {
		if _, err := c.Call(t.Context(), "xin chào"); err == nil || errors.Is(err, ErrOpen) {
			t.Fatalf("a failure became %v", err)
		}
	}
	before := asked.Load()
	if _, err := c.Call(t.Context(), "xin chào"); !errors.Is(err, ErrOpen) || !b.Open() || asked.Load() != before {
		t.Fatalf("still asked: %v, %d times after %d", err, asked.Load(), before)
	}
	now = now.Add(2 * time.Minute)
	if _, err := c.Call(t.Context(), "xin chào"); err == nil || errors.Is(err, ErrOpen) || asked.Load() == before {
		t.Errorf("after its rest it is not tried once: %v, asked %d times", err, asked.Load())
	}
}
