package assistant

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// WordingKind tells how a source gives the words of an instrument.
type WordingKind string

// The kinds: an official consolidation, the text as it was signed or enacted, our digest.
const (
	Consolidated WordingKind = "consolidated"
	AsEnacted    WordingKind = "enacted"
	OurDigest    WordingKind = "digest"
)

// Wording is an instrument as one source gives it.
type Wording struct {
	Kind       WordingKind
	Edition    civil.Date // the day the source speaks of, as far as known
	Instrument corpus.Instrument
}

// Wordings finds every wording of an instrument that the store holds, best first; none
// for one it does not.
type Wordings interface {
	Wordings(ctx context.Context, number string) ([]Wording, error)
}

// Version is what a provision was and said on one day.
type Version struct {
	On     civil.Date    `json:"on"`
	Status corpus.Status `json:"status"`
	State  string        `json:"state"` // in Vietnamese
	Text   string        `json:"text,omitempty"`
	Kind   WordingKind   `json:"kind,omitempty"`
	Source corpus.Source `json:"source,omitzero"`
	// Doubt is why Text may not be the words of that day, in Vietnamese.
	Doubt string `json:"doubt,omitempty"`
}

// Comparison is a provision on two days.
type Comparison struct {
	Provision corpus.Provision `json:"provision"`
	Reference string           `json:"reference"` // as quoted in full
	Heading   string           `json:"heading,omitempty"`
	First     Version          `json:"first"`
	Second    Version          `json:"second"`
	// Between lists what was done to the provision after the first day, up to the second.
	Between []corpus.Relation `json:"between,omitempty"`
	Lines   []LineChange      `json:"lines,omitempty"`
	Summary string            `json:"summary"` // Vietnamese
}

// Comparer compares provisions.
type Comparer struct {
	Library  corpus.Library
	Wordings Wordings
}

// Compare tells what a provision was and said on two days, the earlier first, and why.
// corpus.ErrNotFound when no source holds the instrument or the place in it.
func (c Comparer) Compare(ctx context.Context, p corpus.Provision, day1, day2 civil.Date) (Comparison, error) {
	if day2.Before(day1) {
		day1, day2 = day2, day1
	}
	held, enacted, err := c.held(ctx, p)
	if err != nil {
		return Comparison{}, err
	}
	to, from, err := c.Library.Relations(ctx, p)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return Comparison{}, err
	}
	v := versions{p: p, held: held, added: enacted, rels: slices.Concat(to, from)}
	out := Comparison{Provision: p, First: v.on(day1), Second: v.on(day2)}
	head, err := c.Library.Instrument(ctx, p.Instrument)
	if err != nil {
		return Comparison{}, err
	}
	out.Reference = FullReference(p, head)
	out.Heading = held[0].heading
	for _, r := range to {
		if !r.Effective.IsZero() && day1.Before(r.Effective) && !day2.Before(r.Effective) && changes(r) && (r.Kind != corpus.Amends || !wholeText(r.To) || wholeText(p)) {
			out.Between = append(out.Between, r)
		}
	}
	if out.First.Text != "" && out.Second.Text != "" {
		out.Lines = diffLines(out.First.Text, out.Second.Text)
	}
	if len(out.Between) > 0 && out.First.Text == out.Second.Text && out.First.Doubt+out.Second.Doubt == "" && out.Second.Status.Applies() {
		out.Second.Doubt = "lời văn trong kho không đổi dù có sửa đổi; có thể kho chưa có lời văn mới, hoặc phần này không bị sửa"
	}
	out.Summary = summary(out)
	return out, nil
}

func changes(r corpus.Relation) bool {
	switch r.Kind {
	case corpus.Amends, corpus.Replaces, corpus.Repeals, corpus.Suspends:
		return true
	}
	return false
}

// heldText is the place in one wording.
type heldText struct {
	Wording
	instrument corpus.Instrument
	heading    string
	text       string
	validity   corpus.Validity // of these words
	source     corpus.Source
}

