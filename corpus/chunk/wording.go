package chunk

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// feeLines words each fee as the record has it: the source's own words where it keeps
// them, else the sum.
func feeLines(p corpus.Procedure) []string {
	var out []string
	for _, f := range p.Fees {
		label := strings.Join(present(f.Kind, channelName(f.Channel), f.Case), ", ")
		text := strings.Join(present(feeSum(f), f.Text), ". ")
		out = append(out, splitAll([]string{labelled(label, text)})...)
	}
	return out
}

func feeSum(f corpus.Fee) string {
	unit := ""
	if f.Unit != "" {
		unit = "/" + f.Unit
	}
	switch {
	case f.Free:
		return "miễn phí"
	case f.Min > 0 || f.Max > 0:
		return "từ " + dong(f.Min) + " đến " + dong(f.Max) + unit
	case f.VND > 0:
		return dong(f.VND) + unit
	case f.Percent > 0:
		return decimal(f.Percent) + "%" + unit
	}
	return ""
}

// dong writes a sum as Vietnamese papers do: "1.250.000 đồng".
func dong(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s + " đồng"
}

func timeLines(p corpus.Procedure) []string {
	var out []string
	for _, t := range p.Times {
		label := strings.Join(present(channelName(t.Channel), t.Case), ", ")
		text := strings.Join(present(timeSpan(t), t.Text), ". ")
		out = append(out, splitAll([]string{labelled(label, text)})...)
	}
	return out
}

var unitNames = map[corpus.TimeUnit]string{
	corpus.Workdays: "ngày làm việc", corpus.Days: "ngày", corpus.Hours: "giờ", corpus.Workhrs: "giờ làm việc",
	corpus.Months: "tháng", corpus.Minutes: "phút", corpus.Same: "ngay trong ngày",
}

func timeSpan(t corpus.TimeLimit) string {

	switch {
	case t.Unit == corpus.Same:
		return unitNames[corpus.Same]
	case t.Count > 0 && t.AtMost > t.Count:
		return decimal(t.Count) + " đến " + decimal(t.AtMost) + " " + unitNames[t.Unit]
	case t.Count > 0:
		return decimal(t.Count) + " " + unitNames[t.Unit]
	}
	return ""
}

// paperCount says how many sheets, e.g. " (bản chính: 1, bản sao: 2)".
func paperCount(d corpus.Paper) string {
	var parts []string
	if d.Originals > 0 {
		parts = append(parts, fmt.Sprintf("bản chính: %d", d.Originals))
	}
	if d.Copies > 0 {
		parts = append(parts, fmt.Sprintf("bản sao: %d", d.Copies))
	}
	if d.Present {
		parts = append(parts, "xuất trình")
	}
	if d.Form != "" {
		parts = append(parts, "mẫu "+d.Form)
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func channelName(c corpus.Channel) string {
	switch c {
	case corpus.InPerson:
		return "trực tiếp"
	case corpus.Online:
		return "trực tuyến"
	case corpus.Post:
		return "dịch vụ bưu chính"
	}
	return string(c)
}

func present(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// decimal writes a number with the decimal comma of Vietnamese.
func decimal(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}
