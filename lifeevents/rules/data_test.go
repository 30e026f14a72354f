package rules

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/internal/civil"
	le "github.com/motcua/motcua/lifeevents"
)

// written is the day the rules were written; what is in force on it is what people get.
const written = "2026-11-21"

// catalogued is the number of entries of the catalogue, E01 to E72.
const catalogued = 72

func embedded(t testing.TB) *le.Set {
	t.Helper()
	set, faults := Embedded()
	for _, f := range faults {
		t.Error(f)
	}
	if set == nil || t.Failed() {
		t.Fatal("the rules do not load")
	}
	return set
}

// split are the rules that share an entry of the catalogue because its two cases have
// different deadlines.
var split = map[string]string{"E04b": "E04", "E46b": "E46"}

func TestEveryEntryOfTheCatalogueIsARule(t *testing.T) {
	set := embedded(t)
	for n := 1; n <= catalogued; n++ {
		id := fmt.Sprintf("E%02d", n)
		versions := set.Versions(id)
		if len(versions) == 0 {
			t.Errorf("%s is missing", id)
			continue
		}
		for i, r := range versions {
			if r.Version != i+1 {
				t.Errorf("%s has version %d in place %d", id, r.Version, i+1)
			}
		}
	}
	for _, r := range set.Rules() {
		if len(r.ID) > 3 && split[r.ID] == "" {
			t.Errorf("%s is no entry of the catalogue", r.ID)
		}
	}
}

func TestAtLeastSixtyEntriesRunOnTheDayOfWriting(t *testing.T) {
	running := map[string]bool{}
	for _, r := range embedded(t).Rules() {
		if r.Disabled == "" && r.Validity.Holds(day(written)) {
			running[r.ID[:3]] = true
		}
	}
	if len(running) < 60 {
		t.Errorf("%d entries run; want at least 60", len(running))
	}
	for _, id := range []string{"E40", "E68"} {
		if running[id] {
			t.Errorf("%s runs: one is only a draft of law, the other is the engine's own silence", id)
		}
	}
}

// A rule that ends must be followed by another version on that very day, or its law ends with it.
func TestNoRuleFallsSilentByForgettingItsNextVersion(t *testing.T) {
	ended := map[string]bool{"E72": true} // chính sách công dân số hết ngày 28/02/2027
	set := embedded(t)
	for _, r := range set.Rules() {
		if r.Validity.Until.IsZero() || ended[r.ID] {
			continue
		}
		if _, ok := set.InForce(r.ID, r.Validity.Until); !ok {
			t.Errorf("%s version %d ends on %s and nothing follows", r.ID, r.Version, r.Validity.Until)
		}
	}
}

const newsOnly = "Bạn có một việc mới trên Cổng. Mời mở Cổng để xem."

func TestOutsideChannelsHearNothingPersonal(t *testing.T) {
	// Words that tell what is going on in a life; none may leave the portal.
	telling := regexp.MustCompile(`(?i)kết hôn|cưới|ly hôn|thai|sinh con|khai sinh|nghèo|khuyết tật|thất nghiệp|việc làm|lương|hưu|bảo hiểm|nợ|phạt|quân sự|bệnh|người mất|tuổi|căn cước|hộ chiếu|đất`)
	for _, r := range embedded(t).Rules() {
		n := le.Notice{Rule: r.ID, Params: map[string]string{}}
		for _, lang := range []string{"vi", "en"} {
			words, ok := r.Words(n, lang, le.Outside)
			if ok != (r.Sensitivity < le.N3) {
				t.Errorf("%s %s: said outside: %v", r.ID, r.Sensitivity, ok)
			}
			if r.Sensitivity == le.N3 && r.Texts.Outside != (le.Text{}) {
				t.Errorf("%s is N3 and has words for outside: %q", r.ID, r.Texts.Outside)
			}
			if strings.ContainsAny(words.Body, "0123456789{}") || telling.MatchString(words.Body) || utf8.RuneCountInString(words.Body) > 160 || words.Title != "" {
				t.Errorf("%s says outside: %q", r.ID, words)
			}
		}
		if r.Sensitivity == le.N2 && r.Texts.Outside.VI != newsOnly {
			t.Errorf("%s is N2; outside may only say that something is new: %q", r.ID, r.Texts.Outside.VI)
		}
	}
}

