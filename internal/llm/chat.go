// Package llm speaks to model servers over the OpenAI-compatible interface: any server
// that has it will do. Chat implements langchaingo's llms.Model on go-openai, because
// langchaingo's own clients lose stream errors and truncate in silence.
package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"time"

	gopenai "github.com/sashabaranov/go-openai"
	"github.com/tmc/langchaingo/llms"
)

// Options of a chat model. Key may be empty for servers that ask for none.
type Options struct {
	BaseURL string // ends in /v1
	Key     string
	Model   string
	// FirstByte bounds the wait for a server's first byte. Default 10s.
	FirstByte time.Duration
	// Retries before the first streamed byte, on 408, 429, 5xx and broken connections.
	// Default 1.
	Retries int
	// Breaker stops asking a server that fails; nil asks always.
	Breaker *Breaker
}

// Chat is one model on one server. It is safe for concurrent use.
type Chat struct {
	client  *gopenai.Client
	model   string
	breaker *Breaker
}

// ErrTruncated is returned when a stream ended before the model said it was done.
var ErrTruncated = errors.New("llm: máy chủ mô hình ngắt giữa chừng")

// NewChat makes a client; it does not call the server.
func NewChat(o Options) *Chat {
	if o.FirstByte <= 0 {
		o.FirstByte = 10 * time.Second
	}
	cfg := gopenai.DefaultConfig(o.Key)
	cfg.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	cfg.HTTPClient = httpClient(o.FirstByte, o.Retries)
	return &Chat{client: gopenai.NewClientWithConfig(cfg), model: o.Model, breaker: o.Breaker}
}

// GenerateContent implements llms.Model. Text only; every stream failure is an error
// beside what had come.
func (c *Chat) GenerateContent(ctx context.Context, messages []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	var o llms.CallOptions
	for _, set := range options {
		set(&o)
	}
	req, err := c.request(messages, o)
	if err != nil {
		return nil, err
	}
	var out *llms.ContentResponse
	err = c.breaker.do(func() (err error) {
		out, err = c.stream(ctx, req, o)
		if cause := context.Cause(ctx); err != nil && cause != nil {
			err = cause // why the caller gave up: a server that fell silent is one that fails
		}
		return err
	})
	return out, err
}

func (c *Chat) stream(ctx context.Context, req gopenai.ChatCompletionRequest, o llms.CallOptions) (*llms.ContentResponse, error) {
	stream, err := c.client.CreateChatCompletionStream(ctx, req)
	if err != nil {
		return nil, explain(err)
	}
	defer func() { _ = stream.Close() }() // read to its end, or given up
	return read(ctx, stream, o)
}

// read collects the stream; io.EOF before a finish reason is a cut.
func read(ctx context.Context, stream *gopenai.ChatCompletionStream, o llms.CallOptions) (*llms.ContentResponse, error) {
	choice := &llms.ContentChoice{}
	out := &llms.ContentResponse{Choices: []*llms.ContentChoice{choice}}
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			if choice.StopReason == "" {
				return out, ErrTruncated
			}
			return out, nil
		}
		if err != nil {
			return out, explain(err)
		}
		for _, p := range part.Choices {
			if p.FinishReason != "" {
				choice.StopReason = string(p.FinishReason)
			}
			if p.Delta.Content == "" {
				continue
			}
			choice.Content += p.Delta.Content
			if o.StreamingFunc != nil {
				if err := o.StreamingFunc(ctx, []byte(p.Delta.Content)); err != nil {
					return out, &stoppedError{err}
				}
			}
		}
	}
}

// stoppedError is the caller's own word to stop; the server did nothing wrong.
type stoppedError struct{ err error }

func (e *stoppedError) Error() string { return e.err.Error() }
func (e *stoppedError) Unwrap() error { return e.err }

// Call implements llms.Model.
func (c *Chat) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, c, prompt, options...)
}

var roles = map[llms.ChatMessageType]string{
	llms.ChatMessageTypeSystem: gopenai.ChatMessageRoleSystem, llms.ChatMessageTypeHuman: gopenai.ChatMessageRoleUser,
	llms.ChatMessageTypeAI: gopenai.ChatMessageRoleAssistant, llms.ChatMessageTypeGeneric: gopenai.ChatMessageRoleUser,
}

func (c *Chat) request(messages []llms.MessageContent, o llms.CallOptions) (gopenai.ChatCompletionRequest, error) {
	// The older name of the limit is the one every local server knows.
	req := gopenai.ChatCompletionRequest{Model: c.model, Stream: true, MaxTokens: o.MaxTokens, Stop: o.StopWords} //nolint:staticcheck
	if o.Model != "" {
		req.Model = o.Model
	}
	if req.Temperature = float32(o.Temperature); req.Temperature == 0 {
		req.Temperature = math.SmallestNonzeroFloat32 // zero itself would be left out of the JSON
	}
	if o.Seed != 0 {
		req.Seed = &o.Seed
	}
	for _, m := range messages {
		role, known := roles[m.Role]
		if !known {
			return req, fmt.Errorf("llm: role %q is not supported", m.Role)
		}
		var text strings.Builder
		for _, p := range m.Parts {
			t, ok := p.(llms.TextContent)
			if !ok {
				return req, fmt.Errorf("llm: %T is not supported, only text", p)
			}
			text.WriteString(t.Text)
		}
		req.Messages = append(req.Messages, gopenai.ChatCompletionMessage{Role: role, Content: text.String()})
	}
	return req, nil
}

// explain keeps status and code of a server's answer and nothing of its body, which may
// repeat what it was sent.
func explain(err error) error {
	var api *gopenai.APIError
	if errors.As(err, &api) {
		return fmt.Errorf("llm: máy chủ mô hình trả lời %d: %w", api.HTTPStatusCode, errStatus(api.HTTPStatusCode))
	}
	var req *gopenai.RequestError
	if errors.As(err, &req) {
		return fmt.Errorf("llm: máy chủ mô hình trả lời %d: %w", req.HTTPStatusCode, errStatus(req.HTTPStatusCode))
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("llm: không nói chuyện được với máy chủ mô hình: %w", ErrUnreachable)
}

// Reasons a caller may tell apart.
var (
	ErrBusy        = errors.New("máy chủ bận")
	ErrRefused     = errors.New("máy chủ từ chối")
	ErrUnreachable = errors.New("không tới được máy chủ")
)

func errStatus(status int) error {
	if status == http.StatusTooManyRequests || status >= 500 {
		return ErrBusy
	}
	return ErrRefused
}
