package picture

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Plan counts planned notices of many people by day and rule; it keeps no person.
type Plan struct {
	window  lifeevents.Window
	days    map[civil.Date]*dayPlan
	rules   map[string]map[monthOf]int
	notices int
	crowded int // so many deadlines on a day are worth a mark
}

type dayPlan struct{ total, last int }

type monthOf struct {
	year  int
	month time.Month
}

// NewPlan counts notices due in a window.
func NewPlan(w lifeevents.Window) *Plan {
	return &Plan{window: w, days: map[civil.Date]*dayPlan{}, rules: map[string]map[monthOf]int{}}
}

// Add counts the notices about one person.
func (p *Plan) Add(list []lifeevents.Notice) {
	for i := range list {
		n := &list[i]
		p.notices++
		p.day(n.Due).total++
		if n.Step == n.Steps && !n.Deadline.IsZero() {
			p.day(n.Deadline).last++
		}
		if p.rules[n.Rule] == nil {
			p.rules[n.Rule] = map[monthOf]int{}
		}
		p.rules[n.Rule][monthOf{n.Due.Year, n.Due.Month}]++
	}
}

func (p *Plan) day(d civil.Date) *dayPlan {
	if p.days[d] == nil {
		p.days[d] = &dayPlan{}
	}
	return p.days[d]
}

// Calendar writes the page: months by days, then rules by months.
func (p *Plan) Calendar(w io.Writer, set *lifeevents.Set) error {
	var b strings.Builder
	most, last := 0, 0
	for _, d := range p.days {
		most, last = max(most, d.total), max(last, d.last)
	}
	p.crowded = max(1, last/3)
	b.WriteString(calendarKey(most))
	b.WriteString(`<div class="months">`)
	months := p.months()
	for _, m := range months {
		p.month(&b, m, most)
	}
	b.WriteString(`</div>`)
	p.table(&b, set, months)
	return frame.Execute(w, page{
		Title: "Lịch nhắc việc dự kiến",
		Lead: fmt.Sprintf("Từ %s đến %s: %s lời nhắc theo dữ liệu và quy tắc hiện có. Số thật gửi đi có thể ít hơn: đồng ý, việc đã xong và hạn mức mỗi ngày được xét lại khi gửi.",
			p.window.From.VN(), p.window.To.VN(), thousands(p.notices)),
		Body: template.HTML(b.String()),
	})
}

func (p *Plan) months() (out []monthOf) {
	for d := (civil.Date{Year: p.window.From.Year, Month: p.window.From.Month, Day: 1}); !p.window.To.Before(d); d = d.AddMonths(1) {
		out = append(out, monthOf{d.Year, d.Month})
	}
	return out
}

func calendarKey(most int) string {
	var b strings.Builder
	b.WriteString(`<div class="key"><span>ít → nhiều lời nhắc trong ngày: <svg width="100" height="16" aria-hidden="true">`)
	for i := range 5 {
		fill, _ := heat(max(1, most*(i+1)*(i+1)/25), max(1, most))
		fmt.Fprintf(&b, `<rect x="%d" width="20" height="16" fill="%s"/>`, i*20, fill)
	}
	b.WriteString(`</svg></span><span><svg width="14" height="14" aria-hidden="true"><path d="M14 0v14L0 0z" fill="#b3261e"/></svg> dồn nhiều hạn pháp lý</span>`)
	b.WriteString(`<span><svg width="16" height="16" aria-hidden="true"><rect width="16" height="16" fill="#eceff2" stroke="#d8dfe6"/></svg> ngày nghỉ</span></div>`)
	return b.String()
}

const cellW, cellH, headH = 50, 44, 46

