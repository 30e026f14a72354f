package assistant

// Slot is what of a procedure or a law is asked for.
type Slot string

// The slots a question can ask for; Overview when it names none.
const (
	Overview   Slot = "overview"
	Papers     Slot = "papers"
	Fees       Slot = "fees"
	Time       Slot = "time"
	Where      Slot = "where"
	Online     Slot = "online"
	Forms      Slot = "form"
	Conditions Slot = "conditions"
	DueBy      Slot = "deadline"
	Penalty    Slot = "penalty"
	Result     Slot = "result"
	LegalBasis Slot = "basis"
	Who        Slot = "who"
	Steps      Slot = "steps"
	Compare    Slot = "compare"

	Explanation Slot = "explanation" // written by a model, never asked for
)

var slotTitles = map[Slot]string{
	Overview: "Tóm tắt", Papers: "Giấy tờ cần chuẩn bị", Fees: "Phí, lệ phí", Time: "Thời hạn giải quyết", Where: "Nơi nộp hồ sơ",
	Online: "Nộp trực tuyến", Forms: "Mẫu đơn, tờ khai", Conditions: "Điều kiện", DueBy: "Hạn phải làm", Penalty: "Nếu không làm hoặc làm trễ",
	Result: "Kết quả nhận được", LegalBasis: "Căn cứ pháp lý", Who: "Ai được làm", Steps: "Các bước", Compare: "So sánh các trường hợp",
}

// Title is the heading people read.
func (s Slot) Title() string { return slotTitles[s] }
