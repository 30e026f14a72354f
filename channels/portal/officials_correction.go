package portal

import (
	"bytes"
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
)

// signRequest is the body of POST /api/v1/corrections.
type signRequest struct {
	Author    string           `json:"author"`
	Office    string           `json:"office"`
	Text      string           `json:"text"`
	Basis     []string         `json:"basis"` // "khoản 1 Điều 15 60/2014/QH13"
	Unit      corpus.UnitID    `json:"unit,omitempty"`
	Slots     []assistant.Slot `json:"slots,omitempty"`
	Province  string           `json:"province,omitempty"`
	Question  string           `json:"question,omitempty"`
	Procedure string           `json:"procedure,omitempty"`
	Must      []string         `json:"must,omitempty"`
	Never     []string         `json:"never,omitempty"`
	From      string           `json:"from,omitempty"`
	Until     string           `json:"until"`
	// Item of the queue that the correction answers; claimed by the author.
	Item int64 `json:"item,omitempty"`
}

// correction reads the request; problem is a sentence for the official.
func (q signRequest) correction() (c assistant.OfficialCorrection, problem string) {
	c = assistant.OfficialCorrection{
		Author: q.Author, Office: q.Office, Text: q.Text, Unit: q.Unit, Slots: q.Slots, Province: q.Province,
		Question: q.Question, Procedure: q.Procedure, Must: q.Must, Never: q.Never, Item: q.Item,
	}
	for _, b := range q.Basis {
		p, err := corpus.ParseAddress(b)
		if err != nil {
			return c, "Căn cứ không đọc được: " + err.Error() + "."
		}
		c.Basis = append(c.Basis, p)
	}
	var okFrom, okUntil bool
	c.Validity.From, okFrom = readDay(q.From)
	c.Validity.Until, okUntil = readDay(q.Until)
	if !okFrom || !okUntil {
		return c, "Ngày from hoặc until không có thật."
	}
	return c, ""
}

func (p *Portal) sign(w http.ResponseWriter, r *http.Request) {
	var req signRequest
	if !decode(w, r, &req) {
		return
	}
	c, problem := req.correction()
	if problem != "" {
		fail(w, http.StatusUnprocessableEntity, "bad_request", problem)
		return
	}
	c, err := p.Officials.Book.SignFor(r.Context(), p.Officials.Queue, p.Officials.Library, c, p.Now())
	if err != nil {
		p.queueFault(w, r, err)
		return
	}
	writeJSON(w, http.StatusCreated, correctionView{c, c.Words()})
}

// correctionView is a correction as officials see it.
type correctionView struct {
	assistant.OfficialCorrection
	Words string `json:"words"` // as shown to everybody
}

// correctionList is the book: those in force, and what is wrong with others.
type correctionList struct {
	Corrections []correctionView            `json:"corrections"`
	Faults      []assistant.CorrectionFault `json:"faults"`
}

// withdrawRequest is the body of POST /api/v1/corrections/{id}/withdraw.
type withdrawRequest struct {
	By   string `json:"by"`
	Note string `json:"note,omitempty"`
}

func (p *Portal) corrections(w http.ResponseWriter, r *http.Request) {
	faults, err := p.Officials.Book.Faults(r.Context(), p.Now())
	if err != nil {
		p.broken(w, r, "corrections", err)
		return
	}
	live, err := p.Officials.Book.Live(r.Context(), p.Now())
	if err != nil {
		p.broken(w, r, "corrections", err)
		return
	}
	out := correctionList{[]correctionView{}, append([]assistant.CorrectionFault{}, faults...)}
	for _, c := range live {
		out.Corrections = append(out.Corrections, correctionView{c, c.Words()})
	}
	writeJSON(w, http.StatusOK, out)
}

func (p *Portal) withdraw(w http.ResponseWriter, r *http.Request) {
	var req withdrawRequest
	if !decode(w, r, &req) {
		return
	}
	if err := p.Officials.Book.Withdraw(r.Context(), r.PathValue("id"), req.By, req.Note, p.Now()); err != nil {
		p.queueFault(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// cases writes JSON lines as `motcua eval answers` reads them.
func (p *Portal) cases(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	if err := p.Officials.Cases(r.Context(), &b); err != nil {
		p.broken(w, r, "cases", err)
		return
	}
	w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}
