package store

import (
	"slices"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Days reads a stored span.
func Days(from, until string) (v corpus.Validity, err error) {
	if v.From, err = civil.Parse(from); err != nil {
		return v, err
	}
	v.Until, err = civil.Parse(until)
	return v, err
}

// Ends are the relations that may end places of one instrument, and those that may undo
// them (a repeal by a law that was itself repealed before its day).
type Ends []corpus.Relation

// Narrow ends the span on the first day on which the place no longer applies, as
// corpus.StatusOn judges it; what that calls doubtful (low confidence: an end without a
// day, a guiding text whose law is gone) ends nothing here, for a text wrongly hidden is
// never found again, while one shown carries its status.
func (e Ends) Narrow(v corpus.Validity, at corpus.Provision) corpus.Validity {
	var near []corpus.Relation
	var days []civil.Date
	for _, r := range e {
		if r.To.Covers(at) || corpus.NumberKey(r.To.Instrument) != corpus.NumberKey(at.Instrument) {
			near = append(near, r)
			if v.From.Before(r.Effective) && v.Holds(r.Effective) {
				days = append(days, r.Effective)
			}
		}
	}
	slices.SortFunc(days, civil.Date.Compare)
	for _, d := range days {
		// An end from before the text came into force did not mean this text.
		live := slices.DeleteFunc(slices.Clone(near), func(r corpus.Relation) bool {
			return !r.Effective.IsZero() && !v.From.Before(r.Effective)
		})
		if s := corpus.StatusOn(at, v, live, d); !s.Applies() && s.Confidence != corpus.Low {
			v.Until = d
			return v
		}
	}
	return v
}
