package corpus

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Source lets anyone check a text: where, when (UTC), hex digest of the bytes read.
type Source struct {
	URL         string    `json:"url,omitempty"`
	Name        string    `json:"name,omitempty"`
	RetrievedAt time.Time `json:"retrieved_at,omitzero"`
	SHA256      string    `json:"sha256,omitempty"`
	// Restricted: for officials only.
	Restricted bool `json:"restricted,omitempty"`
}

// Confidence says how sure we are of a fact. What is Low is never shown to a citizen as
// certain.
type Confidence string

// High: the official record and the legal text agree. Medium: one good source.
// Low: second-hand, from memory, or contradicted.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Known reports whether c is one of the three levels.
func (c Confidence) Known() bool { return c == High || c == Medium || c == Low }

// Provenance stands behind one fact: who says so, by which decision, checked when, how
// sure, and for which days it holds.
type Provenance struct {
	Source     string     `json:"source"`
	Decision   string     `json:"decision,omitempty"`
	VerifiedOn civil.Date `json:"verified_on"`
	Confidence Confidence `json:"confidence"`
	Validity   Validity   `json:"validity"`
	// Doubt is the reason, in Vietnamese, why a fact is not High; shown beside it.
	Doubt string `json:"doubt,omitempty"`
}
