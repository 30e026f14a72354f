package rules

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	le "github.com/motcua/motcua/lifeevents"
)

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
