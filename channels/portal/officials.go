package portal

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Officials is the desk at which officials look at what people called wrong, sign
// corrections and see what nobody could answer. Until there is a sign-in, one shared token
// opens it and each official names a pseudonym of their own.
type Officials struct {
	Token    string
	Queue    assistant.Queue
	Opinions func(ctx context.Context, since time.Time) (map[assistant.FeedbackReason]int, error)
	Gaps     assistant.Gaps
	Book     *assistant.CorrectionBook
	Library  corpus.Library
	// Cases writes the corrections in force as cases of the exam.
	Cases func(ctx context.Context, w io.Writer) error
}

// serveOfficials adds nothing where the desk is off: then there is nothing to find.
func (p *Portal) serveOfficials(mux *http.ServeMux) {
	if p.Officials == nil || p.Officials.Token == "" {
		return
	}
	for pattern, h := range map[string]http.HandlerFunc{
		"GET /api/v1/queue": p.queue, "GET /api/v1/queue/{id}": p.queueItem, "POST /api/v1/queue/{id}": p.queueMove,
		"GET /api/v1/corrections": p.corrections, "POST /api/v1/corrections": p.sign, "POST /api/v1/corrections/{id}/withdraw": p.withdraw,
		"GET /api/v1/corrections/cases": p.cases, "GET /api/v1/gaps": p.gaps, "GET /api/v1/opinions": p.opinions,
	} {
		mux.HandleFunc(pattern, p.official(h))
	}
}

// official lets only the bearer of the token through. Wrong tokens count against the
// limit of the address.
func (p *Portal) official(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		given, want := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(p.Officials.Token))
		if !ok || subtle.ConstantTimeCompare(given[:], want[:]) != 1 {
			p.limited(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("WWW-Authenticate", `Bearer realm="can-bo"`)
				fail(w, http.StatusUnauthorized, "unauthorized", "Cần mã của cán bộ.")
			})(w, r)
			return
		}
		next(w, r)
	}
}

func (p *Portal) queue(w http.ResponseWriter, r *http.Request) {
	state := assistant.ItemState(r.URL.Query().Get("state"))
	if state != "" && !state.Known() {
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Trạng thái chỉ có open, claimed, answered, closed.")
		return
	}
	items, err := p.Officials.Queue.Items(r.Context(), state, whole(r, "limit", 50, 500))
	if err != nil {
		p.broken(w, r, "queue", err)
		return
	}
	writeJSON(w, http.StatusOK, queueList{append([]assistant.Item{}, items...)})
}

// queueList is the queue, oldest first.
type queueList struct {
	Items []assistant.Item `json:"items"`
}

// queueReply is one item with its log.
type queueReply struct {
	Item assistant.Item       `json:"item"`
	Log  []assistant.LogEntry `json:"log,omitempty"`
}

func (p *Portal) queueItem(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // 0 names no item
	item, log, err := p.Officials.Queue.Item(r.Context(), id)
	if err != nil {
		p.queueFault(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, queueReply{item, log})
}

// moveRequest is the body of POST /api/v1/queue/{id}.
type moveRequest struct {
	To         assistant.ItemState `json:"to"`
	By         string              `json:"by"`
	Note       string              `json:"note,omitempty"`
	Correction string              `json:"correction,omitempty"`
}

func (p *Portal) queueMove(w http.ResponseWriter, r *http.Request) {
	var req moveRequest
	if !decode(w, r, &req) {
		return
	}
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	m := assistant.Move{To: req.To, By: req.By, Note: req.Note, Correction: req.Correction, At: p.Now()}
	item, err := p.Officials.Queue.Change(r.Context(), id, m.Apply)
	if err != nil {
		p.queueFault(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, queueReply{Item: item})
}

func (p *Portal) queueFault(w http.ResponseWriter, r *http.Request, err error) {
	var problem *assistant.CorrectionError
	switch {
	case errors.As(err, &problem):
		fail(w, http.StatusUnprocessableEntity, "bad_request", problem.Problem)
	case errors.Is(err, assistant.ErrNotKept):
		fail(w, http.StatusNotFound, "not_found", "Không có mục này.")
	case errors.Is(err, assistant.ErrTaken):
		fail(w, http.StatusConflict, "taken", "Cán bộ khác đang nhận mục này.")
	case errors.Is(err, assistant.ErrNotYours):
		fail(w, http.StatusConflict, "not_yours", "Bạn chưa nhận mục này.")
	case errors.Is(err, assistant.ErrWrongMove):
		fail(w, http.StatusConflict, "wrong_move", "Mục này không chuyển được như vậy; trả lời thì phải có ghi chú (note).")
	case errors.Is(err, assistant.ErrPseudonym):
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Bí danh (by) gồm 3 đến 32 ký tự a-z, 0-9 và dấu gạch nối.")
	default:
		p.broken(w, r, "queue", err)
	}
}

// gapsReply and opinionsReply are the bodies of their answers.
type gapsReply struct {
	Since civil.Date `json:"since"`
	assistant.GapReport
}

type opinionsReply struct {
	Days   int            `json:"days"`
	Counts map[string]int `json:"counts"` // by reason; "useful" beside
}

func (p *Portal) gaps(w http.ResponseWriter, r *http.Request) {
	since := assistant.MondayOf(p.Now()).AddDays(-7 * (whole(r, "weeks", 8, 520) - 1))
	rows, err := p.Officials.Gaps.Noted(r.Context(), since)
	if err != nil {
		p.broken(w, r, "gaps", err)
		return
	}
	writeJSON(w, http.StatusOK, gapsReply{since, assistant.GatherGaps(rows)})
}

func (p *Portal) opinions(w http.ResponseWriter, r *http.Request) {
	days := whole(r, "days", 30, 3650)
	counts, err := p.Officials.Opinions(r.Context(), p.Now().AddDate(0, 0, -days))
	if err != nil {
		p.broken(w, r, "opinions", err)
		return
	}
	named := map[string]int{"useful": counts[""]}
	for _, reason := range assistant.FeedbackReasons() {
		named[string(reason)] = counts[reason]
	}
	writeJSON(w, http.StatusOK, opinionsReply{days, named})
}

// whole reads a whole number from 1 to most; anything else is the default.
func whole(r *http.Request, name string, usual, most int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 1 {
		return usual
	}
	return min(n, most)
}
