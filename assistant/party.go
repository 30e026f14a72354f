package assistant

// partyBook finds what cannot be done by law because of for whom or where it is asked: a
// passport for a pet, a marriage with the dead, a residence on the moon. No record is for
// them, however well the rest of the question names one.
var partyBook = newCueBook([]cueRule{
	{name: "animal", all: "papersFor creature", within: 6, inOrder: true, unless: "keeping"},
	{name: "dead", all: "bond gone", within: 10, inOrder: true},
	{name: "nowhere", all: "nowhere", unless: "name"},
}, cueTable{
	harmless: `con cá nhân, chim én, hoa hồng, cây xăng, cây cầu, cây cảnh nghệ thuật, ma túy, ma trận, người máy móc, =ma, bò sữa, heo giống, gà đồi`,
	"papersFor": `cho, =của, với, cùng, lấy, cưới, kết hôn với, cho con, cho chú, cho em, cho bé, cho bạn, hộ chiếu, căn cước, khai sinh, khai tử, tạm trú, thường trú, hộ khẩu, độc thân, kết hôn, lương hưu, bảo hiểm y tế, bảo hiểm xã hội, di chúc cho, thừa kế cho, định danh,
		bằng lái`,
	"creature": `mèo, =chó, =con chó, =chó con, cún, cún con, thú cưng, thú nuôi, vật nuôi, con vẹt, vẹt, chim cảnh, =con chim, cá vàng, cá cảnh, =con cá, thỏ, =con thỏ, chuột hamster, hamster, =con lợn, =con heo, =con gà, =con bò, =con trâu, con ngựa, =con rùa, =con khỉ, khủng long, =con rồng, =rồng,
		robot, rô bốt, búp bê, gấu bông, hồn ma, =con ma, bóng ma, ma cà rồng, người ngoài hành tinh, người máy, nhân vật hoạt hình, nhân vật game, nhân vật truyện, thần tài, ông địa, ông già noel, =bồn cây, cây cảnh, =cái cây, =hòn đá, bức tượng, tượng đá, máy giặt, tủ lạnh, tivi, điện thoại, =cái ghế, =cái bàn, con thuyền giấy, trí tuệ nhân tạo, chatbot, tiên cá, siêu nhân, người tuyết, thiên thần, ác quỷ`,
	"keeping": `chăn nuôi, trang trại, kiểm dịch, tiêm phòng, giống, buôn bán, cửa hàng, spa, phòng khám, thú y, mở tiệm, mở quán, hộ kinh doanh, giết mổ, bị mất, làm mất, trên điện thoại, bằng điện thoại, qua điện thoại, mất điện thoại, số điện thoại`,
	"bond":    `kết hôn với, cưới, lấy, đăng ký kết hôn với, ly hôn với, hộ chiếu cho, căn cước cho, bằng lái cho, tạm trú cho, thường trú cho, định danh cho, vneid cho, kết hôn cùng`,
	"gone":    `người đã chết, =người chết, người đã mất, người đã khuất, người quá cố, người âm, người cõi âm, bà đã mất, ông đã mất, cụ đã mất, liệt sĩ đã`,
	"nowhere": `sao hỏa, sao kim, sao thổ, sao mộc, mặt trăng, cung trăng, ngoài vũ trụ, ngoài hành tinh, thiên đường, địa phủ, âm phủ, dưới đáy biển, xuyên không, du hành thời gian, cỗ máy thời gian, atlantis, công dân vũ trụ, hành tinh khác`,
	"name":    `quán, công ty, tên, nhà hàng, đường, phố, khách sạn, thương hiệu, nhãn hiệu`,
})

// impossibleParty reports whether the question asks it for what no law knows as a party.
func impossibleParty(text string) bool {
	form := readCues(text)
	if _, yes := partyBook.fires(form); yes {
		return true
	}
	return forTheDead(form)
}

// livingBook finds papers that only the living are given, and what is done about them once
// somebody has died.
var livingBook = newCueBook([]cueRule{{name: "living", all: "living", unless: "afterwards"}}, cueTable{
	harmless: `gia đình`,
	"living": `hộ chiếu, passport, căn cước, cccd, thẻ căn cước, bằng lái, giấy phép lái xe, vneid, định danh, kết hôn, tạm trú, đăng ký thường trú, nhập hộ khẩu, thẻ bảo hiểm y tế, bhyt, lý lịch tư pháp, lưu trú, nghĩa vụ quân sự`,
	"afterwards": `xóa, thu hồi, hủy, khóa, trả lại, nộp lại, sang tên, thừa kế, di sản, khai tử, chứng tử, báo tử, trích lục, mai táng, tử tuất, tiền tuất, bị mất, làm mất, mất giấy, mất thẻ, mất sổ, mất hộ chiếu, mất căn cước, mất bằng, độc thân, tình trạng hôn nhân, ly hôn, lần hai,
		tái hôn, giám hộ, cắt hộ khẩu, còn giá trị, có phải, nhận con, khai sinh, chứng minh, vợ mất, chồng mất, kết hôn lại, đi bước nữa, quan hệ`,
})

// kin are folded words for one of whom it may be said that he died; died are the folded words
// that say so, in pairs.
var (
	kin  = cueWords("ba bo me ma ong noi ngoai cu chong vo anh chi em trai gai con chau co chu bac cau di nguoi ay toi minh nha")
	died = map[string]bool{"da mat": true, "moi mat": true, "vua mat": true, "da chet": true, "moi chet": true, "vua chet": true, "da khuat": true, "qua co": true, "qua doi": true, "da qua": true, "chet duoi": true, "mat nam": true, "chet nam": true, "mat hom": true, "mat thang": true}
)

// mostKin is how many words lie between "cho" and what happened: "cho ông nội em đã mất".
const mostKin = 5

// forTheDead reports whether a paper of the living is asked for one who is told to have died.
func forTheDead(form cueText) bool {
	if _, living := livingBook.fires(form); !living {
		return false
	}
	for i, w := range form.words {
		if w.fold != "cho" && w.fold != "cua" {
			continue
		}
		for k := i + 1; k < len(form.words)-1 && k <= i+mostKin; k++ {
			if died[form.words[k].fold+" "+form.words[k+1].fold] && k > i+1 {
				return true
			}
			if !kin[form.words[k].fold] {
				break
			}
		}
	}
	return false
}