// spoken lists the texts of a rule by name.
func spoken(r *le.Rule) map[string]le.Text {
	list := map[string]le.Text{"title": r.Texts.Title, "before": r.Texts.Before, "outside": r.Texts.Outside, "after": r.Texts.After, "late": r.Texts.Late, "name": r.Name, "purpose": r.Purpose, "doubt": r.Doubt}
	for key, text := range list {
		if text == (le.Text{}) {
			delete(list, key)
		}
	}
	return list
}

// longest fills the marks with the longest words they can take.
var longest = strings.NewReplacer("{who}", "người được bạn giám hộ", "{Who}", "Người được bạn giám hộ", "{legal}", "12/03/2026", "{deadline}", "12/03/2026", "{opens}", "12/03/2026", "{age}", "60", "{days}", "120", "{thing}", "bảo hiểm trách nhiệm dân sự của chủ xe")

func TestTextsAreShortCalmAndInBothLanguages(t *testing.T) {
	for _, r := range embedded(t).Rules() {
		for key, text := range spoken(r) {
			for lang, s := range map[string]string{"vi": text.VI, "en": text.EN} {
				where := fmt.Sprintf("%s v%d %s %s", r.ID, r.Version, key, lang)
				filled := longest.Replace(s)
				if s == "" {
					t.Errorf("%s: missing", where)
					continue
				}
				if n := utf8.RuneCountInString(filled); n > 300 || key == "title" && n > 90 {
					t.Errorf("%s: %d characters", where, n)
				}
				if strings.ContainsAny(filled, "!{}") || strings.Contains(filled, "  ") || strings.TrimSpace(s) != s {
					t.Errorf("%s: %q", where, s)
				}
				sentence := key != "title" && key != "name" && key != "purpose"
				if first, _ := utf8.DecodeRuneInString(filled); !unicode.IsUpper(first) && !unicode.IsDigit(first) || sentence && !strings.HasSuffix(s, ".") {
					t.Errorf("%s does not read as a sentence: %q", where, s)
				}
				if vietnamese := strings.ContainsAny(strings.ToLower(s), "ăâđêôơưạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửữựỳỵỷỹ"); vietnamese == (lang == "en") && len(s) > 30 {
					t.Errorf("%s is in the wrong language: %q", where, s)
				}
			}
		}
	}
}

// What the sources are not sure of is said as such.
func TestAnUnsureRuleSendsPeopleToAsk(t *testing.T) {
	unsure := regexp.MustCompile(`(?i)nên hỏi|hỏi |có thể|thường|khoảng|xem giấy hẹn|theo dõi|theo quyết định`)
	for _, r := range embedded(t).Rules() {
		if r.Confidence == corpus.High {
			continue
		}
		if all := r.Texts.Before.VI + " " + r.Texts.Late.VI + " " + r.Doubt.VI; !unsure.MatchString(all) && !strings.Contains(r.Doubt.VI, "chưa") {
			t.Errorf("%s (%s) speaks as if it were certain: %q", r.ID, r.Confidence, all)
		}
	}
}

