package assistant

import (
	"regexp"
	"slices"
	"strings"
)

// slotCues are the words by which people ask for a slot, folded (no marks). Longer cues
// are tried first and use their words up, so that "thời hạn giải quyết" is not also a
// "hạn". A cue stands here because people say it, not because a test needs it.
var slotCues = map[Slot][]string{
	Papers: {
		"giay to gi", "dem theo", "mang theo", "can dem", "ban chinh khong", "kem cai gi", "kem gi", "kem theo", "giay gi", "nop kem", "giay to sao", "giay to the nao", "dem cai gi", "mang cai gi", "giay to nao", "nhung giay to", "can giay to", "ho so gom", "ho so can", "ho so gi", "ho so nhu the nao", "thanh phan ho so",
		"chuan bi gi", "chuan bi nhung gi", "can chuan bi", "mang theo gi", "mang gi", "can nhung gi", "can gi", "gom nhung gi", "giay j", "giay to j", "can j",
		"nop giay to", "nop nhung gi", "nop gi", "giay to", "can giay gi", "can nhung giay", "giay ji", "mang giay gi", "nop giay gi", "dem theo gi", "cam theo gi", "dem gi", "cam gi", "cam theo", "giay ma gi", "nop nhung giay", "nhung giay gi", "phai co giay", "co nhung gi", "ho so nao", "ho so the nao", "ho so ra sao", "co can ban goc", "ban goc khong", "ban sao khong", "to gi", "giay to j nao", "nop ho so gi", "ho so nhung gi", "giay to can thiet", "can co gi", "phai co gi", "xuat trinh gi",
	},
	Fees: {
		"le phi", "bao nhieu tien", "ton dong nao", "het nhieu", "thu nhieu", "mat nhieu", "bao nhieu mot thang", "bao nhieu mot nam", "bao nhieu mot lan", "phi bao nhieu", "mat bao nhieu", "ton bao nhieu", "het bao nhieu", "gia bao nhieu", "chi phi", "mien phi", "nop tien",
		"dong tien", "phai tra tien", "mat phi", "thu phi", "muc phi", "tien khong", "ton tien", "mat tien", "bao nhieu dong", "nhieu tien", "ton phi", "phi lam", "duoc giam", "co giam", "giam khong", "giam bao nhieu", "dong bao nhieu", "nop bao nhieu", "tra bao nhieu", "thu bao nhieu", "may nghin", "may ngan", "may tram", "may trieu", "may chuc", "may dong", "hoc phi", "phai dong", "lam het", "ton kem", "bao tien", "gia the nao", "gia lam", "muc dong", "phi dich vu", "phai nop tien", "co phi", "ton gi khong", "nhieu tien", "nhieu vay", "ton nhieu", "nhieu a", "het nhiu", "bao nhiu", "nhiu tien", "ton kem gi", "phi the nao", "phi nhu the nao", "phi sao", "phai tra bao nhieu", "muc thu", "thu bao nhieu", "gia ca", "phi gi", "khoan phi", "mat dong nao", "khong mat tien", "tien phi", "tien le phi", "ton may",
	},
	Time: {
		"bao lau", "may ngay", "chung nao", "khi nao thi nhan", "bao nhieu hom", "ngay nao co", "khi nao thi co", "khi nao thi xong", "va thoi gian", "thoi gian the nao", "thoi gian sao", "thoi gian ra sao", "co ket qua", "ra ket qua", "tra ket qua", "bao gio duoc lay", "bao nhieu ngay", "thoi han giai quyet", "thoi gian giai quyet", "thoi han cap", "thoi han tra", "khi nao co", "khi nao xong",
		"bao gio co", "bao gio xong", "bao gio nhan", "khi nao nhan", "co lau khong", "lau khong", "thoi gian xu ly", "may hom", "lay ngay", "trong ngay duoc khong",
		"mat may tuan", "may tuan", "thoi gian lam", "may bua", "lay lien", "co lien", "xong lien", "lay luon", "may thang", "bao nhieu lau", "trong ngay", "may ng", "cho bao lau", "cho may", "doi bao lau", "doi may", "nhanh nhat", "khi nao tra", "bao gio tra", "ngay nao lay", "hom nao lay", "khi nao lay", "bao gio lay", "lau lam khong", "co nhanh khong", "xong trong", "thoi gian bao", "bay nhieu ngay", "may tieng", "may gio xong", "mat may", "bao lau duoc", "may hom thi", "bao lau thi co", "bao lau thi xong", "khi nao duoc nhan", "bao gio nhan duoc", "khi nao nhan duoc", "bao gio duoc nhan", "cho den bao gio", "ngay lam viec", "bao nhieu buoi", "lay trong ngay", "bao nhieu tuan", "bao nhieu thang", "may bua thi", "sau bao lau", "sau may ngay", "giai quyet trong", "mat thoi gian", "nhanh khong", "mau khong", "co mau khong",
	},
	DueBy: {
		"trong thoi han bao lau phai", "truoc bao nhieu ngay", "trong bao lau phai", "trong bao nhieu ngay phai", "muon nhat", "cham nhat", "bao nhieu ngay phai", "bao nhieu ngay thi phai", "may ngay thi phai", "bao lau thi phai", "tre nhat", "han chot", "han cuoi", "thoi han dang ky", "thoi han phai",
		"bao truoc", "truoc may ngay", "truoc may gio", "truoc bao lau", "truoc khi nao", "han la", "den ngay nao", "den khi nao", "thoi hieu", "con kip", "kip khong", "co han khong", "may ngay la tre", "qua bao lau", "den han", "den bao gio phai", "khi nao phai", "bao gio phai", "bao lau phai", "han nop", "han dang ky", "thoi han khai", "may thang phai", "may ngay phai", "han chot la", "tre nhat la", "cham nhat la", "muon nhat la", "co thoi han khong", "co han khong", "den han khi nao", "het han khi nao", "han khi nao", "han den", "han den khi nao", "may ngay thi tre", "bao lau thi tre", "bao lau la tre", "may thang thi tre", "qua may ngay", "qua may thang", "lam truoc khi", "phai lam khi nao", "khi nao thi phai", "bao gio thi phai", "som nhat", "truoc ngay nao", "trong may ngay phai", "trong may thang phai", "may ngay thi bao", "trong thoi han nao",
	},
	Penalty: {
		"bi phat", "muc phat", "xu phat", "phat bao nhieu", "phat tien", "co phat", "phat gi", "phat the nao", "phat khong", "khong lam thi sao", "khong dang ky thi sao",
		"qua han thi sao", "tre thi sao", "tre han", "qua han", "lam tre", "dang ky tre", "cham tre", "bi sao khong", "hau qua", "muc xu phat", "phat may", "bi gi khong", "co bi gi", "bi xu ly", "phat sao", "phat nang", "bi tru diem", "bi truy cuu", "di tu", "phat nhieu", "phat nhiu", "phat tien khong", "bi phat tien", "phat khong a", "phat vay", "phat ra sao", "phat nhu the nao", "muc phat", "phat hanh chinh", "co bi lam sao", "co sao khong", "bi xu phat", "xu ly the nao", "xu ly ra sao", "bi phat hanh", "an phat", "dinh phat",
	},
	Where: {
		"o dau", "nop dau", "o phuong hay", "phuong hay tinh", "xa co lam", "phuong co lam", "cong an phuong co", "cong an xa co", "o xa co", "o phuong co", "tinh hay xa", "tinh hay phuong", "xa hay len tinh", "phuong hay len tinh", "lam dau", "cho nao", "noi nao", "co quan nao", "den dau", "di dau", "noi nop", "dia diem", "nop cho ai", "tham quyen", "ai cap",
		"ai giai quyet", "ra phuong hay", "len phuong", "xa nao", "cap nao", "noi lam", "o xa khac", "khac tinh", "tinh khac", "den phuong nao", "phuong nao", "co quan gi", "cho ai", "ai nhan", "toi dau", "ra dau", "len dau", "ve dau", "gui dau", "lien he ai", "lien he dau", "cap o dau", "so nao", "phong nao", "cua nao", "ai ky", "gap ai", "o xa hay", "xa hay tinh", "xa hay huyen", "dau vay", "dau a", "dau z", "bat ky dau", "cho mo", "o mo", "nop cho co quan", "co quan giai quyet", "noi nhan", "noi giai quyet", "cap nao giai quyet", "phai toi dau", "den cho nao", "toi cho nao", "len phuong nao", "bo phan nao", "xa hay phuong", "lien he noi", "lien he co quan", "o cho nao", "cho mo", "lam cho nao", "gap co quan", "den so nao", "toa nao", "noi nao lam", "xa giai quyet", "tinh giai quyet", "huyen giai quyet", "dang ky o dau", "o phuong khac", "noi khac duoc", "ngoai tinh duoc", "trai tuyen", "nop dau", "gui ve dau", "gui cho ai", "nop cho", "khac noi",
	},
	Online: {
		"online", "truc tuyen", "ngoi nha", "o nha lam", "o nha nop", "qua mang", "tren mang", "tai nha", "qua vneid", "nop tren vneid", "bang vneid", "dich vu cong", "nop tu xa", "onl", "app", "vneid duoc khong", "tren vneid duoc", "tren dien thoai duoc", "len mang", "internet", "website", "trang web", "buu dien duoc", "gui buu dien", "khoi phai di", "khong can den", "khong can ra", "qua buu dien", "ngoi o nha", "o nha duoc", "nop mang", "lam mang", "dvc", "cong dich vu", "tren may tinh", "dien thoai duoc", "truc tiep hay", "den truc tiep hay", "can ra phuong khong", "can den truc tiep", "co phai ra phuong", "co phai den truc tiep", "nop tu nha", "khong phai di", "qua dien thoai",
	},
	Forms:      {"mau don", "to khai", "mau so", "bieu mau", "mau nao", "don mau", "mau giay", "tai mau", "don xin", "mau to khai", "mau gi", "don gi", "don nao", "mau ct", "to khai nao", "mau may", "mau giay gi", "don theo mau", "theo mau", "dien mau", "mau don nao", "don the nao", "viet don", "dien don", "khai theo mau", "giay de nghi", "mau de nghi", "mau cong van"},
	Conditions: {"dieu kien", "yeu cau gi", "can dap ung", "tieu chuan", "co duoc khong", "duoc khong", "co duoc", "co can phai", "bat buoc khong", "co phai", "du tuoi", "may tuoi", "bao nhieu tuoi", "duoc chua", "da duoc", "co the", "yeu cau nao", "can yeu cau", "phai dap ung", "dap ung gi", "dap ung nhung gi", "du dieu kien", "duoc hay khong", "bat buoc phai", "co bat buoc", "gioi han tuoi", "tuoi nao", "can thoa", "phai thoa"},
	Result:     {"ket qua", "nhan duoc gi", "nhan duoc giay to gi", "nhan duoc giay gi", "nhan duoc nhung gi", "gia tri may", "gia tri trong", "gia tri den", "co han may nam", "dung duoc may nam", "thoi han may nam", "su dung may nam", "duoc cap gi", "duoc nhan gi", "cap giay gi", "nhan gi", "lay ve gi", "ra giay gi", "tra gi", "nhan lai gi", "duoc cai gi", "cap cai gi", "duoc may ban", "nhan ket qua gi", "giay gi ve", "co gia tri bao lau", "hieu luc bao lau", "nhan ve gi", "nhan ve giay", "nhan ve duoc", "nhan lai giay", "cap giay to gi", "cap nhung gi", "duoc tra gi", "lay duoc gi", "lay duoc giay", "cap cho gi", "cap cho giay", "duoc cap nhung", "san pham nhan", "nhan duoc cai gi", "nhan cai gi", "ve tay", "cam ve gi", "nhan giay to gi", "nhan giay gi", "nhan giay to nao", "duoc giay gi", "ket qua ra sao", "ket qua la gi", "dung duoc bao lau", "co gia tri may", "co gia tri trong", "gia tri bao lau", "gia tri su dung"},
	LegalBasis: {
		"can cu phap ly", "can cu", "theo luat nao", "luat nao", "quy dinh nao", "dieu nao", "van ban nao", "nghi dinh nao", "thong tu nao", "co so phap ly",
		"quy dinh o dau", "dieu may", "khoan nao", "theo quy dinh", "theo van ban nao", "theo nghi dinh nao", "theo thong tu nao", "bo luat nao", "can cu nao", "can cu vao dau", "can cu luat", "dua vao luat", "dua tren luat", "phap luat quy dinh", "luat quy dinh", "co so nao", "quy dinh tai dau", "quy dinh tai",
	},
	Who:     {"ai duoc", "ai lam", "ai dung ra", "dung ra lam", "nguoi khac nop", "nop ho", "nop thay", "di thay", "lam giup", "nguoi nha di", "nguoi nha nop", "ai khong duoc", "ai co quyen", "ai phai", "doi tuong", "uy quyen", "lam thay", "lam ho", "nho nguoi", "nguoi khac lam", "ai di", "ai nop", "ai co the", "danh cho ai", "gom ai", "cho nhung ai", "nhung ai", "nguoi nao", "ai du", "ai huong", "ai can", "ai khong", "co can dich than", "dich than", "co mat ca hai", "phai co mat", "can co mat", "co can den", "chinh chu", "di mot minh", "mot minh duoc", "nguoi khac di", "nguoi khac nop", "nguoi than nop", "nguoi nha lam", "ai dang ky", "ai dung don", "ai la nguoi", "cho ai huong", "ap dung cho ai", "ap dung voi ai", "lam thay duoc", "nop thay duoc", "con di thay"},
	Steps:   {"cac buoc", "trinh tu", "the nao", "lam sao", "quy trinh", "cach lam", "ra sao", "nhu nao", "ntn", "lam gi", "buoc nao", "huong dan", "thu tuc gi", "sao ta", "lam cach nao", "may buoc", "bao nhieu buoc", "cac buoc gi", "gom buoc", "bat dau tu dau", "thu tuc nhu", "thu tuc ra sao", "thu tuc the nao", "lam the nao", "cach nao", "phai lam gi", "can lam gi", "lam nhung gi", "giai quyet sao", "tien hanh", "thuc hien sao", "thuc hien the nao", "dau tien lam gi"},
	Compare: {"khac gi", "khac nhau", "so sanh", "khac the nao", "hay la", "giong nhau"},
}

