package portal

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/civil"
)

// askRequest is the body of POST /api/v1/ask.
type askRequest struct {
	Question     string `json:"question"`
	AsOf         string `json:"as_of,omitempty"`
	Place        string `json:"place,omitempty"`
	Role         string `json:"role,omitempty"`
	Lang         string `json:"lang,omitempty"`
	Conversation string `json:"conversation,omitempty"`
	Chosen       string `json:"chosen,omitempty"`
}

// apiError is every error body: a code for machines, a sentence for people.
type apiError struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

func (p *Portal) ask(w http.ResponseWriter, r *http.Request) {
	if !p.rate.allow(r, p.Now()) {
		w.Header().Set("Retry-After", "60")
		fail(w, http.StatusTooManyRequests, "too_many", "Bạn hỏi hơi nhanh, vui lòng chờ một phút.")
		return
	}
	var req askRequest
	if !decode(w, r, &req) {
		return
	}
	q, problem := p.question(req)
	if problem != "" {
		fail(w, http.StatusUnprocessableEntity, "bad_request", problem)
		return
	}
	q.Cleared = page.ViewerOf(r.Context()).Works()
	ctx, cancel := p.bound(r.Context())
	defer cancel()
	if wantsStream(r) {
		p.events(ctx, w, q)
		return
	}
	a, err := p.Answerer.Answer(ctx, q)
	status := http.StatusOK
	if err != nil {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
		status = http.StatusServiceUnavailable
	}
	a.Trace = nil
	writeJSON(w, status, a)
}

// mostToken is how many bytes a place, an option or the name of a conversation may have.
const mostToken = 600

// question checks the request; problem is a sentence for the person.
func (p *Portal) question(req askRequest) (q assistant.Question, problem string) {
	now := p.Now()
	if strings.TrimSpace(req.Question) == "" {
		return q, "Thiếu question: hãy gửi câu hỏi, ví dụ {\"question\": \"Đăng ký tạm trú cần giấy tờ gì?\"}."
	}
	for name, text := range map[string]string{"conversation": req.Conversation, "chosen": req.Chosen, "place": req.Place} {
		if len(text) > mostToken {
			return q, "Tham số " + name + " quá dài."
		}
	}
	q = assistant.Question{
		Text: req.Question, AskedAt: now, Place: req.Place, Lang: req.Lang, Conversation: req.Conversation,
		Chosen: req.Chosen, Channel: "api", Role: assistant.Citizen,
	}
	switch req.Role {
	case "", "citizen":
	case "official":
		q.Role = assistant.Official
	default:
		return q, "Vai không hợp lệ: chỉ có citizen hoặc official."
	}
	if req.Lang != "" && req.Lang != "vi" && req.Lang != "en" {
		return q, "Ngôn ngữ không hợp lệ: chỉ có vi hoặc en."
	}
	day, ok := readDay(req.AsOf)
	if !ok {
		return q, "Ngày “" + clip(req.AsOf) + "” không có thật; hãy viết như 2026-07-01 hoặc 01/07/2026."
	}
	q.InForceOn = day
	return q, ""
}

// readDay reads both ways of writing a day; empty is "not said".
func readDay(s string) (civil.Date, bool) {
	s = strings.TrimSpace(s)
	if d, err := civil.Parse(s); err == nil {
		return d, true
	}
	d, err := civil.ParseVN(s)
	return d, err == nil
}

func (p *Portal) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if p.Timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, p.Timeout)
}

func failDecode(w http.ResponseWriter, err error) {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		fail(w, http.StatusRequestEntityTooLarge, "too_large", "Nội dung gửi lên quá lớn.")
	case errors.Is(err, io.EOF):
		fail(w, http.StatusBadRequest, "empty", "Chưa có nội dung; hãy gửi JSON như {\"question\": \"…\"}.")
	default:
		fail(w, http.StatusBadRequest, "bad_json", "JSON không đọc được; hãy gửi như {\"question\": \"…\"}.")
	}
}

func fail(w http.ResponseWriter, status int, code, message string) {
	var e apiError
	e.Error.Code, e.Error.Message = code, message
	writeJSON(w, status, e)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // the client went away; nothing is left to tell it
}

// clip bounds what is echoed back.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
