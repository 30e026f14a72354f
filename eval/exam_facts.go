package eval

import (
	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// examSlots are the slots asked of records, in the order a card shows them.
var examSlots = []assistant.Slot{
	assistant.Papers, assistant.Fees, assistant.Time, assistant.Where, assistant.Conditions, assistant.DueBy, assistant.Penalty,
	assistant.Result, assistant.Forms, assistant.Who, assistant.Steps,
}

// slotPhrases are ways people ask for a slot of a thing {}; none is a cue list of ours.
var slotPhrases = map[assistant.Slot][]string{
	assistant.Papers: {
		"{} cần giấy tờ gì", "Cho hỏi muốn {} thì phải chuẩn bị những giấy tờ gì ạ?", "đi {} mang theo gì", "hồ sơ {} gồm những gì vậy shop",
		"mình định {} mà chưa biết hồ sơ cần gì", "Xin hỏi thành phần hồ sơ khi {}?",
	},
	assistant.Fees: {
		"{} hết bao nhiêu tiền", "Cho em hỏi {} tốn bao nhiêu ạ", "lệ phí {} là bao nhiêu?", "{} có mất phí không", "mức phí khi {} là bao nhiêu vậy ad",
	},
	assistant.Time: {
		"{} mất bao lâu", "{} bao nhiêu ngày thì xong ạ?", "nộp hồ sơ {} thì mấy ngày có kết quả", "thời hạn giải quyết việc {} là bao lâu?", "{} có lâu không",
	},
	assistant.Where: {
		"{} ở đâu", "Muốn {} thì nộp hồ sơ ở đâu ạ?", "{} thì đến cơ quan nào", "cho mình hỏi chỗ nào nhận hồ sơ {}", "{} làm chỗ nào vậy mọi người",
	},
	assistant.Conditions: {"điều kiện để {} là gì", "{} có điều kiện gì không ạ", "muốn {} phải đáp ứng điều kiện gì?"},
	assistant.DueBy:      {"thời hạn phải {} là khi nào, hạn chót?", "{} muộn nhất khi nào", "hạn chót để {} là bao giờ ạ?"},
	assistant.Penalty:    {"không {} bị phạt bao nhiêu", "không {} thì có bị phạt không ạ?", "mức phạt nếu không {}?"},
	assistant.Result:     {"{} xong thì nhận được gì", "kết quả của việc {} là giấy gì?", "làm xong {} thì được cấp giấy gì ạ"},
	assistant.Forms:      {"{} dùng mẫu đơn nào", "tờ khai {} là mẫu số mấy", "xin hỏi mẫu đơn khi {}?"},
	assistant.Who:        {"ai được {}", "những ai có quyền {}?", "đối tượng nào được {} ạ"},
	assistant.Steps:      {"{} làm như thế nào", "các bước {} ra sao?", "hướng dẫn {} với ạ"},
}

// factsOn are the lines of a slot that a record holds on a day (on the zero day, on any), each as
// a fact an answer must show.
func factsOn(p corpus.Procedure, slot assistant.Slot, day civil.Date) (facts []string) {
	add := func(words string, own *corpus.Provenance) {
		if words != "" && (day.IsZero() || p.ProvOf(own).Validity.Holds(day)) {
			facts = append(facts, words)
		}
	}
	switch slot {
	case assistant.Papers:
		for _, x := range p.Dossier {
			add(x.Name, x.Prov)
		}
	case assistant.Fees:
		for _, x := range p.Fees {
			add(x.Line(), x.Prov)
		}
	case assistant.Time:
		for _, x := range p.Times {
			add(x.Line(), x.Prov)
		}
	case assistant.Where:
		for _, x := range p.Body {
			add(x.Name, x.Prov)
		}
		for _, x := range p.Where {
			add(x.Text, x.Prov)
		}
	case assistant.DueBy:
		for _, x := range p.Deadline {
			add(x.Text, x.Prov)
		}
	case assistant.Conditions, assistant.Penalty:
		list := p.Conds
		if slot == assistant.Penalty {
			list = p.Penalty
		}
		for _, x := range list {
			add(x.Text, x.Prov)
		}
	case assistant.Result:
		for _, x := range p.Results {
			add(x.Name, x.Prov)
		}
	case assistant.Forms:
		for _, x := range p.Forms {
			add(x.Name, x.Prov)
		}
	case assistant.Who, assistant.Steps:
		list := p.Who
		if slot == assistant.Steps {
			list = p.Steps
		}
		for _, x := range list {
			add(x, nil)
		}
	}
	return facts
}
