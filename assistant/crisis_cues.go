package assistant

// dangerBook finds danger under way; the name of a rule is the kind of danger.
var dangerBook = newCueBook(dangerRules, dangerCues)

var dangerRules = []cueRule{
	{name: "self_harm", all: "despair", unless: "lawOfIt"},
	{name: "self_harm", all: "despair own", within: 14},
	{name: "violence", all: "cryForHelp"},
	{name: "violence", all: "suffered", unless: "lawOfIt"},
	{name: "violence", all: "suffered own", within: 14},
	{name: "violence", all: "attacker strikes victimOf", within: 12, inOrder: true, unless: "lawOfIt"},
	{name: "violence", all: "attacker strikesMe", within: 12},
	{name: "violence", all: "own captive", within: 16},
	{name: "violence", all: "captive now", within: 16, unless: "lawOfIt"},
	{name: "violence", all: "fire", unless: "lawOfIt"},
	{name: "violence", all: "hurtNow now", within: 14, unless: "lawOfIt"},
	{name: "violence", all: "kin gone justNow", within: 14, unless: "lawOfIt"},
	{name: "fraud", all: "fraudNow", unless: "lawOfIt"},
	{name: "fraud", all: "fraudNow own", within: 16},
	{name: "fraud", all: "impostor contact transfer", within: 18, unless: "lawOfIt"},
	{name: "fraud", all: "slip handedOver", within: 6, unless: "lawOfIt"},
	{name: "fraud", all: "handedOver lostMoney", within: 20},
}

