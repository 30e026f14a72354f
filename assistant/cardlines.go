package assistant

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/chunk"
)

// add keeps the line if the record's chunks prove it and it holds on the day asked.
func (m *cardMaker) add(lines []Line, group, words string, own *corpus.Provenance) []Line {
	if !m.holds(own) {
		return lines
	}
	for _, piece := range chunk.Pieces(words) {
		if mark := m.cite.line(m.chunks, piece); mark != 0 {
			lines = append(lines, Line{Case: group, Text: piece, Mark: mark, Doubt: m.doubt(own), Until: m.p.ProvOf(own).Validity.Until})
		}
	}
	return lines
}

func (m *cardMaker) holds(own *corpus.Provenance) bool {
	return m.p.ProvOf(own).Validity.Holds(m.cite.answer.AsOf)
}

// doubt is why a fact is not certain, where that is its own; what is doubtful of the
// whole record is told once, by the card. Never empty for a fact of low confidence.
func (m *cardMaker) doubt(own *corpus.Provenance) string {
	switch {
	case own == nil || own.Confidence == corpus.High || own.Doubt == m.p.Prov.Doubt && own.Confidence == m.p.Prov.Confidence:
		return ""
	case own.Doubt != "":
		return own.Doubt
	case own.Confidence == corpus.Low:
		return unchecked
	}
	return ""
}

// unchecked is said of what is of low confidence and gives no reason of its own.
const unchecked = "chưa đối chiếu được với văn bản gốc"

func (m *cardMaker) texts(all []string) (lines []Line) {
	for _, words := range all {
		lines = m.add(lines, "", words, nil)
	}
	return lines
}

func (m *cardMaker) facts(all []corpus.Fact) (lines []Line) {
	for _, f := range all {
		lines = m.add(lines, "", f.Line(), f.Prov)
	}
	return lines
}

func (m *cardMaker) papers() (lines []Line) {
	for _, p := range m.p.Dossier {
		lines = m.add(lines, p.Case, p.Line(), p.Prov)
	}
	return lines
}

func (m *cardMaker) fees() (lines []Line) {
	for _, f := range m.p.Fees {
		lines = m.add(lines, "", f.Line(), f.Prov)
	}
	return lines
}

func (m *cardMaker) times() (lines []Line) {
	for _, t := range m.p.Times {
		lines = m.add(lines, "", t.Line(), t.Prov)
	}
	return lines
}

func (m *cardMaker) places() (lines []Line) {
	for _, b := range m.p.Body {
		lines = m.add(lines, "Cơ quan giải quyết", b.Name, b.Prov)
	}
	for _, w := range m.p.Where {
		lines = m.add(lines, "", w.Line(), w.Prov)
	}
	return lines
}

func (m *cardMaker) deadlines() (lines []Line) {
	for _, d := range m.p.Deadline {
		lines = m.add(lines, "", d.Line(), d.Prov)
	}
	return lines
}

func (m *cardMaker) results() (lines []Line) {
	for _, r := range m.p.Results {
		lines = m.add(lines, "", r.Name, r.Prov)
	}
	return lines
}

func (m *cardMaker) forms() (lines []Line) {
	for _, f := range m.p.Forms {
		lines = m.add(lines, "", f.Line(), f.Prov)
	}
	return lines
}
