package picture

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Member is one of a family with what is planned about them.
type Member struct {
	Who     string // "Bạn", "Con, sinh năm 2019"
	Born    civil.Date
	Matters []Matter
}

// Matter is one occurrence: what it is, and the days it turns on.
type Matter struct {
	Title    string
	Rule     string
	Topic    lifeevents.Topic
	Legal    civil.Date
	Deadline civil.Date
	Opens    civil.Date
	Rungs    []civil.Date
	Doubt    string
}

// NewMember gathers what is planned about one person, as seen by the one whose page it is:
// of others only what that one is told, or
// would be told instead of another parent. The affairs of grown-ups are their own.
func NewMember(of, v *lifeevents.View, set *lifeevents.Set, w lifeevents.Window) Member {
	m := Member{Who: whoIs(of, v), Born: v.Born}
	at := map[string]int{}
	for _, n := range set.Plan(v, w) {
		if n.Person != of.ID && !slices.Contains(n.Or, of.ID) {
			continue
		}
		i, ok := at[n.Slot]
		if !ok {
			i = len(m.Matters)
			at[n.Slot] = i
			m.Matters = append(m.Matters, matter(n, set))
		}
		if days := m.Matters[i].Rungs; len(days) == 0 || days[len(days)-1] != n.Due {
			m.Matters[i].Rungs = append(days, n.Due)
		}
	}
	slices.SortStableFunc(m.Matters, func(a, b Matter) int {
		return cmp.Or(a.Rungs[0].Compare(b.Rungs[0]), cmp.Compare(a.Rule, b.Rule))
	})
	return m
}

func matter(n lifeevents.Notice, set *lifeevents.Set) Matter {
	m := Matter{Rule: n.Rule, Topic: n.Topic, Legal: n.Legal, Deadline: n.Deadline, Opens: n.Opens, Doubt: n.Doubt.VI}
	if r, ok := set.Rule(n.Rule, n.Version); ok {
		m.Title = r.Name.VI
		if n.About == n.Person {
			if words, ok := r.Words(n, "vi", lifeevents.Own); ok {
				m.Title = words.Title
			}
		}
	}
	return m
}

func whoIs(of, v *lifeevents.View) string {
	if of.ID == v.ID {
		return "Bạn"
	}
	word := "Người thân"
	for _, e := range of.Edges {
		if e.Withdrawn || e.From != v.ID && e.To != v.ID {
			continue
		}
		switch {
		case e.Kind == lifeevents.ParentOf && e.From == of.ID:
			word = "Con"
		case e.Kind == lifeevents.ParentOf && v.Sex == lifeevents.Male:
			word = "Cha"
		case e.Kind == lifeevents.ParentOf:
			word = "Mẹ"
		case e.Kind == lifeevents.SpouseOf && v.Sex == lifeevents.Male:
			word = "Chồng"
		case e.Kind == lifeevents.SpouseOf:
			word = "Vợ"
		case e.Kind == lifeevents.GuardianOf && e.From == of.ID:
			word = "Người được bạn giám hộ"
		}
	}
	if !v.Died.IsZero() {
		return fmt.Sprintf("%s (đã mất)", word)
	}
	if !v.Born.IsZero() {
		return fmt.Sprintf("%s, sinh năm %d", word, v.Born.Year)
	}
	return word
}

// Sizes of the drawing, in units of its box.
const (
	labelW = 420
	chartW = 780
	rowH   = 30
	nameH  = 38
	topH   = 34
)

// scale maps days to places.
type scale struct {
	w       lifeevents.Window
	english bool
}

// say picks the words of the drawing itself.
func (s scale) say(vi, en string) string {
	if s.english {
		return en
	}
	return vi
}

func (s scale) x(d civil.Date) float64 {
	share := float64(s.w.From.DaysUntil(d)) / float64(max(1, s.w.From.DaysUntil(s.w.To)))
	return labelW + chartW*min(1, max(0, share))
}

