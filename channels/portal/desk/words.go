package desk

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/lifeevents"
)

// funcs are what the templates of the desk call.
var funcs = template.FuncMap{
	"at":      func(t time.Time) string { return t.In(civil.Zone).Format("15:04 02/01/2006") },
	"vn":      func(d civil.Date) string { return d.VN() },
	"named":   named,
	"percent": func(f float64) string { return strings.Replace(fmt.Sprintf("%.1f %%", 100*f), ".", ",", 1) },
	"share": func(a, b int) string {
		if b == 0 {
			return "–"
		}
		return strings.Replace(fmt.Sprintf("%.1f %%", 100*float64(a)/float64(b)), ".", ",", 1)
	},
	"took": short,
	"measure": func(v *page.View, name string) string {
		if v.English() {
			return name
		}
		return eval.MeasureName(name)
	},
	"feed": func(v *page.View, s measure.Source) string {
		if name := lifeevents.Source(s.Name); s.Kind == "register" && name.Known() {
			return name.Name().In(v.Choices.Lang)
		}
		if s.Name == "starter" {
			return v.T("Kho khởi đầu của Một Cửa", "Một Cửa's starter corpus")
		}
		return s.Name
	},
	"outcome": func(v *page.View, s string) string { return statusName(v.Choices.Lang, s) },
	"law":     func(p corpus.Provision) string { return page.LawAddress(p, civil.Date{}) },
	"text":    func(v *page.View, t lifeevents.Text) string { return t.In(v.Choices.Lang) },
	"source":  func(v *page.View, s lifeevents.Source) string { return s.Name().In(v.Choices.Lang) },
	"channel": channelName,
	"reason":  reasonName,
	"who":     whoName,
	"join":    func(list []string) string { return strings.Join(list, ", ") },
	"f": func(name, kind, vi, en string) page.Field {
		return page.Field{Name: name, Kind: kind, VI: vi, EN: en, Required: true}
	},
	"flong": func(name, vi, en, hintVI, hintEN string, most int, required bool) page.Field {
		return page.Field{Name: name, Kind: "textarea", VI: vi, EN: en, HintVI: hintVI, HintEN: hintEN, Max: most, Required: required}
	},
}

var channelNames = map[string][2]string{
	"telegram": {"Telegram", "Telegram"}, "zalo": {"Zalo", "Zalo"}, "portal": {"cổng web", "web portal"}, "log": {"nhật ký (tệp notices.log)", "log (file notices.log)"}, "api": {"API", "API"},
}

func channelName(v *page.View, name string) string {
	if w, ok := channelNames[name]; ok {
		return v.T(w[0], w[1])
	}
	return name
}

// statusName is what an outcome of an answer is called.
func statusName(lang, s string) string {
	if w, ok := statusNames[assistant.Status(s)]; ok {
		return say(lang, w[0], w[1])
	}
	return s
}

var statusNames = map[assistant.Status][2]string{
	assistant.Answered: {"Trả lời đủ", "Answered"}, assistant.Partial: {"Trả lời một phần", "Answered in part"}, assistant.NeedsDetail: {"Hỏi lại", "Asked back"},
	assistant.NoSource: {"Chưa có nguồn", "No source"}, assistant.NotInForce: {"Chỉ có nguồn hết hiệu lực", "Only texts not in force"}, assistant.OutOfScope: {"Ngoài phạm vi", "Out of scope"},
	assistant.ForeignLaw: {"Luật nước khác", "Foreign law"}, assistant.CaseStatus: {"Hồ sơ riêng", "A personal file"}, assistant.LegalStrategy: {"Chiến lược kiện tụng", "Legal strategy"},
	assistant.Politics: {"Chính trị", "Politics"}, assistant.Opinion: {"Ý kiến", "Opinion"}, assistant.Refused: {"Từ chối", "Refused"}, assistant.Crisis: {"Khẩn cấp", "Danger"},
	assistant.TooLong: {"Quá dài", "Too long"}, assistant.Unclear: {"Không rõ", "Unclear"}, assistant.TooMany: {"Quá nhanh", "Too many"}, assistant.SmallTalk: {"Chào hỏi", "Small talk"},
	assistant.Unavailable: {"Hệ thống lỗi", "A fault of ours"}, assistant.Paused: {"Đang tạm dừng", "Switched off"},
}

func reasonName(v *page.View, s assistant.FeedbackReason) string {
	if w, ok := reasonNames[s]; ok {
		return v.T(w[0], w[1])
	}
	return string(s)
}

var reasonNames = map[assistant.FeedbackReason][2]string{
	assistant.FactWrong: {"Nội dung sai", "Wrong"}, assistant.OutOfDate: {"Thông tin đã cũ", "Out of date"}, assistant.Incomplete: {"Còn thiếu", "Incomplete"},
	assistant.HardToRead: {"Khó hiểu", "Hard to read"}, assistant.NotAsked: {"Không đúng điều đã hỏi", "Not what was asked"}, assistant.OtherThing: {"Lý do khác", "Other"},
}

func whoName(v *page.View, from string) string {
	w := map[string][2]string{"citizen": {"Người hỏi", "The person"}, "assistant": {"Trợ lý", "Assistant"}, "official": {"Cán bộ", "Official"}}[from]
	return v.T(w[0], w[1])
}

// named is the name of a row for reading: a week goes by its first day.
func named(row string) string {
	if day, err := civil.Parse(row); err == nil {
		return day.VN()
	}
	return row
}
