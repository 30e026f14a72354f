package lifeevents

// Sensitivity orders what a notice gives away about a person.
type Sensitivity int

// The classes, as Decree 356/2025 and the rule catalogue order them.
const (
	N0 Sensitivity = iota // public calendar, about nobody: every channel
	N1                    // basic personal data: outside channels get the neutral sentence
	N2                    // sensitive data: outside channels are told only that something is new
	N3                    // hardship or grief: portal and officers only, off until asked for
)

// String is "N0" to "N3".
func (s Sensitivity) String() string { return "N" + string(rune('0'+int(s))) }

// Level is how far a proactive service goes, Điều 16 of Decree 224/2026.
type Level int

// The four levels; 4 is modelled and never chosen by this engine.
const (
	Remind    Level = 1 // nhắc việc
	Prepare   Level = 2 // and the form's fields filled from data
	Recommend Level = 3 // and two options laid side by side
	Automatic Level = 4 // and done by itself, undoable; switched off
)

// Ground is why we may process the data at all.
type Ground string

// The lawful grounds used.
const (
	PublicTask Ground = "public_task" // nhiệm vụ của cơ quan nhà nước theo luật
	ByConsent  Ground = "consent"     // sự đồng ý của chủ thể dữ liệu
)

// ChannelClass is what a channel may carry.
type ChannelClass string

// Own channels are the portal, VNeID and officers; outside ones are chat platforms, mail, SMS.
const (
	Own     ChannelClass = "own"
	Outside ChannelClass = "outside"
)

// Topic is what consent is given for and what a person turns off.
type Topic string

// The topics; the second group holds the tender ones, each with a consent of its own.
const (
	TopicChild     Topic = "child"     // khai sinh, cư trú, bảo hiểm của trẻ
	TopicSchool    Topic = "school"    // nhập học, chuyển trường
	TopicPapers    Topic = "papers"    // căn cước, hộ chiếu, tài khoản định danh
	TopicMilitary  Topic = "military"  // nghĩa vụ quân sự
	TopicMarriage  Topic = "marriage"  // kết hôn, hộ tịch
	TopicResidence Topic = "residence" // thường trú, tạm trú, lưu trú
	TopicVehicle   Topic = "vehicle"   // giấy phép lái xe, đăng ký, đăng kiểm
	TopicBusiness  Topic = "business"  // hộ kinh doanh, giấy phép
	TopicTax       Topic = "tax"
	TopicInsurance Topic = "insurance" // bảo hiểm y tế, xã hội
	TopicHousing   Topic = "housing"   // đất, nhà, xây dựng
	TopicOldAge    Topic = "old_age"   // nghỉ hưu, người cao tuổi
	TopicCivic     Topic = "civic"     // bầu cử, thông báo chung

	TopicBirth      Topic = "birth" // mang thai, vừa sinh con, thai sản
	TopicDivorce    Topic = "divorce"
	TopicAdoption   Topic = "adoption"
	TopicWork       Topic = "work" // mất việc, trợ cấp thất nghiệp
	TopicBereaved   Topic = "bereavement"
	TopicPoverty    Topic = "poverty"
	TopicDisability Topic = "disability"
)

var topicNames = map[Topic]Text{
	TopicChild: {"Giấy tờ của trẻ em", "Children's papers"}, TopicSchool: {"Đi học", "Schooling"},
	TopicPapers: {"Giấy tờ tùy thân", "Identity papers"}, TopicMilitary: {"Nghĩa vụ quân sự", "Military service"},
	TopicMarriage: {"Kết hôn, hộ tịch", "Marriage and civil status"}, TopicResidence: {"Cư trú", "Residence"},
	TopicVehicle: {"Xe và giấy phép lái xe", "Vehicles and driving licences"}, TopicBusiness: {"Kinh doanh", "Business"},
	TopicTax: {"Thuế", "Tax"}, TopicInsurance: {"Bảo hiểm", "Insurance"}, TopicHousing: {"Nhà, đất", "Land and housing"},
	TopicOldAge: {"Nghỉ hưu, người cao tuổi", "Retirement and old age"}, TopicCivic: {"Việc chung", "Civic matters"},
	TopicBirth: {"Thai sản, sinh con", "Pregnancy and birth"}, TopicDivorce: {"Ly hôn", "Divorce"},
	TopicAdoption: {"Con nuôi, giám hộ", "Adoption and guardianship"}, TopicWork: {"Mất việc, thất nghiệp", "Loss of work"},
	TopicBereaved: {"Khi có người mất", "Bereavement"}, TopicPoverty: {"Hộ nghèo, trợ giúp", "Hardship and relief"},
	TopicDisability: {"Khuyết tật", "Disability"},
}

// Known reports whether t is in the list.
func (t Topic) Known() bool { _, ok := topicNames[t]; return ok }

// Name is what people call the topic.
func (t Topic) Name() Text { return topicNames[t] }

// Topics lists the closed list in alphabetical order.
func Topics() []Topic { return sortedKeys(topicNames) }
