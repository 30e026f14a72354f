package portal

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// answerView is an answer arranged for reading.
type answerView struct {
	assistant.Answer
	Asked string // the question as it was understood to be asked
	// Today is false when the answer is for another day than today.
	Today bool
	// Key are the facts everybody wants first, Open the sections asked for, More the others.
	Key        []keyFact
	Open, More []sectionView
	Sources    []sourceView
	Explained  []assistant.Sentence
	// Tone tells the kind of outcome: "" an answer, "ask" we ask back, "no" an honest no,
	// "crisis" help first, "down" a fault of ours.
	Tone string
	Icon string
	// Page is the procedure's own page, Share a stable address without personal data.
	Page, Share, Print string
	// FollowUps are questions that may come next.
	FollowUps    []string
	Conversation string
	Reasons      []assistant.FeedbackReason
}

// keyFact is one fact of the strip on top of a card.
type keyFact struct {
	Icon, VI, EN, Text string
	More               int // further cases that differ
	Doubt              bool
}

// sectionView is a section of a card with its icon.
type sectionView struct {
	assistant.Section
	Icon      string
	Checklist bool
	// Until is the last day all lines are known to hold, when it is the same for all: then
	// it is told once.
	Until civil.Date
}

var slotIcons = map[assistant.Slot]string{
	assistant.Papers: "paper", assistant.Fees: "money", assistant.Time: "clock", assistant.Where: "place", assistant.Online: "link", assistant.Forms: "form",
	assistant.Conditions: "check", assistant.DueBy: "calendar", assistant.Penalty: "warn", assistant.Result: "id", assistant.LegalBasis: "law", assistant.Who: "person", assistant.Steps: "steps",
}

// followUps are short questions people ask next, by what they are about.
var followUps = []struct {
	slot assistant.Slot
	vi   string
}{
	{assistant.Papers, "Cần giấy tờ gì?"}, {assistant.Fees, "Lệ phí bao nhiêu?"}, {assistant.Time, "Mất bao lâu?"}, {assistant.Where, "Nộp ở đâu?"},
	{assistant.Online, "Làm trực tuyến được không?"}, {assistant.DueBy, "Hạn phải làm là khi nào?"}, {assistant.LegalBasis, "Căn cứ vào luật nào?"},
}

// view arranges an answer for the page.
func (p *Portal) view(r *http.Request, q assistant.Question, a assistant.Answer) *answerView {
	v := &answerView{Answer: a, Asked: q.Text, Conversation: q.Conversation, Today: a.AsOf == today(p.Now()), Reasons: assistant.FeedbackReasons()}
	v.Tone, v.Icon = tone(a.Status)
	for _, s := range a.Sentences {
		if s.Slot == assistant.Explanation {
			v.Explained = append(v.Explained, s)
		}
	}
	v.Sources = p.sources(r.Context(), a.Citations, a.AsOf)
	v.addresses(q, a)
	if a.Card != nil {
		v.lay(a)
	}
	return v
}

func tone(s assistant.Status) (kind, icon string) {
	switch {
	case s == assistant.Crisis:
		return "crisis", "heart"
	case s == assistant.NeedsDetail:
		return "ask", "ask"
	case s == assistant.Unavailable:
		return "down", "offline"
	case s.Refusal(), s == assistant.TooLong, s == assistant.Unclear, s == assistant.TooMany:
		return "no", "info"
	}
	return "", "check"
}

// lay picks what to show at once: what was asked, and on an open question what everybody
// needs.
func (v *answerView) lay(a assistant.Answer) {
	open := map[assistant.Slot]bool{}
	for _, s := range a.Sentences {
		open[s.Slot] = true
	}
	if len(a.Sentences) == 0 {
		open = map[assistant.Slot]bool{assistant.Papers: true, assistant.Fees: true, assistant.Time: true, assistant.Where: true}
	}
	for _, s := range a.Card.Sections {
		x := sectionView{Section: s, Icon: slotIcons[s.Slot], Checklist: s.Slot == assistant.Papers, Until: sameEnd(s.Lines)}
		if open[s.Slot] {
			v.Open = append(v.Open, x)
		} else {
			v.More = append(v.More, x)
		}
	}
	v.Key = keyFacts(a.Card.Sections)
	for _, f := range followUps {
		if !open[f.slot] && len(v.FollowUps) < 3 && slices.ContainsFunc(a.Card.Sections, func(s assistant.Section) bool { return s.Slot == f.slot }) {
			v.FollowUps = append(v.FollowUps, f.vi)
		}
	}
}

// sameEnd is the day all lines share; zero when they differ.
func sameEnd(lines []assistant.Line) civil.Date {
	for _, l := range lines {
		if l.Until != lines[0].Until {
			return civil.Date{}
		}
	}
	if len(lines) == 0 {
		return civil.Date{}
	}
	return lines[0].Until
}

// keyFacts are fee, time and place, as the first line of each.
func keyFacts(sections []assistant.Section) (out []keyFact) {
	for _, k := range []struct {
		slot         assistant.Slot
		icon, vi, en string
	}{{assistant.Fees, "money", "Lệ phí", "Fee"}, {assistant.Time, "clock", "Thời hạn", "Time"}, {assistant.Where, "place", "Nơi nộp", "Where"}} {
		for _, s := range sections {
			if s.Slot != k.slot || len(s.Lines) == 0 {
				continue
			}
			l := s.Lines[0]
			text := l.Text
			if l.Case != "" {
				text = l.Case + ": " + text
			}
			out = append(out, keyFact{k.icon, k.vi, k.en, text, len(s.Lines) - 1, l.Doubt != ""})
		}
	}
	return out
}

// addresses makes the addresses under which the answer can be found again. A shared one
// holds the question with personal numbers masked and the day, never a conversation.
func (v *answerView) addresses(q assistant.Question, a assistant.Answer) {
	masked, _ := assistant.Mask(q.Text)
	to := url.Values{"q": {masked}, "as_of": {a.AsOf.String()}}
	if q.Place != "" {
		to.Set("place", q.Place)
	}
	if q.Chosen != "" {
		to.Set("chosen", q.Chosen)
	}
	v.Share = "/?" + to.Encode()
	if a.Card != nil {
		v.Page = ProcedureAddress(a.Card.Procedure)
	}
	to.Set("in", "1")
	v.Print = "/?" + to.Encode()
}

// ProcedureAddress is the page of a procedure.
func ProcedureAddress(id string) string { return ProceduresPath + "/" + url.PathEscape(id) }

// optionAddress is where an option leads: a procedure has its own page.
func optionAddress(unit string) string {
	if id, ok := strings.CutPrefix(unit, string(corpus.UnitOfProcedure(""))); ok {
		return ProcedureAddress(id)
	}
	return ""
}

// run is a stretch of text; Tel is the number to call when it is one of the hotlines.
type run struct{ Text, Tel string }

var reHotline = regexp.MustCompile(`\b(?:11[1-5]|1800\d{4}|1900\d{4,6})\b`)

// runs splits a text so that hotlines can be called by pressing them.
func runs(text string) (out []run) {
	at := 0
	for _, m := range reHotline.FindAllStringIndex(text, -1) {
		out = append(out, run{Text: text[at:m[0]]}, run{Text: text[m[0]:m[1]], Tel: text[m[0]:m[1]]})
		at = m[1]
	}
	return append(out, run{Text: text[at:]})
}

// quotedLines splits a quote at its line ends.
func quotedLines(text string) []string { return strings.Split(strings.Trim(text, "\n"), "\n") }

// paragraphs splits a text at its empty lines.
func paragraphs(text string) (out []string) {
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
