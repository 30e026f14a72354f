package place

import "strings"

// kindWords are the kinds as names begin with them, longest first, with their tier. A
// "thành phố" is a province or a district; the unit knows which.
var kindWords = []string{"thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã"}

// cutKind parts "Phường Bến Nghé" into "phường" and "Bến Nghé".
func cutKind(name string) (kind, bare string) {
	for _, k := range kindWords {
		if len(name) > len(k) && name[len(k)] == ' ' && strings.EqualFold(name[:len(k)], k) {
			return k, name[len(k)+1:]
		}
	}
	return "", name
}

// alias is another name people use for a unit.
type alias struct {
	name  string // with its marks
	level Level
	old   bool
	code  string
	firm  bool // means the place wherever it stands
}

// aliases we know by heart; the table's own former names come on top.
var aliases = []alias{
	{"Sài Gòn", ProvinceLevel, false, "79", true}, {"TPHCM", ProvinceLevel, false, "79", true},
	{"HCM", ProvinceLevel, false, "79", true}, {"HCMC", ProvinceLevel, false, "79", true},
	{"Sài Gòn", ProvinceLevel, true, "79", true}, {"TPHCM", ProvinceLevel, true, "79", true},
	{"HCM", ProvinceLevel, true, "79", true}, {"SG", ProvinceLevel, false, "79", false},
	{"HN", ProvinceLevel, false, "01", false}, {"TPHN", ProvinceLevel, false, "01", true},
	{"Thừa Thiên Huế", ProvinceLevel, true, "46", true}, {"BRVT", ProvinceLevel, true, "77", true},
	{"BR VT", ProvinceLevel, true, "77", true},
	{"Đắc Lắc", ProvinceLevel, false, "66", true}, {"Đắc Lắc", ProvinceLevel, true, "66", true},
	{"Daklak", ProvinceLevel, false, "66", true}, {"Daklak", ProvinceLevel, true, "66", true},
	{"Đắc Nông", ProvinceLevel, true, "67", true}, {"Daknong", ProvinceLevel, true, "67", true},
	{"Bắc Cạn", ProvinceLevel, true, "06", true}, {"Vũng Tàu", ProvinceLevel, true, "77", false},
	{"Buôn Mê Thuột", DistrictLevel, true, "643", true}, {"Ban Mê Thuột", DistrictLevel, true, "643", true},
	{"Qui Nhơn", DistrictLevel, true, "540", true}, {"Plei Ku", DistrictLevel, true, "622", true},
	// Districts 2 and 9 became part of Thủ Đức city in 2021; people still say them.
	{"Quận 2", DistrictLevel, true, "769", true}, {"Quận 9", DistrictLevel, true, "769", true},
}

// surnames before a name make it a person: "Trần Thái Bình".
var surnames = wordSet("nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh mai trịnh đoàn cao lâm văn thị tên ông bà anh chị cô chú em cháu")

// honour before "Hồ Chí Minh" and other great names speaks of the person.
var honour = wordSet("sản tịch tưởng bác lăng gương đồng")

// wherewords before a name make it a place even in lower case.
var wherewords = wordSet("ở tại quê bàn tỉnh o tai que")

// streetwords before a name make it a street.
var streetwords = wordSet("đường phố ngõ ngách hẻm kiệt")

// everyday are names of provinces that are common words when written small.
var everyday = phraseSet("hòa bình", "thái bình", "bình định")

// shaky are names of provinces that, written without marks, are often other words: "hai
// phong" two rooms, "gia lai" valued again.
var shaky = phraseSet("hoa binh", "thai binh", "gia lai", "thanh hoa", "hai phong", "da nang", "can tho",
	"nam dinh", "ha nam", "ca mau", "lam dong", "nghe an", "hai duong", "hue", "cao bang", "dien bien",
	"binh dinh", "son la", "ben tre", "quang tri", "long an", "hn", "sg", "vung tau")

// shakyAtEnd stay doubtful even as last words of a question.
var shakyAtEnd = phraseSet("hoa binh", "gia lai", "thanh hoa", "hai phong", "ha nam", "thai binh", "dien bien", "hn", "sg")

func wordSet(s string) map[string]bool { return phraseSet(strings.Fields(s)...) }

func phraseSet(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}
