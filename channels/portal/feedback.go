package portal

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/motcua/motcua/assistant"
)

// Desk takes what people say of answers, and their wish to be forgotten.
type Desk interface {
	// Give keeps feedback; assistant.ErrNotKept for an answer that is not kept (any more).
	Give(ctx context.Context, f assistant.Feedback) (item int64, err error)
	// Forget deletes a conversation; an unknown one is no error.
	Forget(ctx context.Context, conversation string) error
}

// feedbackRequest is the body of POST /api/v1/feedback.
type feedbackRequest struct {
	Answer string                   `json:"answer"`
	Useful *bool                    `json:"useful"`
	Reason assistant.FeedbackReason `json:"reason,omitempty"`
	Text   string                   `json:"text,omitempty"`
}

// feedbackReply tells what became of it.
type feedbackReply struct {
	Kept bool `json:"kept"`
	// InReview: an official will look at the answer.
	InReview bool   `json:"in_review"`
	Message  string `json:"message"`
}

func (p *Portal) serveDesk(mux *http.ServeMux) {
	if p.Desk == nil {
		return
	}
	mux.HandleFunc("POST /api/v1/feedback", p.limited(p.feedback))
	mux.HandleFunc("DELETE /api/v1/conversations/{conversation}", p.limited(p.forget))
}

// limited counts the request against the limit of its address.
func (p *Portal) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !p.rate.allow(r, p.Now()) {
			w.Header().Set("Retry-After", "60")
			fail(w, http.StatusTooManyRequests, "too_many", "Bạn gửi hơi nhanh, vui lòng chờ một phút.")
			return
		}
		next(w, r)
	}
}

func (p *Portal) feedback(w http.ResponseWriter, r *http.Request) {
	var req feedbackRequest
	if !decode(w, r, &req) {
		return
	}
	if req.Useful == nil {
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Thiếu useful: true nếu hữu ích, false nếu không.")
		return
	}
	f := assistant.Feedback{Answer: req.Answer, Useful: *req.Useful, Reason: req.Reason, Text: req.Text, At: p.Now()}
	if problem := f.Clean(); problem != "" {
		fail(w, http.StatusUnprocessableEntity, "bad_request", problem)
		return
	}
	item, err := p.Desk.Give(r.Context(), f)
	switch {
	case errors.Is(err, assistant.ErrNotKept):
		fail(w, http.StatusNotFound, "not_kept", "Không còn lưu câu trả lời này nên không nhận góp ý được nữa.")
	case err != nil:
		p.broken(w, r, "feedback", err)
	default:
		reply := feedbackReply{Kept: true, InReview: item != 0, Message: "Cảm ơn bạn đã góp ý."}
		if reply.InReview {
			reply.Message = "Cảm ơn bạn. Cán bộ sẽ xem lại câu trả lời này."
		}
		writeJSON(w, http.StatusOK, reply)
	}
}

// forget deletes a conversation for whoever knows its name.
func (p *Portal) forget(w http.ResponseWriter, r *http.Request) {
	if err := p.Desk.Forget(r.Context(), r.PathValue("conversation")); err != nil {
		p.broken(w, r, "forget", err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// decode reads a JSON body; false when it has answered already.
func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		failDecode(w, err)
		return false
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) { // something stands behind it
		failDecode(w, errTrailing)
		return false
	}
	return true
}

var errTrailing = errors.New("portal: more than one JSON value")

// broken answers for a fault of ours: the operator is told what, the person that.
func (p *Portal) broken(w http.ResponseWriter, r *http.Request, what string, err error) {
	p.Log.ErrorContext(r.Context(), "portal: "+what+" failed", "error", err)
	fail(w, http.StatusServiceUnavailable, "unavailable", "Hệ thống đang gặp sự cố; hãy thử lại sau ít phút.")
}
