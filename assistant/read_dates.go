package assistant

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval/viet"
)

// dates is what a question says about days.
type dates struct {
	asOf civil.Date // zero when not said
	born civil.Date // zero when not said
	bad  string     // a day that does not exist, as written
}

const dayPattern = `(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`

// The patterns run on the folded question: words without marks, so that "trước" and
// "truoc" are one.
var (
	reBorn      = regexp.MustCompile(`\b(?:sinh|de|sinh ngay|de ngay|sinh vao|ngay sinh)(?: ngay| vao| la|:)* ` + dayPattern)
	reBornYear  = regexp.MustCompile(`\b(?:sinh nam|sinh) (\d{4})\b`)
	reBefore    = regexp.MustCompile(`\btruoc(?: ngay| thoi diem)? ` + dayPattern)
	reOn        = regexp.MustCompile(`\b(?:tu|vao|sau|ngay|thoi diem|hom|luc|ke tu|tinh den|den ngay|theo ngay)(?: ngay)? ` + dayPattern)
	reMonth     = regexp.MustCompile(`\b(?:thang|hoi thang|vao thang) (\d{1,2})(?:/| nam )(\d{4})\b`)
	reYear      = regexp.MustCompile(`\b(?:vao nam|trong nam|hoi nam|luc nam|thoi diem nam|o nam) (\d{4})\b`)
	reYearFirst = regexp.MustCompile(`^(?:cho hoi |hoi |vao |trong )*(?:thang \d{1,2} )?(?:nam )?((?:19|20)\d{2})\b`)
	reBeforeY   = regexp.MustCompile(`\btruoc nam (\d{4})\b`)
	reAge       = regexp.MustCompile(`\b(?:du |moi |duoc |da |tron )?(\d{1,3}) tuoi\b`)
	reAnyDay    = regexp.MustCompile(`\b` + dayPattern + `\b`)
	reDayMonth  = regexp.MustCompile(`\b(?:ngay|mung|truoc|tu|sau) (\d{1,2})/(\d{1,2})(?:[^/\d]|$)`)
	reLastYear  = regexp.MustCompile(`\bnam (?:ngoai|truoc|roi)\b`)
	reYesterday = regexp.MustCompile(`\bhom qua\b`)
)

// datesOf reads days and births; today is the day asked.
func datesOf(question string, today civil.Date) (d dates) {
	text := strings.Join(strings.Fields(viet.Fold(viet.Normalize(question))), " ")
	for _, m := range reAnyDay.FindAllStringSubmatch(text, -1) {
		if !dayOf(m[1:]).Valid() {
			d.bad = m[0]
			return d
		}
	}
	for _, m := range reDayMonth.FindAllStringSubmatch(text, -1) {
		if !dayOf([]string{m[1], m[2], "2024"}).Valid() {
			d.bad = m[1] + "/" + m[2]
			return d
		}
	}
	if m := reBorn.FindStringSubmatch(text); m != nil {
		d.born = dayOf(m[1:])
		text = strings.Replace(text, m[0], " ", 1)
	}
	d.asOf = asOf(text, today)
	return d
}

func asOf(text string, today civil.Date) civil.Date {
	switch {
	case reBefore.MatchString(text):
		return dayOf(reBefore.FindStringSubmatch(text)[1:]).AddDays(-1)
	case reOn.MatchString(text):
		return dayOf(reOn.FindStringSubmatch(text)[1:])
	case reMonth.MatchString(text):
		m := reMonth.FindStringSubmatch(text)
		return lastOf(civil.New(number(m[2]), time.Month(number(m[1])), 1).AddMonths(1).AddDays(-1), today)
	case reYear.MatchString(text):
		return lastOf(civil.New(number(reYear.FindStringSubmatch(text)[1]), time.December, 31), today)
	case comingYear(text, today) > 0:
		return civil.New(comingYear(text, today), time.January, 1)
	case reBeforeY.MatchString(text):
		return civil.New(number(reBeforeY.FindStringSubmatch(text)[1])-1, time.December, 31)
	case reYearFirst.MatchString(text) && number(reYearFirst.FindStringSubmatch(text)[1]) < today.Year:
		return civil.New(number(reYearFirst.FindStringSubmatch(text)[1]), time.December, 31)
	case reLastYear.MatchString(text):
		return civil.New(today.Year-1, time.December, 31)
	case reYesterday.MatchString(text):
		return today.AddDays(-1)
	}
	return civil.Date{}
}

// comingYear is a year after this one for which the law is asked, "mức phạt năm 2035"; one
// up to which something lasts is none. 0 when there is none.
func comingYear(text string, today civil.Date) int {
	for _, m := range reComing.FindAllStringSubmatch(text, -1) {
		if y := number(m[2]); y > today.Year && !lasts[m[1]] {
			return y
		}
	}
	return 0
}

var reComing = regexp.MustCompile(`(?:(\w+) )?\bnam (2\d{3})\b`)

// lasts are words before a year that something lasts to, or in which one was born.
var lasts = map[string]bool{"den": true, "toi": true, "han": true, "het": true, "sinh": true, "truoc": true, "tu": true}

// lastOf is the last day of a span that has passed; today while it runs.
func lastOf(last, today civil.Date) civil.Date {
	first := civil.New(last.Year, last.Month, 1)
	if today.Before(last) && !today.Before(first) {
		return today
	}
	if last.Year == today.Year && today.Before(last) && last.Month == time.December {
		return today
	}
	return last
}

// ageOf is the age said, or completed on the day from the birth said; ok when known.
func ageOf(question string, born, on civil.Date) (years int, ok bool) {
	if !born.IsZero() {
		return born.Age(on), true
	}
	text := viet.Fold(viet.Normalize(question))
	if m := reBornYear.FindStringSubmatch(text); m != nil {
		return on.Year - number(m[1]), true
	}
	if m := reAge.FindStringSubmatch(text); m != nil {
		return number(m[1]), true
	}
	return 0, false
}

func dayOf(m []string) civil.Date {
	return civil.New(number(m[2]), time.Month(number(m[1])), number(m[0]))
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// badDate is what a person reads when the day named does not exist.
func badDate(written, lang string) string {
	if lang == "en" {
		return fmt.Sprintf("There is no day %s. Please check the date and ask again.", written)
	}
	return fmt.Sprintf("Không có ngày %s. Bạn xem lại ngày rồi hỏi lại giúp tôi.", written)
}
