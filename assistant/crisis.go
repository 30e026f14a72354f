package assistant

// danger is one kind of crisis: the cues, folded, and what to say at once. Numbers are
// the national short numbers; sources in docs/safety.md.
type danger struct {
	kind  string
	cues  []string
	words [2]string
}

var dangers = []danger{
	{"self_harm", []string{
		"muon chet", "khong muon song", "khong con muon song", "tu tu", "tu sat", "ket lieu doi minh", "ket thuc cuoc doi", "cat co tay", "tu lam hai ban than", "song khong noi nua",
		"chan song", "nhay cau", "uong thuoc ngu de chet", "i want to die", "kill myself", "end my life",
	}, [2]string{
		"Tôi rất tiếc vì bạn đang phải chịu đựng điều này. Nếu bạn đang gặp nguy hiểm, hãy gọi ngay 115 (cấp cứu), hoặc nói với người thân đang ở gần bạn. Trẻ em gọi 111, miễn phí, cả ngày lẫn đêm.",
		"I am sorry you are going through this. If you are in danger, call 115 (ambulance) now or tell someone near you. Children can call 111, free, day and night.",
	}},
	{"violence", []string{
		"chong danh toi", "chong toi danh", "bi chong danh", "vo danh toi", "bi vo danh", "bi danh dap", "dang danh toi", "doa giet", "bi doa giet", "muon giet toi", "bao hanh gia dinh", "bi bao hanh", "bi cuong hiep", "bi hiep dam",
		"bi xam hai", "xam hai tinh duc", "bi bat coc", "bi giam giu", "bi nhot", "co nguoi cam dao", "nha dang chay", "chay nha", "con toi bi danh", "bi ban sang", "bi lua ban", "dang bi tan cong",
	}, [2]string{
		"Nếu đang có nguy hiểm, hãy gọi ngay 113 (công an); có người bị thương gọi 115 (cấp cứu); cháy gọi 114; trẻ em bị hại gọi 111. Khi đã an toàn, bạn có thể báo Công an xã hoặc UBND cấp xã gần nhất, ở đâu cũng được tiếp nhận.",
		"If there is danger now, call 113 (police); for injuries 115; fire 114; a child in danger 111. Once safe, report to the nearest commune police or commune office.",
	}},
	{"fraud", []string{
		"dang bi lua", "bi lua dao chuyen tien", "bi lua chuyen tien", "vua chuyen tien cho", "goi dien bao chuyen tien", "goi dien yeu cau chuyen tien", "gia danh cong an", "gia lam cong an", "tu xung la cong an", "tu xung cong an", "yeu cau doc ma otp", "doc ma otp",
		"bat chuyen tien", "doa bat neu khong chuyen", "bi lay mat tien trong tai khoan", "mat tien trong tai khoan", "bi lua dao qua mang", "bi lua tien", "bi lua dao",
	}, [2]string{
		"Có dấu hiệu lừa đảo. Đừng chuyển thêm tiền, đừng đọc mã OTP. Gọi ngay tổng đài ngân hàng để khóa tài khoản, rồi báo 113 hoặc Công an xã gần nhất. Cơ quan nhà nước không yêu cầu chuyển tiền hay đọc mã OTP qua điện thoại.",
		"This looks like fraud. Send no more money and read no code to anyone. Call your bank to lock the account, then 113 or the nearest police. No authority asks for transfers or codes by phone.",
	}},
}

// legalCues show that the person asks what the law says of a danger, not from inside it.
var legalCues = []string{
	"bi phat bao nhieu", "muc phat", "bi xu ly the nao", "bi xu ly", "bi xu phat", "quy dinh", "dieu luat", "hinh phat", "toi gi", "phat tu", "truy cuu", "theo luat", "la gi", "khai niem", "dieu nao", "nghi dinh", "bo luat", "xu phat",
	"trach nhiem cua", "phong chong", "to giac", "khoi to", "toi pham", "cau thanh", "bien phap", "trinh bao", "thu tuc", "boi thuong", "co duoc", "duoc khong", "hanh vi", "the nao la",
}

// ownCues show that the person speaks of themselves. "toi" alone would not do: folded,
// it is also "tội".
var ownCues = []string{
	"toi bi", "toi dang", "toi muon", "toi vua", "toi khong muon", "danh toi", "chong toi", "vo toi", "con toi", "bo toi", "me toi", "giup toi", "cuu toi", "em bi", "em dang", "em muon", "giet toi", "chau bi", "minh bi", "minh muon",
}

// inDanger finds a crisis in the question. A question about the law of it is none.
func inDanger(text string) (danger, bool) {
	folded := spaced(text)
	for _, d := range dangers {
		if _, hit := firstCue(folded, d.cues); !hit {
			continue
		}
		_, legal := firstCue(folded, legalCues)
		if _, own := firstCue(folded, ownCues); legal && !own {
			continue
		}
		return d, true
	}
	return danger{}, false
}
