package delivery

import "github.com/motcua/motcua/lifeevents"

// Reason says why a row is where it is; a closed list, with words for people beside it.
type Reason string

// The reasons. The first group comes from gates, the second from channels, the third from
// the machinery and from people.
const (
	NoConsent    Reason = "no_consent"
	NoAuthority  Reason = "no_authority"
	TooSensitive Reason = "too_sensitive"
	NoWords      Reason = "no_words"
	NotTrue      Reason = "not_true"
	NotYet       Reason = "not_yet"
	LawChanged   Reason = "law_changed"
	TooLate      Reason = "too_late"
	Quiet        Reason = "quiet_hours"
	OverBudget   Reason = "over_budget"
	SaidEnough   Reason = "said_enough"
	ChannelDown  Reason = "channel_down"
	NoChannel    Reason = "no_channel"
	Halted       Reason = "halted"

	Accepted   Reason = "accepted"
	Opened     Reason = "opened"
	Blocked    Reason = "blocked"
	BadAddress Reason = "bad_address"
	Refused    Reason = "refused"
	RateLimit  Reason = "rate_limit"
	Temporary  Reason = "temporary"
	TimedOut   Reason = "timed_out"
	// WindowClosed, QuotaUsed: the channel takes this now only in a form we do not have.
	WindowClosed Reason = "window_closed"
	QuotaUsed    Reason = "quota_used"

	UsedUp   Reason = "tries_used_up"
	Crashed  Reason = "crashed"
	LeaseRan Reason = "lease_ran_out"
	Recalled Reason = "recalled"
	ByStaff  Reason = "by_staff"
)

var reasonNames = map[Reason]lifeevents.Text{
	NoConsent:    {VI: "chưa có sự đồng ý cho việc này qua kênh này", EN: "no consent for this topic over this channel"},
	NoAuthority:  {VI: "người nhận không còn quyền đại diện", EN: "the recipient may no longer act for the person"},
	TooSensitive: {VI: "nội dung nhạy cảm, kênh này không được mang", EN: "too sensitive for this channel"},
	NoWords:      {VI: "việc này không có lời nhắn cho kênh ngoài", EN: "nothing may be said about this over outside channels"},
	NotTrue:      {VI: "không còn đúng: việc đã xong hoặc dữ kiện đã đổi", EN: "no longer true: done, or the facts have changed"},
	NotYet:       {VI: "lùi sang ngày sau", EN: "moved to a later day"},
	LawChanged:   {VI: "quy định đã đổi hoặc hết hiệu lực", EN: "the law behind it has changed or ended"},
	TooLate:      {VI: "đã quá ngày việc nhắc còn ích", EN: "past the day on which it still helps"},
	Quiet:        {VI: "giờ yên tĩnh, chờ 8 giờ sáng", EN: "quiet hours, waiting for 8 a.m."},
	OverBudget:   {VI: "hôm nay đã nhắc đủ", EN: "enough messages for today"},
	SaidEnough:   {VI: "việc này đã nhắc đủ số lần", EN: "this matter has been mentioned often enough"},
	ChannelDown:  {VI: "kênh đang trục trặc", EN: "the channel is down"},
	NoChannel:    {VI: "không còn kênh nào dùng được", EN: "no channel is left"},
	Halted:       {VI: "cán bộ đang tạm dừng việc này hoặc kênh này", EN: "paused by officials"},
	Accepted:     {VI: "kênh đã nhận", EN: "taken by the channel"},
	Opened:       {VI: "người nhận đã mở", EN: "opened by the recipient"},
	Blocked:      {VI: "người nhận đã chặn hoặc bỏ theo dõi", EN: "the recipient has blocked us"},
	BadAddress:   {VI: "địa chỉ liên lạc sai", EN: "the address is wrong"},
	Refused:      {VI: "kênh từ chối", EN: "refused by the channel"},
	RateLimit:    {VI: "kênh yêu cầu gửi chậm lại", EN: "the channel asks to slow down"},
	Temporary:    {VI: "kênh lỗi tạm thời", EN: "temporary fault of the channel"},
	TimedOut:     {VI: "hết giờ chờ, không rõ kênh đã nhận hay chưa", EN: "timed out: unknown whether it was taken"},
	WindowClosed: {VI: "ngoài khung giờ kênh cho nhắn và chưa có mẫu tin được duyệt", EN: "outside the channel's window, and no approved template"},
	QuotaUsed:    {VI: "kênh đã hết lượt gửi trong ngày", EN: "the channel's messages for today are used up"},
	UsedUp:       {VI: "đã thử nhiều lần không được", EN: "tries used up"},
	Crashed:      {VI: "chương trình dừng giữa lúc gửi, không rõ đã gửi hay chưa", EN: "stopped while sending: unknown whether it went out"},
	LeaseRan:     {VI: "chương trình dừng trước khi gửi, sẽ gửi lại", EN: "stopped before sending; it will be sent"},
	Recalled:     {VI: "đã rút lại trước khi gửi", EN: "withdrawn before it was sent"},
	ByStaff:      {VI: "cán bộ quyết định", EN: "decided by staff"},
}

// Known reports whether r is in the list.
func (r Reason) Known() bool { _, ok := reasonNames[r]; return ok }

// Name is what people are told.
func (r Reason) Name() lifeevents.Text { return reasonNames[r] }
