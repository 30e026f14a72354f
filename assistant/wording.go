package assistant

// Public words of each outcome, Vietnamese first. Officials and lawyers may edit them;
// nothing else in the program depends on the words.
var wording = map[Status][2]string{
	NeedsDetail: {"Câu hỏi này có thể thuộc nhiều thủ tục. Bạn chọn giúp trường hợp của mình:", "Your question may concern several procedures. Please pick the one that fits:"},
	NoSource: {
		"Tôi chưa có nguồn chính thức nào còn hiệu lực để trả lời câu này nên không trả lời phỏng đoán. Bạn có thể hỏi Trung tâm Phục vụ hành chính công nơi gần nhất, tra cứu trên dichvucong.gov.vn hoặc gọi tổng đài 18001096.",
		"I have no official source in force that answers this, so I will not guess. Please ask the nearest public service centre, look on dichvucong.gov.vn, or call 18001096.",
	},
	NotInForce: {
		"Những quy định tôi tìm được không có hiệu lực vào ngày bạn hỏi, nên tôi không dùng để trả lời. Bạn thử đổi ngày, hoặc hỏi Trung tâm Phục vụ hành chính công.",
		"The texts I found are not in force on the day you asked about, so I do not answer from them. Try another day, or ask a public service centre.",
	},
	OutOfScope: {
		"Câu này nằm ngoài phạm vi của tôi: tôi chỉ trả lời về thủ tục hành chính và quy định pháp luật của Việt Nam. Bạn muốn hỏi thủ tục nào?",
		"This is outside what I cover: I answer about public-service procedures and law in Vietnam. Which procedure do you need?",
	},
	ForeignLaw: {
		"Tôi chỉ có pháp luật Việt Nam. Về quy định của nước khác, bạn hỏi cơ quan đại diện của nước đó hoặc Cục Lãnh sự, Bộ Ngoại giao.",
		"I only hold Vietnamese law. For another country's rules, ask its embassy or the Consular Department.",
	},
	CaseStatus: {
		"Tôi không xem được hồ sơ riêng của bạn. Bạn tra bằng mã hồ sơ tại dichvucong.gov.vn (mục Tra cứu hồ sơ), trên VNeID, hoặc hỏi nơi đã nhận hồ sơ theo giấy hẹn.",
		"I cannot see your file. Look it up by its number on dichvucong.gov.vn or VNeID, or ask the office named on your receipt.",
	},
	LegalStrategy: {
		"Tôi cho biết quy định, nhưng không khuyên cách kiện tụng hay đánh giá khả năng thắng thua. Bạn có thể gặp luật sư, hoặc Trung tâm Trợ giúp pháp lý nhà nước của tỉnh (miễn phí cho người thuộc diện).",
		"I can tell you the rules but not advise on litigation. Please see a lawyer or your province's legal aid centre.",
	},
	Politics: {
		"Tôi không bàn về chính trị hay nhân sự. Tôi trả lời về thủ tục hành chính và quy định pháp luật.",
		"I do not discuss politics. I answer about procedures and law.",
	},
	Opinion: {
		"Tôi không nêu ý kiến riêng. Tôi có thể cho bạn biết quy định nói gì, kèm nguồn để kiểm tra.",
		"I give no opinions. I can tell you what the rules say, with sources.",
	},
	Refused: {
		"Tôi không giúp việc này. Nếu bạn cần làm thủ tục hay tra quy định pháp luật, tôi sẵn sàng.",
		"I will not help with this. I am glad to help with a procedure or a rule of law.",
	},
	Crisis: {
		"Nếu bạn hoặc ai đó đang gặp nguy hiểm, hãy gọi ngay 113 (công an), 115 (cấp cứu) hoặc 111 (bảo vệ trẻ em).",
		"If you or someone else is in danger, call 113 (police), 115 (ambulance) or 111 (child protection) now.",
	},
	TooLong:     {"Câu hỏi dài quá. Bạn rút gọn còn dưới 2.000 chữ cái giúp tôi.", "The question is too long. Please keep it under 2,000 characters."},
	Unclear:     {"Tôi chưa thấy câu hỏi nào. Bạn thử viết, ví dụ: “Đăng ký tạm trú cần giấy tờ gì?”", "I see no question yet. Try: “What papers do I need to register temporary residence?”"},
	TooMany:     {"Bạn hỏi hơi nhanh. Vui lòng chờ một phút rồi hỏi tiếp.", "You are asking a little fast. Please wait a minute."},
	SmallTalk:   {"Chào bạn! Tôi là trợ lý tự động của Một Cửa, trả lời về thủ tục hành chính và quy định pháp luật, có dẫn nguồn. Bạn cần làm việc gì?", "Hello! I am Một Cửa's automatic assistant for public-service procedures and law, with sources. What do you need?"},
	Unavailable: {"Hệ thống đang gặp sự cố nên chưa trả lời được. Bạn thử lại sau ít phút, hoặc gọi tổng đài 18001096.", "Something we depend on has failed. Please try again in a few minutes, or call 18001096."},
	Paused: {
		"Cơ quan quản lý đang tạm dừng trợ lý tự động, nên lúc này tôi không trả lời. Bạn hỏi Trung tâm Phục vụ hành chính công nơi gần nhất, tra cứu trên dichvucong.gov.vn hoặc gọi tổng đài 18001096.",
		"The office in charge has switched this assistant off for now, so I do not answer. Please ask the nearest public service centre, look on dichvucong.gov.vn, or call 18001096.",
	},
}

// publicWording is the sentence for an outcome; lang "en" or Vietnamese.
func publicWording(s Status, lang string) string {
	w := wording[s]
	if lang == "en" {
		return w[1]
	}
	return w[0]
}

func disclosure(lang string) string {
	if lang == "en" {
		return "Written by a machine from the sources cited; not a decision of any office. Check the source before you act."
	}
	return "Câu trả lời do máy soạn từ nguồn được trích dẫn, không phải văn bản của cơ quan nhà nước. Hãy kiểm tra nguồn trước khi làm."
}
