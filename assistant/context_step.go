package assistant

import (
	"context"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus/place"
)

// Context completes a follow-up from what the conversation was about, without a model.
type Context struct{ Memory Memory }

// Name of the step in traces.
func (Context) Name() string { return "context" }

// leadIns open a follow-up: "thế lệ phí thì sao?", "còn ở Đà Nẵng?", "nếu mất thì…".
var leadIns = []string{"the con", "vay con", "con", "the", "vay", "neu", "roi", "va", "vay thi", "the thi", "nhung", "truong hop", "gia su", "thoi the"}

// persons open a remark about who is concerned: "vợ tôi là người Đài Loan".
var persons = []string{
	"vo toi", "chong toi", "con toi", "bo toi", "me toi", "toi la", "toi da", "toi chua", "toi o", "toi dang", "toi co", "toi khong", "vo minh", "chong minh", "em la", "minh la", "ban gai toi", "ban trai toi", "vo em", "chong em", "be nha toi", "nha toi",
}

// newSubject are words with which people name a thing to be done; with one of them a
// question stands on its own.
var newSubject = []string{
	"dang ky", "cap", "doi", "lam lai", "xin", "sang ten", "cong chung", "chung thuc", "mo", "thanh lap", "khai bao", "khai sinh", "khai tu", "ket hon", "ly hon", "tam tru", "thuong tru", "can cuoc", "ho chieu", "bang lai",
	"giay phep", "so do", "bhxh", "bhyt", "bao hiem", "tro cap", "thue", "ho kinh doanh", "doanh nghiep", "nghia vu quan su", "luong huu", "that nghiep", "ly lich tu phap", "xac nhan", "trich luc", "tach ho", "giam ho", "con nuoi", "tam vang", "luu tru",
}

// fillers are words that carry no subject of their own.
var fillers = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`thi sao a ah vay the con o tai cho toi minh em anh chi ban la co khong duoc ko k nhe nhi voi va thi ma nua di da nay kia do roi neu
		can phai nop lam mat bao nhieu gi nao may lau tien le phi giay to ho so ngay dau online truc tuyen phat han khi muon hoi xin cho biet them thu tuc viec nhung cac cua trong`) {
		fillers[w] = true
	}
}

// Run loads the state and, for a follow-up, puts the topic in front of the question.
func (s Context) Run(ctx context.Context, t *Turn) error {
	t.Text = asMeant(t.Text)
	if t.Question.Conversation == "" {
		return nil
	}
	state, err := s.Memory.State(ctx, t.Question.Conversation)
	if err != nil {
		return err
	}
	if state.Topic == "" {
		return nil
	}
	if n := optionNamed(t.Text, state.Options); n >= 0 {
		t.Question.Chosen, t.State = state.Options[n].Unit, state
		t.Reading.Slots = state.Slots
		return nil
	}
	if !followUp(t.Text) {
		// A change of subject: the old one is not carried on, but "còn X thì sao?" asks of
		// X what was asked before.
		if words := foldedWords(t.Text); len(words) > 2 && words[len(words)-1] == "sao" {
			t.State = State{Slots: state.Slots}
		}
		return nil
	}
	t.State = state
	if state.Procedure != "" && nothingNew(t.Text) {
		t.Question.Chosen = "tthc:" + state.Procedure
	}
	t.Text = state.Topic + ". " + t.Text
	return nil
}

// lostCues tell a paper is gone; "mất" alone is also what a thing costs.
var lostCues = []string{"lam mat", "bi mat", "mat roi", "danh mat", "bi mat cap", "mat giay", "mat the", "mat bang", "bi hong", "bi rach"}

// nothingNew reports whether a follow-up asks of the same procedure: it holds only words
// of slots, places and talk.
func nothingNew(text string) bool {
	for _, m := range place.FindIn(text) {
		text = text[:m.Start] + strings.Repeat(" ", m.End-m.Start) + text[m.End:]
	}
	folded := " " + strings.Join(foldedWords(text), " ") + " "
	if _, lost := firstCue(folded, lostCues); lost {
		return false
	}
	for _, c := range cues {
		folded = strings.ReplaceAll(folded, " "+c.words+" ", "  ")
	}
	for _, w := range strings.Fields(folded) {
		if !fillers[w] {
			return false
		}
	}
	return true
}

// followUp reports whether the question leans on what was said before.
func followUp(text string) bool {
	words := foldedWords(text)
	folded := " " + strings.Join(words, " ") + " "
	own := slices.ContainsFunc(newSubject, func(c string) bool { return strings.Contains(folded, " "+c+" ") })
	opens := func(cues []string) bool {
		return slices.ContainsFunc(cues, func(c string) bool { return strings.HasPrefix(folded, " "+c+" ") })
	}
	switch {
	case len(words) == 0 || len(words) > 20:
		return false
	case own:
		return false
	case opens(leadIns) || opens(persons):
		return true
	}
	carrying := 0
	for _, w := range words {
		if !fillers[w] {
			carrying++
		}
	}
	return carrying <= 2 || len(slotsOf(text)) > 0 && carrying <= 3
}

// optionNamed finds the option a person picked by typing its number or its name; -1 for
// none.
func optionNamed(text string, options []Option) int {
	words := strings.Join(foldedWords(text), " ")
	for i, o := range options {
		number := string(rune('1' + i))
		if words == number || words == "so "+number || words == "chon "+number || words == "cai "+number || words == strings.Join(foldedWords(o.Label), " ") {
			return i
		}
	}
	return -1
}

// Remember is the last step: it keeps what the next question may lean on. It runs also
// when the turn ended early.
type Remember struct{ Memory Memory }

// Name of the step in traces.
func (Remember) Name() string { return "remember" }

// RunsAlways implements Always.
func (Remember) RunsAlways() bool { return true }

// Run keeps the state of the conversation; refusals leave the earlier one.
func (s Remember) Run(ctx context.Context, t *Turn) error {
	if t.Question.Conversation == "" {
		return nil
	}
	next := State{Slots: t.Reading.Slots, Place: t.Reading.Place, Province: t.Reading.ProvinceCode}
	if !t.Question.InForceOn.IsZero() || t.Answer.AsOf != t.Reading.AsOf {
		next.AsOf = t.Answer.AsOf.String()
	}
	switch {
	case t.Answer.Status == NeedsDetail:
		next.Topic, next.Options, next.Asked = t.Text, t.Answer.Options, t.State.Asked+1
	case t.Choice != nil && (t.Answer.Status == Answered || t.Answer.Status == Partial):
		next.Topic, next.Procedure = t.Choice.Name, t.Choice.ID
	case t.Answer.Status == Answered || t.Answer.Status == Partial:
		next.Topic = t.Text
		if len(t.Answer.Passages) > 0 {
			next.Unit = string(t.Answer.Passages[0].Unit)
		}
	default:
		return nil
	}
	return s.Memory.Keep(ctx, t.Question.Conversation, next, t.Question.AskedAt)
}