// cue is one phrase and the slot it asks for.
type cue struct {
	words string
	slot  Slot
}

// cues is slotCues with the longest phrases first, ties by words.
var cues = sortedCues()

func sortedCues() []cue {
	var all []cue
	for slot, phrases := range slotCues {
		for _, p := range phrases {
			all = append(all, cue{p, slot})
		}
	}
	slices.SortFunc(all, func(a, b cue) int {
		if len(a.words) != len(b.words) {
			return len(b.words) - len(a.words)
		}
		return strings.Compare(a.words, b.words)
	})
	return all
}

// slotsOf lists the slots a question asks for, in the order it does. Steps asked beside a
// harder slot is only a way of speaking ("làm thế nào, mất bao lâu") and is dropped.
func slotsOf(question string) []Slot {
	text := notHelp.Replace(" " + strings.Join(foldedWords(question), " ") + " ")
	type found struct {
		at   int
		slot Slot
	}
	var hits []found
	for _, c := range cues {
		for {
			at := strings.Index(text, " "+c.words+" ")
			if at < 0 {
				break
			}
			hits = append(hits, found{at, c.slot})
			text = text[:at+1] + strings.Repeat("\x00", len(c.words)) + text[at+1+len(c.words):]
		}
	}
	slices.SortStableFunc(hits, func(a, b found) int { return a.at - b.at })
	var slots []Slot
	for _, h := range hits {
		if !slices.Contains(slots, h.slot) {
			slots = append(slots, h.slot)
		}
	}
	plain := strings.TrimSpace(strings.Join(foldedWords(question), " "))
	if slices.Contains(slots, Time) && mustActIn.MatchString(plain) {
		slots[slices.Index(slots, Time)] = DueBy // the term is the person's own
	}
	for _, l := range looseCues {
		if !slices.Contains(slots, l.slot) && l.words.MatchString(plain) && (!l.alone || len(slots) == 0) {
			slots = append(slots, l.slot)
		}
	}
	return calm(slices.Compact(slots), plain)
}

