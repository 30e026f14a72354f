package lifeevents

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Event happened, or will, on a known day. ID and Source together are unique: the same
// event again changes nothing, however late it comes.
type Event struct {
	ID     string    `json:"id"`
	Source Source    `json:"source"`
	Person PersonID  `json:"person"`
	Kind   EventKind `json:"kind"`
	// On is the day it happened (or is to happen), which may be long before Reported.
	On civil.Date `json:"on"`
	// Reported is when it was reported to us.
	Reported time.Time `json:"reported"`
	// Subject is the other person or the thing it is about: the child born, the vehicle
	// sold. Two sources telling of one birth name the same Subject and count once.
	Subject string `json:"subject,omitempty"`
	// Data holds the words a rule may ask for, by name; no names, no numbers of papers.
	Data map[string]string `json:"data,omitempty"`
	// Place is the commune of an event that concerns a whole place (disaster, merger);
	// Person is then empty and the intake makes one event per resident.
	Place string `json:"place,omitempty"`
	// Retracts is the ID of an earlier event of the same Source that never was; Kind may
	// then be empty.
	Retracts string `json:"retracts,omitempty"`
}

// EventKind is a closed list.
type EventKind string

// The events rules ask for.
const (
	PregnancyDeclared EventKind = "pregnancy_declared" // On: expected day of birth less 40 weeks
	ChildBorn         EventKind = "child_born"         // Person: the child (its edges come along); On: the birth
	BirthRegistered   EventKind = "birth_registered"   // Person: the child
	SchoolLeft        EventKind = "school_left"        // left or finished school
	GradeCompleted    EventKind = "grade_completed"    // Data grade

	MarriagePlanned     EventKind = "marriage_planned"
	MarriageRegistered  EventKind = "marriage_registered"
	DivorceRegistered   EventKind = "divorce_registered"
	AdoptionRegistered  EventKind = "adoption_registered"  // Person: the child
	CivilStatusChanged  EventKind = "civil_status_changed" // name or entry corrected
	SingleCertificate   EventKind = "single_certificate_issued"
	ResidenceChanged    EventKind = "residence_changed" // Data stay: days, settled
	ResidenceEnded      EventKind = "residence_ended"   // house sold, settled abroad
	GuestStaying        EventKind = "guest_staying"
	AbroadPlanned       EventKind = "abroad_planned"
	PassportLost        EventKind = "passport_lost"
	PaperLost           EventKind = "paper_lost" // Data paper: id_card, licence, vehicle_registration
	AdminUnitChanged    EventKind = "admin_unit_changed"
	IDCardIssued        EventKind = "id_card_issued"
	MilitaryExamCalled  EventKind = "military_exam_called"
	PointsDeducted      EventKind = "points_deducted" // Data left: points left
	PointsExhausted     EventKind = "points_exhausted"
	VehicleSold         EventKind = "vehicle_sold"   // Subject: the vehicle
	VehicleBought       EventKind = "vehicle_bought" // Subject: the vehicle
	BusinessRegistered  EventKind = "business_registered"
	BusinessChanged     EventKind = "business_changed"
	RevenueReached      EventKind = "revenue_reached" // Data million: turnover in triệu đồng
	LeaseSigned         EventKind = "lease_signed"
	JobStarted          EventKind = "job_started"
	JobEnded            EventKind = "job_ended"
	ContributionStopped EventKind = "contribution_stopped" // social insurance no longer paid
	LandContractSigned  EventKind = "land_contract_signed" // Data how: sale, gift, inheritance
	BuildingPlanned     EventKind = "building_planned"
	DeathOccurred       EventKind = "death_occurred"   // Person: the dead, On: the day of death; declared by kin
	DeathRegistered     EventKind = "death_registered" // Person: the dead, On: the day of death
	HardshipDeclared    EventKind = "hardship_declared"
	DisabilityDeclared  EventKind = "disability_declared"
	DisasterDeclared    EventKind = "disaster_declared"
	ElectionCalled      EventKind = "election_called" // On: polling day
	ProcedureDone       EventKind = "procedure_done"  // Data procedure: ID; ends ladders that suggest it
)