// Timeline writes the page of a family: one line for each matter, months across, and the
// same as a table. today draws a line where it lies inside the window.
func Timeline(w io.Writer, family []Member, window lifeevents.Window, today civil.Date) error {
	var b strings.Builder
	b.WriteString(timelineKey)
	b.WriteString(`<div class="sheet">`)
	drawTimeline(&b, family, scale{w: window}, today)
	b.WriteString(`</div>`)
	tableOf(&b, family)
	return frame.Execute(w, page{
		Title: "Việc sắp tới của gia đình",
		Lead:  fmt.Sprintf("Từ %s đến %s, theo dữ liệu và quy tắc hiện có. Lịch đổi khi dữ liệu hoặc luật đổi.", window.From.VN(), window.To.VN()),
		Body:  template.HTML(b.String()),
	})
}

const timelineKey = `<div class="key">` +
	`<span><svg width="16" height="14" aria-hidden="true"><circle cx="8" cy="7" r="5.5" fill="#1f5fa8"/></svg> ngày nhắc</span>` +
	`<span><svg width="16" height="14" aria-hidden="true"><path d="M8 1l6 6-6 6-6-6z" fill="#ffffff" stroke="#1b2733" stroke-width="1.6"/></svg> ngày pháp lý (đủ tuổi, hết hạn…)</span>` +
	`<span><svg width="16" height="14" aria-hidden="true"><path d="M8 1l6 6-6 6-6-6z" fill="#b3261e" stroke="#1b2733" stroke-width="1.6"/></svg> ngày pháp lý, cũng là hạn cuối</span>` +
	`<span><svg width="16" height="14" aria-hidden="true"><rect x="6" y="1" width="4" height="12" fill="#b3261e"/></svg> hạn cuối</span>` +
	`<span><svg width="26" height="14" aria-hidden="true"><rect y="4" width="26" height="6" rx="3" fill="#b9cfe6"/></svg> khoảng thời gian để làm</span></div>`

// Drawing is the picture of Timeline alone, without its page: one SVG element, in a language
// ("vi", "en"). The words of members and matters come as they are given.
func Drawing(family []Member, window lifeevents.Window, today civil.Date, lang string) string {
	var b strings.Builder
	drawTimeline(&b, family, scale{w: window, english: lang == "en"}, today)
	return b.String()
}