// month draws one month, Monday first.
func (p *Plan) month(b *strings.Builder, m monthOf, most int) {
	first := civil.Date{Year: m.year, Month: m.month, Day: 1}
	lead := (int(first.Weekday()) + 6) % 7
	last := first.AddMonths(1)
	rows := (lead + first.DaysUntil(last) + 6) / 7
	sum := 0
	for d := first; d.Before(last); d = d.AddDays(1) {
		if q := p.days[d]; q != nil {
			sum += q.total
		}
	}
	fmt.Fprintf(b, `<div class="sheet"><svg viewBox="0 0 %d %d" role="img" aria-label="Tháng %d năm %d: %d lời nhắc">`, 7*cellW, headH+rows*cellH, m.month, m.year, sum)
	fmt.Fprintf(b, `<text x="2" y="17" font-size="16" font-weight="600" fill="#1b2733">Tháng %d/%d</text><text x="%d" y="17" font-size="13" text-anchor="end" fill="#5d6b78">%s lời nhắc</text>`,
		m.month, m.year, 7*cellW-2, thousands(sum))
	for i, name := range []string{"T2", "T3", "T4", "T5", "T6", "T7", "CN"} {
		fmt.Fprintf(b, `<text x="%d" y="38" font-size="12" text-anchor="middle" fill="#5d6b78">%s</text>`, i*cellW+cellW/2, name)
	}
	off := civil.DaysOff()
	for d := first; d.Before(last); d = d.AddDays(1) {
		at := lead + d.Day - 1
		p.cell(b, d, at%7*cellW, headH+at/7*cellH, most, !off.Workday(d))
	}
	b.WriteString(`</svg></div>`)
}

func (p *Plan) cell(b *strings.Builder, d civil.Date, x, y, most int, off bool) {
	q := p.days[d]
	if q == nil {
		q = &dayPlan{}
	}
	fill, ink := heat(q.total, most)
	if q.total == 0 && off {
		fill = "#eceff2"
	}
	fmt.Fprintf(b, `<g><title>%s: %d lời nhắc, %d hạn pháp lý</title><rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s" stroke="#d8dfe6"/>`,
		d.VN(), q.total, q.last, x+1, y+1, cellW-2, cellH-2, fill)
	fmt.Fprintf(b, `<text x="%d" y="%d" font-size="11" fill="%s">%d</text>`, x+6, y+14, ink, d.Day)
	if q.total > 0 {
		fmt.Fprintf(b, `<text x="%d" y="%d" font-size="14" font-weight="600" text-anchor="middle" fill="%s">%s</text>`, x+cellW/2, y+33, ink, thousands(q.total))
	}
	if q.last > 0 && q.last >= p.crowded {
		fmt.Fprintf(b, `<path d="M%d %dh11v11z" fill="#b3261e" stroke="#ffffff" stroke-width=".8"/>`, x+cellW-13, y+2)
	}
	b.WriteString(`</g>`)
}

// thousands writes 12.345 as Vietnamese do.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

func (p *Plan) table(b *strings.Builder, set *lifeevents.Set, months []monthOf) {
	b.WriteString(`<h2>Theo quy tắc</h2><div class="sheet"><table><thead><tr><th>Quy tắc</th>`)
	for _, m := range months {
		fmt.Fprintf(b, `<th class="n">%d/%02d</th>`, m.month, m.year%100)
	}
	b.WriteString(`<th class="n">Cộng</th></tr></thead><tbody>`)
	ids := slices.SortedFunc(maps.Keys(p.rules), func(a, c string) int { return cmp.Or(cmp.Compare(len(a), len(c)), cmp.Compare(a, c)) })
	for _, id := range ids {
		name := ""
		if v := set.Versions(id); len(v) > 0 {
			name = v[len(v)-1].Name.VI
		}
		fmt.Fprintf(b, `<tr><td><b>%s</b> %s</td>`, esc(id), esc(name))
		sum := 0
		for _, m := range months {
			n := p.rules[id][m]
			sum += n
			if n == 0 {
				b.WriteString(`<td class="n">·</td>`)
				continue
			}
			fmt.Fprintf(b, `<td class="n">%s</td>`, thousands(n))
		}
		fmt.Fprintf(b, `<td class="n"><b>%s</b></td></tr>`, thousands(sum))
	}
	b.WriteString(`</tbody></table></div>`)
}
