package assistant

import (
	"context"

	"github.com/motcua/motcua/corpus"
)

// cardMaker lays a record out as a card. A line enters only when the stored chunks of
// the record hold its exact words, so that every line carries a mark.
type cardMaker struct {
	ctx    context.Context
	p      corpus.Procedure
	chunks []corpus.Chunk
	cite   *citer
	card   *Card
}

// Card builds the card of p as of the day of the answer.
func makeCard(ctx context.Context, c *citer, p corpus.Procedure) (*Card, error) {
	chunks, err := c.library.Unit(ctx, corpus.UnitOfProcedure(p.ID))
	if err != nil {
		return nil, err
	}
	m := &cardMaker{ctx: ctx, p: p, chunks: chunks, cite: c, card: &Card{
		Procedure: p.ID, Code: p.Code, Name: p.Name, Decision: p.Decision, URL: onlineLink(p),
		VerifiedOn: p.Prov.VerifiedOn, Confidence: p.Prov.Confidence, Doubt: caution(p.Prov), Digest: p.Digest,
		Validity: p.Prov.Validity,
	}}
	return m.card, m.fill()
}

// caution is what is doubtful of the whole record; never empty at low confidence.
func caution(prov corpus.Provenance) string {
	if prov.Doubt == "" && prov.Confidence == corpus.Low {
		return unchecked
	}
	if prov.Confidence == corpus.High {
		return ""
	}
	return prov.Doubt
}

// fill adds the sections in the order people need them.
func (m *cardMaker) fill() error {
	sections := []struct {
		slot  Slot
		basis string
		lines []Line
	}{
		{Who, "who", m.texts(m.p.Who)},
		{Papers, "dossier", m.papers()},
		{Fees, "fee", m.fees()},
		{Time, "time", m.times()},
		{Where, "where", m.places()},
		{Conditions, "condition", m.facts(m.p.Conds)},
		{DueBy, "deadline", m.deadlines()},
		{Penalty, "penalty", m.facts(m.p.Penalty)},
		{Steps, "steps", m.texts(m.p.Steps)},
		{Result, "result", m.results()},
		{Forms, "form", m.forms()},
	}
	for _, s := range sections {
		if err := m.section(s.slot, s.basis, s.lines); err != nil {
			return err
		}
	}
	return m.basis()
}

func (m *cardMaker) section(slot Slot, behind string, lines []Line) error {
	if len(lines) == 0 {
		if missing, told := mustHave[slot]; told {
			m.card.Incomplete = append(m.card.Incomplete, missing)
		}
		return nil
	}
	places, err := m.behind(behind)
	if err != nil {
		return err
	}
	m.card.Sections = append(m.card.Sections, Section{Slot: slot, Title: slot.Title(), Lines: lines, Basis: places})
	return nil
}

// behind names the provisions that a section rests on, and cites those that are held.
func (m *cardMaker) behind(section string) (places []string, err error) {
	for _, b := range m.p.Basis {
		if b.For != section || !m.holds(b.Prov) {
			continue
		}
		if _, err := m.cite.provision(m.ctx, b.Provision); err != nil {
			return nil, err
		}
		places = append(places, b.Provision.String())
	}
	return places, nil
}

// mustHave are the sections whose absence a reader must be told.
var mustHave = map[Slot]string{
	Papers: "thành phần hồ sơ", Fees: "phí, lệ phí", Time: "thời hạn giải quyết", Where: "nơi nộp",
}

// basis lists every provision and instrument the record rests on.
func (m *cardMaker) basis() error {
	var lines []Line
	for _, b := range m.p.Basis {
		if !m.holds(b.Prov) {
			continue
		}
		mark, err := m.cite.provision(m.ctx, b.Provision)
		if err != nil {
			return err
		}
		words := b.Provision.String()
		if mark == 0 {
			mark = m.cite.line(m.chunks, words)
		}
		if mark != 0 {
			lines = append(lines, Line{Text: words, Mark: mark, Doubt: m.doubt(b.Prov)})
		}
	}
	return m.section(LegalBasis, "", dedupe(lines))
}

func dedupe(lines []Line) []Line {
	seen := map[string]bool{}
	var out []Line
	for _, l := range lines {
		if !seen[l.Text] {
			seen[l.Text] = true
			out = append(out, l)
		}
	}
	return out
}

func onlineLink(p corpus.Procedure) string {
	for _, w := range p.Where {
		if w.URL != "" {
			return w.URL
		}
	}
	return p.Source.URL
}
