package eval

import (
	"fmt"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/starter"
)

// everyPhrases are ways of asking for a slot of a thing {} that is a name, beside those of the
// public exam: whoever tunes on these sees none of its questions.
var everyPhrases = map[assistant.Slot][]string{
	assistant.Papers: {
		"em muốn {} thì giấy tờ phải mang những gì", "{} yêu cầu hồ sơ gì vậy ạ", "đi {} nhớ cầm theo gì", "thủ tục {} nộp những giấy gì", "để {} tôi cần chuẩn bị gì", "bộ hồ sơ {} có những gì",
		"{} phải có giấy gì", "giấy tờ để {}",
	},
	assistant.Fees: {
		"phí {} nhiêu vậy", "muốn {} tốn nhiêu tiền", "{} giá bao nhiêu", "chi phí {} thế nào", "{} phải đóng bao nhiêu", "{} có tốn tiền không bạn", "nhà nước thu bao nhiêu khi {}", "{} miễn phí hay mất tiền",
	},
	assistant.Time: {
		"{} mấy hôm thì có", "nộp xong {} bao lâu được trả", "{} chờ bao lâu", "{} mấy ngày là xong", "thời gian {} bao lâu vậy ạ", "{} trong bao nhiêu ngày làm việc", "bao giờ nhận được kết quả nếu {}",
	},
	assistant.Where: {
		"{} phải tới đâu", "{} ra phường hay lên tỉnh", "nơi nhận hồ sơ {}", "cơ quan nào giải quyết {}", "em ở trọ thì {} chỗ nào", "{} nộp cho ai", "muốn {} thì lên đâu",
	},
	assistant.Online: {"{} qua mạng được không", "có {} online được không ạ", "{} nộp trực tuyến ở đâu", "ngồi ở nhà {} được không", "{} trên cổng dịch vụ công được chứ"},
	assistant.Conditions: {
		"cần điều kiện nào để {}", "đáp ứng yêu cầu gì thì được {}", "điều kiện {}", "{} thì phải thỏa điều kiện gì",
	},
	assistant.DueBy:      {"{} trễ nhất là ngày nào", "phải {} trong bao nhiêu ngày", "{} có hạn không, đến khi nào", "bao lâu thì phải {}", "hạn {} là khi nào"},
	assistant.Penalty:    {"chậm {} bị phạt thế nào", "nếu không {} thì phạt nhiêu tiền", "quên {} có sao không, phạt gì", "{} trễ hạn phạt bao nhiêu", "xử phạt việc không {}"},
	assistant.Result:     {"{} thì được cấp cái gì", "sau khi {} mình nhận được giấy gì", "kết quả {} là gì", "{} xong nhận về giấy tờ nào"},
	assistant.Forms:      {"{} điền mẫu nào", "mẫu đơn {}", "tải tờ khai {} ở đâu, mẫu gì", "đơn xin {} theo mẫu nào", "{} viết đơn gì"},
	assistant.Who:        {"ai có thể {}", "{} dành cho ai", "người nào được {}", "{} thì ai phải đi làm", "đối tượng {} gồm ai"},
	assistant.Steps:      {"{} làm sao", "cách {}", "quy trình {}", "{} thì làm thế nào ạ", "{} gồm mấy bước", "trình tự {} ra sao"},
	assistant.LegalBasis: {"{} theo luật nào", "căn cứ pháp lý của việc {}", "văn bản nào quy định {}", "{} quy định ở nghị định nào"},
}

// everyTails ask for a slot behind a situation, told as people tell it.
var everyTails = map[assistant.Slot][]string{
	assistant.Papers: {"{}, cần giấy tờ gì", "{} thì hồ sơ gồm gì ạ", "Chào anh chị, {}, em phải chuẩn bị những giấy tờ nào?"},
	assistant.Fees:   {"{} hết bao nhiêu tiền", "{}, lệ phí bao nhiêu ạ", "{} thì tốn bao nhiêu"},
	assistant.Time:   {"{} mất bao lâu", "{}, mấy ngày thì xong", "{} thì bao lâu có kết quả"},
	assistant.Where:  {"{} thì làm ở đâu", "{}, nộp ở đâu vậy", "{} thì liên hệ cơ quan nào"},
	assistant.Steps:  {"{} thì phải làm sao", "{}, thủ tục thế nào ạ", "{} giờ làm gì"},
}

// EveryCase asks every record of a set for every slot that it holds on the day of the exam, in
// ways many wordings each, in turn by each of its names and of the situations it is meant for.
// The gold is the record itself; Note is the name or situation it was asked by. Cases come in the order of records and slots.
func EveryCase(set starter.Set, ways int) ([]Case, error) {
	day, err := caseDay(examDay)
	if err != nil {
		return nil, err
	}
	var cases []Case
	seen := map[string]bool{}
	for _, p := range set.Procedures {
		for _, slot := range append(append([]assistant.Slot{}, examSlots...), assistant.Online, assistant.LegalBasis) {
			var facts []string
			switch slot {
			case assistant.Online:
				facts = onlineFacts(p)
			default:
				facts = factsOn(p, slot, day)
			}
			if len(facts) == 0 && (slot != assistant.LegalBasis || len(p.Basis) == 0) {
				continue
			}
			for way := range ways {
				c := everyOne(p, slot, facts, way)
				if c.Q != "" && !seen[c.Q] {
					seen[c.Q] = true
					cases = append(cases, c)
				}
			}
		}
	}
	return cases, nil
}

func onlineFacts(p corpus.Procedure) (facts []string) {
	for _, w := range p.Where {
		if w.Channel == corpus.Online && w.Text != "" {
			facts = append(facts, w.Text)
		}
	}
	return facts
}

// everyOne words one question; a slot that fits no situation is asked by names alone.
func everyOne(p corpus.Procedure, slot assistant.Slot, facts []string, way int) Case {
	key := fmt.Sprintf("%s %s %d", p.ID, slot, way)
	names, phrases, tag := spoken(p), everyPhrases[slot], "name"
	if tails := everyTails[slot]; way%2 == 1 && len(tails) > 0 && len(p.Said) > 0 {
		names, phrases, tag = p.Said, tails, "said"
	}
	if len(names) == 0 {
		names = []string{lowerFirst(p.Name)}
	}
	name := names[pick(key, len(names))]
	q := strings.ReplaceAll(phrases[pick(key+"?", len(phrases))], "{}", name)
	tags := []string{"every", tag, string(slot)}
	switch pick(key+"!", 10) {
	case 0, 1:
		q, tags = NoMarks(q), append(tags, "unaccented")
	case 2:
		q, tags = TelexRaw(q), append(tags, "telex")
	case 3:
		q, tags = Abbreviated(q), append(tags, "teencode")
	}
	return Case{
		ID: "every-" + strings.ReplaceAll(key, " ", "-"), Kind: Answerable, Q: q, Procedure: p.ID, Slots: []assistant.Slot{slot}, MustContain: facts[:min(len(facts), 4)],
		Half: Dev, Asked: examDay, Tags: tags, Note: name, Source: "starter " + p.ID,
	}
}