func drawTimeline(b *strings.Builder, family []Member, s scale, today civil.Date) {
	height, count := topH+10, 0
	for _, m := range family {
		height += nameH + max(1, len(m.Matters))*rowH
		count += len(m.Matters)
	}
	fmt.Fprintf(b, `<svg viewBox="0 0 %d %d" width="%d" role="img" aria-label="%s">`, labelW+chartW+20, height, labelW+chartW+20,
		fmt.Sprintf(s.say("Dòng thời gian: %d việc của %d người", "Timeline: %d matters of %d people"), count, len(family)))
	drawMonths(b, s, height)
	y := topH
	for _, m := range family {
		fmt.Fprintf(b, `<rect x="0" y="%d" width="%d" height="%d" fill="#eef2f6"/><text x="8" y="%d" font-size="15" font-weight="600" fill="#1b2733">%s</text>`,
			y+4, labelW+chartW+20, nameH-10, y+23, esc(m.Who))
		y += nameH
		if len(m.Matters) == 0 {
			fmt.Fprintf(b, `<text x="8" y="%d" font-size="13" fill="#5d6b78">%s</text>`, y+18, s.say("không có việc nào trong khoảng này", "nothing in this time"))
			y += rowH
		}
		for i := range m.Matters {
			drawMatter(b, &m.Matters[i], s, y)
			y += rowH
		}
	}
	if !today.Before(s.w.From) && !s.w.To.Before(today) {
		x := s.x(today)
		fmt.Fprintf(b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#b3261e" stroke-dasharray="4 3"/><text x="%.1f" y="%d" font-size="11" fill="#b3261e">%s</text>`, x, x, topH-2, height, x+4, topH+9, s.say("hôm nay", "today"))
	}
	b.WriteString(`</svg>`)
}

func drawMonths(b *strings.Builder, s scale, height int) {
	first := civil.Date{Year: s.w.From.Year, Month: s.w.From.Month, Day: 1}
	months := 0
	for d := first; !s.w.To.Before(d); d = d.AddMonths(1) {
		months++
	}
	every := 1 + months/16
	n := 0
	for d := first; !s.w.To.Before(d); d, n = d.AddMonths(1), n+1 {
		x := s.x(d)
		fmt.Fprintf(b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#e3e8ed"/>`, x, x, topH-6, height)
		if n%every == 0 && x < labelW+chartW-30 {
			fmt.Fprintf(b, `<text x="%.1f" y="%d" font-size="12" fill="#5d6b78">%d/%d</text>`, x+3, topH-12, d.Month, d.Year)
		}
	}
}

func drawMatter(b *strings.Builder, m *Matter, s scale, y int) {
	mid := y + rowH/2
	c := color(m.Topic)
	fmt.Fprintf(b, `<g><title>%s</title><rect x="0" y="%d" width="4" height="%d" fill="%s"/><text x="12" y="%d" font-size="13.5" fill="#1b2733">%s</text>`,
		esc(s.describe(m)), y+6, rowH-12, c, mid+5, esc(shorten(m.Title, 54)))
	fmt.Fprintf(b, `<line x1="0" x2="%d" y1="%d" y2="%d" stroke="#eef1f4"/>`, labelW+chartW+20, y+rowH, y+rowH)
	from, to := m.Rungs[0], cmp.Or(m.Deadline, m.Legal)
	if !m.Opens.IsZero() {
		from = m.Opens
	}
	if to.Before(from) {
		from, to = to, from
	}
	if x1, x2 := s.x(from), s.x(to); x2 > x1 {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="8" rx="4" fill="%s" opacity=".28"/>`, x1, mid-4, x2-x1, c)
	}
	inside := func(d civil.Date) bool { return !d.IsZero() && !d.Before(s.w.From) && !s.w.To.Before(d) }
	fill := "#ffffff"
	if m.Deadline == m.Legal {
		fill = "#b3261e"
	} else if inside(m.Deadline) {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="4" height="18" fill="#b3261e"/>`, s.x(m.Deadline)-2, mid-9)
	}
	if inside(m.Legal) {
		fmt.Fprintf(b, `<path d="M%.1f %dl7 7-7 7-7-7z" fill="%s" stroke="#1b2733" stroke-width="1.5"/>`, s.x(m.Legal), mid-7, fill)
	}
	for _, d := range m.Rungs {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%d" r="5" fill="%s" stroke="#ffffff"/>`, s.x(d), mid, c)
	}
	b.WriteString(`</g>`)
}

func (s scale) describe(m *Matter) string {
	var days []string
	for _, d := range m.Rungs {
		days = append(days, d.VN())
	}
	text := m.Title + s.say(": nhắc ", ": reminders ") + strings.Join(days, ", ") + s.say("; ngày pháp lý ", "; legal date ") + m.Legal.VN()
	if !m.Deadline.IsZero() {
		text += s.say("; hạn cuối ", "; deadline ") + m.Deadline.VN()
	}
	return text
}

// shorten cuts at a word.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func tableOf(b *strings.Builder, family []Member) {
	b.WriteString(`<h2>Bảng ngày</h2><div class="sheet"><table><thead><tr><th>Về ai</th><th>Việc</th><th>Nhắc ngày</th><th>Ngày pháp lý</th><th>Hạn cuối</th></tr></thead><tbody>`)
	for _, m := range family {
		for i := range m.Matters {
			t := &m.Matters[i]
			var days []string
			for _, d := range t.Rungs {
				days = append(days, d.VN())
			}
			title := esc(t.Title)
			if t.Doubt != "" {
				title += ` <small>(chưa chắc: ` + esc(t.Doubt) + `)</small>`
			}
			fmt.Fprintf(b, `<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>`, esc(m.Who), title, strings.Join(days, ", "), t.Legal.VN(), t.Deadline.VN())
		}
	}
	b.WriteString(`</tbody></table></div>`)
}
