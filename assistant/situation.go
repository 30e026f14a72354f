package assistant

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/motcua/motcua/retrieval/viet"
)

// situation is a turn in life after which several things have to be done. Who tells of one
// and asks no more than what to do is told of all of them, in the order they fall due.
type situation struct {
	vi, en  string // how the list opens
	records []string
	// otherTerm are those records whose term is not that of this turn in life: a lost card is
	// not renewed by age.
	otherTerm []string
}

// situations by the class of cues that tells of them. What each asks for is what the rules of
// life events suggest after it.
var situations = map[string]situation{
	"expecting": {"Sắp có em bé, những việc thường phải làm:", "Before and after a birth, what is usually to be done:", []string{"2.000693", "3.000722", "1.001193", "1.008498"}, nil},
	"born":      {"Vừa có em bé, những việc thường phải làm:", "After a birth, what is usually to be done:", []string{"3.000722", "1.001193", "2.000693", "1.008498"}, nil},
	"death":     {"Xin chia buồn cùng gia đình. Những việc thường phải làm khi có người mất:", "Our condolences. What is usually to be done after a death:", []string{"2.002913", "1.000656", "2.000821", "1.014028", "1.013831"}, nil},
	"wedding":   {"Sắp kết hôn, những việc thường phải làm:", "Before a marriage, what is usually to be done:", []string{"1.000894", "1.004222", "1.010038"}, nil},
	"wed":       {"Vừa kết hôn, những việc thường phải làm:", "After a marriage, what is usually to be done:", []string{"1.004222", "1.010038", "1.012783"}, nil},
	"divorced":  {"Sau khi ly hôn, những việc thường phải làm:", "After a divorce, what is usually to be done:", []string{"1.004222", "1.010038", "1.012783"}, nil},
	"adopted":   {"Vừa nhận con nuôi, những việc thường phải làm:", "After an adoption, what is usually to be done:", []string{"1.004222", "1.001939", "1.116410"}, nil},
	"moving":    {"Chuyển chỗ ở, những việc thường phải làm:", "After a move, what is usually to be done:", []string{"1.004222", "1.004194", "1.013134", "chuyen-truong"}, nil},
	"jobLost":   {"Vừa nghỉ việc, những việc thường phải làm:", "After losing a job, what is usually to be done:", []string{"1.001978", "1.001939", "1.002179"}, nil},
	"retiring":  {"Sắp nghỉ hưu, những việc thường phải làm:", "Before retiring, what is usually to be done:", []string{"huu-tri", "1.001939", "2.000740"}, nil},
	"bought":    {"Vừa mua nhà đất, những việc thường phải làm:", "After buying a home or land, what is usually to be done:", []string{"2.001035", "1.013831", "1.004222"}, nil},
	"robbed":    {"Mất giấy tờ, những việc thường phải làm:", "After losing your papers, what is usually to be done:", []string{"1.116410", "3.000348", "1.013080", "1.010386"}, []string{"1.116410"}},
	"disabled":  {"Nhà có người khuyết tật, những việc thường làm:", "With a disabled person at home, what is usually done:", []string{"1.001699", "1.001776", "1.001939"}, nil},
}

// birthdays are the ages that ask for something, with what.
var birthdays = map[int][]string{
	6: {"tuyen-sinh-mam-non-lop-1"}, 11: {"3.000182"}, 14: {"1.116410"}, 15: {"tuyen-sinh-lop-10"}, 17: {"1.013133"}, 18: {"1.013133", "3.000346"},
	25: {"1.116410"}, 40: {"1.116410"}, 60: {"1.116410", "huu-tri"}, 70: {"1.014027"}, 75: {"1.014027"}, 80: {"1.014027", "1.001776"},
}

const (
	birthdayVI, birthdayEN = "Đến tuổi này, những việc thường phải làm:", "At this age, what is usually to be done:"
	tellingWords           = 8 // so many words at most may tell of a turn in life and ask nothing
)

// reBirthday reads the age somebody is about to reach, in folded words.
var reBirthday = regexp.MustCompile(`\b(?:sap|du|tron|sang|buoc sang|chuan bi|vua|moi) (?:du |tron |sang |buoc sang )?(\d{1,2}) (?:tuoi|t)\b`)

// situationOf returns the turn in life a question tells of, where it asks for all that is to
// be done and names no one thing. amid a conversation it must ask.
func situationOf(text string, slots []Slot, amid bool) (situation, bool) {
	form := readCues(text)
	if _, one := namedThing.fires(form); one || slices.ContainsFunc(slots, func(s Slot) bool { return !openSlots[s] }) {
		return situation{}, false
	}
	if _, asks := askedAll.fires(form); !asks && (amid || len(form.words) > tellingWords || yesOrNo(form)) {
		return situation{}, false
	}
	if name, yes := situationBook.fires(form); yes {
		return situations[name], true
	}
	if records := birthdays[ageToCome(text)]; len(records) > 0 {
		return situation{vi: birthdayVI, en: birthdayEN, records: records}, true
	}
	return situation{}, false
}

// ageToCome is the age that somebody of the asker's own is about to reach, or has just; 0 when
// none is told. An age that a rule draws as a line ("người từ đủ 15 tuổi") is nobody's.
func ageToCome(text string) int {
	folded := viet.Fold(viet.Normalize(text))
	all := reBirthday.FindAllStringSubmatchIndex(folded, -1)
	if len(all) != 1 {
		return 0
	}
	before := strings.Fields(folded[:all[0][0]])
	if len(before) == 0 || ruleWords[before[len(before)-1]] || !slices.ContainsFunc(before, func(w string) bool { return ownPeople[w] }) {
		return 0
	}
	age, err := strconv.Atoi(folded[all[0][2]:all[0][3]])
	if err != nil {
		return 0
	}
	return age
}

// ruleWords before an age draw a line; ownPeople are those whose birthday is told of. Folded.
var (
	ruleWords = cueWords("tu chua khi nguoi duoi tren den phai")
	ownPeople = cueWords("con chau toi em minh me bo ba ong chong vo anh chi be tui cu ma tia thang dua nho")
)

// openSlots are asked of all things to be done as well as of one.
var openSlots = map[Slot]bool{Overview: true, Papers: true, Steps: true, Where: true, DueBy: true}

// yesOrNo reports whether a question ends as one that wants a yes or a no.
func yesOrNo(form cueText) bool {
	n := len(form.words)
	return n > 0 && strings.Contains(" khong ko k hong hok chua ha a ", " "+form.words[n-1].fold+" ")
}
