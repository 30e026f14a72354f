package lifeevents

import (
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval/viet"
)

// Checklist is what to bring for one procedure: asked once, and nothing the office has.
type Checklist struct {
	Procedure string     `json:"procedure"` // ID
	Name      string     `json:"name"`
	On        civil.Date `json:"on"` // made on that day, by the law of that day
	// Bring are the papers needed. NotAsked are papers of the dossier whose contents are on
	// file, or that the law forbids to ask for; each says why.
	Bring    []ChecklistPaper `json:"bring"`
	NotAsked []ChecklistPaper `json:"not_asked"`
	OnFile   []OnFile         `json:"on_file"`
}

// ChecklistPaper is one line.
type ChecklistPaper struct {
	Paper corpus.Paper       `json:"paper"`
	Why   Text               `json:"why,omitzero"`
	Basis []corpus.Provision `json:"basis,omitempty"`
	// OnFile is the ID of the fact that stands for the paper.
	OnFile string `json:"on_file,omitempty"`
}

// OnFile is a datum the office can read itself, with its source and the day it was seen.
type OnFile struct {
	Used
	Name   Text       `json:"name"`
	Value  Value      `json:"value"`
	SeenOn civil.Date `json:"seen_on"`
}

// replaceable says which papers of a dossier stand for which data. The words are folded
// Vietnamese; all of a group must occur in the paper's name.
var replaceable = []struct {
	words []string
	kind  FactKind
	key   string
}{
	{[]string{"can cuoc"}, Document, DocIDCard},
	{[]string{"chung minh nhan dan"}, Document, DocIDCard},
	{[]string{"giay khai sinh"}, Document, DocBirth},
	{[]string{"trich luc khai sinh"}, Document, DocBirth},
	{[]string{"chung nhan ket hon"}, Document, DocMarriage},
	{[]string{"tinh trang hon nhan"}, Document, DocSingle},
	{[]string{"xac nhan", "cu tru"}, Residence, ""},
	{[]string{"so ho khau"}, Residence, ""},
	{[]string{"the bao hiem y te"}, Insurance, ""},
	{[]string{"dang ky kinh doanh"}, Business, ""},
	{[]string{"dang ky ho kinh doanh"}, Business, ""},
}

// onceOnly is the law behind not asking: offices read the population and civil status data
// themselves, and from 1 July 2026 the police may not ask again for papers on file.
func onceOnly(p corpus.Procedure, on civil.Date) []corpus.Provision {
	basis := []corpus.Provision{{Instrument: "66.7/2025/NQ-CP"}, {Instrument: "18/2026/NĐ-CP"}}
	if on.Before(policeOnceOnly) {
		return basis
	}
	for _, b := range p.Basis {
		switch corpus.NumberKey(b.Provision.Instrument) {
		case "68/2020/qh14", "26/2023/qh15", "36/2024/qh15":
			return append([]corpus.Provision{{Instrument: "118/2025/QH15"}}, basis...)
		}
	}
	return basis
}

// policeOnceOnly is when Luật 118/2025/QH15 took effect.
var policeOnceOnly = civil.New(2026, 7, 1)

var onceOnlyWhy = Text{
	"Cơ quan tra cứu được trong cơ sở dữ liệu nên không yêu cầu nộp hoặc xuất trình lại.",
	"The office can look this up and may not ask for it again.",
}

// othersPapers are words of papers that are not, or not only, the person's own.
var othersPapers = []string{"hai ben", "cha me", "cha, me", "vo chong", "nguoi khac", "nuoc ngoai", "uy quyen", "nguoi chet", "cua tre", "thanh vien"}

// MakeChecklist divides the dossier of a procedure by what is on file about the person.
// Data that are doubtful (low confidence), out of date or only declared by the person
// do not stand for a paper. Forms to fill in, originals to hand over and papers of other
// people are always brought: better one paper too many than a walk for nothing.
func MakeChecklist(p corpus.Procedure, v *View, on civil.Date) Checklist {
	c := Checklist{Procedure: p.ID, Name: p.Name, On: on}
	for _, paper := range p.Dossier {
		line := ChecklistPaper{Paper: paper}
		if f := onFile(paper, v, on); f != nil {
			line.Why, line.Basis, line.OnFile = onceOnlyWhy, onceOnly(p, on), f.ID
			c.NotAsked = append(c.NotAsked, line)
			if !slices.ContainsFunc(c.OnFile, func(o OnFile) bool { return o.ID == f.ID }) {
				c.OnFile = append(c.OnFile, OnFile{UsedFact(f), FactWords(f.Kind, f.Key), f.Value, civil.On(f.ObservedAt)})
			}
			continue
		}
		c.Bring = append(c.Bring, line)
	}
	return c
}

// onFile finds the fact that stands for a paper of the person's own.
func onFile(paper corpus.Paper, v *View, on civil.Date) *Fact {
	name := viet.Fold(strings.ToLower(paper.Name))
	whose := name + " " + viet.Fold(strings.ToLower(paper.Case))
	if slices.ContainsFunc(othersPapers, func(w string) bool { return strings.Contains(whose, w) }) {
		return nil
	}
	if paper.Form != "" || paper.Originals > 0 || strings.HasPrefix(name, "to khai") || strings.HasPrefix(name, "don ") {
		return nil
	}
	for _, r := range replaceable {
		if !allIn(name, r.words) {
			continue
		}
		f := v.Fact(r.kind, r.key)
		if f == nil || f.Source == Declaration || f.Confidence == corpus.Low || !f.Validity.Holds(on) {
			continue
		}
		if f.Value.Until.IsZero() || !f.Value.Until.Before(on) {
			return f
		}
	}
	return nil
}

func allIn(name string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(name, w) {
			return false
		}
	}
	return true
}
