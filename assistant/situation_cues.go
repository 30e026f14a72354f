package assistant

// situationBook finds turns in life; the name of a rule is a key of situations.
var situationBook = newCueBook([]cueRule{
	{name: "robbed", all: "papersLost"},
	{name: "death", all: "kin passed", within: 7, inOrder: true, unless: "lostThing"},
	{name: "death", all: "deathSure", unless: "lostThing"},
	{name: "expecting", all: "expecting"},
	{name: "born", all: "born"},
	{name: "adopted", all: "adopted"},
	{name: "divorced", all: "divorced"},
	{name: "wedding", all: "wedding"},
	{name: "wed", all: "wed"},
	{name: "jobLost", all: "jobLost"},
	{name: "retiring", all: "retiring"},
	{name: "bought", all: "bought"},
	{name: "moving", all: "moving"},
	{name: "disabled", all: "disabled"},
}, situationCues)

// namedThing finds what one record is known by: who names it wants that.
var namedThing = newCueBook([]cueRule{{name: "named", all: "named"}, {name: "named", all: "elsewhere"}}, situationCues)

// askedAll finds the asking for whatever is to be done.
var askedAll = newCueBook([]cueRule{{name: "asks", all: "asksAll"}}, situationCues)

var situationCues = cueTable{
	harmless: `nhận con nuôi, mất bao lâu, mất mấy ngày, mất bao nhiêu, mất thời gian, có mất tiền, mất phí, sinh viên, học sinh, khám sức khỏe`,
	"kin": `bố, ba, cha, mẹ, má, u, tía, ông, bà, cụ, chồng, vợ, con, anh, chị, em, cô, chú, bác, cậu, dì, mợ, thím, bố mẹ, cha mẹ, ông nội, bà nội, ông ngoại, bà ngoại, người nhà, người thân, thân nhân,
		father, mother, husband, wife, grandfather, grandmother, parent, son, daughter, relative`,
	"passed": `mất, qua đời, từ trần, chết, tạ thế, không qua khỏi, ra đi, đột tử, khuất núi, mới mất, vừa mất, died, passed away, has died, dies`,
	"deathSure": `bố tôi mất, bố tôi mới mất, bố tôi vừa mất, bố tôi chết, bố em mất, bố em mới mất, bố em vừa mất, bố em chết, bố con mất, bố con mới mất, bố con vừa mất, bố con chết, bố mình mất, bố mình mới mất, bố mình vừa mất, bố mình chết, bố cháu mất, bố cháu mới mất, bố cháu vừa mất, bố cháu chết, ba tôi mất, ba tôi mới mất, ba tôi vừa mất, ba tôi chết, ba em mất, ba em mới mất, ba em vừa mất, ba em chết, ba con mất, ba con mới mất, ba con vừa mất, ba con chết, ba mình mất, ba mình mới mất, ba mình vừa mất, ba mình chết, ba cháu mất, ba cháu mới mất, ba cháu vừa mất, ba cháu chết, cha tôi mất, cha tôi mới mất, cha tôi vừa mất, cha tôi chết, cha em mất, cha em mới mất, cha em vừa mất, cha em chết, cha con mất, cha con mới mất, cha con vừa mất, cha con chết, cha mình mất, cha mình mới mất, cha mình vừa mất, cha mình chết, cha cháu mất, cha cháu mới mất, cha cháu vừa mất, cha cháu chết, mẹ tôi mất, mẹ tôi mới mất, mẹ tôi vừa mất, mẹ tôi chết, mẹ em mất, mẹ em mới mất, mẹ em vừa mất, mẹ em chết, mẹ con mất, mẹ con mới mất, mẹ con vừa mất, mẹ con chết, mẹ mình mất, mẹ mình mới mất, mẹ mình vừa mất, mẹ mình chết, mẹ cháu mất, mẹ cháu mới mất, mẹ cháu vừa mất, mẹ cháu chết, má tôi mất, má tôi mới mất, má tôi vừa mất, má tôi chết, má em mất, má em mới mất, má em vừa mất, má em chết, má con mất, má con mới mất, má con vừa mất, má con chết, má mình mất, má mình mới mất, má mình vừa mất, má mình chết, má cháu mất, má cháu mới mất, má cháu vừa mất, má cháu chết, ông tôi mất, ông tôi mới mất, ông tôi vừa mất, ông tôi chết, ông em mất, ông em mới mất, ông em vừa mất, ông em chết, ông con mất, ông con mới mất, ông con vừa mất, ông con chết, ông mình mất, ông mình mới mất, ông mình vừa mất, ông mình chết, ông cháu mất, ông cháu mới mất, ông cháu vừa mất, ông cháu chết, bà tôi mất, bà tôi mới mất, bà tôi vừa mất, bà tôi chết, bà em mất, bà em mới mất, bà em vừa mất, bà em chết, bà con mất, bà con mới mất, bà con vừa mất, bà con chết, bà mình mất, bà mình mới mất, bà mình vừa mất, bà mình chết, bà cháu mất, bà cháu mới mất, bà cháu vừa mất, bà cháu chết, chồng tôi mất, chồng tôi mới mất, chồng tôi vừa mất, chồng tôi chết, chồng em mất, chồng em mới mất, chồng em vừa mất, chồng em chết, chồng con mất, chồng con mới mất, chồng con vừa mất, chồng con chết, chồng mình mất, chồng mình mới mất, chồng mình vừa mất, chồng mình chết, chồng cháu mất, chồng cháu mới mất, chồng cháu vừa mất, chồng cháu chết, vợ tôi mất, vợ tôi mới mất, vợ tôi vừa mất, vợ tôi chết, vợ em mất, vợ em mới mất, vợ em vừa mất, vợ em chết, vợ con mất, vợ con mới mất, vợ con vừa mất, vợ con chết, vợ mình mất, vợ mình mới mất, vợ mình vừa mất, vợ mình chết, vợ cháu mất, vợ cháu mới mất, vợ cháu vừa mất, vợ cháu chết,
		nhà có người mất, gia đình có người mất, có tang, nhà có tang, nhà mới có tang, nhà có đám, nhà có đám tang, có người chết, có người qua đời, nhà có người chết, người thân qua đời, người nhà mất, người thân mất`,
	"lostThing": `mất thẻ, mất giấy, mất giấy tờ, mất sổ, mất bằng, mất căn cước, mất cccd, mất hộ chiếu, mất xe, mất ví, mất tiền, mất việc, mất tích, mất đồ, mất điện thoại, mất khả năng, mất sức, mất năng lực, mất biển số, mất cà vẹt, mất hết, mất quyền, mất đất, mất nhà, mất mát, mất trộm,
		mất con dấu, mất hồ sơ, mất gplx, mất cmnd, mất thẻ căn cước, mất hộ khẩu, mất liên lạc, chó, mèo, chết máy`,
	"expecting": `sắp sinh, sắp đẻ, sắp sanh, chuẩn bị sinh, chuẩn bị đẻ, chuẩn bị sanh, sắp có em bé, sắp có con, sắp có bé, sắp có baby, sắp lâm bồn, đang mang thai, mang thai, có bầu, mang bầu, đang bầu, bầu bì, có thai, sắp làm bố, sắp làm mẹ, sắp làm cha, gần sinh, gần ngày sinh, sắp tới ngày sinh,
		expecting a baby, pregnant, about to give birth, going to have a baby`,
	"born": `mới sinh, vừa sinh, mới đẻ, vừa đẻ, mới sanh, vừa sanh, có em bé, có em bé mới, mới có con, vừa có con, mới có bé, có con đầu lòng, có con nhỏ mới sinh, vừa có thêm con, đón em bé, sinh em bé, sinh con, đẻ con, sinh xong, đẻ xong, sinh đôi, em bé chào đời, bé chào đời, con chào đời, sinh được cháu, vừa lên chức,
		newborn, had a baby, gave birth, new baby, baby was born`,
	"wedding":  `sắp cưới, chuẩn bị cưới, sắp lấy vợ, sắp lấy chồng, sắp kết hôn, chuẩn bị kết hôn, định cưới, sắp làm đám cưới, sắp cưới vợ, sắp cưới chồng, chuẩn bị lấy vợ, chuẩn bị lấy chồng, getting married, about to marry`,
	"wed":      `mới cưới, vừa cưới, mới kết hôn, vừa kết hôn, mới lấy vợ, vừa lấy vợ, mới lấy chồng, vừa lấy chồng, cưới xong, sau khi cưới, sau khi kết hôn, sau đám cưới, just married, newly married, newlywed`,
	"divorced": `mới ly hôn, vừa ly hôn, ly hôn xong, đã ly hôn, sau khi ly hôn, sau ly hôn, mới ly dị, vừa ly dị, ly dị xong, after divorce, just divorced`,
	"adopted":  `mới nhận con nuôi, vừa nhận con nuôi, nhận con nuôi xong, sau khi nhận con nuôi`,
	"moving": `chuyển nhà, dọn nhà, chuyển chỗ ở, chuyển nơi ở, đổi chỗ ở, dọn đến, dọn tới, dọn về, dọn vào, chuyển đến ở, chuyển tới ở, chuyển về ở, chuyển vào ở, chuyển đến, chuyển vào, chuyển ra, chuyển trọ, đổi chỗ trọ, mới chuyển đến, mới dọn đến, mới dọn về, mới thuê trọ, mới thuê nhà, thuê trọ mới, ra ở riêng, lên thành phố học, lên thành phố làm, vào nam làm, vào nam sống, ra bắc làm,
		moving house, moved house, moving to, moved to, new apartment, new home`,
	"jobLost":    `mất việc, bị mất việc, nghỉ việc, bị nghỉ việc, cho nghỉ việc, cho thôi việc, thôi việc, bị đuổi việc, bị sa thải, hết hợp đồng lao động, hết hợp đồng với công ty, thất nghiệp rồi, bị thất nghiệp, đang thất nghiệp, công ty giải thể, công ty phá sản, bị cắt giảm, lost my job, laid off, unemployed, left my job`,
	"retiring":   `sắp nghỉ hưu, chuẩn bị nghỉ hưu, sắp về hưu, chuẩn bị về hưu, đến tuổi nghỉ hưu, đến tuổi về hưu, đủ tuổi nghỉ hưu, sắp đến tuổi hưu, tới tuổi hưu, about to retire, retiring soon`,
	"bought":     `mới mua nhà, vừa mua nhà, mua nhà xong, mới mua đất, vừa mua đất, mua đất xong, mới mua căn hộ, vừa mua căn hộ, mới mua chung cư, vừa mua chung cư, sau khi mua nhà, sau khi mua đất, mua lại căn nhà, mua được mảnh đất, mua được căn nhà, just bought a house, bought a house, bought an apartment`,
	"papersLost": `mất hết giấy tờ, mất giấy tờ tùy thân, mất hết giấy tờ tùy thân, mất toàn bộ giấy tờ, rơi ví, mất ví, mất bóp, rớt bóp, rớt ví, bị móc túi, bị giật túi, bị giật đồ, bị cướp giật, mất túi xách, mất cặp giấy tờ, lost my wallet, wallet was stolen, lost all my papers`,
	"disabled":   `người khuyết tật, bị khuyết tật, bị liệt, bị tàn tật, con khuyết tật, con tự kỷ, con bị tự kỷ, con bị down, bị tai biến liệt, thành tật`,
	"asksAll": `làm gì, làm những gì, làm j, lam j, cần gì, cần những gì, phải gì, làm sao, làm thế nào, làm ntn, thế nào, như nào, ra sao, thủ tục gì, thủ tục nào, những thủ tục, các thủ tục, thủ tục, thủ tục ra sao, giấy tờ gì, giấy tờ nào, giấy tờ j, những giấy tờ, giấy tờ, giấy gì, việc gì, những việc, các việc, chuẩn bị gì, chuẩn bị những gì, lo gì, lo những gì, khai báo gì, báo gì, báo ai, báo cho ai, báo với ai, báo ở đâu, báo đâu, quyền lợi gì, quyền lợi, chế độ gì, những chế độ, chế độ nào, được gì, được hưởng gì, hưởng gì, hưởng những gì, được những gì, hỗ trợ gì, được hỗ trợ, bắt đầu từ đâu, tư vấn, hướng dẫn, mách, cần biết gì, lưu ý gì,
		what should i do, what to do, what do i need, what do we need, what must, what papers, which papers, procedures`,
	"named": `khai sinh, giấy khai sinh, khai tử, chứng tử, báo tử, mai táng, tử tuất, tuất, thừa kế, di sản, di chúc, chia tài sản, tài sản, bảo hiểm, bhyt, bhxh, thẻ, căn cước, cccd, hộ chiếu, passport, thường trú, tạm trú, tạm vắng, hộ khẩu, nhập khẩu, cắt khẩu, tách hộ, tách khẩu, thai sản, trợ cấp, giấy phép, bằng lái, gplx, mã số thuế, người phụ thuộc, đăng ký kết hôn, giấy kết hôn, trích lục, lương hưu, ủy quyền, tài khoản, vneid, cha mẹ con, nhận con,
		nhận cha, sang tên, sổ đỏ, sổ hồng, hợp đồng, công chứng, chứng thực, nghĩa vụ quân sự, giám hộ, học bạ, nhập học, chuyển trường, con nuôi nước ngoài, đăng ký xe, biển số, thuế, phạt, lệ phí, xác nhận, tình trạng hôn nhân, độc thân, quốc tịch, visa, lý lịch, liên thông, đăng ký, chuyển nhượng, khóa,
		xây nhà, giấy chứng sinh, nuôi con, quyền nuôi, cấp dưỡng, tòa, tòa án, kiện, khiếu nại, tố cáo, birth certificate, residence, insurance, passport, inheritance`,
	"elsewhere": `chó, mèo, cún, thú cưng, =lợn, =heo, nước ngoài, người nước ngoài, đài loan, hàn quốc, trung quốc, nhật, mỹ, lào, campuchia, pháp, đức, úc, singapore, liệt sĩ, thương binh, có công, cựu chiến binh, luật sư, điều mấy, khoản mấy, quy định, hình phạt, tội, đặt tên, ngày đẹp, hợp tuổi, cúng, giỗ, lễ, bói, mâm, tiệc, váy, áo cưới, rạp, phong thủy, quà`,
}
