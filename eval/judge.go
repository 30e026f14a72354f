package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Judge says whether an answer is good. It is a model, and errs: what it says is reported
// apart from the score, beside how often it errs, and decides nothing.
type Judge interface {
	// Judge returns ErrUnreadable when the verdict cannot be made out.
	Judge(ctx context.Context, question, answer string) (good bool, why string, err error)
}

// ErrUnreadable is a verdict that is neither good nor bad.
var ErrUnreadable = errors.New("eval: the judge's verdict cannot be read")

// Labelled is an answer that people have called good or bad, with their reason.
type Labelled struct {
	ID     string `json:"id"`
	Q      string `json:"q"`
	Answer string `json:"answer"`
	Good   bool   `json:"good"`
	Why    string `json:"why"`
}

// ReadLabelled reads labelled answers, one JSON object a line. Errors name the line.
func ReadLabelled(r io.Reader) (all []Labelled, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestCase)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var l Labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("eval: labelled answers, line %d: %w", n, err)
		}
		if l.Q == "" || l.Answer == "" || l.Why == "" {
			return nil, fmt.Errorf("eval: labelled answers, line %d: a question, an answer and a reason are needed", n)
		}
		all = append(all, l)
	}
	return all, lines.Err()
}

// JudgeReport is what a judge said of the answers of an exam, and how it did on answers
// that people have labelled.
type JudgeReport struct {
	Labelled   int `json:"labelled"`
	BadPassed  int `json:"bad_passed"`  // labelled bad, called good
	GoodFailed int `json:"good_failed"` // labelled good, called bad
	Unsure     int `json:"unsure"`      // labelled, verdict unreadable: counted as errors
	// Errors is the error rate on the labelled answers, with its interval.
	Errors Metric `json:"errors"`

	Judged     int    `json:"judged"`
	Unreadable int    `json:"unreadable"` // of the answers judged; in neither share
	Good       Metric `json:"good"`
}

// Judging asks the judge about labelled answers first, then about those of an exam. A
// judge that cannot be reached ends it.
func Judging(ctx context.Context, j Judge, labels []Labelled, results []CaseResult) (r JudgeReport, err error) {
	var wrong, good []float64
	for _, l := range labels {
		verdict, _, err := j.Judge(ctx, l.Q, l.Answer)
		switch {
		case errors.Is(err, ErrUnreadable):
			r.Unsure++
		case err != nil:
			return r, fmt.Errorf("eval: judge of %s: %w", l.ID, err)
		case verdict && !l.Good:
			r.BadPassed++
		case !verdict && l.Good:
			r.GoodFailed++
		}
		wrong = append(wrong, share(err != nil || verdict != l.Good))
	}
	for i := range results {
		c := results[i].Case
		asked := c.Questions()
		verdict, _, err := j.Judge(ctx, asked[len(asked)-1], results[i].Answer.Text)
		if errors.Is(err, ErrUnreadable) {
			r.Unreadable++
			continue
		}
		if err != nil {
			return r, fmt.Errorf("eval: judge of case %s: %w", c.ID, err)
		}
		good = append(good, share(verdict))
	}
	r.Labelled, r.Judged = len(labels), len(results)
	r.Errors, r.Good = judgeMetric("judge errs on labelled answers", wrong), judgeMetric("judge calls good", good)
	return r, nil
}

func judgeMetric(name string, values []float64) Metric {
	m := Metric{Name: name, N: len(values)}
	if len(values) > 0 {
		mean, low, high := meanOf(values)
		m.Value, m.Low, m.High = &mean, &low, &high
	}
	return m
}

// WriteTo prints the report, apart from any score.
func (r JudgeReport) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "\njudge, a model: decides nothing\n%s  %s\n  of %d labelled: %d bad ones called good, %d good ones called bad, %d unreadable\n%s  %s\n  %d of %d verdicts unreadable\n",
		r.Errors.Name, inWords(r.Errors), r.Labelled, r.BadPassed, r.GoodFailed, r.Unsure, r.Good.Name, inWords(r.Good), r.Unreadable, r.Judged)
	return int64(n), err
}

func inWords(m Metric) string {
	if m.Value == nil {
		return "not measured"
	}
	return fmt.Sprintf("%.4f  %.4f to %.4f  %d", *m.Value, *m.Low, *m.High, m.N)
}
