package picture

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

var year = lifeevents.Window{From: civil.New(2026, 11, 1), To: civil.New(2027, 10, 31)}

// drawings checks every SVG of a page for being well formed, and returns the page.
func drawings(t *testing.T, page string) string {
	t.Helper()
	for _, part := range strings.Split(page, "<svg")[1:] {
		svg := "<svg" + part[:strings.Index(part, "</svg>")] + "</svg>"
		for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, svg)
			}
		}
	}
	return page
}

func TestATimelineShowsEveryMatterAndTrustsNoWord(t *testing.T) {
	m := Member{Who: `Con <b>& "x"`, Matters: []Matter{{Title: `Làm thẻ </svg><script>alert(1)</script>`, Rule: "E13", Topic: lifeevents.TopicPapers,
		Legal: civil.New(2027, 3, 12), Rungs: []civil.Date{civil.New(2027, 2, 10), civil.New(2027, 3, 12)}}}}
	var b strings.Builder
	if err := Timeline(&b, []Member{m, {Who: "Vợ"}}, year, civil.New(2026, 11, 21)); err != nil {
		t.Fatal(err)
	}
	page := drawings(t, b.String())
	if strings.Contains(page, "<script") || !strings.Contains(page, "10/02/2027, 12/03/2027") || !strings.Contains(page, "hôm nay") || !strings.Contains(page, "không có việc nào") {
		t.Error(page)
	}
}

func TestACalendarCountsEveryNoticeOnItsDay(t *testing.T) {
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	p := NewPlan(year)
	for range 1234 {
		p.Add([]lifeevents.Notice{{Rule: "E13", Due: civil.New(2027, 3, 12), Step: 1, Steps: 1, Deadline: civil.New(2027, 3, 12)}})
	}
	var b strings.Builder
	if err := p.Calendar(&b, set); err != nil {
		t.Fatal(err)
	}
	page := drawings(t, b.String())
	if !strings.Contains(page, "12/03/2027: 1234 lời nhắc, 1234 hạn pháp lý") || !strings.Contains(page, "1.234") || strings.Count(page, `class="sheet"`) != 13 {
		t.Error("the day, its count in the Vietnamese way, and twelve months with the table")
	}
}
