package mine

import (
	"crypto/rand"
	"strconv"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/lifeevents"
)

// Fields used by several subjects.
var (
	dayField = page.Field{Name: "ngay", Kind: "date", VI: "Ngày nào", EN: "On which day", Required: true}
	until    = page.Field{Name: "het-han", Kind: "date", VI: "Ngày hết hạn ghi trên giấy", EN: "Last day printed on it", Required: true}
	issued   = page.Field{Name: "ngay-cap", Kind: "date", VI: "Ngày cấp", EN: "Issued on", Required: true}
	sexField = page.Field{Name: "gioi-tinh", Kind: "radio", VI: "Giới tính", EN: "Sex", Required: true, Choices: []page.FieldChoice{
		{Value: "female", VI: "Nữ", EN: "Female"}, {Value: "male", VI: "Nam", EN: "Male"}}}
	registered = page.Field{Name: "khai-sinh", Kind: "radio", VI: "Đã làm giấy khai sinh chưa", EN: "Is the birth registered", Required: true, Choices: []page.FieldChoice{
		{Value: "no", VI: "Chưa", EN: "Not yet"}, {Value: "yes", VI: "Rồi", EN: "Yes"}}}
	lostPaper = page.Field{Name: "giay", Kind: "radio", VI: "Mất giấy gì", EN: "Which paper", Required: true, Choices: []page.FieldChoice{
		{Value: "id_card", VI: "Căn cước", EN: "Identity card"}, {Value: "passport", VI: "Hộ chiếu", EN: "Passport"},
		{Value: "licence", VI: "Giấy phép lái xe", EN: "Driving licence"}, {Value: "vehicle_registration", VI: "Đăng ký xe", EN: "Vehicle registration"}}}
	stay = page.Field{Name: "o-bao-lau", Kind: "radio", VI: "Ở bao lâu", EN: "For how long", Required: true, Choices: []page.FieldChoice{
		{Value: "settled", VI: "Ở lâu dài", EN: "For good"}, {Value: "months", VI: "Từ 30 ngày trở lên", EN: "30 days or more"}, {Value: "days", VI: "Vài ngày", EN: "A few days"}}}
	licenceClass = page.Field{Name: "hang", Kind: "select", VI: "Hạng", EN: "Class", Required: true, Choices: []page.FieldChoice{
		{Value: "A1", VI: "A1", EN: "A1"}, {Value: "A", VI: "A", EN: "A"}, {Value: "B", VI: "B", EN: "B"}, {Value: "C1", VI: "C1", EN: "C1"},
		{Value: "C", VI: "C", EN: "C"}, {Value: "D", VI: "D", EN: "D"}}}
)

func happened(kind lifeevents.EventKind, past, future bool) func(*reading, *Statement) {
	return func(f *reading, s *Statement) { s.Event, s.On = kind, f.day("ngay", past, future) }
}

// paper is a fact with a last day.
func paper(kind lifeevents.FactKind, key string, withIssue bool) func(*reading, *Statement) {
	return func(f *reading, s *Statement) {
		s.Fact, s.Key = kind, key
		if withIssue {
			s.Value.On = f.day("ngay-cap", true, false)
		}
		s.Value.Until = f.day("het-han", true, true)
		if !s.Value.On.IsZero() && !s.Value.Until.IsZero() && s.Value.Until.Before(s.Value.On) {
			f.Wrong("het-han", "Ngày hết hạn trước ngày cấp.", "It ends before it was issued.")
		}
	}
}