// looseCues are ways of asking whose words stand apart, with the thing between them; alone
// are those that count only where nothing else asks.
var looseCues = []struct {
	slot  Slot
	words *regexp.Regexp
	alone bool
}{
	{DueBy, regexp.MustCompile(`\b(?:han|thoi han) .*\b(?:khi nao|bao gio|ngay nao|hom nao|ngay may|bao lau)\b|\bphai .*\b(?:khi nao|bao gio|ngay nao|ngay may|truoc may|trong bao lau|trong bao nhieu ngay|trong may)\b|\bcon han\b|\bthong bao khi nao\b|\bsau (?:may|bao nhieu) ngay\b.*\b(?:phai|tre)\b`), false},
	{Penalty, regexp.MustCompile(`\bphat\b(?: (?:khong|ko|k|chua|a|may|bn|bao|sao|gi|the|nang|nhe|tien))|\b(?:co|bi|thi|la) phat\b|\b(?:(?:lam|nop|khai|bi|dang ky|bao|qua) (?:tre|muon)|(?:tre|muon) (?:han|hen|ngay|may|\d+ (?:ngay|thang|nam|tuan))|cham|qua han|quen|khong lam|khong dang ky|khong khai|khong bao|khong nop)\b.*\b(?:sao khong|sao ko|lam sao khong|gi khong|sao a|thi sao|bi gi|phat)\b|\bphat$`), false},
	{Steps, regexp.MustCompile(`^(?:xin |cho |hoi |cho hoi |cho em hoi |cho toi hoi |em hoi |chi |chi em |huong dan )*cach\b|\b(?:biet|hoi|chi) cach\b`), true},
	{Who, regexp.MustCompile(`\bai\b`), true},
	{Time, regexp.MustCompile(`\b(?:khi nao|bao gio|ngay nao|chung nao|hom nao)\b`), true},
	{Forms, regexp.MustCompile(`\bmau\b.*\b(?:nao|gi|so may)\b|\bdon\b.*\b(?:the nao|ra sao|mau)\b`), true},
	{Online, regexp.MustCompile(`\bo nha\b.*\b(?:khong|ko|chu|dc)\b`), true},
}

