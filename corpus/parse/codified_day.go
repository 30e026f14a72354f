package parse

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// settleDays compares the first day the notes give with the day the closing article
// itself states, and keeps what is right more often: the table of laws postponed or
// brought forward; else the law's own words, as long as they name a day within two years
// of its issue (a later one was put there by an amendment); else the note. Of 3,554 real
// instruments that state their day, 2 in 100 have another one in their notes, mostly a
// mistyped month or year. Where the two differ Confidence is Medium.
func settleDays(in *corpus.Instrument) {
	note := in.Validity.From
	from, until := closingDay(*in)
	span, known := KnownSpan(in.Number)
	switch {
	case known:
		from = span.From
	case !plausible(*in, from):
		from = note
	}
	if in.Validity.Until.IsZero() && from.Before(until) {
		in.Validity.Until = until
	}
	if from == note {
		return
	}
	in.Validity.From, in.Confidence = from, corpus.Medium
	for i := range in.Articles {
		if v := &in.Articles[i].Validity; v.From == note {
			v.From = from
		}
	}
}

// closingDay reads the days the closing articles state; articles that were amended are
// left out, since they may state another instrument's day.
func closingDay(in corpus.Instrument) (from, until civil.Date) {
	var whole []corpus.Article
	for _, a := range in.Articles {
		if n, _ := parseNote(a.Note); len(n.Changes) == 0 {
			whole = append(whole, a)
		}
	}
	for i := len(whole) - 1; i >= 0; i-- {
		for _, s := range splitSentences(articleWords(whole[i])) {
			if d, ok := effectDay(s, in.Issued); ok {
				return d, lastDay(s)
			}
		}
	}
	return from, until
}

// plausible reports whether an instrument may have taken effect on that day.
func plausible(in corpus.Instrument, d civil.Date) bool {
	if d.IsZero() {
		return false
	}
	if in.Issued.IsZero() {
		year := corpus.YearOf(in.Number)
		return year == 0 || d.Year >= year && d.Year <= year+2
	}
	return !d.Before(in.Issued) && d.Before(in.Issued.AddDays(731))
}
