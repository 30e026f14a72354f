package lifeevents

// thingNames are what people call the things that Key and Text of facts stand for.
var thingNames = map[string]Text{
	DocIDCard: {"thẻ căn cước", "identity card"}, DocPassport: {"hộ chiếu", "passport"},
	DocBirth: {"giấy khai sinh", "birth certificate"}, DocMarriage: {"giấy chứng nhận kết hôn", "marriage certificate"},
	DocSingle:      {"giấy xác nhận tình trạng hôn nhân", "marital status certificate"},
	DocVehicleBook: {"đăng ký xe", "vehicle registration"},
	InsHealth:      {"thẻ bảo hiểm y tế", "health insurance card"},
	InsHealthChild: {"thẻ bảo hiểm y tế trẻ em", "child's health insurance card"},

	InsHealthHousehold: {"bảo hiểm y tế hộ gia đình", "household health insurance"},
	InsHealthSchool:    {"bảo hiểm y tế học sinh, sinh viên", "student health insurance"},
	InsSocial:          {"bảo hiểm xã hội bắt buộc", "compulsory social insurance"},
	InsSocialVoluntary: {"bảo hiểm xã hội tự nguyện", "voluntary social insurance"},
	InsUnemployment:    {"bảo hiểm thất nghiệp, trợ cấp thất nghiệp", "unemployment insurance"},
	InsVehicle:         {"bảo hiểm trách nhiệm dân sự của chủ xe", "vehicle liability insurance"},
	BenPension:         {"lương hưu", "pension"}, BenSocialPension: {"trợ cấp hưu trí xã hội", "social pension"},
	BenSocial: {"trợ cấp xã hội", "social assistance"}, BenSurvivor: {"trợ cấp tuất", "survivor's benefit"},
	"income": {"quyết toán thuế thu nhập cá nhân", "income tax settlement"}, "rental": {"thuế cho thuê nhà", "rental tax"},
	"dependent": {"người phụ thuộc", "tax dependant"}, "e_id_1": {"tài khoản VNeID mức 1", "VNeID account level 1"},
	"e_id_2": {"tài khoản VNeID mức 2", "VNeID account level 2"}, "poor": {"hộ nghèo", "poor household"},
	"near_poor": {"hộ cận nghèo", "near-poor household"}, "disability": {"khuyết tật", "disability"},
	"staying": {"thông tin nơi ở hiện tại", "current place"}, "registered": {"đăng ký nghĩa vụ quân sự", "military registration"},
	"car": {"ô tô", "car"}, "motorcycle": {"xe máy", "motorcycle"}, "special": {"xe chuyên dùng", "special vehicle"},
	"household": {"hộ kinh doanh", "household business"}, "company": {"doanh nghiệp", "company"},
	"licence": {"giấy phép", "licence"}, "temporary": {"đăng ký tạm trú", "temporary residence"},
	"permanent": {"đăng ký thường trú", "permanent residence"},
}

// thing is the word of a closed list a notice is about: the sort of paper, else the kind.
func (o *Occurrence) thing() string {
	f := o.Fact
	if f == nil {
		return ""
	}
	if _, ok := thingNames[f.Key]; ok {
		return f.Key
	}
	if _, ok := thingNames[f.Value.Text]; ok {
		return f.Value.Text
	}
	return string(f.Kind)
}

func thingName(n Notice) Text {
	word := n.Params["thing"]
	if t, ok := thingNames[word]; ok {
		return t
	}
	return FactKind(word).Name()
}

var factNames = map[FactKind]Text{
	DateOfBirth: {"ngày sinh", "date of birth"}, DateOfDeath: {"ngày mất", "date of death"}, SexOf: {"giới tính", "sex"},
	Residence: {"nơi cư trú", "residence"}, Document: {"giấy tờ", "document"}, Licence: {"giấy phép lái xe", "driving licence"},
	Vehicle: {"xe", "vehicle"}, Inspection: {"đăng kiểm xe", "vehicle inspection"}, Insurance: {"bảo hiểm", "insurance"},
	Employment: {"việc làm", "employment"}, Business: {"việc kinh doanh", "business"}, Land: {"nhà, đất", "land or house"},
	Benefit: {"trợ cấp", "benefit"}, Schooling: {"việc học", "schooling"}, Marital: {"tình trạng hôn nhân", "marital status"},
	Hardship: {"hoàn cảnh khó khăn", "hardship"}, Military: {"nghĩa vụ quân sự", "military service"},
	Account: {"tài khoản định danh điện tử", "electronic identity account"}, Tax: {"nghĩa vụ thuế", "tax"},
}

// Name is what people call the kind of fact.
func (k FactKind) Name() Text { return factNames[k] }

// FactWords is what people call a kind with its key: "thẻ căn cước", "bảo hiểm".
func FactWords(k FactKind, key string) Text {
	if t, ok := thingNames[key]; ok {
		return t
	}
	t := k.Name()
	if key == "" {
		return t
	}
	return Text{t.VI + " " + key, t.EN + " " + key}
}
