package assistant

import (
	"context"
	"fmt"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
)

// Locate finds the place a question names, or the person gave, and what it is today.
type Locate struct{}

// Name of the step in traces.
func (Locate) Name() string { return "locate" }

// twoTiers is the day districts ended and communes were drawn anew.
var twoTiers = civil.New(2025, 7, 1)

// Run fills Place and ProvinceCode. The words of the place leave the text searched:
// procedures are national, and a commune's name is no evidence for one of them.
func (Locate) Run(_ context.Context, t *Turn) error {
	if mentions := place.FindIn(t.Text); len(mentions) > 0 {
		m := mentions[0]
		t.locate(m.Matches, m.Ambiguous())
		t.Text = without(t.Text, mentions)
	} else if t.Question.Place != "" {
		matches := place.Find(t.Question.Place)
		if len(matches) == 0 {
			t.Reading.Notes = append(t.Reading.Notes, fmt.Sprintf("Không nhận ra nơi “%s”.", clipRunes(t.Question.Place, 60)))
			return nil
		}
		t.locate(matches, place.Mention{Matches: matches, Total: len(matches)}.Ambiguous())
	} else if t.State.Place != "" {
		t.Reading.Place, t.Reading.ProvinceCode = t.State.Place, t.State.Province
	}
	t.Answer.Place = t.Reading.Place
	return nil
}

// without is the text with the places mentioned left out.
func without(text string, mentions []place.Mention) string {
	var b strings.Builder
	at := 0
	for _, m := range mentions {
		if m.Start < at {
			continue
		}
		b.WriteString(text[at:m.Start] + " ")
		at = m.End
	}
	b.WriteString(text[at:])
	return strings.Join(strings.Fields(b.String()), " ")
}

// locate settles on one unit, or on the province all readings share, or on none.
func (t *Turn) locate(matches []place.Match, ambiguous bool) {
	u := matches[0].Unit
	if ambiguous && u.Level != place.ProvinceLevel {
		t.Reading.Notes = append(t.Reading.Notes, fmt.Sprintf("Có nhiều nơi tên “%s”; hãy viết thêm tên tỉnh để tôi chỉ đúng nơi.", u.Bare()))
		return
	}
	t.Reading.Place = place.Path(u)
	now := place.Today(u)
	if len(now) > 0 {
		t.Reading.ProvinceCode = provinceOf(now[0].Unit)
	}
	if u.Old && !t.Reading.AsOf.Before(twoTiers) && len(now) > 0 {
		t.moved(u, now)
	}
}

func provinceOf(u place.Unit) string {
	if u.Level == place.ProvinceLevel {
		return u.Code
	}
	return u.Province
}

// moved tells what an old unit is today, as a correction with the list it comes from.
func (t *Turn) moved(u place.Unit, now []place.Successor) {
	if len(now) == 1 && now[0].Unit.Name == u.Name && now[0].Unit.Level == u.Level {
		return
	}
	words := movedWords(u, now)
	c := Citation{
		Mark: len(t.Answer.Citations) + 1, Chunk: corpus.ChunkID(placeChunk + u.Code + ":" + string(u.Level)), Label: "Danh mục đơn vị hành chính từ 01/07/2025",
		Title: u.Name, Quote: words, SHA256: digest(words), Validity: corpus.Validity{From: twoTiers}, Digest: true, Confidence: corpus.Medium,
	}
	t.Answer.Citations = append(t.Answer.Citations, c)
	t.Answer.Corrections = append(t.Answer.Corrections, Correction{ID: "place", Text: words, Marks: []int{c.Mark}, Basis: c.Label})
}

// placeChunk marks citations whose source is the table of places.
const placeChunk = "place:"

// mostUnits is how many successors are named; more would not help.
const mostUnits = 5

func movedWords(u place.Unit, now []place.Successor) string {
	var names []string
	for _, s := range now {
		name := place.Path(s.Unit)
		if s.Partial {
			name += " (một phần)"
		}
		names = append(names, name)
	}
	more := ""
	if len(names) > mostUnits {
		more = fmt.Sprintf(" và %d đơn vị khác", len(names)-mostUnits)
		names = names[:mostUnits]
	}
	if u.Level == place.DistrictLevel {
		return fmt.Sprintf("%s không còn là đơn vị hành chính từ 01/07/2025; địa bàn nay thuộc: %s%s.", place.Path(u), strings.Join(names, "; "), more)
	}
	return fmt.Sprintf("%s (sắp xếp lại từ 01/07/2025) nay là: %s%s.", place.Path(u), strings.Join(names, "; "), more)
}

// standsPlace checks such a citation by making it again from the table.
func standsPlace(c Citation) bool {
	code, level, ok := strings.Cut(strings.TrimPrefix(string(c.Chunk), placeChunk), ":")
	if !ok {
		return false
	}
	u, found := place.Old(place.Level(level), code)
	return found && movedWords(u, place.Today(u)) == c.Quote && digest(c.Quote) == c.SHA256
}

func clipRunes(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