// held finds the place in every wording that has it, in the order given. added: the text
// as enacted is there and has no such place.
func (c Comparer) held(ctx context.Context, p corpus.Provision) (out []heldText, added bool, err error) {
	all, err := c.Wordings.Wordings(ctx, p.Instrument)
	if err != nil {
		return nil, false, err
	}
	had := false
	for _, w := range all {
		h := heldText{Wording: w, instrument: w.Instrument, validity: w.Instrument.Validity, source: w.Instrument.Source}
		found := h.find(p)
		if found {
			out = append(out, h)
		}
		added, had = added || w.Kind == AsEnacted && !found, had || w.Kind == AsEnacted && found
	}
	if len(out) == 0 {
		return nil, false, corpus.ErrNotFound
	}
	return out, added && !had, nil
}

// find takes the words of the place; false when the wording has no such place.
func (h *heldText) find(p corpus.Provision) bool {
	if wholeText(p) {
		h.heading = h.instrument.Title
		return true
	}
	for _, a := range h.instrument.Annexes {
		if p.Annex != "" && strings.EqualFold(a.Number, p.Annex) {
			h.heading, h.text = a.Title, a.Text
			return true
		}
	}
	for _, a := range h.instrument.Articles {
		if !strings.EqualFold(a.Number, p.Article) {
			continue
		}
		h.heading = a.Heading
		if a.Validity != (corpus.Validity{}) {
			h.validity = a.Validity
		}
		if a.Source != (corpus.Source{}) {
			h.source = a.Source
		}
		var found bool
		h.text, found = wordsAt(a, p)
		return found
	}
	return false
}

// wordsAt is the text of the article, or of the clause or point named.
func wordsAt(a corpus.Article, p corpus.Provision) (string, bool) {
	if p.Clause == "" && p.Point == "" {
		return a.FullText(), true
	}
	for _, c := range a.Clauses {
		if !strings.EqualFold(c.Number, p.Clause) {
			continue
		}
		if p.Point == "" {
			return corpus.Article{Clauses: []corpus.Clause{c}}.FullText(), true
		}
		for _, point := range c.Points {
			if strings.EqualFold(point.Letter, p.Point) {
				return point.Letter + ") " + point.Text, true
			}
		}
	}
	return "", false
}

// versions chooses among the wordings for a day.
type versions struct {
	p    corpus.Provision
	held []heldText
	// added: the place came with an amendment, for the text as enacted has none such.
	added bool
	rels  []corpus.Relation
}

func (v versions) on(day civil.Date) Version {
	best := v.held[0]
	out := Version{On: day, Status: corpus.StatusOn(v.p, best.validity, v.rels, day)}
	if out.Status.State == corpus.NotYet && best.Kind == Consolidated {
		// The span is that of the newest words; an older wording may have been in force.
		if older, ok := v.older(day); ok && older.validity.Holds(day) {
			out.Status = corpus.StatusOn(v.p, older.validity, v.rels, day)
		}
	}
	out.State = stateWords[out.Status.State]
	shown, doubt := v.words(day, out.Status)
	if doubt == "" && shown.Kind != "" && shown.Kind != Consolidated {
		doubt = v.perhapsAmended(day)
	}
	out.Text, out.Kind, out.Source, out.Doubt = shown.text, shown.Kind, shown.source, doubt
	return out
}

