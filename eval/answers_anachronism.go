package eval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/internal/civil"
)

// Subject is one document with a question that asks for it and the days it was in force.
type Subject struct {
	Document string // official number or record ID
	Question string
	Validity corpus.Validity
}

// Anachronism is an answer that rests on a text not in force on its day.
type Anachronism struct {
	Document string     `json:"document"`
	On       civil.Date `json:"on"`
	Question string     `json:"question"`
	Citation string     `json:"citation"`
	Why      string     `json:"why"`
}

// AnachronismReport counts the pairs asked and lists what was wrong, in order asked.
type AnachronismReport struct {
	Documents int           `json:"documents"`
	Pairs     int           `json:"pairs"`
	Answered  int           `json:"answered"` // pairs answered from some source
	Citations int           `json:"citations"`
	Found     []Anachronism `json:"found"`
}

// Anachronisms asks for every subject on days around each end of its life, and on days when
// much of the law changed, and checks each citation of each answer against the library and
// against the lives of the subjects themselves, whatever the citation says of itself.
func Anachronisms(ctx context.Context, subjects []Subject, a Answerer, l Library, o AnswerOptions) (AnachronismReport, error) {
	if o.AskedAt.IsZero() {
		return AnachronismReport{}, errors.New("eval: answers need the instant at which they are asked")
	}
	lives := map[string]corpus.Validity{}
	for _, s := range subjects {
		lives[s.life()] = s.Validity
	}
	x := exam{answerer: a, library: l, options: o}
	r := AnachronismReport{Documents: len(lives), Found: []Anachronism{}}
	for _, s := range subjects {
		for _, day := range s.days() {
			r.Pairs++
			answer, err := a.Answer(ctx, assistant.Question{Text: s.Question, AskedAt: o.AskedAt, InForceOn: day, Role: assistant.Citizen, Channel: "eval"})
			if err != nil {
				return r, fmt.Errorf("eval: %s on %s: %w", s.Document, day, err)
			}
			if len(answer.Citations) > 0 {
				r.Answered++
			}
			for _, c := range answer.Citations {
				r.Citations++
				why, err := x.anachronistic(ctx, c, day, lives)
				if err != nil {
					return r, err
				}
				if why != "" {
					r.Found = append(r.Found, Anachronism{s.Document, day, s.Question, c.Label, why})
				}
			}
		}
	}
	return r, nil
}

// anachronistic says why a citation is out of its time, or false otherwise; "" when it stands.
func (x *exam) anachronistic(ctx context.Context, c assistant.Citation, day civil.Date, lives map[string]corpus.Validity) (string, error) {
	key := c.Procedure
	if key == "" {
		key = corpus.NumberKey(c.Provision.Instrument)
	}
	if life, known := lives[key]; known && key != "" && !life.Holds(day) {
		return "lived " + life.From.String() + " to " + life.Until.String(), nil
	}
	return x.unsound(ctx, c, day)
}

// life is the key under which a document's days are known.
func (s Subject) life() string { return corpus.NumberKey(s.Document) }

// turningDays are days on which much of the law changed.
var turningDays = []civil.Date{
	civil.New(2021, 6, 30), civil.New(2024, 7, 1), civil.New(2025, 6, 30), civil.New(2025, 7, 1), civil.New(2025, 12, 31), civil.New(2026, 3, 15), civil.New(2026, 7, 1),
	civil.New(2027, 3, 1),
}

// days are the two days at each end of the subject's life, and the turning days.
func (s Subject) days() []civil.Date {
	days := slices.Clone(turningDays)
	for _, end := range []civil.Date{s.Validity.From, s.Validity.Until} {
		if !end.IsZero() {
			days = append(days, end.AddDays(-1), end)
		}
	}
	slices.SortFunc(days, civil.Date.Compare)
	return slices.Compact(days)
}

// StarterSubjects are every record of the starter corpus, asked for in a name people use,
// and every instrument, asked for by number and by its first articles.
func StarterSubjects(set starter.Set) (out []Subject) {
	for _, p := range set.Procedures {
		name := lowerFirst(p.Name)
		if names := spoken(p); len(names) > 0 {
			name = names[0]
		}
		out = append(out, Subject{Document: p.ID, Question: name + " cần giấy tờ gì", Validity: p.Prov.Validity})
	}
	for _, in := range set.Instruments {
		out = append(out, Subject{Document: in.Number, Question: in.Number + " " + in.Title, Validity: in.Validity})
		for _, a := range in.Articles[:min(len(in.Articles), articlesAsked)] {
			out = append(out, Subject{Document: in.Number, Question: "Điều " + a.Number + " " + in.Number + " quy định gì?", Validity: in.Validity})
		}
	}
	return out
}

// articlesAsked is how many articles of one instrument are asked for.
const articlesAsked = 3

// WriteTo prints the counts and every anachronism.
func (r AnachronismReport) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "documents     %d\npairs         %d (document, day)\nanswered      %d\ncitations     %d\nanachronisms  %d\n", r.Documents, r.Pairs, r.Answered, r.Citations, len(r.Found))
	for _, f := range r.Found {
		fmt.Fprintf(&b, "%s on %s: %q cites %s: %s\n", f.Document, f.On, f.Question, f.Citation, f.Why)
	}
	return b.WriteTo(w)
}
