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
		"nop giay to", "nop nhung gi", "nop gi", "giay to", "can giay gi", "can nhung giay", "giay ji", "mang giay gi", "nop giay gi", "dem theo gi", "cam theo gi",
	},
	Fees: {
		"le phi", "bao nhieu tien", "ton dong nao", "het nhieu", "thu nhieu", "mat nhieu", "bao nhieu mot thang", "bao nhieu mot nam", "bao nhieu mot lan", "phi bao nhieu", "mat bao nhieu", "ton bao nhieu", "het bao nhieu", "gia bao nhieu", "chi phi", "mien phi", "nop tien",
		"dong tien", "phai tra tien", "mat phi", "thu phi", "muc phi", "tien khong", "ton tien", "mat tien", "bao nhieu dong", "nhieu tien", "ton phi", "phi lam", "duoc giam", "co giam", "giam khong", "giam bao nhieu", "dong bao nhieu", "nop bao nhieu", "tra bao nhieu", "thu bao nhieu", "may nghin", "may ngan", "may tram", "may trieu", "may chuc", "may dong", "hoc phi", "phai dong", "lam het", "ton kem", "bao tien", "gia the nao", "gia lam", "muc dong", "phi dich vu", "phai nop tien", "co phi", "ton gi khong",
	},
	Time: {
		"bao lau", "may ngay", "chung nao", "khi nao thi nhan", "bao nhieu hom", "ngay nao co", "khi nao thi co", "khi nao thi xong", "va thoi gian", "thoi gian the nao", "thoi gian sao", "thoi gian ra sao", "co ket qua", "ra ket qua", "tra ket qua", "bao gio duoc lay", "bao nhieu ngay", "thoi han giai quyet", "thoi gian giai quyet", "thoi han cap", "thoi han tra", "khi nao co", "khi nao xong",
		"bao gio co", "bao gio xong", "bao gio nhan", "khi nao nhan", "co lau khong", "lau khong", "thoi gian xu ly", "may hom", "lay ngay", "trong ngay duoc khong",
		"mat may tuan", "may tuan", "thoi gian lam", "may bua", "lay lien", "co lien", "xong lien", "lay luon", "may thang", "bao nhieu lau", "trong ngay", "may ng", "cho bao lau", "cho may", "doi bao lau", "doi may", "nhanh nhat", "khi nao tra", "bao gio tra", "ngay nao lay", "hom nao lay", "khi nao lay", "bao gio lay", "lau lam khong", "co nhanh khong", "xong trong", "thoi gian bao", "bay nhieu ngay", "may tieng", "may gio xong", "mat may",
	},
	DueBy: {
		"trong thoi han bao lau phai", "truoc bao nhieu ngay", "trong bao lau phai", "trong bao nhieu ngay phai", "muon nhat", "cham nhat", "bao nhieu ngay phai", "bao nhieu ngay thi phai", "may ngay thi phai", "bao lau thi phai", "tre nhat", "han chot", "han cuoi", "thoi han dang ky", "thoi han phai",
		"bao truoc", "truoc may ngay", "truoc may gio", "truoc bao lau", "truoc khi nao", "han la", "den ngay nao", "den khi nao", "thoi hieu", "con kip", "kip khong", "co han khong", "may ngay la tre", "qua bao lau", "den han", "den bao gio phai", "khi nao phai", "bao gio phai", "bao lau phai", "han nop", "han dang ky", "thoi han khai", "may thang phai", "may ngay phai",
	},
	Penalty: {
		"bi phat", "muc phat", "xu phat", "phat bao nhieu", "phat tien", "co phat", "phat gi", "phat the nao", "phat khong", "khong lam thi sao", "khong dang ky thi sao",
		"qua han thi sao", "tre thi sao", "tre han", "qua han", "lam tre", "dang ky tre", "cham tre", "bi sao khong", "hau qua", "muc xu phat", "phat may", "bi gi khong", "co bi gi", "bi xu ly", "phat sao", "phat nang", "bi tru diem", "bi truy cuu", "di tu",
	},
	Where: {
		"o dau", "nop dau", "o phuong hay", "phuong hay tinh", "xa co lam", "phuong co lam", "cong an phuong co", "cong an xa co", "o xa co", "o phuong co", "tinh hay xa", "tinh hay phuong", "xa hay len tinh", "phuong hay len tinh", "lam dau", "cho nao", "noi nao", "co quan nao", "den dau", "di dau", "noi nop", "dia diem", "nop cho ai", "tham quyen", "ai cap",
		"ai giai quyet", "ra phuong hay", "len phuong", "xa nao", "cap nao", "noi lam", "o xa khac", "khac tinh", "tinh khac", "den phuong nao", "phuong nao", "co quan gi", "cho ai", "ai nhan", "toi dau", "ra dau", "len dau", "ve dau", "gui dau", "lien he ai", "lien he dau", "cap o dau", "so nao", "phong nao", "cua nao", "ai ky", "gap ai", "o xa hay", "xa hay tinh", "xa hay huyen", "dau vay", "dau a", "dau z", "bat ky dau", "cho mo", "o mo",
	},
	Online: {
		"online", "truc tuyen", "ngoi nha", "o nha lam", "o nha nop", "qua mang", "tren mang", "tai nha", "qua vneid", "nop tren vneid", "bang vneid", "dich vu cong", "nop tu xa", "onl", "app", "vneid duoc khong", "tren vneid duoc", "tren dien thoai duoc", "len mang", "internet", "website", "trang web", "buu dien duoc", "gui buu dien", "khoi phai di", "khong can den", "khong can ra", "qua buu dien",
	},
	Forms:      {"mau don", "to khai", "mau so", "bieu mau", "mau nao", "don mau", "mau giay", "tai mau", "don xin", "mau to khai", "mau gi", "don gi", "don nao", "mau ct", "to khai nao", "mau may"},
	Conditions: {"dieu kien", "yeu cau gi", "can dap ung", "tieu chuan", "co duoc khong", "duoc khong", "co duoc", "co can phai", "bat buoc khong", "co phai", "du tuoi", "may tuoi", "bao nhieu tuoi", "duoc chua", "da duoc", "co the"},
	Result:     {"ket qua", "nhan duoc gi", "nhan duoc giay to gi", "nhan duoc giay gi", "nhan duoc nhung gi", "gia tri may", "gia tri trong", "gia tri den", "co han may nam", "dung duoc may nam", "thoi han may nam", "su dung may nam", "duoc cap gi", "duoc nhan gi", "cap giay gi", "nhan gi", "lay ve gi", "ra giay gi", "tra gi", "nhan lai gi", "duoc cai gi", "cap cai gi", "duoc may ban", "nhan ket qua gi", "giay gi ve", "co gia tri bao lau", "hieu luc bao lau"},
	LegalBasis: {
		"can cu phap ly", "can cu", "theo luat nao", "luat nao", "quy dinh nao", "dieu nao", "van ban nao", "nghi dinh nao", "thong tu nao", "co so phap ly",
		"quy dinh o dau", "dieu may", "khoan nao", "theo quy dinh",
	},
	Who:     {"ai duoc", "ai lam", "ai dung ra", "dung ra lam", "nguoi khac nop", "nop ho", "nop thay", "di thay", "lam giup", "nguoi nha di", "nguoi nha nop", "ai khong duoc", "ai co quyen", "ai phai", "doi tuong", "uy quyen", "lam thay", "lam ho", "nho nguoi", "nguoi khac lam", "ai di", "ai nop", "ai co the"},
	Steps:   {"cac buoc", "trinh tu", "the nao", "lam sao", "quy trinh", "cach lam", "ra sao", "nhu nao", "ntn", "lam gi", "buoc nao", "huong dan", "thu tuc gi", "sao ta", "lam cach nao"},
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
	if slices.Contains(slots, Time) && mustActIn.MatchString(strings.Join(foldedWords(question), " ")) {
		slots[slices.Index(slots, Time)] = DueBy // the term is the person's own
	}
	return calm(slices.Compact(slots))
}

// mustActIn tells a term within which the person must act, "phải nộp … trong bao lâu",
// from the one in which the office does.
var mustActIn = regexp.MustCompile(`\b(?:phai|nop|khai|bao|gui|dang ky|thong bao|lam thu tuc|di lam|di khai)\b.*\b(?:trong|trong vong|trong thoi han) (?:bao lau|bao nhieu|may)(?: ngay| thang| gio| hom| tuan)?(?: ke tu.*| thi tre.*| la tre.*| thi khong bi.*| thi dung.*)?$`)

// notHelp ties "hộ" to the word it makes another with: "làm hộ chiếu" is not done for others.
var notHelp = strings.NewReplacer(" ho chieu ", " ho_chieu ", " ho khau ", " ho_khau ", " ho kinh ", " ho_kinh ", " ho tich ", " ho_tich ", " ho ngheo ", " ho_ngheo ", " can ho ", " can_ho ", " ho can ", " ho_can ")

func calm(slots []Slot) []Slot {
	if len(slots) < 2 {
		return slots
	}
	return slices.DeleteFunc(slots, func(s Slot) bool {
		return s == Steps || s == Conditions && (slices.Contains(slots, Online) || slices.Contains(slots, Who))
	})
}
