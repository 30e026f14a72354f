package starter

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// standing is what any fact in a file may say about itself; what it leaves out comes from
// the record, and what the record leaves out from the group.
type standing struct {
	Source     string            `yaml:"source"`
	Decision   string            `yaml:"published_by"`
	VerifiedOn civil.Date        `yaml:"verified_on"`
	Confidence corpus.Confidence `yaml:"confidence"`
	Doubt      string            `yaml:"doubt"`
	From       civil.Date        `yaml:"valid_from"`
	Until      civil.Date        `yaml:"valid_until"`
}

// over fills p, what stands behind the level above, with what s says of its own. A
// confidence of its own drops the doubt of the level above.
func (s standing) over(p corpus.Provenance) corpus.Provenance {
	if s.Source != "" {
		p.Source = s.Source
	}
	if s.Decision != "" {
		p.Decision = s.Decision
	}
	if !s.VerifiedOn.IsZero() {
		p.VerifiedOn = s.VerifiedOn
	}
	if s.Confidence != "" {
		p.Confidence, p.Doubt = s.Confidence, ""
	}
	if s.Doubt != "" {
		p.Doubt = s.Doubt
	}
	if !s.From.IsZero() {
		p.Validity.From = s.From
	}
	if !s.Until.IsZero() {
		p.Validity.Until = s.Until
	}
	return p
}

// own is nil when the fact says nothing of its own.
func (s standing) own(record corpus.Provenance) *corpus.Provenance {
	if s == (standing{}) {
		return nil
	}
	p := s.over(record)
	return &p
}