var dangerCues = cueTable{
	harmless: `đánh bạc, đánh giá, đánh số, đánh dấu, đánh thuế, đánh máy, đánh bắt, đánh mất, danh sách, danh mục, danh hiệu, danh dự, đánh rơi, chạy nhà, tử tuất, chết não, nhảy cầu thang, chứng tử, cứu trợ, cứu xét, kháng cứu,
		bạo hành tinh thần là, bên bị đơn, con nuôi, mẹ kế hoạch`,
	"despair": `muốn chết, chỉ muốn chết, không muốn sống, không còn muốn sống, hết muốn sống, chẳng muốn sống, chẳng thiết sống, không thiết sống, chán sống, tự tử, tự sát, =tự vẫn, kết liễu, kết liễu đời mình, kết thúc cuộc đời, kết thúc cuộc sống, chấm dứt cuộc đời, chấm dứt cuộc sống, cắt cổ tay, cắt tay tự, rạch tay, rạch cổ tay, tự làm hại bản thân, tự hại mình, tự hủy hoại, sống không nổi, không sống nổi, không sống được nữa, sống để làm gì, sống làm gì nữa, chết cho xong, chết đi cho, chết quách, uống thuốc sâu, uống thuốc trừ sâu, uống thuốc diệt cỏ, uống thuốc ngủ để, uống thuốc ngủ cho, nhảy lầu, nhảy cầu, =treo cổ, biến mất khỏi đời, biến mất khỏi thế giới, không còn lý do để sống, không còn gì để sống, muốn biến mất, ra đi mãi mãi, viết thư tuyệt mệnh, thư tuyệt mệnh, tìm đến cái chết, nghĩ quẩn, nghĩ đến cái chết,
		want to die, kill myself, end my life, suicide, suicidal, hurt myself, no reason to live, don t want to live`,
	"own":        `tôi bị, =tôi, tôi đang, tôi muốn, tôi vừa, tôi không muốn, đánh tôi, đánh em, chồng tôi, chồng em, vợ tôi, con tôi, con em, bố tôi, ba tôi, mẹ tôi, giúp tôi, cứu tôi, cứu em, em bị, =em, em đang, em muốn, giết tôi, cháu bị, =mình bị, mình bị, mình muốn, mình đang, =mình vừa, nhà tôi, nhà em, chị tôi, em gái tôi, bạn em, bạn tôi, chị em, i am, my husband, i was, i want`,
	"lawOfIt":    `bị phạt bao nhiêu, mức phạt, bị xử lý thế nào, bị xử lý, bị xử phạt, xử lý thế nào, quy định, điều luật, hình phạt, tội gì, phạt tù, truy cứu, theo luật, là gì, khái niệm, điều nào, nghị định, bộ luật, luật, xử phạt, trách nhiệm, phòng chống, tố giác, khởi tố, tội phạm, cấu thành, biện pháp, trình báo, thủ tục, bồi thường, có được, hành vi, thế nào là, bị phạt, bao nhiêu năm, chế độ, hồ sơ, giấy tờ, khai tử, bảo hiểm, trợ cấp, bị gì, đăng ký, phòng cháy, =tội, người nào, trường hợp, tuyên bố, giấy phép, thời hạn, điều kiện, cơ quan nào, what is the penalty, law`,
	"cryForHelp": `cứu tôi, cứu em, cứu với, cứu mình, cứu cháu, cứu con tôi, cứu con em, cứu mẹ tôi, cứu mẹ em, cứu chúng tôi, cứu bọn em, cứu giúp tôi với, giải cứu em, giải cứu tôi, sos, please save me, help me please he, i am in danger`,
	"suffered":   `bị đánh, bị đánh đập, bị chồng đánh, bị chồng cũ đánh, bị vợ đánh, bị bố đánh, bị ba đánh, bị cha đánh, bị mẹ đánh, bị bạn trai đánh, bị người yêu đánh, bị chủ đánh, bị hành hung, bị bạo hành, bạo hành gia đình, bị bạo lực, bạo lực gia đình, bị hành hạ, bị tra tấn, bị dọa giết, bị đe dọa giết, dọa giết, đòi giết, đòi chém, đòi đâm, muốn giết tôi, bị bóp cổ, bị đâm, bị chém, bị cưỡng hiếp, bị hiếp dâm, bị hiếp, bị xâm hại, bị sàm sỡ, bị dâm ô, bị cưỡng bức, bị quấy rối tình dục, xâm hại tình dục, bị bắt cóc, bị bắt giữ trái phép, bị giam giữ, bị giam lỏng, bị nhốt, bị tấn công, đang bị tấn công, bị bán sang, bị lừa bán, bị ép bán dâm, bị ép tiếp khách, bị rượt đuổi, bị truy sát, lôi tôi ra đánh, lôi mình ra đánh, có người cầm dao, cầm dao dọa, cầm dao đòi, dí dao, kề dao, tạt axit, đòi đốt nhà, dọa đốt nhà, có cướp, có trộm đang, trộm đang, bị cướp, beats me, beating me, hits me, raped, was raped, threatening to kill, is hitting, kidnapped, locked me`,
	"attacker":   `chồng, chồng cũ, =vợ, ba, ba em, bố, cha, dượng, cha dượng, bố dượng, mẹ kế, dì ghẻ, anh trai, con trai, ông chủ, =chủ, người yêu, bạn trai, bạn trai cũ, hắn, chúng nó, bọn nó, thằng, hàng xóm, thầy giáo, cô giáo, bảo mẫu, ông ấy, ông nội, chú, bác, tụi nó, husband, father, boyfriend`,
	"strikes":    `=đánh, đánh đập, =đấm, đấm đá, =tát, =đá, =đạp, bóp cổ, đòi giết, dọa giết, =đâm, =chém, =nhốt, hành hạ, bạo hành, đuổi đánh, cưỡng bức, sàm sỡ, xâm hại, sờ soạng, sờ mó, hiếp, đòi chém, đốt nhà, cầm dao, cầm búa, cầm gậy, xích, bỏ đói, đuổi ra khỏi nhà giữa đêm`,
	"victimOf":   `=tôi, =em, mình, cháu, con, mẹ, =má, chị, bà, vợ, vợ con, mẹ con, má con, chị em, cả nhà, tôi, nó, bé, con gái, me`,
	"strikesMe":  `đánh tôi, đánh em, đánh mình, đánh cháu, đánh con tôi, đánh con em, đánh mẹ tôi, đánh mẹ em, đánh má em, đánh mẹ con, đánh má con, đánh đập tôi, đánh đập em, đánh đập mẹ, đánh đập vợ, đánh vợ con, đánh cả nhà, giết tôi, giết em, giết cả nhà, chém tôi, đâm tôi, nhốt tôi, nhốt em, hành hạ tôi, hành hạ em, bóp cổ tôi, bóp cổ em, bạo hành tôi, bạo hành em, dọa giết tôi, đòi giết tôi, xâm hại tôi, xâm hại em, xâm hại con, sàm sỡ em, sàm sỡ con, hiếp em, hiếp con, đuổi đánh`,
	"captive":    `bị nhốt, bị giam, bị giữ lại, bị bắt giữ, bị bắt cóc, bị bắt làm, bắt làm lừa đảo, bị bán, bị lừa sang, bị lừa bán, bị lừa qua, bị ép làm, bị ép bán, bị giữ hộ chiếu, bị tịch thu hộ chiếu, giữ hộ chiếu không cho, không cho về, không cho ra ngoài, đòi tiền chuộc, đòi chuộc, bắt chuộc, casino campuchia`,
	"now":        `đang, bây giờ, ngay, giờ, giúp, cứu, gọi ai, gọi số nào, làm sao, làm sao đây, khẩn cấp, gấp, vừa, với, now, urgent`,
	"fire":       `nhà đang cháy, nhà cháy, cháy nhà, =đang cháy, cháy lớn, có cháy, đang có cháy, phòng trọ cháy, chung cư cháy, chung cư đang cháy, xe đang cháy, cháy rừng đang, rò rỉ gas, xì gas, nổ bình gas, mắc kẹt trong đám cháy, kẹt trong thang máy, house is on fire`,
	"hurtNow":    `bất tỉnh, ngất xỉu, nằm bất động, chảy máu nhiều, chảy máu không, mất máu, co giật, ngưng thở, ngừng thở, không thở, khó thở, đuối nước, chết đuối, điện giật, sắp chết, hấp hối, nguy kịch, đang hấp hối, tai nạn nặng, nước cuốn, lũ cuốn, bị lũ, mắc kẹt, ngộ độc, uống nhầm thuốc, rắn cắn, đau ngực dữ dội, đột quỵ, vỡ ối, unconscious, bleeding, not breathing, drowning`,
	"kin":        `con tôi, con em, con gái tôi, con trai tôi, con mình, cháu tôi, bé, em tôi, em gái tôi, mẹ tôi, bố tôi, ba tôi, bà tôi, con`,
	"gone":       `mất tích, đi lạc, bị lạc, bỏ nhà đi, chưa thấy về, không thấy về, không về nhà, bị bắt đi, bị dẫn đi, không liên lạc được`,
	"justNow":    `vừa, từ sáng, từ tối, từ trưa, từ chiều, từ hôm qua, hôm qua, hôm nay, tối qua, đêm qua, nay, đang, mấy tiếng, ngay`,
	"fraudNow":   `đang bị lừa, bị lừa đảo, bị lừa tiền, bị lừa chuyển tiền, bị lừa chuyển khoản, bị lừa mất, bị lừa hết, bị lừa qua mạng, bị lừa qua, tôi bị lừa, em bị lừa, mình bị lừa, vừa bị lừa, lừa hết tiền, lừa mất tiền, lừa sạch, mất sạch tiền, mất hết tiền trong, mất tiền trong tài khoản, tiền trong tài khoản bị, tài khoản bị trừ, bị trừ tiền lạ, bị rút hết tiền, bị rút sạch, bị chiếm đoạt tài khoản, tài khoản ngân hàng bị hack, bị hack tài khoản ngân hàng, giả danh công an, giả làm công an, tự xưng là công an, tự xưng công an, xưng là công an, bảo là công an, nói là công an, giả danh ngân hàng, giả danh cán bộ, tự xưng là cán bộ, tự xưng cán bộ, tự xưng nhân viên, yêu cầu đọc mã otp, đọc mã otp, cho mã otp, bắt chuyển tiền, ép chuyển tiền, yêu cầu chuyển tiền để, dọa bắt nếu không chuyển, gọi điện bảo chuyển tiền, gọi điện yêu cầu chuyển tiền, không rút được tiền ra, nạp tiền làm nhiệm vụ, việc nhẹ lương cao chuyển tiền, i was scammed, being scammed, got scammed`,
	"impostor":   `công an, cảnh sát, tòa án, viện kiểm sát, ngân hàng, cán bộ, người lạ, số lạ, số máy lạ, nhà mạng, điện lực, thuế, cơ quan thuế, có người, có kẻ, ai đó, người ta, một người, bộ công an, bảo hiểm xã hội, shipper, giáo viên, bệnh viện, police, bank, someone`,
	"contact":    `gọi, gọi điện, gọi tới, gọi đến, gọi video, nhắn tin, nhắn, kết bạn zalo, tự xưng, giả danh, xưng là, call, called, texted`,
	"transfer":   `chuyển tiền, chuyển khoản, bắt chuyển, đòi chuyển, nạp tiền, đóng tiền, gửi tiền, otp, mã otp, cài app, cài ứng dụng, tải app, tải ứng dụng, tải phần mềm, cài phần mềm, bấm link, bấm vào link, nhấn vào link, truy cập link, vào link, đường link, quét mã, đọc mã, mã xác nhận, mã xác thực, cung cấp mật khẩu, số tài khoản, chụp căn cước, gửi ảnh căn cước, rửa tiền, lệnh bắt, transfer money, send money, code`,
	"slip":       `lỡ, trót, lỡ tay, vừa, mới, nhỡ, dại dột, đã lỡ`,
	"handedOver": `đọc mã, đọc otp, đọc mã otp, đọc mã xác nhận, cho otp, cung cấp otp, cung cấp mã otp, gửi otp, gửi mã otp, nhập otp, đưa otp, bấm vào link lạ, bấm link lạ, bấm vào link, nhấn vào link, bấm link, cài app lạ, cài app giả, cài ứng dụng lạ, cài ứng dụng giả, cài phần mềm lạ, chuyển tiền cho kẻ, chuyển tiền cho nó, chuyển tiền cho bọn, chuyển khoản cho kẻ, chuyển tiền cho người lạ, chuyển cho chúng, đưa mật khẩu ngân hàng, gửi mật khẩu ngân hàng,
		gave them my code`,
	"lostMoney": `mất tiền, mất hết, mất sạch, bị trừ, bị rút, bay sạch, hết tiền trong, triệu, lost`,
}
