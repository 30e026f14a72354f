package desk

import (
	"fmt"
	"html/template"
	"strconv"
	"time"

	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/svg"
)

// Room around a drawing: for the numbers to the left and the days below.
const (
	chartWidth, chartHeight = 760.0, 240.0
	leftRoom, bottomRoom    = 52.0, 28.0
	topRoom                 = 12.0
)

// say picks the language of the words in a drawing.
func say(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}

// draw makes the pictures; each says in its label what the table beside it holds.
func (f *figures) draw(lang string) {
	f.Daily = dailyChart(lang, f.Answers.ByDay)
	f.Times = timesChart(lang, f.Answers.Times)
	var bars []bar
	for _, s := range f.Answers.ByStatus {
		bars = append(bars, bar{statusName(lang, s.Name), float64(s.N), 0})
	}
	f.Statuses = barChart(say(lang, "Số câu hỏi theo kết quả", "Questions by outcome"), bars)
	bars = nil
	for _, row := range most(f.Rules, 15) {
		bars = append(bars, bar{row.Name, float64(row.Due), float64(row.Sent)})
	}
	f.ByRule = barChart(say(lang, "Nhắc việc theo quy tắc: đến hạn và đã gửi", "Notices by rule: due and sent"), bars)
	bars = nil
	for _, row := range f.Weeks {
		bars = append(bars, bar{named(row.Name), float64(row.Due), float64(row.Sent)})
	}
	f.ByWeek = barChart(say(lang, "Nhắc việc theo tuần: đến hạn và đã gửi", "Notices by week: due and sent"), bars)
}

// bar is one line of a bar chart: Part of Whole is drawn darker.
type bar struct {
	Name        string
	Whole, Part float64
}

// barChart draws one line for each bar; nothing where there is none.
func barChart(label string, bars []bar) template.HTML {
	if len(bars) == 0 {
		return ""
	}
	const step, names, numbers = 28.0, 230.0, 70.0
	largest := 1.0
	for _, b := range bars {
		largest = max(largest, b.Whole)
	}
	d := svg.New(chartWidth, step*float64(len(bars))+8)
	for i, b := range bars {
		y := step*float64(i) + 6
		long := (chartWidth - names - numbers) / largest
		d.Text("label", "end", names-10, y+14, b.Name)
		d.Bar("bar", names, y, long*b.Whole, 18, fmt.Sprintf("%s: %.0f", b.Name, b.Whole))
		if b.Part > 0 {
			d.Bar("bar part", names, y, long*b.Part, 18, fmt.Sprintf("%s: %.0f / %.0f", b.Name, b.Part, b.Whole))
		}
		d.Text("axis", "start", names+long*b.Whole+8, y+14, strconv.FormatFloat(b.Whole, 'f', 0, 64))
	}
	return d.Done(label)
}

// dailyChart draws what was asked each day and how much of it was answered.
func dailyChart(lang string, days []measure.DayCount) template.HTML {
	if len(days) < 2 {
		return ""
	}
	largest := 1
	for _, day := range days {
		largest = max(largest, day.Asked)
	}
	d := svg.New(chartWidth, chartHeight)
	x := func(i int) float64 {
		return leftRoom + float64(i)*(chartWidth-leftRoom-topRoom)/float64(len(days)-1)
	}
	y := func(n int) float64 {
		return chartHeight - bottomRoom - float64(n)*(chartHeight-bottomRoom-topRoom)/float64(largest)
	}
	for _, n := range []int{0, (largest + 1) / 2, largest} {
		d.Line("grid", leftRoom, y(n), chartWidth-topRoom, y(n))
		d.Text("axis", "end", leftRoom-8, y(n)+4, strconv.Itoa(n))
	}
	var asked, answered [][2]float64
	for i, day := range days {
		asked, answered = append(asked, [2]float64{x(i), y(day.Asked)}), append(answered, [2]float64{x(i), y(day.Answered)})
	}
	d.Path("line", asked)
	d.Path("line part", answered)
	for _, i := range []int{0, len(days) / 2, len(days) - 1} {
		anchor := []string{"start", "middle", "end"}[min(i*2/(len(days)-1), 2)]
		d.Text("axis", anchor, x(i), chartHeight-6, days[i].Day.VN())
	}
	return d.Done(say(lang, "Số câu hỏi và số câu được trả lời mỗi ngày", "Questions and answers by day"))
}

// timesChart draws how many answers took how long; each column twice the one before.
func timesChart(lang string, times [measure.Bins]int) template.HTML {
	largest, last := 0, 0
	for i, n := range times {
		largest = max(largest, n)
		if n > 0 {
			last = i
		}
	}
	if largest == 0 {
		return ""
	}
	d := svg.New(chartWidth, chartHeight)
	wide := (chartWidth - leftRoom - topRoom) / float64(last+1)
	for i := range times[:last+1] {
		tall := float64(times[i]) * (chartHeight - bottomRoom - topRoom) / float64(largest)
		name := "≤ " + short(measure.BinTop(i))
		if i == measure.Bins-1 {
			name = "> " + short(measure.BinTop(i))
		}
		d.Bar("bar part", leftRoom+wide*float64(i)+2, chartHeight-bottomRoom-tall, wide-4, tall, fmt.Sprintf("%s: %d", name, times[i]))
		d.Text("axis", "middle", leftRoom+wide*(float64(i)+.5), chartHeight-8, name)
	}
	return d.Done(say(lang, "Số câu trả lời theo thời gian", "Answers by time taken"))
}

// short writes a time with at most two units of meaning.
func short(t time.Duration) string {
	switch {
	case t < time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(t)/float64(time.Millisecond))
	case t < time.Second:
		return fmt.Sprintf("%d ms", t.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", t.Seconds())
}

func itoa(n int) string { return strconv.Itoa(n) }