// hardSteps ask for the way itself; the others may be only a way of speaking.
var hardSteps = regexp.MustCompile(`\b(?:cac buoc|trinh tu|quy trinh|may buoc|bao nhieu buoc|thu tuc (?:the nao|nhu the nao|ra sao|nhu nao|sao)|huong dan)\b`)

// mustActIn tells a term within which the person must act, "phải nộp … trong bao lâu",
// from the one in which the office does.
var mustActIn = regexp.MustCompile(`\b(?:phai|nop|khai|bao|gui|dang ky|thong bao|lam thu tuc|di lam|di khai)\b.*\b(?:trong|trong vong|trong thoi han) (?:bao lau|bao nhieu|may)(?: ngay| thang| gio| hom| tuan)?(?: ke tu.*| thi tre.*| la tre.*| thi khong bi.*| thi dung.*)?$`)

// notHelp ties "hộ" to the word it makes another with: "làm hộ chiếu" is not done for others.
var notHelp = strings.NewReplacer(" ho chieu ", " ho_chieu ", " ho khau ", " ho_khau ", " ho kinh ", " ho_kinh ", " ho tich ", " ho_tich ", " ho ngheo ", " ho_ngheo ", " can ho ", " can_ho ", " ho can ", " ho_can ")

// calm drops what was asked only by the way.
func calm(slots []Slot, plain string) []Slot {
	if len(slots) < 2 {
		return slots
	}
	ways := hardSteps.MatchString(plain)
	aside := func(s Slot) bool { return s != Steps && s != Online && s != Conditions }
	ways = ways || !slices.ContainsFunc(slots, aside)
	return slices.DeleteFunc(slices.Clone(slots), func(s Slot) bool {
		return s == Steps && !ways || s == Conditions && (slices.Contains(slots, Online) || slices.Contains(slots, Who))
	})
}

// slotsBeside lists the slots asked for by the words that are not the name of the thing: in
// "đăng ký xe trực tuyến cần giấy gì" nobody asks how to do it online. Of situations, what
// they say counts last; it may be the question. Where all of it is name, all counts.
func slotsBeside(question string, names, situations []string) []Slot {
	all := slotsOf(question)
	if len(all) < 2 {
		return all
	}
	words := " " + strings.Join(foldedWords(question), " ") + " "
	if without, ok := withoutAny(words, names); ok {
		if slots := slotsOf(without); len(slots) > 0 {
			return slots
		}
		return all
	}
	without, ok := withoutAny(words, situations)
	if !ok {
		return all
	}
	slots := slotsOf(without)
	for _, s := range all {
		if !slices.Contains(slots, s) {
			slots = append(slots, s)
		}
	}
	return slots
}

// withoutAny takes the longest of the names out of folded words with a space around each.
func withoutAny(words string, names []string) (string, bool) {
	longest := ""
	for _, n := range names {
		if f := spaced(n); len(f) > len(longest) && len(strings.Fields(f)) > 1 && strings.Contains(words, f) {
			longest = f
		}
	}
	return strings.Replace(words, longest, " | ", 1), longest != ""
}
