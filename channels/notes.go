package channels

import "strconv"

// The notes below are not part of any answer: the store and the officials' desk send them.

// Actions of buttons that are not tied to an answer.
const (
	actAgain    = "again" // again:<part>
	actOfficial = "official"
	actNew      = "new"
	actHelp     = "help"
	actForget   = "forget"
	actForgetOK = "forget:yes"
	actKeep     = "forget:no"
	actChoose   = "c" // c:<turn>:<n>
	actUseful   = "u" // u:<turn>
	actWrong    = "w" // w:<turn>
	actReason   = "r" // r:<turn>:<reason>
	actResume   = "resume"
	actMore     = "more"
)

// DoubtNote tells a person that a message may not have arrived, and offers it again.
func DoubtNote(part int64) Reply {
	return Say("Kết nối vừa bị gián đoạn nên tôi không chắc tin nhắn ngay trước đã tới bạn. Nếu chưa thấy, bấm nút dưới đây, tôi gửi lại.").
		With(Button{Label: "Gửi lại tin vừa rồi", Action: actAgain + ":" + strconv.FormatInt(part, 10)})
}

// GoneNote answers a wish to hear again what is no longer kept.
func GoneNote(lang string) Reply {
	return Say(in(lang, "Tin đó đã được gửi lại hoặc không còn lưu. Bạn hỏi lại giúp tôi nhé.", "That message has been sent again or is no longer kept. Please ask once more."))
}

// TakenNote tells a person that an official has come.
func TakenNote() Reply {
	return Say("Cán bộ đã vào cuộc trò chuyện. Từ giờ tin nhắn của bạn tới thẳng cán bộ; trợ lý tự động tạm im lặng. Đừng gửi ảnh giấy tờ, số căn cước hay mật khẩu.")
}

// OfficialSays puts an official's words under their heading.
func OfficialSays(text string) Reply {
	r := Say(text)
	r.Lines = append([]Line{{Text: "Cán bộ trả lời:", Bold: true}}, r.Lines...)
	return r
}

// ForwardedNote tells a person which office has their question now.
func ForwardedNote(unit string) Reply {
	return Say("Cán bộ đã chuyển câu hỏi của bạn đến " + unit + ". Trong lúc chờ, trợ lý tự động vẫn trả lời; khi có cán bộ nhận, bạn sẽ được báo.")
}

// ClosedNote tells a person that the assistant is back.
func ClosedNote() Reply {
	return Say("Cán bộ đã kết thúc trao đổi. Trợ lý tự động trả lời lại từ đây; bạn cứ hỏi tiếp.")
}

// in picks the language; Vietnamese unless "en".
func in(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}
