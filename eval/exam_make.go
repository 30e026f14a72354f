package eval

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/internal/civil"
)

// MakeExam builds the public exam: the hand-written cases of the folder, and for every
// record of the starter corpus questions in its people's names, one per slot it can answer.
// A hand-written fact that the record does not hold on the day asked is refused: exam and
// corpus contradict each other, and one of them must be mended. Cases come by half and ID.
func MakeExam(source fs.FS, set starter.Set) ([]Case, error) {
	names, err := fs.Glob(source, "*.exam")
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, name := range names {
		f, err := source.Open(name)
		if err != nil {
			return nil, err
		}
		read, err := ReadExamSource(path.Base(name), f)
		if err = cmp.Or(err, f.Close()); err != nil {
			return nil, err
		}
		cases = append(cases, read...)
	}
	var faults []error
	for i := range cases {
		faults = append(faults, groundIn(&cases[i], set))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	m := examMaker{set: set, families: familiesOf(cases)}
	have := map[string]bool{}
	for _, c := range cases {
		have[c.ID] = true
	}
	for _, p := range set.Procedures {
		for _, c := range m.about(p) {
			if !have[c.ID] { // a person asked it in the same words
				cases = append(cases, c)
			}
		}
	}
	return inOrder(cases)
}

func inOrder(cases []Case) ([]Case, error) {
	slices.SortStableFunc(cases, func(a, b Case) int { return cmp.Or(cmp.Compare(a.Half, b.Half), cmp.Compare(a.ID, b.ID)) })
	for i := 1; i < len(cases); i++ {
		if cases[i].ID == cases[i-1].ID {
			return nil, fmt.Errorf("eval: case %s is asked twice: %q", cases[i].ID, cases[i].Questions())
		}
	}
	return cases, nil
}

// familiesOf tells in which family the hand-written cases hold each record.
func familiesOf(cases []Case) map[string]string {
	out := map[string]string{}
	for _, c := range cases {
		if c.Kind == Answerable && c.Procedure != "" && !strings.Contains(c.Procedure, "|") && !strings.HasPrefix(c.Family, "premise") && out[c.Procedure] == "" {
			out[c.Procedure] = c.Family
		}
	}
	return out
}

// groundIn checks that a hand-written case names records that exist and facts they hold on
// the day asked, and names the record as source.
func groundIn(c *Case, set starter.Set) error {
	if c.Procedure == "" {
		return nil
	}
	day := c.day()
	var words strings.Builder
	for _, id := range alternatives(c.Procedure) {
		p, ok := set.Procedure(id)
		if !ok {
			return fmt.Errorf("eval: case %q: the starter corpus holds no record %q", c.Questions(), id)
		}
		if slices.Contains(c.Tags, "dated") { // the question names its day itself
			day = civil.Date{}
		}
		words.WriteString(wordsOn(p, day) + "\n")
	}
	text := matchable(words.String())
	if c.Kind == Answerable && c.Status == "" && c.Correction == "" {
		for _, f := range c.MustContain {
			if !saysAny(text, f) {
				return fmt.Errorf("eval: case %q: record %s does not hold %q on %s", c.Questions(), c.Procedure, f, day)
			}
		}
	}
	if c.Source == "" {
		c.Source = "starter " + c.Procedure
	}
	return nil
}

// day is the day a case is about.
func (c *Case) day() civil.Date {
	day, _ := caseDay(cmp.Or(c.AsOf, c.Asked)) // both were checked when read
	return day
}

// wordsOn are all lines a record shows on a day; on the zero day, those of every day.
func wordsOn(p corpus.Procedure, day civil.Date) string {
	lines := []string{p.Name}
	for _, slot := range examSlots {
		lines = append(lines, factsOn(p, slot, day)...)
	}
	return strings.Join(lines, "\n")
}

// examMaker writes cases from records.
type examMaker struct {
	set      starter.Set
	families map[string]string
}

// perRecord is how many slots of a record are asked, beside the overview.
const perRecord = 4

// about asks for the overview and, turn by turn through the record's slots, some more; which
// ones and in which words the record's ID decides.
func (m examMaker) about(p corpus.Procedure) []Case {
	day, _ := caseDay(examDay)
	var with []assistant.Slot
	for _, s := range examSlots {
		if len(factsOn(p, s, day)) > 0 {
			with = append(with, s)
		}
	}
	var cases []Case
	turn := pick(p.ID, len(with))
	for i := range min(perRecord, len(with)) {
		slot := with[(turn+i*max(1, len(with)/perRecord))%len(with)]
		if slices.ContainsFunc(cases, func(c Case) bool { return c.Slots[0] == slot }) {
			continue
		}
		cases = append(cases, m.ask(p, slot, factsOn(p, slot, day), i))
	}
	return cases
}

func (m examMaker) ask(p corpus.Procedure, slot assistant.Slot, facts []string, i int) Case {
	key := p.ID + string(slot)
	name := lowerFirst(p.Name)
	if names := spoken(p); len(names) > 0 {
		name = names[pick(key, len(names))]
	}
	phrases := slotPhrases[slot]
	q := strings.ReplaceAll(phrases[pick(key+"?", len(phrases))], "{}", name)
	c := Case{
		Kind: Answerable, Procedure: p.ID, Slots: []assistant.Slot{slot}, MustContain: facts[:min(len(facts), 4)], Tags: []string{"made"},
		Family: cmp.Or(m.families[p.ID], p.ID), Source: "starter " + p.ID + " " + string(slot),
		Note: "mỗi thủ tục được hỏi theo tên dân gọi, đủ các mục",
	}
	switch pick(key+"!", 8) {
	case 0, 1:
		q = NoMarks(q)
	case 2:
		q, c.Tags = TelexRaw(q), append(c.Tags, "telex")
	case 3:
		q, c.Tags = Abbreviated(q), append(c.Tags, "teencode")
	}
	c.Q = q
	c.finish()
	return c
}

// doing are the words with which the name of a thing to be done begins. Other names people
// use tell a situation ("mất bằng lái"), and do not fit the phrases.
var doing = strings.Fields(`làm đăng xin cấp đổi khai nộp mua đóng rút lãnh nhận chuyển mở lập thành sửa xóa cắt hủy tách gia công chứng
	khiếu tố báo kích giải sang gộp ghi tạm thôi bổ cải lên kiểm phục thi ủy truy từ trình`)

// unfit are names that begin so and yet name more than one record, or none for certain.
var unfit = []string{
	"mua xe cũ", "mở công ty", "thành lập công ty", "làm giấy tờ đất", "xin học cho con", "báo tử", "sửa giấy khai sinh", "mua nhà đất", "mua bán đất", "xin tiền mai táng",
	"nhập hộ khẩu cho con mới sinh", "đóng BHYT", "rút hồ sơ xe", "mở cửa hàng", "mở quán", "đăng kiểm xe mới", "đổi tên", "làm căn cước", "đăng ký xe", "cấp lại giấy khai sinh", "cấp lại giấy kết hôn",
}

// spoken are the names people use that fit the phrases, with marks.
func spoken(p corpus.Procedure) (names []string) {
	for _, a := range p.Aliases {
		first, _, _ := strings.Cut(a, " ")
		if NoMarks(a) != a && slices.Contains(doing, strings.ToLower(first)) && !slices.Contains(unfit, a) {
			names = append(names, a)
		}
	}
	return names
}

// lowerFirst is a name as it stands inside a sentence, without what is in brackets.
func lowerFirst(name string) string {
	name, _, _ = strings.Cut(name, " (")
	r := []rune(name)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// pick is a choice among n fixed by a key.
func pick(key string, n int) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash takes everything
	return int(mixed(h.Sum64()) % uint64(max(n, 1)))
}
