package lifeevents

// Option is one of two ways that a level 3 notice lays side by side. It recommends neither
// and does nothing: the person chooses.
type Option struct {
	Name Text
	// Good and Mind are what speaks for it and what to mind, a sentence each.
	Good, Mind []Text
	// Procedure is the ID of the procedure that leads there; empty where none is needed.
	Procedure string
}

// OptionsOf are the two options of a rule of level 3; nil for any other rule. The words
// follow the rule's own texts and doubts.
func OptionsOf(rule string) []Option { return options[rule] }

var options = map[string][]Option{
	"E46": {
		{Name: Text{"Tính thuế theo tỷ lệ trên phần doanh thu vượt mức", "Tax as a rate on turnover above the threshold"},
			Good:      []Text{{"Không phải theo dõi từng khoản chi.", "You need not account for every expense."}},
			Mind:      []Text{{"Vẫn phải nộp khi lãi ít hoặc lỗ.", "Due even when profit is small or there is a loss."}},
			Procedure: "1.011022"},
		{Name: Text{"Tính thuế theo lợi nhuận (doanh thu trừ chi phí)", "Tax on profit (turnover less costs)"},
			Good:      []Text{{"Chi phí cao, lãi ít thì nộp ít.", "High costs and small profit mean less tax."}},
			Mind:      []Text{{"Phải có sổ sách và hóa đơn của các khoản chi.", "Books and invoices for the costs are needed."}},
			Procedure: "1.011022"},
	},
	"E55": {
		{Name: Text{"Giữ lại thời gian đã đóng", "Keep the years you paid"},
			Good: []Text{{"Đi làm lại hoặc đóng tự nguyện thì cộng dồn để sau này có lương hưu.", "Working again or paying voluntarily adds up towards a pension."},
				{"Thời gian đã đóng không mất.", "The years stay yours."}},
			Mind:      []Text{{"Chưa nhận được tiền ngay.", "No money now."}},
			Procedure: "1.002179"},
		{Name: Text{"Nhận bảo hiểm xã hội một lần", "Take the social insurance once"},
			Good: []Text{{"Có một khoản tiền ngay.", "A sum of money now."}},
			Mind: []Text{{"Mất thời gian đã đóng và có thể không còn lương hưu, thẻ bảo hiểm y tế khi về già.", "The years are lost, perhaps also the pension and the health card in old age."},
				{"Không lấy lại được sau khi đã nhận.", "It cannot be undone."}},
			Procedure: "1.001613"},
	},
	"E60": {
		{Name: Text{"Được miễn giấy phép xây dựng", "No building permit needed"},
			Good: []Text{{"Không phải nộp hồ sơ xin phép.", "No application."}},
			Mind: []Text{{"Hỏi Ủy ban nhân dân xã, phường trước: thường chỉ là nhà dưới 7 tầng, dưới 500 m², ngoài khu quy hoạch.", "Ask the commune first: usually under 7 floors and 500 m², outside planned areas."},
				{"Hỏi luôn có phải báo ngày khởi công không.", "Ask as well whether the start of work must be announced."}}},
		{Name: Text{"Xin giấy phép xây dựng", "Apply for a building permit"},
			Good:      []Text{{"Yên tâm khi bị kiểm tra, dễ làm sổ về sau.", "Safe when inspected, easier to register later."}},
			Mind:      []Text{{"Khoảng 7 ngày làm việc; xây trước khi có phép sẽ bị phạt.", "About 7 working days; building before is fined."}},
			Procedure: "1.013225"},
	},
	"E61": {
		{Name: Text{"Hưởng lương hưu (đóng đủ, hoặc đóng tiếp cho đủ 15 năm)", "A pension (enough years, or paying on to reach 15)"},
			Good:      []Text{{"Có lương hằng tháng và thẻ bảo hiểm y tế.", "Money every month and a health card."}},
			Mind:      []Text{{"Còn thiếu năm thì phải đóng tiếp.", "If years are short, you pay on."}},
			Procedure: "huu-tri"},
		{Name: Text{"Nhận bảo hiểm xã hội một lần", "Take the social insurance once"},
			Good:      []Text{{"Có một khoản tiền ngay.", "A sum of money now."}},
			Mind:      []Text{{"Không còn lương hưu; không lấy lại được.", "No pension any more; it cannot be undone."}},
			Procedure: "1.001613"},
	},
}

// ActsAlone reports whether a notice of this level may do something by itself. Level 4 of
// Nghị định 224/2026/NĐ-CP is modelled and switched off: always false.
func ActsAlone(Level) bool { return false }
