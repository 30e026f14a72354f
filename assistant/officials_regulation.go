package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// RegulationQuery asks for passages of law. On is the day they must be in force on, never
// zero; the other fields narrow when set.
type RegulationQuery struct {
	Text    string
	On      civil.Date
	Issuers []string // as told: "Bộ Công an"
	Types   []corpus.InstrumentType
	// Level of the body that issued it: corpus.Central or corpus.Province.
	Level corpus.Level
	// IssuedFrom and IssuedUntil bound the day the instrument was signed; both are in.
	IssuedFrom, IssuedUntil civil.Date
	Limit                   int // 0 means 10
	// Standing keeps passages by their state on the day; "" is what applies.
	Standing Standing
	// Cleared: as in Question.
	Cleared bool
}

// Standing is how a passage stands on the day asked. A closed list.
type Standing string

// The standings. Over is repealed, replaced, suspended or past its own end.
const (
	Applying  Standing = ""
	Coming    Standing = "not_yet"
	Over      Standing = "out"
	Whichever Standing = "any"
)

func (s Standing) takes(st corpus.Status) bool {
	switch s {
	case Applying:
		return st.Applies()
	case Coming:
		return st.State == corpus.NotYet
	case Over:
		return !st.Applies() && st.State != corpus.NotYet
	}
	return true
}

// QuotedPassage is a passage ready to be quoted.
type QuotedPassage struct {
	Reference string        `json:"reference"` // in full, with the day it took effect
	Quote     string        `json:"quote"`     // the stored words, byte for byte
	SHA256    string        `json:"sha256"`
	Path      []string      `json:"path"`
	Heading   string        `json:"heading,omitempty"`
	Issuer    string        `json:"issuer,omitempty"`
	Status    corpus.Status `json:"status"` // on the day asked
	State     string        `json:"state"`
	// Amended lists what changed the place by the day asked.
	Amended []string `json:"amended,omitempty"`
	// Digest marks our own words: cite the law itself, not these.
	Digest bool           `json:"digest,omitempty"`
	Chunk  corpus.ChunkID `json:"chunk"`
	// Provision is the place the words were taken from.
	Provision corpus.Provision `json:"provision"`
	URL       string           `json:"url,omitempty"`
	Score     float64          `json:"score"`
}

// Regulations finds passages of law for officials.
type Regulations struct {
	Library   corpus.Library
	Retriever retrieval.Retriever
}

// Find returns passages of the standing asked for on the day, best first.
func (r Regulations) Find(ctx context.Context, q RegulationQuery) ([]QuotedPassage, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = 10
	}
	depth := 4 * limit // some fall away below
	if q.Level != "" || !q.IssuedFrom.IsZero() || !q.IssuedUntil.IsZero() {
		depth = 20 * limit // most do
	}
	inForceOn := q.On
	if q.Standing != Applying {
		inForceOn, depth = civil.Date{}, 20*limit
	}
	hits, err := r.Retriever.Retrieve(ctx, retrieval.Query{
		Text: q.Text, InForceOn: inForceOn, Limit: depth,
		Filter: retrieval.Filter{Issuers: q.Issuers, Types: q.Types, Only: retrieval.OnlyProvisions, Official: q.Cleared},
	})
	if err != nil {
		return nil, err
	}
	out := []QuotedPassage{}
	laws := map[string]corpus.Instrument{}
	for _, h := range hits {
		p, ok, err := r.quoted(ctx, h, q, laws)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, p)
		}
		if len(out) == limit {
			break
		}
	}
	return out, nil
}

func (r Regulations) quoted(ctx context.Context, h retrieval.Hit, q RegulationQuery, laws map[string]corpus.Instrument) (p QuotedPassage, ok bool, err error) {
	at := h.Chunk.Provision
	in, known := laws[at.Instrument]
	if !known {
		if in, err = r.Library.Instrument(ctx, at.Instrument); err != nil && !errors.Is(err, corpus.ErrNotFound) {
			return p, false, err
		}
		in.Articles, in.Annexes = nil, nil // a code has thousands; only its head is needed
		laws[at.Instrument] = in
	}
	if !q.takes(in, h.Chunk) {
		return p, false, nil
	}
	to, from, err := r.Library.Relations(ctx, at)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return p, false, err
	}
	status := corpus.StatusOn(at, h.Chunk.Validity, slices.Concat(to, from), q.On)
	if !q.Standing.takes(status) {
		return p, false, nil
	}
	p = QuotedPassage{
		Reference: FullReference(at, in) + takesEffect(in, h.Chunk), Quote: h.Chunk.Text, SHA256: digest(h.Chunk.Text), Path: h.Chunk.Headings, Heading: h.Chunk.Title,
		Issuer: h.Chunk.Issuer, Status: status, State: stateWords[status.State], Digest: h.Chunk.Digest, Chunk: h.Chunk.ID, Provision: at, URL: h.Chunk.Source.URL, Score: h.Score,
	}
	for _, rel := range to {
		if rel.Kind == corpus.Amends && !wholeText(rel.To) && !rel.Effective.IsZero() && !q.On.Before(rel.Effective) {
			p.Amended = appendNew(p.Amended, amendedBy(rel))
		}
	}
	return p, true, nil
}

