package assistant

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
)

// OfficialCorrection is what an official, by name of an office, puts right for everybody.
// It applies to answers about Unit, to the very Question, or to both; in one province when
// Province is set. Its bytes as JSON are what is signed.
type OfficialCorrection struct {
	ID     string `json:"id"`
	Author string `json:"author"` // pseudonym of the official
	// Office owns the correction, as shown: "Sở Tư pháp thành phố Đà Nẵng".
	Office   string             `json:"office"`
	SignedAt time.Time          `json:"signed_at"` // UTC, whole seconds
	Text     string             `json:"text"`      // Vietnamese, as shown
	Basis    []corpus.Provision `json:"basis"`     // never empty
	Unit     corpus.UnitID      `json:"unit,omitempty"`
	Slots    []Slot             `json:"slots,omitempty"` // of Unit; empty is every slot
	Province string             `json:"province,omitempty"`
	// Question, masked, is answered by Text; Procedure, when set, is the record it should
	// have led to.
	Question  string `json:"question,omitempty"`
	Procedure string `json:"procedure,omitempty"`
	// Must holds facts a right answer has to state, Never words it may not: the exam case.
	Must  []string `json:"must,omitempty"`
	Never []string `json:"never,omitempty"`
	// Validity are the days it speaks of; Until is its expiry and never zero.
	Validity corpus.Validity `json:"validity"`
	Item     int64           `json:"item,omitempty"` // of the queue it answers

	topic []string // of Question, once read from a statement
}

// Bounds of a correction.
const (
	longestCorrection = 1200 // characters
	longestOffice     = 120
	longestValidity   = 366 // days after signing
)

// Prepare masks and tidies the words and says, in Vietnamese, what is wrong with the
// correction; empty when it may be signed.
func (c *OfficialCorrection) Prepare() (problem string) {
	c.Text, c.Office, c.Question = oneLine(c.Text), oneLine(c.Office), cleanWords(c.Question)
	signed := civil.On(c.SignedAt)
	masked, personal := Mask(c.Text)
	switch {
	case !rePseudonym.MatchString(c.Author):
		return "Bí danh người ký gồm 3 đến 32 ký tự a-z, 0-9 và dấu gạch nối."
	case c.Text == "" || !utf8.ValidString(c.Text) || utf8.RuneCountInString(c.Text) > longestCorrection:
		return fmt.Sprintf("Lời đính chính cần từ 1 đến %d chữ cái.", longestCorrection)
	case len(personal) > 0 && masked != c.Text:
		return "Lời đính chính có dữ liệu cá nhân (" + strings.Join(personal, ", ") + "); hãy bỏ đi."
	case reLink.MatchString(c.Text):
		return "Lời đính chính không được chứa đường dẫn."
	case c.Office == "" || utf8.RuneCountInString(c.Office) > longestOffice:
		return "Thiếu tên cơ quan chịu trách nhiệm (office), hoặc tên quá dài."
	case len(c.Basis) == 0 || slices.ContainsFunc(c.Basis, func(p corpus.Provision) bool { return p.Instrument == "" }):
		return "Thiếu căn cứ: ít nhất một văn bản hoặc điều luật có số hiệu."
	case c.Unit == "" && c.Question == "":
		return "Hãy nêu thủ tục, điều luật (unit) hoặc câu hỏi (question) mà đính chính áp dụng."
	case c.Validity.Until.IsZero() || !signed.Before(c.Validity.Until) || c.Validity.Until.Compare(signed.AddDays(longestValidity)) > 0:
		return fmt.Sprintf("Ngày hết hạn (validity.until) phải sau ngày ký và không quá %d ngày.", longestValidity)
	case !c.Validity.From.IsZero() && !c.Validity.From.Before(c.Validity.Until):
		return "Ngày bắt đầu áp dụng phải trước ngày hết hạn."
	}
	return c.problemOfScope()
}

func (c *OfficialCorrection) problemOfScope() string {
	if c.Province != "" {
		if _, known := place.Province(c.Province); !known {
			return "Mã tỉnh không có trong danh mục."
		}
	}
	for _, s := range c.Slots {
		if s.Title() == "" {
			return "Mục “" + string(s) + "” không có."
		}
	}
	for _, m := range c.Must {
		if m == "" || !strings.Contains(c.Text, m) {
			return "Điều phải có “" + m + "” không nằm trong lời đính chính."
		}
	}
	for _, n := range c.Never {
		if n == "" || strings.Contains(c.Text, n) {
			return "Điều không được có “" + n + "” lại nằm trong lời đính chính."
		}
	}
	if len(topicWords(c.Question)) == 0 && c.Unit == "" {
		return "Câu hỏi không nêu rõ việc gì."
	}
	return ""
}

var reSpace = regexp.MustCompile(`\s+`)

func oneLine(s string) string {
	return strings.TrimSpace(reSpace.ReplaceAllString(norm.NFC.String(clean(s)), " "))
}

// Words is the correction as everybody reads it.
func (c OfficialCorrection) Words() string {
	where := ""
	if u, known := place.Province(c.Province); known {
		where = " tại " + u.Name
	}
	return fmt.Sprintf("Đính chính của %s, ký ngày %s, áp dụng%s đến hết ngày %s: %s Căn cứ: %s. Nếu phần dưới khác với đính chính này thì theo đính chính.",
		c.Office, civil.On(c.SignedAt).VN(), where, c.Validity.Until.AddDays(-1).VN(), sentence(c.Text), c.basis())
}

func sentence(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func (c OfficialCorrection) basis() string {
	var parts []string
	for _, b := range c.Basis {
		parts = append(parts, b.String())
	}
	return strings.Join(parts, "; ")
}

// expired reports whether the correction may no longer be applied on the day.
func (c OfficialCorrection) expired(today civil.Date) bool { return !today.Before(c.Validity.Until) }

// holds reports whether it speaks of the day asked and of the province named.
func (c OfficialCorrection) holds(r Reading) bool {
	return c.Validity.Holds(r.AsOf) && (c.Province == "" || c.Province == r.ProvinceCode)
}

// answers reports whether the question is the one corrected: the same words that carry
// its subject, in any order.
func (c OfficialCorrection) answers(words []string) bool {
	return len(c.topic) > 0 && slices.Equal(c.topic, words)
}

// about reports whether an answer about the unit, of those slots, is corrected.
func (c OfficialCorrection) about(unit corpus.UnitID, asked []Slot) bool {
	if c.Unit == "" || !strings.EqualFold(string(c.Unit), string(unit)) {
		return false
	}
	return len(c.Slots) == 0 || len(asked) == 0 || slices.ContainsFunc(asked, func(s Slot) bool { return s == Overview || slices.Contains(c.Slots, s) })
}