// subjects is everything a person may declare, in the order shown.
var subjects = []subject{
	{slug: "con", icon: "baby", VI: "Thêm con", EN: "Add a child", HintVI: "Con mới sinh hoặc con dưới 18 tuổi", HintEN: "A newborn or a child under 18", topic: lifeevents.TopicBirth,
		fields: []page.Field{{Name: "ten-goi", VI: "Tên gọi ở nhà", EN: "What you call the child", HintVI: "Chỉ bạn thấy; được mã hóa.", HintEN: "Only you see it; it is kept encrypted.", Max: 60},
			{Name: "ngay", Kind: "date", VI: "Ngày sinh", EN: "Date of birth", Required: true}, sexField, registered}, of: addChild},
	{slug: "mang-thai", icon: "heart", VI: "Đang mang thai", EN: "Expecting a child", HintVI: "Để được nhắc về thai sản", HintEN: "To be reminded of maternity matters", topic: lifeevents.TopicBirth,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Ngày dự sinh", EN: "Expected day of birth", Required: true}},
		of: func(f *reading, s *Statement) {
			if due := f.day("ngay", false, true); !due.IsZero() {
				s.Event, s.On = lifeevents.PregnancyDeclared, due.AddDays(-40*7)
			}
		}},
	{slug: "ngay-sinh", icon: "calendar", VI: "Ngày sinh của tôi", EN: "My date of birth", HintVI: "Nhiều mốc tính theo tuổi", HintEN: "Many dates follow from one's age", topic: lifeevents.TopicPapers,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Ngày sinh", EN: "Date of birth", Required: true}},
		of: func(f *reading, s *Statement) {
			s.Fact, s.Value.On = lifeevents.DateOfBirth, f.day("ngay", true, false)
		}},
	{slug: "chuyen-nha", icon: "home", VI: "Chuyển chỗ ở", EN: "Moved house", HintVI: "Đăng ký tạm trú, thường trú, trường học", HintEN: "Residence, school", topic: lifeevents.TopicResidence, others: true,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Chuyển từ ngày", EN: "Since", Required: true}, stay}, of: moved},
	{slug: "noi-o", icon: "place", VI: "Nơi ở hiện nay", EN: "Where I live", HintVI: "Xã, phường nào", HintEN: "Which commune", topic: lifeevents.TopicResidence,
		fields: []page.Field{{Name: "noi", VI: "Xã, phường và tỉnh", EN: "Commune and province", Required: true, HintVI: "Ví dụ: phường Hải Châu, Đà Nẵng. Tên cũ cũng được.", HintEN: "For example: phường Hải Châu, Đà Nẵng. Old names do."},
			{Name: "ngay", Kind: "date", VI: "Ở từ ngày", EN: "Since", Required: true}},
		of: func(f *reading, s *Statement) {
			s.Fact, s.Key, s.Value.Place, s.Value.On = lifeevents.Residence, "staying", f.commune("noi"), f.day("ngay", true, false)
		}},
	{slug: "mat-giay-to", icon: "paper", VI: "Mất giấy tờ", EN: "Lost papers", HintVI: "Căn cước, hộ chiếu, bằng lái, đăng ký xe", HintEN: "Identity card, passport, licence", topic: lifeevents.TopicPapers,
		fields: []page.Field{lostPaper, dayField}, of: lost},
	{slug: "ho-chieu", icon: "id", VI: "Hộ chiếu của tôi", EN: "My passport", HintVI: "Để được nhắc trước khi hết hạn", HintEN: "To be reminded before it ends", topic: lifeevents.TopicPapers, others: true,
		fields: []page.Field{issued, until}, of: paper(lifeevents.Document, lifeevents.DocPassport, true)},
	{slug: "can-cuoc", icon: "id", VI: "Thẻ căn cước của tôi", EN: "My identity card", HintVI: "Để được nhắc trước khi hết hạn", HintEN: "To be reminded before it ends", topic: lifeevents.TopicPapers,
		fields: []page.Field{issued, until}, of: paper(lifeevents.Document, lifeevents.DocIDCard, true)},
	{slug: "bang-lai", icon: "car", VI: "Giấy phép lái xe", EN: "Driving licence", HintVI: "Hạng và ngày hết hạn", HintEN: "Class and last day", topic: lifeevents.TopicVehicle,
		fields: []page.Field{licenceClass, issued, until}, of: func(f *reading, s *Statement) {
			paper(lifeevents.Licence, f.pick(&licenceClass), true)(f, s)
		}},
	{slug: "bhyt", icon: "health", VI: "Bảo hiểm y tế hộ gia đình", EN: "Household health insurance", HintVI: "Ngày cuối đã đóng", HintEN: "Last day paid for", topic: lifeevents.TopicInsurance, others: true,
		fields: []page.Field{until}, of: paper(lifeevents.Insurance, lifeevents.InsHealthHousehold, false)},
	{slug: "thoi-viec", icon: "work", VI: "Thôi việc, mất việc", EN: "Left or lost a job", HintVI: "Trợ cấp thất nghiệp có hạn ba tháng", HintEN: "Unemployment benefit has a three-month limit", topic: lifeevents.TopicWork,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Thôi việc từ ngày", EN: "Since", Required: true}}, of: happened(lifeevents.JobEnded, true, true)},
	{slug: "ho-kinh-doanh", icon: "shop", VI: "Mở hộ kinh doanh", EN: "Opened a household business", HintVI: "Thuế, hóa đơn", HintEN: "Tax, invoices", topic: lifeevents.TopicBusiness,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Ngày đăng ký", EN: "Registered on", Required: true}}, of: happened(lifeevents.BusinessRegistered, true, false)},
	{slug: "doanh-thu", icon: "money", VI: "Doanh thu năm nay", EN: "This year's turnover", HintVI: "Gần hoặc vượt 1 tỷ đồng", HintEN: "Near or above 1 billion dong", topic: lifeevents.TopicTax,
		fields: []page.Field{{Name: "trieu", Kind: "number", VI: "Doanh thu từ đầu năm, triệu đồng", EN: "Turnover since January, million dong", Required: true},
			{Name: "ngay", Kind: "date", VI: "Tính đến ngày", EN: "Up to", Required: true}}, of: turnover},
	{slug: "xay-nha", icon: "land", VI: "Định xây, sửa nhà", EN: "Planning to build", HintVI: "Có phải xin phép không", HintEN: "Whether a permit is needed", topic: lifeevents.TopicHousing,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Dự định khởi công", EN: "Planned start", Required: true}}, of: happened(lifeevents.BuildingPlanned, false, true)},
	{slug: "cuoi", icon: "heart", VI: "Sắp kết hôn", EN: "About to marry", HintVI: "Giấy tờ cần trước ngày cưới", HintEN: "Papers to prepare", topic: lifeevents.TopicMarriage,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Dự định ngày", EN: "Planned day", Required: true}}, of: happened(lifeevents.MarriagePlanned, false, true)},
	{slug: "tang", icon: "flower", VI: "Gia đình có người mất", EN: "A death in the family", HintVI: "Chúng tôi xin chia buồn. Các lời nhắc khác sẽ lặng đi một thời gian.", HintEN: "We are sorry. Other reminders will fall silent for a while.", topic: lifeevents.TopicBereaved, others: true,
		fields: []page.Field{{Name: "ngay", Kind: "date", VI: "Ngày mất", EN: "Day of death", Required: true}},
		of: func(f *reading, s *Statement) {
			if s.About == s.By {
				f.Wrong("ve-ai", "Hãy chọn người thân đã mất.", "Please choose who died.")
			}
			s.Event, s.On = lifeevents.DeathOccurred, f.day("ngay", true, false)
		}},
}

// grownAt: a child declared here is under this age.
const grownAt = lifeevents.AdultAt

func addChild(f *reading, s *Statement) {
	born := f.day("ngay", true, false)
	sex, done := f.pick(&sexField), f.pick(&registered)
	if !born.IsZero() && born.Age(f.today) >= grownAt {
		f.Wrong("ngay", "Con đã đủ 18 tuổi thì tự khai bằng tài khoản của mình.", "From 18 on they declare for themselves.")
	}
	s.Children = []Newborn{{Child: lifeevents.PersonID("con-" + rand.Text()), Born: born, Sex: lifeevents.Sex(sex), Registered: done == "yes"}}
}

func moved(f *reading, s *Statement) {
	s.Event, s.On = lifeevents.ResidenceChanged, f.day("ngay", true, false)
	s.Data = map[string]string{"stay": f.pick(&stay)}
}

func lost(f *reading, s *Statement) {
	what := f.pick(&lostPaper)
	s.Event, s.On, s.Data = lifeevents.PaperLost, f.day("ngay", true, false), map[string]string{"paper": what}
	if what == "passport" {
		s.Event, s.Data = lifeevents.PassportLost, nil
	}
}

func turnover(f *reading, s *Statement) {
	n, err := strconv.Atoi(f.Value("trieu"))
	if err != nil || n < 1 || n > 1_000_000 {
		f.Wrong("trieu", "Hãy ghi số triệu đồng, ví dụ 950.", "Please give the number of million dong, for example 950.")
	}
	s.Event, s.On, s.Data = lifeevents.RevenueReached, f.day("ngay", true, false), map[string]string{"million": strconv.Itoa(n)}
}