// perhapsAmended tells of amendments of the instrument that name no place: they may have
// touched the words we hold as enacted.
func (v versions) perhapsAmended(day civil.Date) string {
	var open []corpus.Relation
	for _, r := range v.rels {
		mine := corpus.NumberKey(r.To.Instrument) == corpus.NumberKey(v.p.Instrument) && wholeText(r.To) && !wholeText(v.p)
		placed := slices.ContainsFunc(v.rels, func(q corpus.Relation) bool {
			return q.Kind == corpus.Amends && !wholeText(q.To) && corpus.NumberKey(q.From.Instrument) == corpus.NumberKey(r.From.Instrument)
		})
		if r.Kind == corpus.Amends && mine && !placed && !r.Effective.IsZero() && !day.Before(r.Effective) {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return ""
	}
	return "văn bản này được sửa đổi một số điều bởi " + names(open) + "; kho chưa rõ có sửa điều này không"
}

// words chooses the wording of the day and says what is doubtful of it.
func (v versions) words(day civil.Date, s corpus.Status) (heldText, string) {
	best := v.held[0]
	later := v.amendedAfter(day)
	newer := s.State == corpus.EarlierWording || (best.Kind == Consolidated && day.Before(best.validity.From))
	if best.Kind != Consolidated && len(v.amendedBy(day)) > 0 {
		return best, "lời văn là bản như ban hành; đến ngày này đã có văn bản sửa đổi (" + names(v.amendedBy(day)) + ") nhưng kho chưa có bản hợp nhất"
	}
	if !newer && (best.Kind != Consolidated || len(later) == 0) {
		return best, digestDoubt(best)
	}
	older, ok := v.older(day)
	if !ok && v.added {
		return heldText{}, "bản như ban hành không có điều, khoản này: có thể đến ngày này chưa được bổ sung"
	}
	if !ok {
		return best, "kho chỉ có lời văn sau khi sửa đổi; chưa có lời văn cũ của ngày này"
	}
	if before := v.amendedBy(day); len(before) > 0 {
		return older, "lời văn như ban hành; trước ngày này còn được sửa đổi bởi " + names(before)
	}
	return older, digestDoubt(older)
}

func digestDoubt(h heldText) string {
	if h.Kind == OurDigest {
		return "bản tóm lược của Một Cửa, không phải nguyên văn"
	}
	return ""
}

// older is the text as enacted, if some source gives it.
func (v versions) older(civil.Date) (heldText, bool) {
	for _, h := range v.held {
		if h.Kind == AsEnacted {
			return h, true
		}
	}
	return heldText{}, false
}

// amendedBy lists the amendments of the place in effect by the day; amendedAfter those
// that came later.
func (v versions) amendedBy(day civil.Date) []corpus.Relation {
	return v.amendments(func(r corpus.Relation) bool { return !day.Before(r.Effective) })
}

func (v versions) amendedAfter(day civil.Date) []corpus.Relation {
	return v.amendments(func(r corpus.Relation) bool { return day.Before(r.Effective) })
}

func (v versions) amendments(keep func(corpus.Relation) bool) []corpus.Relation {
	var out []corpus.Relation
	for _, r := range v.rels {
		foreign := corpus.NumberKey(r.From.Instrument) != corpus.NumberKey(v.p.Instrument)
		here := v.p.Covers(r.To) || r.To.Covers(v.p) && r.To.Article != ""
		if r.Kind == corpus.Amends && foreign && here && !r.Effective.IsZero() && keep(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b corpus.Relation) int {
		return cmp.Or(a.Effective.Compare(b.Effective), cmp.Compare(a.From.Key(), b.From.Key()))
	})
	return out
}

func names(rels []corpus.Relation) string {
	var out []string
	for _, r := range rels {
		out = appendNew(out, amendedBy(r))
	}
	return strings.Join(out, "; ")
}

// summary is the comparison in a sentence or two.
func summary(c Comparison) string {
	first, second := c.First, c.Second
	out := "Ngày " + first.On.VN() + ": " + first.State + "; ngày " + second.On.VN() + ": " + second.State + "."
	switch {
	case first.Text == "" || second.Text == "":
	case first.Text == second.Text && len(c.Between) == 0:
		out += " Lời văn hai ngày như nhau."
	case first.Text == second.Text:
		out += " Lời văn trong kho như nhau, nhưng giữa hai ngày có thay đổi: " + names(c.Between) + "."
	default:
		out += " Lời văn khác nhau"
		if len(c.Between) > 0 {
			out += ", do " + names(c.Between)
		}
		out += "."
	}
	for _, v := range []Version{first, second} {
		if v.Doubt != "" {
			out += " Chưa chắc chắn về ngày " + v.On.VN() + ": " + v.Doubt + "."
		}
	}
	return out
}
