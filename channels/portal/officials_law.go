package portal

import (
	"errors"
	"net/http"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Law answers about the law itself: passages ready to quote, a provision on two days, who
// is competent. It is public law, so anyone may ask.
type Law struct {
	Comparer    assistant.Comparer
	Regulations assistant.Regulations
}

func (p *Portal) serveLaw(mux *http.ServeMux) {
	if p.Law == nil {
		return
	}
	mux.HandleFunc("GET /api/v1/law/passages", p.limited(p.passages))
	mux.HandleFunc("GET /api/v1/law/compare", p.limited(p.compare))
	mux.HandleFunc("GET /api/v1/law/competence", p.limited(p.competence))
}

// readDays reads days by the names of their parameters; false when it has answered already.
func readDays(w http.ResponseWriter, r *http.Request, into map[string]*civil.Date) bool {
	for name, day := range into {
		d, ok := readDay(r.URL.Query().Get(name))
		if !ok {
			fail(w, http.StatusUnprocessableEntity, "bad_request", "Ngày "+name+" không có thật; hãy viết như 2026-07-01 hoặc 01/07/2026.")
			return false
		}
		*day = d
	}
	return true
}

// tooLong bounds what one query may hold.
func tooLong(w http.ResponseWriter, text, what string) bool {
	switch {
	case strings.TrimSpace(text) == "":
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Thiếu "+what+".")
	case len(text) > assistant.MaxQuestion:
		fail(w, http.StatusRequestEntityTooLarge, "too_large", "Tham số "+what+" quá dài.")
	default:
		return false
	}
	return true
}

// passagesReply and competenceReply are the bodies of their answers.
type passagesReply struct {
	On       civil.Date                `json:"on"`
	Passages []assistant.QuotedPassage `json:"passages"`
}

type competenceReply struct {
	On      civil.Date            `json:"on"`
	Entries []assistant.Competent `json:"entries"`
}

func (p *Portal) passages(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	q := assistant.RegulationQuery{Text: v.Get("q"), On: civil.On(p.Now()), Issuers: v["issuer"], Level: corpus.Level(v.Get("level")), Limit: whole(r, "limit", 10, 50)}
	var on civil.Date
	if tooLong(w, q.Text, "q") || !readDays(w, r, map[string]*civil.Date{"on": &on, "issued_from": &q.IssuedFrom, "issued_until": &q.IssuedUntil}) {
		return
	}
	if !on.IsZero() {
		q.On = on
	}
	for _, name := range v["type"] {
		kind := assistant.InstrumentTypeNamed(name)
		if kind == corpus.Other {
			fail(w, http.StatusUnprocessableEntity, "bad_request", "Loại văn bản “"+clip(name)+"” không có; hãy viết như luật, nghị định, thông tư.")
			return
		}
		q.Types = append(q.Types, kind)
	}
	if q.Level != "" && q.Level != corpus.Central && q.Level != corpus.Province {
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Cấp ban hành chỉ có central hoặc province.")
		return
	}
	ctx, cancel := p.bound(r.Context())
	defer cancel()
	found, err := p.Law.Regulations.Find(ctx, q)
	if err != nil {
		p.broken(w, r, "passages", err)
		return
	}
	writeJSON(w, http.StatusOK, passagesReply{q.On, append([]assistant.QuotedPassage{}, found...)})
}

func (p *Portal) compare(w http.ResponseWriter, r *http.Request) {
	address := r.URL.Query().Get("provision")
	var day1, day2 civil.Date
	if tooLong(w, address, "provision") || !readDays(w, r, map[string]*civil.Date{"day1": &day1, "day2": &day2}) {
		return
	}
	if day2.IsZero() {
		day2 = civil.On(p.Now())
	}
	at, err := corpus.ParseAddress(address)
	if err != nil || day1.IsZero() {
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Hãy nêu provision như “khoản 1 Điều 15 60/2014/QH13” và ngày day1.")
		return
	}
	c, err := p.Law.Comparer.Compare(r.Context(), at, day1, day2)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		fail(w, http.StatusNotFound, "not_found", "Kho chưa có "+at.String()+".")
	case err != nil:
		p.broken(w, r, "compare", err)
	default:
		writeJSON(w, http.StatusOK, c)
	}
}

// competence answers who does a task, or with to or field lists what the districts passed on.
func (p *Portal) competence(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	task, to := v.Get("task"), corpus.Level(v.Get("to"))
	list := task == "" && (v.Has("to") || v.Has("field"))
	if to != "" && to != corpus.Commune && to != corpus.Province {
		fail(w, http.StatusUnprocessableEntity, "bad_request", "Tham số to chỉ có commune (xã) hoặc province (tỉnh).")
		return
	}
	var on civil.Date
	if !list && tooLong(w, task, "task") || !readDays(w, r, map[string]*civil.Date{"on": &on}) {
		return
	}
	if on.IsZero() {
		on = civil.On(p.Now())
	}
	var found []assistant.Competent
	if list {
		found = assistant.Moved(on, to, v.Get("field"))
	} else {
		found = assistant.Competence(task, on)
	}
	writeJSON(w, http.StatusOK, competenceReply{on, append([]assistant.Competent{}, found...)})
}