// wholeText reports whether a relation names an instrument and no place in it: an
// amendment of "some articles" says nothing of any one of them.
func wholeText(p corpus.Provision) bool { return p.Article == "" && p.Annex == "" }

// takes reports whether the instrument passes the filters that the index does not know.
func (q RegulationQuery) takes(in corpus.Instrument, ch corpus.Chunk) bool {
	local := ch.Place != "" || localBody(ch.Issuer)
	switch {
	case q.Level == corpus.Central && local, q.Level == corpus.Province && !local:
		return false
	case in.Issued.IsZero():
		return q.takesYear(corpus.YearOf(ch.Provision.Instrument))
	}
	return !in.Issued.Before(q.IssuedFrom) && (q.IssuedUntil.IsZero() || !q.IssuedUntil.Before(in.Issued))
}

// takesYear is used where only the year in the number tells when an instrument was signed.
func (q RegulationQuery) takesYear(year int) bool {
	if q.IssuedFrom.IsZero() && q.IssuedUntil.IsZero() {
		return true
	}
	return year >= q.IssuedFrom.Year && (q.IssuedUntil.IsZero() || year <= q.IssuedUntil.Year) && year > 0
}

func localBody(issuer string) bool {
	folded := spaced(issuer)
	_, local := firstCue(folded, []string{"ubnd", "uy ban nhan dan", "hdnd", "hoi dong nhan dan"})
	return local
}

// FullReference cites a place as an official document does: "điểm a khoản 1 Điều 15 Luật
// Hộ tịch số 60/2014/QH13".
func FullReference(p corpus.Provision, in corpus.Instrument) string {
	name := instrumentName(p.Instrument, in)
	inside := p
	inside.Instrument = ""
	place := strings.TrimSpace(inside.String())
	if strings.HasPrefix(p.Annex, corpus.PageAnnex) {
		return p.String()
	}
	if place == "" {
		return name
	}
	return place + " " + name
}

// instrumentName is the form, the title where laws go by it, and the number.
func instrumentName(number string, in corpus.Instrument) string {
	kind := in.Type
	if kind == "" || kind == corpus.Other {
		kind = corpus.TypeOfNumber(number)
	}
	form, title := kind.Vietnamese(), strings.TrimRight(strings.TrimSpace(in.Title), ". ")
	switch kind {
	case corpus.Constitution, corpus.Code, corpus.Law, corpus.Ordinance:
		if title == "" || strings.Contains(title, number) {
			return strings.TrimSpace(form + " số " + number)
		}
		if len(title) >= len(form) && strings.EqualFold(title[:len(form)], form) {
			title = strings.TrimSpace(title[len(form):])
		}
		return form + " " + title + " số " + number
	}
	if in.Issuer != "" && kind != corpus.JointCirc {
		return strings.TrimSpace(form+" số "+number) + " của " + in.Issuer
	}
	return strings.TrimSpace(form + " số " + number)
}

// takesEffect is the day the words quoted, or else their instrument, took effect.
func takesEffect(in corpus.Instrument, ch corpus.Chunk) string {
	from := in.Validity.From
	if from.IsZero() {
		from = ch.Validity.From
	}
	if from.IsZero() {
		return ""
	}
	out := " (có hiệu lực từ " + from.VN()
	if from.Before(ch.Validity.From) {
		out += "; lời văn này từ " + ch.Validity.From.VN()
	}
	return out + ")"
}

// InstrumentTypeNamed reads a type as people write it, with or without marks, or by its
// key: "nghị định", "nghi dinh", "decree"; corpus.Other for none.
func InstrumentTypeNamed(name string) corpus.InstrumentType {
	want := strings.Join(foldedWords(name), " ")
	for _, t := range []corpus.InstrumentType{
		corpus.Constitution, corpus.Code, corpus.Law, corpus.Ordinance, corpus.Resolution, corpus.Decree, corpus.Decision, corpus.Circular, corpus.JointCirc, corpus.Directive, corpus.Order,
	} {
		if want == strings.Join(foldedWords(t.Vietnamese()), " ") || strings.EqualFold(strings.TrimSpace(name), string(t)) {
			return t
		}
	}
	return corpus.Other
}