func TestBereavementIsGentleAndLate(t *testing.T) {
	set := embedded(t)
	harsh := regexp.MustCompile(`(?i)\bphạt|bắt buộc|\bphải\b|chậm nhất|quá hạn|ngay`)
	for _, r := range set.Rules() {
		if r.Topic != le.TopicBereaved || r.Disabled != "" {
			continue
		}
		if !r.OfTheDead || len(r.Ladder) > 2 || r.Sensitivity != le.N3 {
			t.Errorf("%s: of the dead %v, %d steps, %s", r.ID, r.OfTheDead, len(r.Ladder), r.Sensitivity)
		}
		if all := r.Texts.Title.VI + " " + r.Texts.Before.VI + " " + r.Texts.Late.VI; harsh.MatchString(all) {
			t.Errorf("%s is harsh to the bereaved: %q", r.ID, all)
		}
		o := &le.Occurrence{Rule: r, Anchor: day(written), Legal: day(written)}
		if first := r.Ladder[0].Day(o); first.Before(day(written).AddDays(3)) {
			t.Errorf("%s speaks on %s, within three days of the death", r.ID, first)
		}
	}
	if r, _ := set.InForce("E66", day(written)); r.Mourning.N != 14 || r.Mourning.Unit != civil.Days {
		t.Errorf("mourning is %v; want 14 days", r.Mourning)
	}
	if r, _ := set.InForce("E59", day(written)); r.Ladder[0].Words != "+60d" {
		t.Errorf("land of the dead is spoken of at %s; want no sooner than 60 days", r.Ladder[0].Words)
	}
}

func TestRulesFollowEachOtherAsTheCatalogueSays(t *testing.T) {
	set := embedded(t)
	for from, to := range map[string][]string{"E28": {"E12", "E18", "E29"}, "E22": {"E23"}, "E53": {"E55", "E56"}, "E44": {"E46", "E47", "E48"}, "E66": {"E59", "E67", "E68"}} {
		r, _ := set.InForce(from, day(written))
		for _, id := range to {
			if !strings.Contains(" "+strings.Join(r.LeadsTo, " ")+" ", " "+id+" ") {
				t.Errorf("%s leads to %v; want %s among them", from, r.LeadsTo, id)
			}
		}
	}
}

// elsewhere are the provisions a rule rests on that the starter corpus does not digest;
// each was read in the law itself (as enacted, or codified in January 2026).
var elsewhere = map[string]bool{
	"67/2023/NĐ-CP": true, "Điều 8 08/2022/QH15": true, "Điều 2 85/2015/QH13": true, "Điều 26 43/2019/QH14": true,
	"Điều 2 39/2009/QH12": true, "khoản 1 Điều 12 39/2009/QH12": true, "khoản 2 Điều 17 39/2009/QH12": true,
	"khoản 1 Điều 34 52/2014/QH13": true, "khoản 1 Điều 8 59/2020/QH14": true, "khoản 4 Điều 40 78/2015/QH13": true,
	"Điều 24 52/2010/QH12": true, "điểm d khoản 3 Điều 16 25/2008/QH12": true,
}

func TestEveryBasisIsInTheStarterCorpusOrReadElsewhere(t *testing.T) {
	set, err := starter.Load()
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for address := range elsewhere {
		missing[address] = true
	}
	for _, r := range embedded(t).Rules() {
		for _, p := range r.Basis {
			if digested(set, p) {
				continue
			}
			address := asWritten(p)
			if !elsewhere[address] {
				t.Errorf("%s rests on %s, which nobody here has read", r.ID, address)
			}
			delete(missing, address)
		}
	}
	for address := range missing {
		t.Errorf("%s is listed and no rule rests on it", address)
	}
}

// digested reports whether the starter corpus has words for a provision, of its own or of its article.
func digested(set starter.Set, p corpus.Provision) bool {
	law, ok := set.Instrument(p.Instrument)
	if !ok || p.Article == "" {
		return ok
	}
	for _, a := range law.Articles {
		if a.Number != p.Article {
			continue
		}
		if p.Clause == "" || len(a.Clauses) == 0 {
			return true
		}
		for _, c := range a.Clauses {
			if c.Number == p.Clause {
				return true
			}
		}
	}
	return false
}

// asWritten is the address as rule files write it.
func asWritten(p corpus.Provision) string {
	var words []string
	for _, part := range [][2]string{{"điểm", p.Point}, {"khoản", p.Clause}, {"Điều", p.Article}} {
		if part[1] != "" {
			words = append(words, part[0], part[1])
		}
	}
	return strings.Join(append(words, p.Instrument), " ")
}
