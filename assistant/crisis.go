package assistant

// dangers says for each kind of crisis what to say at once, Vietnamese and English.
// Numbers are the national short numbers; sources in docs/safety.md.
var dangers = map[string]danger{
	"self_harm": {"self_harm", [2]string{
		"Tôi rất tiếc vì bạn đang phải chịu đựng điều này. Nếu bạn đang gặp nguy hiểm, hãy gọi ngay 115 (cấp cứu), hoặc nói với người thân đang ở gần bạn. Trẻ em gọi 111, miễn phí, cả ngày lẫn đêm.",
		"I am sorry you are going through this. If you are in danger, call 115 (ambulance) now or tell someone near you. Children can call 111, free, day and night.",
	}},
	"violence": {"violence", [2]string{
		"Nếu đang có nguy hiểm, hãy gọi ngay 113 (công an); có người bị thương gọi 115 (cấp cứu); cháy gọi 114; trẻ em bị hại gọi 111. Khi đã an toàn, bạn có thể báo Công an xã hoặc UBND cấp xã gần nhất, ở đâu cũng được tiếp nhận.",
		"If there is danger now, call 113 (police); for injuries 115; fire 114; a child in danger 111. Once safe, report to the nearest commune police or commune office.",
	}},
	"fraud": {"fraud", [2]string{
		"Có dấu hiệu lừa đảo. Đừng chuyển thêm tiền, đừng đọc mã OTP. Gọi ngay tổng đài ngân hàng để khóa tài khoản, rồi báo 113 hoặc Công an xã gần nhất. Cơ quan nhà nước không yêu cầu chuyển tiền hay đọc mã OTP qua điện thoại.",
		"This looks like fraud. Send no more money and read no code to anyone. Call your bank to lock the account, then 113 or the nearest police. No authority asks for transfers or codes by phone.",
	}},
}

// danger is one kind of crisis and its first words.
type danger struct {
	kind  string
	words [2]string
}

// inDanger finds a crisis in the question. A question about the law of it is none,
// unless the person speaks of themselves.
func inDanger(text string) (danger, bool) {
	plain := readCues(named.Replace(text))
	forms := []cueText{plain}
	if t, ok := untyped(plain); ok {
		forms = append(forms, t)
	}
	for _, form := range forms {
		if kind, yes := dangerBook.fires(form); yes {
			return dangers[kind], true
		}
	}
	return danger{}, false
}
