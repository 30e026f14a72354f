package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/cloudevents/sdk-go/v2/event"
	cehttp "github.com/cloudevents/sdk-go/v2/protocol/http"
)

// Limits of one request.
const (
	MaxBody  = 4 << 20 // bytes
	MaxBatch = 2000    // CloudEvents
)

// Handler takes CloudEvents by POST: structured, batched or binary, signed.
type Handler struct {
	desk *Desk
	gate *gatekeeper
	now  func() time.Time
	log  *slog.Logger
}

// NewHandler serves a desk to the senders named; now is the clock.
func NewHandler(d *Desk, senders []Sender, now func() time.Time, log *slog.Logger) *Handler {
	return &Handler{d, newGatekeeper(senders), now, log}
}

// Reply is the body of every answer; Results are in the order of the batch.
type Reply struct {
	Code     Code     `json:"code,omitempty"` // of the whole request, where it was refused
	Says     string   `json:"says"`
	Accepted int      `json:"accepted"`
	Known    int      `json:"known"`
	Refused  int      `json:"refused"`
	Results  []Result `json:"results,omitempty"`
}

// ServeHTTP answers 202 where anything new was taken, 200 where all was known, the status
// of the first refusal where nothing was taken.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := h.now()
	list, err := h.read(w, r, now)
	if err != nil {
		h.refuse(w, err)
		return
	}
	results, err := h.desk.Take(r.Context(), list, now)
	if err != nil {
		h.gate.forget(r.Header)
		h.log.Error("intake: could not keep a request", "err", err, "records", len(list))
		h.refuse(w, refuse(CodeUnavailable, "Hệ thống chưa giữ được bản ghi; hãy gửi lại sau ít phút."))
		return
	}
	reply, status := summary(results)
	h.answer(w, status, reply)
}

func summary(results []Result) (Reply, int) {
	rep, status := Reply{Says: "Đã xử lý.", Results: results}, 0
	for i := range results {
		switch results[i].Outcome {
		case Accepted:
			rep.Accepted++
		case Known:
			rep.Known++
		default:
			rep.Refused++
			if status == 0 {
				status = results[i].Code.Status()
			}
		}
	}
	if rep.Accepted > 0 {
		status = http.StatusAccepted
	} else if rep.Known > 0 || status == 0 {
		status = http.StatusOK
	}
	return rep, status
}

// read checks size, signature and form, in this order, each before the next costs anything.
func (h *Handler) read(w http.ResponseWriter, r *http.Request, now time.Time) ([]Entry, error) {
	if r.Method != http.MethodPost {
		return nil, refuse(CodeMethod, "Chỉ nhận bằng POST.")
	}
	tooLarge := refuse(CodeTooLarge, "Yêu cầu lớn quá %d MB; hãy chia nhỏ hoặc dùng nhập tệp.", MaxBody>>20)
	if r.ContentLength > MaxBody {
		w.Header().Set("Connection", "close") // do not read the rest
		return nil, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, tooLarge
		}
		return nil, refuse(CodeBadJSON, "Yêu cầu bị cắt giữa chừng.")
	}
	sender, err := h.gate.check(r.Header, body, now)
	if err != nil {
		return nil, err
	}
	list, err := parse(r.Header, body, now)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Err == nil && !slices.Contains(sender.Sources, list[i].Record.Source) {
			list[i].Err = refuse(CodeNotYours, "Khóa này không được nói thay nguồn %q.", clip(string(list[i].Record.Source)))
		}
	}
	return list, nil
}

// parse reads the CloudEvents of a body in the mode its headers name.
func parse(header http.Header, body []byte, now time.Time) ([]Entry, error) {
	media, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err == nil && media == event.ApplicationCloudEventsBatchJSON:
		return parseBatch(body, now)
	case err == nil && (media == event.ApplicationCloudEventsJSON || media == event.ApplicationJSON && header.Get("Ce-Specversion") != ""):
		e, err := cehttp.NewEventFromHTTPRequest(&http.Request{Header: header, Body: io.NopCloser(bytes.NewReader(body))})
		if err != nil {
			return nil, refuse(CodeNotCloudEvent, "Đây không phải một CloudEvent 1.0 đọc được.")
		}
		return []Entry{entry(e, now)}, nil
	}
	return nil, refuse(CodeMedia, "Kiểu nội dung phải là %s, %s hoặc application/json kèm tiêu đề ce-*.", event.ApplicationCloudEventsJSON, event.ApplicationCloudEventsBatchJSON)
}

// parseBatch reads each element by itself, so that a bad one does not spoil the others.
func parseBatch(body []byte, now time.Time) ([]Entry, error) {
	var parts []json.RawMessage
	if err := json.Unmarshal(body, &parts); err != nil {
		return nil, refuse(CodeBadJSON, "Lô sự kiện không đọc được: %v.", jsonFault(err))
	}
	if len(parts) > MaxBatch {
		return nil, refuse(CodeTooMany, "Lô có %d sự kiện, quá %d; hãy chia nhỏ.", len(parts), MaxBatch)
	}
	list := make([]Entry, len(parts))
	for i, raw := range parts {
		list[i] = parseStructured(raw, now)
	}
	return list, nil
}

// parseStructured reads one CloudEvent in JSON.
func parseStructured(raw []byte, now time.Time) Entry {
	var e event.Event
	if err := json.Unmarshal(raw, &e); err != nil {
		if !json.Valid(raw) {
			return Entry{Err: refuse(CodeBadJSON, "Bản ghi không phải JSON đúng cú pháp.")}
		}
		return Entry{Err: refuse(CodeNotCloudEvent, "Đây không phải một CloudEvent 1.0 đọc được.")}
	}
	return entry(&e, now)
}

func entry(e *event.Event, now time.Time) Entry {
	r, err := fromCloudEvent(e, now)
	return Entry{Record: r, Err: err}
}

func (h *Handler) refuse(w http.ResponseWriter, err error) {
	var no *Refusal
	if !errors.As(err, &no) {
		no = refuse(CodeUnavailable, "Hệ thống đang bận; hãy gửi lại sau.")
	}
	h.log.Warn("intake: request refused", "code", string(no.Code))
	h.answer(w, no.Code.Status(), Reply{Code: no.Code, Says: no.Says})
}

func (h *Handler) answer(w http.ResponseWriter, status int, body Reply) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		h.log.Debug("intake: answer not sent", "err", err)
	}
}
