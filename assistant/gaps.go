package assistant

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/motcua/motcua/internal/civil"
)

// Unanswered is the topic of a question nobody could answer: a bag of folded words that
// carry a subject, without numbers and, as far as we can tell, names.
type Unanswered struct {
	Words        []string // sorted, each once
	Conversation string
	At           time.Time
}

// Gap is a topic that several people asked about in vain.
type Gap struct {
	Words []string    `json:"words"` // those at least smallestCount of them used
	Asked int         `json:"asked"`
	Weeks []WeekCount `json:"weeks"` // oldest first
}

// WeekCount is how many asked in the week that begins on Monday.
type WeekCount struct {
	Monday civil.Date `json:"monday"`
	Asked  int        `json:"asked"`
}

// GapReport is what officials see. Rare counts the questions left out because too few
// people asked alike: their words could tell who asked.
type GapReport struct {
	Gaps []Gap `json:"gaps"`
	Rare int   `json:"rare"`
}

// GapRow is one asker's topic in one week.
type GapRow struct {
	Monday civil.Date
	Words  []string
}

// Gaps keeps topics nobody could answer.
type Gaps interface {
	// Note counts a topic once a week and conversation.
	Note(ctx context.Context, u Unanswered) error
	// Noted lists the rows of weeks that began on or after the day, by week, then words.
	Noted(ctx context.Context, since civil.Date) ([]GapRow, error)
}

const (
	// smallestCount is how many people must have used a word before anyone is shown it.
	smallestCount = 3
	// mostTopicWords bounds a topic; the first in the question's order count.
	mostTopicWords = 8
	// alike is the share of words (of all in either) that makes two topics one.
	alike = 0.5
)

// MondayOf is the first day of the week of the instant, in Vietnam.
func MondayOf(at time.Time) civil.Date {
	d := civil.On(at)
	return d.AddDays(-(int(d.Weekday()) + 6) % 7)
}

// unanswered is the topic of a turn that found no source; not ok for any other turn.
func unanswered(t *Turn) (Unanswered, bool) {
	switch t.Answer.Status {
	case NoSource, NotInForce, Partial:
	default:
		return Unanswered{}, false
	}
	words := topicWords(t.Text)
	return Unanswered{Words: words, Conversation: t.Question.Conversation, At: t.Question.AskedAt}, len(words) > 0
}

var (
	reMasked = regexp.MustCompile(`\[[^\]]*\]`)
	reCalled = regexp.MustCompile(`(^|[^\p{L}])(?i:tên(?: tôi| em| mình)?(?: là)?|họ tên|ông|bà|anh|chị)\s+(?:\p{Lu}\p{L}*\s*){1,4}`)
	reNamed  = regexp.MustCompile(`(?:\p{Lu}\p{Ll}+\s+){1,3}\p{Lu}\p{Ll}+`)
)

// topicWords are the words of a question that carry its subject, folded, sorted.
func topicWords(text string) []string {
	text = reMasked.ReplaceAllString(text, " ")
	text = reCalled.ReplaceAllString(text, "$1 ")
	text = reNamed.ReplaceAllStringFunc(text, keepSubjects)
	folded := " " + strings.Join(foldedWords(text), " ") + " "
	for _, c := range cues {
		folded = strings.ReplaceAll(folded, " "+c.words+" ", "  ")
	}
	var out []string
	for _, w := range strings.Fields(folded) {
		digit := strings.ContainsFunc(w, unicode.IsDigit)
		if !digit && len(w) > 1 && !fillers[w] && !slices.Contains(out, w) && len(out) < mostTopicWords {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// keepSubjects drops a run of capitalised words, as names are written, unless it names a
// kind of thing people ask about ("Giấy Khai Sinh").
func keepSubjects(run string) string {
	folded := spaced(run)
	if _, subject := firstCue(folded, newSubject); subject {
		return run
	}
	return " "
}

// GatherGaps joins rows about like topics, the most asked first, and leaves out what too
// few people share.
func GatherGaps(rows []GapRow) GapReport {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b GapRow) int {
		return cmp.Or(cmp.Compare(len(b.Words), len(a.Words)), slices.Compare(a.Words, b.Words), a.Monday.Compare(b.Monday))
	})
	var groups [][]GapRow
	for _, r := range rows {
		best, share := -1, 0.0
		for i, g := range groups {
			if s := overlap(g[0].Words, r.Words); s >= alike && s > share {
				best, share = i, s
			}
		}
		if best < 0 {
			groups = append(groups, []GapRow{r})
		} else {
			groups[best] = append(groups[best], r)
		}
	}
	report := GapReport{Gaps: []Gap{}}
	for _, g := range groups {
		if gap, ok := gapOf(g); ok {
			report.Gaps = append(report.Gaps, gap)
		} else {
			report.Rare += len(g)
		}
	}
	slices.SortFunc(report.Gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Asked, a.Asked), slices.Compare(a.Words, b.Words))
	})
	return report
}

// gapOf is the topic of a group; not ok when no word is shared by enough people.
func gapOf(rows []GapRow) (Gap, bool) {
	used := map[string]int{}
	weeks := map[civil.Date]int{}
	for _, r := range rows {
		weeks[r.Monday]++
		for _, w := range r.Words {
			used[w]++
		}
	}
	g := Gap{Asked: len(rows)}
	for w, n := range used {
		if n >= smallestCount {
			g.Words = append(g.Words, w)
		}
	}
	for monday, n := range weeks {
		g.Weeks = append(g.Weeks, WeekCount{monday, n})
	}
	slices.Sort(g.Words)
	slices.SortFunc(g.Weeks, func(a, b WeekCount) int { return a.Monday.Compare(b.Monday) })
	return g, len(g.Words) > 0
}

// overlap is the share of words two sorted bags have in common, of all in either.
func overlap(a, b []string) float64 {
	both := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			both++
		}
	}
	all := len(a) + len(b) - both
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}
