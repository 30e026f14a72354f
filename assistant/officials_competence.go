package assistant

import (
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
)

// Competent is who does a task on a day, with basis and doubt.
type Competent struct {
	ID    string `json:"id"`
	Field string `json:"field"`
	Task  string `json:"task"`
	// Body does the task on the day; Before did until 30 June 2025, Now does since.
	Body       string            `json:"body"`
	Before     string            `json:"before"`
	Now        string            `json:"now"`
	Basis      string            `json:"basis"`
	Source     string            `json:"source"`
	Validity   corpus.Validity   `json:"validity"`
	Confidence corpus.Confidence `json:"confidence"`
	Doubt      string            `json:"doubt,omitempty"`
	Procedures []string          `json:"procedures,omitempty"`
	// Words say it in one Vietnamese sentence or two, as an answer quotes it.
	Words string `json:"words"`
}

// Competence says who is competent for a task, in any words, on the day: the entries of
// the table of tasks that left the districts, best match first. An entry that has run out
// by the day is left out.
func Competence(task string, on civil.Date) []Competent {
	var out []Competent
	for _, e := range place.Competent(task) {
		if c, ok := CompetentOn(e, on); ok {
			out = append(out, c)
		}
	}
	return out
}

// CompetentOn reads an entry of the table for a day; not ok once the entry has run out, or
// where the table does not say.
func CompetentOn(e place.Entry, on civil.Date) (c Competent, ok bool) {
	from, errFrom := civil.Parse(e.From)
	until, errUntil := civil.Parse(e.Until)
	if errFrom != nil || errUntil != nil || (!until.IsZero() && !on.Before(until)) {
		return Competent{}, false
	}
	c = Competent{
		ID: e.ID, Field: e.Field, Task: e.Task, Body: e.Now, Before: e.Before, Now: e.Now, Basis: e.Basis, Source: e.Source,
		Validity: corpus.Validity{From: from, Until: until}, Confidence: corpus.Confidence(e.Confidence), Doubt: e.Doubt, Procedures: slices.Clone(e.Procedures),
	}
	left := from // the day the task left the old body
	if twoTiers.Before(from) {
		left = twoTiers
	}
	switch {
	case on.Before(left):
		c.Body, c.Validity = e.Before, corpus.Validity{Until: left}
		c.Words = fmt.Sprintf("%s: trước ngày %s do %s thực hiện; từ ngày %s chuyển cho %s. Căn cứ: %s.", e.Task, left.VN(), e.Before, from.VN(), e.Now, e.Basis)
	case on.Before(from):
		return Competent{}, false // the table does not say who did it in between
	case e.Before == e.Now:
		c.Words = fmt.Sprintf("%s: từ ngày %s vẫn do %s thực hiện. Căn cứ: %s.", e.Task, from.VN(), e.Now, e.Basis)
	default:
		c.Words = fmt.Sprintf("%s: từ ngày %s do %s thực hiện; trước ngày %s do %s. Căn cứ: %s.", e.Task, from.VN(), e.Now, left.VN(), e.Before, e.Basis)
	}
	c.Words += c.note()
	return c, true
}

// note is what else to know of an entry we are sure of.
func (c Competent) note() string {
	if c.Confidence != corpus.High || c.Doubt == "" {
		return ""
	}
	return " Lưu ý: " + sentence(c.Doubt)
}

// doubted is why the entry is not certain; never empty for one of low confidence.
func (c Competent) doubted() string {
	switch {
	case c.Confidence == corpus.High:
		return ""
	case c.Doubt == "" && c.Confidence == corpus.Low:
		return unchecked
	}
	return strings.TrimSuffix(c.Doubt, ".")
}

// competenceChunk marks citations whose source is the table of competence.
const competenceChunk = "competence:"

func (c Competent) citation() Citation {
	return Citation{
		Chunk: corpus.ChunkID(competenceChunk + c.ID), Label: "Bảng thẩm quyền hai cấp của Một Cửa", Title: c.Basis + " (nguồn: " + c.Source + ")",
		Quote: c.Words, SHA256: digest(c.Words), Validity: c.Validity, Digest: true, VerifiedOn: competenceReviewed, Confidence: c.Confidence,
	}
}

// Decides are the sentences of an answer that say who is competent, from the table: they
// stand beside a card, which says only what its record holds.
func (a Answer) Decides() (out []Sentence) {
	from := map[int]bool{}
	for _, c := range a.Citations {
		from[c.Mark] = CompetenceTable{}.Cites(c)
	}
	for _, x := range a.Sentences {
		if len(x.Marks) > 0 && from[x.Marks[0]] && x.Slot == Where {
			out = append(out, x)
		}
	}
	return out
}

// competenceReviewed is the day the table was reviewed, as its head says.
var competenceReviewed = civil.New(2026, 11, 21)

// CompetenceTable checks citations of the table of competence.
type CompetenceTable struct{}

// Cites implements Table.
func (CompetenceTable) Cites(c Citation) bool {
	return strings.HasPrefix(string(c.Chunk), competenceChunk)
}

// Stands implements Table: the words are made again from the table.
func (CompetenceTable) Stands(c Citation, a Answer) bool {
	for _, e := range place.Competence() {
		if string(c.Chunk) != competenceChunk+e.ID {
			continue
		}
		now, ok := CompetentOn(e, a.AsOf)
		return ok && now.Words == c.Quote && digest(c.Quote) == c.SHA256
	}
	return false
}