var eventNames = map[EventKind]Text{
	PregnancyDeclared: {"tự khai mang thai", "pregnancy declared"},
	ChildBorn:         {"sinh con", "child born"}, BirthRegistered: {"đã khai sinh", "birth registered"},
	SchoolLeft: {"thôi học, tốt nghiệp", "left school"}, GradeCompleted: {"học xong một lớp", "grade completed"},
	MarriagePlanned: {"dự định kết hôn", "marriage planned"}, MarriageRegistered: {"đã đăng ký kết hôn", "marriage registered"},
	DivorceRegistered: {"ly hôn", "divorce registered"}, AdoptionRegistered: {"nhận con nuôi", "adoption registered"},
	CivilStatusChanged: {"thay đổi, cải chính hộ tịch", "civil status corrected"},
	SingleCertificate:  {"được cấp giấy xác nhận tình trạng hôn nhân", "marital status certificate issued"},
	ResidenceChanged:   {"chuyển chỗ ở", "residence changed"},
	ResidenceEnded:     {"không còn ở nơi thường trú", "permanent residence ended"},
	GuestStaying:       {"có khách ở qua đêm", "guest staying"}, AbroadPlanned: {"dự định ra nước ngoài", "going abroad"},
	PassportLost: {"mất hộ chiếu", "passport lost"}, PaperLost: {"mất giấy tờ", "paper lost"},
	AdminUnitChanged:   {"sắp xếp đơn vị hành chính", "administrative unit changed"},
	IDCardIssued:       {"được cấp thẻ căn cước", "identity card issued"},
	MilitaryExamCalled: {"có lệnh khám sức khỏe nghĩa vụ quân sự", "called to military medical examination"},
	PointsDeducted:     {"bị trừ điểm giấy phép lái xe", "licence points deducted"},
	PointsExhausted:    {"bị trừ hết điểm giấy phép lái xe", "licence points exhausted"},
	VehicleSold:        {"bán, cho, tặng xe", "vehicle sold"}, VehicleBought: {"mua, nhận xe", "vehicle bought"},
	BusinessRegistered: {"đăng ký hộ kinh doanh", "business registered"}, BusinessChanged: {"thay đổi hộ kinh doanh", "business changed"},
	RevenueReached: {"doanh thu đạt mức", "turnover reached"}, LeaseSigned: {"cho thuê nhà", "lease signed"},
	JobStarted: {"có việc làm", "job started"}, JobEnded: {"thôi việc, mất việc", "job ended"},
	ContributionStopped: {"ngừng đóng bảo hiểm xã hội", "social insurance contribution stopped"},
	LandContractSigned:  {"ký hợp đồng về nhà, đất", "land contract signed"},
	BuildingPlanned:     {"dự định xây, sửa nhà", "building planned"},
	DeathOccurred:       {"có người mất (thân nhân khai)", "death declared by kin"},
	DeathRegistered:     {"đã đăng ký khai tử", "death registered"},
	HardshipDeclared:    {"tự khai hoàn cảnh khó khăn", "hardship declared"},
	DisabilityDeclared:  {"tự khai khuyết tật", "disability declared"},
	DisasterDeclared:    {"công bố thiên tai, hoạn nạn trên địa bàn", "disaster declared"},
	ElectionCalled:      {"công bố ngày bầu cử", "election called"},
	ProcedureDone:       {"đã làm xong thủ tục", "procedure done"},
}

// Known reports whether k is in the list.
func (k EventKind) Known() bool { _, ok := eventNames[k]; return ok }

// Name is what people call the event.
func (k EventKind) Name() Text { return eventNames[k] }

// EventKinds lists the closed list in alphabetical order.
func EventKinds() []EventKind { return sortedKeys(eventNames) }
