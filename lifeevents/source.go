package lifeevents

// Source is where a fact or event came from: a national register or the person's own word.
type Source string

// The registers of section 1.2 of the rule catalogue, and the two that are none.
const (
	PopulationRegister  Source = "population"       // dân cư
	CivilStatusRegister Source = "civil_status"     // hộ tịch điện tử
	IdentityRegister    Source = "identity"         // căn cước
	ResidenceRegister   Source = "residence"        // cư trú
	ImmigrationRegister Source = "immigration"      // xuất nhập cảnh
	TrafficRegister     Source = "traffic"          // giấy phép lái xe, đăng ký xe, vi phạm
	InspectionRegister  Source = "inspection"       // đăng kiểm
	InsuranceRegister   Source = "social_insurance" // BHXH, BHYT
	TaxRegister         Source = "tax"
	BusinessRegister    Source = "business"
	LandRegister        Source = "land"
	WelfareRegister     Source = "welfare" // hộ nghèo, khuyết tật, người có công
	MilitaryRegister    Source = "military"
	EducationRegister   Source = "education"
	LabourRegister      Source = "labour" // lao động, việc làm
	HealthRegister      Source = "health" // giấy chứng sinh
	CourtRegister       Source = "court"
	CommuneOffice       Source = "commune" // UBND cấp xã công bố, nhập tay
	Declaration         Source = "declaration"
)

var sourceNames = map[Source]Text{
	PopulationRegister:  {"Cơ sở dữ liệu quốc gia về dân cư", "National population database"},
	CivilStatusRegister: {"Cơ sở dữ liệu hộ tịch điện tử", "Electronic civil status database"},
	IdentityRegister:    {"Cơ sở dữ liệu căn cước", "Identity database"},
	ResidenceRegister:   {"Cơ sở dữ liệu về cư trú", "Residence database"},
	ImmigrationRegister: {"Cơ sở dữ liệu xuất nhập cảnh", "Immigration database"},
	TrafficRegister:     {"Cơ sở dữ liệu giấy phép lái xe và đăng ký xe", "Driving licence and vehicle database"},
	InspectionRegister:  {"Cơ sở dữ liệu đăng kiểm", "Vehicle inspection database"},
	InsuranceRegister:   {"Cơ sở dữ liệu bảo hiểm xã hội, bảo hiểm y tế", "Social and health insurance database"},
	TaxRegister:         {"Cơ sở dữ liệu thuế", "Tax database"},
	BusinessRegister:    {"Cơ sở dữ liệu đăng ký kinh doanh", "Business register"},
	LandRegister:        {"Cơ sở dữ liệu đất đai", "Land database"},
	WelfareRegister:     {"Cơ sở dữ liệu an sinh xã hội", "Welfare database"},
	MilitaryRegister:    {"Dữ liệu đăng ký nghĩa vụ quân sự", "Military registration data"},
	EducationRegister:   {"Cơ sở dữ liệu giáo dục", "Education database"},
	LabourRegister:      {"Cơ sở dữ liệu lao động, việc làm", "Labour and employment database"},
	HealthRegister:      {"Dữ liệu y tế (giấy chứng sinh)", "Health data (birth notification)"},
	CourtRegister:       {"Bản án, quyết định của Tòa án", "Court decisions"},
	CommuneOffice:       {"Ủy ban nhân dân cấp xã", "Commune People's Committee"},
	Declaration:         {"Người dân tự khai", "The person's own declaration"},
}

// Known reports whether s is in the list.
func (s Source) Known() bool { _, ok := sourceNames[s]; return ok }

// Name is what people call the source.
func (s Source) Name() Text { return sourceNames[s] }

// Sources lists the closed list in alphabetical order.
func Sources() []Source { return sortedKeys(sourceNames) }
