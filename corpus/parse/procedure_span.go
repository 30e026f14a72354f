package parse

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

const dayShape = `(\d{1,2})(?:/|-| tháng )(\d{1,2})(?:/|-| năm )(\d{4})`

var (
	fromDay  = regexp.MustCompile(`(?i)từ\s+(?:kể từ )?(?:ngày\s+)?` + dayShape)
	untilDay = regexp.MustCompile(`(?i)đến\s+(?:hết\s+)?(?:ngày\s+)?` + dayShape)
	citation = regexp.MustCompile(`\d+/\d{4}/(?:TTLT|TT|NĐ|NQ|QĐ)-[\p{Lu}\d-]+`)
)

// spanIn reads the days a sentence is said to hold: "từ ngày 01/7/2025 đến hết ngày
// 31/12/2026" is [2025-07-01, 2027-01-01). Zero where it names none.
func spanIn(s string) corpus.Validity {
	var v corpus.Validity
	if m := fromDay.FindStringSubmatch(s); m != nil {
		v.From = dayIn(m)
	}
	if m := untilDay.FindStringSubmatch(s); m != nil {
		if d := dayIn(m); !d.IsZero() {
			v.Until = d.AddDays(1)
		}
	}
	if !v.Until.IsZero() && !v.From.Before(v.Until) {
		return corpus.Validity{}
	}
	return v
}

func dayIn(m []string) civil.Date {
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	d := civil.New(year, time.Month(month), day)
	if !d.Valid() {
		return civil.Date{}
	}
	return d
}

// provFor is the record's provenance narrowed to a span, with the one circular the
// sentence names; nil where the sentence names no span.
func (r *portalReader) provFor(sentence string) *corpus.Provenance {
	span := spanIn(sentence)
	if span == (corpus.Validity{}) {
		return nil
	}
	p := r.out.Prov
	p.Validity = span
	cited := citation.FindAllString(sentence, -1)
	if len(cited) > 0 && strings.Count(sentence, cited[0]) == len(cited) {
		p.Decision = cited[0]
	}
	return &p
}
