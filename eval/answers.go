package eval

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
)

// Answerer is the system under test.
type Answerer interface {
	Answer(ctx context.Context, q assistant.Question) (assistant.Answer, error)
}

// Library is what citations are checked against; corpus.Library is one. Every method may
// return corpus.ErrNotFound.
type Library interface {
	Chunk(ctx context.Context, id corpus.ChunkID) (corpus.Chunk, error)
	Procedure(ctx context.Context, id string) (corpus.Procedure, error)
	Relations(ctx context.Context, p corpus.Provision) (to, from []corpus.Relation, err error)
}

// AnswerOptions of one exam. AskedAt is the instant of questions whose case names no day.
// Now, where set, times each answer; without it speed is not measured. Once asks every
// question a single time and leaves sameness unmeasured.
type AnswerOptions struct {
	Suite   string
	System  string
	AskedAt time.Time
	Now     func() time.Time
	Once    bool
}

// Answers puts every case to the assistant and scores what comes back, without a judge
// model. An error of the assistant ends the exam: a question lost is not one answered badly.
func Answers(ctx context.Context, cases []Case, a Answerer, l Library, o AnswerOptions) (AnswerReport, error) {
	if o.AskedAt.IsZero() {
		return AnswerReport{}, errors.New("eval: answers need the instant at which they are asked")
	}
	x := exam{answerer: a, library: l, options: o}
	r := AnswerReport{Suite: o.Suite, System: o.System}
	var took []time.Duration
	for i := range cases {
		res, err := x.sit(ctx, &cases[i])
		if err != nil {
			return AnswerReport{}, fmt.Errorf("eval: case %s: %w", cases[i].ID, err)
		}
		if o.Now != nil {
			took = append(took, res.Took)
		}
		r.Results = append(r.Results, res)
	}
	r.Speed = speedOf(took)
	r.sum()
	return r, nil
}

type exam struct {
	answerer Answerer
	library  Library
	options  AnswerOptions
}

// sit asks the case, once more for sameness, and scores the first answer.
func (x *exam) sit(ctx context.Context, c *Case) (CaseResult, error) {
	answer, took, err := x.ask(ctx, c, "")
	if err != nil {
		return CaseResult{}, err
	}
	res := CaseResult{Case: c, Answer: answer, Took: took}
	if err := x.mark(ctx, &res); err != nil {
		return CaseResult{}, err
	}
	if !x.options.Once {
		again, _, err := x.ask(ctx, c, "'")
		if err != nil {
			return CaseResult{}, err
		}
		same := reflect.DeepEqual(stripped(answer), stripped(again))
		res.set(mSame, share(same), "the second answer differs from the first")
	}
	return res, nil
}

// ask puts the turns in one conversation of their own and returns the last answer, with how
// long it took.
func (x *exam) ask(ctx context.Context, c *Case, again string) (answer assistant.Answer, took time.Duration, err error) {
	q, err := x.question(c)
	if err != nil {
		return answer, 0, err
	}
	if len(c.Turns) > 0 {
		q.Conversation = "exam-" + c.ID + again
	}
	for _, text := range c.Questions() {
		q.Text = text
		var began time.Time
		if x.options.Now != nil {
			began = x.options.Now()
		}
		if answer, err = x.answerer.Answer(ctx, q); err != nil {
			return answer, 0, err
		}
		if x.options.Now != nil {
			took = x.options.Now().Sub(began)
		}
		q.AskedAt = q.AskedAt.Add(time.Minute)
	}
	return answer, took, nil
}

func (x *exam) question(c *Case) (q assistant.Question, err error) {
	q = assistant.Question{AskedAt: x.options.AskedAt, Place: c.Place, Role: assistant.Role(c.Role), Channel: "eval"}
	if q.InForceOn, err = caseDay(c.AsOf); err != nil {
		return q, err
	}
	asked, err := caseDay(c.Asked)
	if err != nil {
		return q, err
	}
	if !asked.IsZero() {
		q.AskedAt = asked.Start().Add(tenInTheMorning)
	}
	if q.Role == "" {
		q.Role = assistant.Citizen
	}
	return q, nil
}

// tenInTheMorning is when on its day a case is asked: any hour would do.
const tenInTheMorning = 10 * time.Hour

// stripped is an answer without what may differ between two askings: IDs and times.
func stripped(a assistant.Answer) assistant.Answer {
	a.ID, a.Conversation, a.Trace = "", "", nil
	return a
}
