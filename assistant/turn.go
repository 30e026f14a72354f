package assistant

import (
	"context"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

// Turn is what steps share; a step ends it by setting Answer.Status.
type Turn struct {
	Question Question
	// Text is the question as the steps after the guard see it: personal numbers masked,
	// follow-ups completed. Searches and models see only this.
	Text string
	// English: the question was asked in English, and Text says it in our records' words.
	English bool
	Reading Reading
	State   State // the conversation so far; updated by the last step
	Route   Route
	// Address is the place in the law that the question names; zero when it names none.
	Address corpus.Provision
	Hits    []retrieval.Hit   // procedures found, best first
	Laws    []retrieval.Hit   // provisions found, best first; read them with laws
	Choice  *corpus.Procedure // the procedure chosen
	Answer  Answer
	Notes   []string // for the operator; no words of the person

	// findLaws searches for provisions of at least this score; nil when Laws is all there is.
	findLaws func(ctx context.Context, least float64) ([]retrieval.Hit, error)
}

// Reading is what the question says about day, place, person and slots.
type Reading struct {
	AsOf civil.Date
	// Against is the earlier day that AsOf is to be compared with; zero when nothing is.
	Against civil.Date
	Slots   []Slot // in the order asked; empty means Overview
	Place   string // as resolved, in words
	// ProvinceCode is the province of today the place lies in; "" when none was named.
	ProvinceCode string
	Age          int  // full years on AsOf; -1 when not said
	HasAge       bool // Age is known
	Foreign      bool // a foreigner or foreign element is named
	Notes        []string
}

// Route is where the question goes.
type Route string

// The routes.
const (
	ToProcedure  Route = "procedure"
	ToRegulation Route = "regulation"
)

// State is the typed memory of a conversation; no free text of the person is kept in it.
type State struct {
	Procedure string   `json:"procedure,omitempty"` // the record last answered
	Unit      string   `json:"unit,omitempty"`      // the law unit last answered
	Slots     []Slot   `json:"slots,omitempty"`
	Place     string   `json:"place,omitempty"`
	Province  string   `json:"province,omitempty"`
	AsOf      string   `json:"as_of,omitempty"`
	Topic     string   `json:"topic,omitempty"` // words that carry the subject, masked
	Asked     int      `json:"asked,omitempty"` // questions back in a row
	Options   []Option `json:"options,omitempty"`
}

// Step does one thing. An error means the step failed, not that there is no answer.
type Step interface {
	Name() string
	Run(ctx context.Context, t *Turn) error
}

// Clock returns the present instant; passed in so that tests decide.
type Clock func() time.Time
