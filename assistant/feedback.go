package assistant

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FeedbackReason says what is amiss; a closed list.
type FeedbackReason string

// The reasons.
const (
	FactWrong  FeedbackReason = "wrong"      // a statement is not true
	OutOfDate  FeedbackReason = "outdated"   // it was true
	Incomplete FeedbackReason = "incomplete" // something needed is missing
	HardToRead FeedbackReason = "unclear"
	NotAsked   FeedbackReason = "not_asked" // it answers another question
	OtherThing FeedbackReason = "other"
)

var feedbackWords = map[FeedbackReason]string{
	FactWrong: "Nội dung sai", OutOfDate: "Thông tin đã cũ", Incomplete: "Còn thiếu", HardToRead: "Khó hiểu", NotAsked: "Không đúng điều tôi hỏi", OtherThing: "Lý do khác",
}

// FeedbackReasons lists the reasons in the order they are offered.
func FeedbackReasons() []FeedbackReason {
	return []FeedbackReason{FactWrong, OutOfDate, Incomplete, HardToRead, NotAsked, OtherThing}
}

// Vietnamese is the reason as people read it; empty for an unknown one.
func (r FeedbackReason) Vietnamese() string { return feedbackWords[r] }

// Feedback is what a person says of an answer: useful, or not and why.
type Feedback struct {
	Answer string
	Useful bool
	Reason FeedbackReason // "" when useful
	Text   string         // the person's own words, masked by Clean
	At     time.Time
}

// maxFeedback is the longest free text kept, in characters.
const maxFeedback = 1000

// Clean masks the free text and says, in Vietnamese, what is wrong with the feedback;
// empty when it may be kept.
func (f *Feedback) Clean() (problem string) {
	switch {
	case f.Answer == "":
		return "Thiếu mã câu trả lời (answer)."
	case f.Useful && f.Reason != "":
		return "Câu trả lời hữu ích thì không kèm lý do."
	case !f.Useful && f.Reason.Vietnamese() == "":
		return "Lý do không hợp lệ; chọn một trong: " + reasonList() + "."
	case !utf8.ValidString(f.Text):
		return "Lời góp ý không đọc được."
	case utf8.RuneCountInString(f.Text) > maxFeedback:
		return fmt.Sprintf("Lời góp ý dài quá; hãy rút còn dưới %d chữ cái.", maxFeedback)
	}
	f.Text = cleanWords(f.Text)
	return ""
}

// cleanWords is what may be stored of free text.
func cleanWords(s string) string {
	masked, _ := Mask(norm.NFC.String(clean(strings.TrimSpace(s))))
	return masked
}

func reasonList() string {
	var all []string
	for _, r := range FeedbackReasons() {
		all = append(all, string(r))
	}
	return strings.Join(all, ", ")
}

// Opens reports whether an official should look at the answer.
func (f Feedback) Opens() bool { return f.Reason == FactWrong || f.Reason == OutOfDate }

// Feedbacks keeps what people say of answers.
type Feedbacks interface {
	// Give keeps the feedback in place of an earlier one on the same answer. When it opens
	// an item of the queue, item is its number (the earlier one's, if there is one already);
	// both are one transaction. ErrNotKept for an answer that is not kept.
	Give(ctx context.Context, f Feedback) (item int64, err error)
	// Opinions counts feedback since the instant: by reason, "" for useful.
	Opinions(ctx context.Context, since time.Time) (map[FeedbackReason]int, error)
}
