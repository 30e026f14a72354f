package assistant

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Card is a procedure laid out for use: the hard facts, straight from the record.
type Card struct {
	Procedure  string            `json:"procedure"` // record ID
	Code       string            `json:"code,omitempty"`
	Name       string            `json:"name"`
	Decision   string            `json:"decision,omitempty"`
	Sections   []Section         `json:"sections"`
	URL        string            `json:"url,omitempty"`
	VerifiedOn civil.Date        `json:"verified_on"`
	Confidence corpus.Confidence `json:"confidence"`
	Doubt      string            `json:"doubt,omitempty"`
	Digest     bool              `json:"digest,omitempty"`
	Validity   corpus.Validity   `json:"validity"`
	// Incomplete lists what the record does not hold, in Vietnamese.
	Incomplete []string `json:"incomplete,omitempty"`
}

// Section is one slot of the card.
type Section struct {
	Slot  Slot   `json:"slot"`
	Title string `json:"title"`
	Lines []Line `json:"lines"`
	// Basis cites the provisions behind the section: "Điều 15 Luật 60/2014/QH13".
	Basis []string `json:"basis,omitempty"`
}

// Line is one fact with the mark of the citation that proves it.
type Line struct {
	Case  string `json:"case,omitempty"`
	Text  string `json:"text"`
	Mark  int    `json:"mark"`
	Doubt string `json:"doubt,omitempty"`
	// Until is the last day the fact is known to hold; zero when no end is known.
	Until civil.Date `json:"until,omitzero"`
}
