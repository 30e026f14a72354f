package corpus

import (
	"fmt"
	"strconv"
	"strings"
)

// The lines below are how a fact of a record reads in Vietnamese. Chunks hold exactly
// these lines and answers quote them, so that a quote is always found byte for byte.

// Money writes đồng as people read it: 35.000 đồng.
func Money(vnd int64) string {
	digits := strconv.FormatInt(vnd, 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return sign + digits + " đồng"
}

// Amount is the sum alone: "Miễn phí", "35.000 đồng/bản", "0,5 %", or the words given.
func (f Fee) Amount() string {
	per := ""
	if f.Unit != "" {
		per = "/" + f.Unit
	}
	switch {
	case f.Free:
		return "miễn phí"
	case f.VND > 0:
		return Money(f.VND) + per
	case f.Max > 0 && f.Min > 0:
		return "từ " + Money(f.Min) + " đến " + Money(f.Max) + per
	case f.Max > 0:
		return "tối đa " + Money(f.Max) + per
	case f.Min > 0:
		return "từ " + Money(f.Min) + per
	case f.Percent > 0:
		return decimal(f.Percent) + " %" + per
	}
	return f.Text
}

// Line is the whole fee: "Cấp lại (trực tuyến): 35.000 đồng; nộp khi nhận kết quả".
func (f Fee) Line() string {
	amount := f.Amount()
	note := f.Text
	if note == amount {
		note = ""
	}
	head := f.Case
	if head == "" {
		head = upperFirst(f.Kind)
	}
	return join(caseAndChannel(head, f.Channel), amount, note)
}

// Amount is the time alone: "3 ngày làm việc", "trong ngày", "5 đến 10 ngày".
func (t TimeLimit) Amount() string {
	unit := t.Unit.Vietnamese()
	switch {
	case t.Unit == Same && t.Count == 0:
		return unit
	case t.Count > 0 && t.AtMost > t.Count:
		return decimal(t.Count) + " đến " + decimal(t.AtMost) + " " + unit
	case t.Count > 0 && unit != "":
		return decimal(t.Count) + " " + unit
	case t.AtMost > 0 && unit != "":
		return "tối đa " + decimal(t.AtMost) + " " + unit
	}
	return t.Text
}

// Line is the whole time limit: "Trực tuyến: 3 ngày làm việc".
func (t TimeLimit) Line() string {
	amount := t.Amount()
	note := t.Text
	if note == amount {
		note = ""
	}
	return join(caseAndChannel(t.Case, t.Channel), amount, note)
}

// Vietnamese names the unit.
func (u TimeUnit) Vietnamese() string {
	switch u {
	case Workdays:
		return "ngày làm việc"
	case Days:
		return "ngày"
	case Hours:
		return "giờ"
	case Workhrs:
		return "giờ làm việc"
	case Months:
		return "tháng"
	case Minutes:
		return "phút"
	case Same:
		return "trong ngày"
	}
	return ""
}

// Vietnamese names the channel; empty for every channel.
func (c Channel) Vietnamese() string {
	switch c {
	case InPerson:
		return "trực tiếp"
	case Online:
		return "trực tuyến"
	case Post:
		return "qua bưu chính"
	}
	return ""
}

// Vietnamese names the level.
func (l Level) Vietnamese() string {
	switch l {
	case Central:
		return "Trung ương"
	case Province:
		return "cấp tỉnh"
	case District:
		return "cấp huyện (đã bỏ từ 01/07/2025)"
	case Commune:
		return "cấp xã"
	}
	return ""
}

// Count is the number of sheets: "1 bản chính", "1 bản chính, 2 bản sao", "xuất trình".
func (p Paper) Count() string {
	var parts []string
	if p.Originals > 0 {
		parts = append(parts, fmt.Sprintf("%d bản chính", p.Originals))
	}
	if p.Copies > 0 {
		parts = append(parts, fmt.Sprintf("%d bản sao", p.Copies))
	}
	if p.Present {
		parts = append(parts, "xuất trình")
	}
	return strings.Join(parts, ", ")
}

// Line is the whole item: "Giấy chứng sinh (1 bản chính)". Its case is not repeated.
func (p Paper) Line() string {
	line := strings.TrimRight(strings.TrimSpace(p.Name), ";. ")
	var inside []string
	if p.Form != "" && !strings.Contains(p.Name, p.Form) {
		inside = append(inside, "mẫu "+p.Form)
	}
	if c := p.Count(); c != "" {
		inside = append(inside, c)
	}
	if len(inside) > 0 {
		line += " (" + strings.Join(inside, "; ") + ")"
	}
	return line
}

// Line is the place as told: "Trực tuyến: Cổng Dịch vụ công quốc gia".
func (p Place) Line() string { return join(caseAndChannel("", p.Channel), p.Text, "") }

// Line is the deadline with what happens if late.
func (d Deadline) Line() string {
	if d.Late == "" {
		return d.Text
	}
	return strings.TrimRight(d.Text, ". ") + ". Nếu trễ: " + d.Late
}

// Line is the form with its code: "Tờ khai đăng ký khai sinh (mẫu CT01)".
func (f Form) Line() string {
	if f.Code == "" || strings.Contains(f.Name, f.Code) {
		return f.Name
	}
	return f.Name + " (mẫu " + f.Code + ")"
}

// Line is the reference with its title: "Điều 15 Luật 60/2014/QH13: Luật Hộ tịch".
func (b Basis) Line() string {
	if b.Provision.Instrument == "" {
		return b.Title
	}
	return join(b.Provision.String(), b.Title, "")
}

// Line is the fact with its case in front.
func (f Fact) Line() string { return join(f.Case, f.Text, "") }

func caseAndChannel(c string, ch Channel) string {
	way := ch.Vietnamese()
	switch {
	case c == "" && way == "":
		return ""
	case c == "":
		return upperFirst(way)
	case way == "":
		return c
	}
	return c + " (" + way + ")"
}

func join(head, body, note string) string {
	line := body
	switch {
	case body == "":
		line = head
	case head != "":
		line = head + ": " + body
	}
	if note != "" && line != "" {
		line += "; " + note
	}
	return line
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func decimal(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}
