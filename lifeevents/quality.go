package lifeevents

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Virtue is what the national data programme asks of data: "đúng, đủ, sạch, sống, thống
// nhất, dùng chung".
type Virtue string

// The six.
const (
	Right      Virtue = "right"      // đúng: agrees with the world
	Complete   Virtue = "complete"   // đủ
	Clean      Virtue = "clean"      // sạch: no doubles, no impossible values
	Alive      Virtue = "alive"      // sống: kept up to date
	Consistent Virtue = "consistent" // thống nhất: sources agree
	Shared     Virtue = "shared"     // dùng chung: on the common lists and codes
)

// Vietnamese is the programme's word.
func (v Virtue) Vietnamese() string {
	return map[Virtue]string{Right: "đúng", Complete: "đủ", Clean: "sạch", Alive: "sống", Consistent: "thống nhất", Shared: "dùng chung"}[v]
}

// Finding is one thing wrong with what a source says. Says is a sentence in Vietnamese
// that holds no personal data but days.
type Finding struct {
	Source Source   `json:"source"`
	Virtue Virtue   `json:"virtue"`
	Check  string   `json:"check"` // "future_birth", "two_births", …
	Person PersonID `json:"person,omitempty"`
	IDs    []string `json:"ids,omitempty"` // of the facts, events or edges
	Says   string   `json:"says"`
}

// CheckFact refuses a fact that cannot be: an unknown word, a day that does not exist, a
// value its kind cannot do without. now is when it came in.
func CheckFact(f Fact, now time.Time) []Finding {
	c := checker{source: f.Source, person: f.Person, ids: []string{f.ID}}
	c.bad(f.ID == "" || f.Person == "", Complete, "no_id", "Dữ kiện thiếu mã hoặc thiếu mã người.")
	c.bad(!f.Source.Known(), Shared, "unknown_source", "Nguồn %q không có trong danh mục.", string(f.Source))
	if !f.Kind.Known() {
		c.bad(true, Shared, "unknown_kind", "Loại dữ kiện %q không có trong danh mục.", string(f.Kind))
		return c.out
	}
	if f.Withdrawn {
		c.bad(f.Supersedes == "", Complete, "withdraws_nothing", "Lời rút lại không nêu dữ kiện nào.")
		return c.out
	}
	kind := factKinds[f.Kind]
	c.bad(kind.keyed && f.Key == "", Complete, "no_key", "Dữ kiện %s thiếu khóa phân biệt.", f.Kind)
	for i := range kind.fields {
		c.bad(missing(f.Value, kind.fields[i]), Complete, "no_value", "Dữ kiện %s thiếu giá trị bắt buộc.", f.Kind)
	}
	today := civil.On(now)
	for _, d := range []civil.Date{f.Value.On, f.Value.Until} {
		c.bad(!d.IsZero() && !d.Valid(), Clean, "impossible_day", "Ngày %s không có trong lịch.", d.VN())
	}
	c.bad(f.Kind == DateOfBirth && today.Before(f.Value.On), Right, "future_birth", "Ngày sinh %s ở tương lai.", f.Value.On.VN())
	c.bad(f.Kind == DateOfBirth && !f.Value.On.IsZero() && f.Value.On.AddYears(130).Before(today), Right, "too_old", "Ngày sinh %s cho tuổi trên 130.", f.Value.On.VN())
	c.bad(f.Kind == DateOfDeath && today.Before(f.Value.On), Right, "future_death", "Ngày mất %s ở tương lai.", f.Value.On.VN())
	c.bad(f.Kind == SexOf && f.Value.Text != string(Male) && f.Value.Text != string(Female), Shared, "unknown_word", "Giới tính %q không có trong danh mục.", f.Value.Text)
	c.bad(!f.Value.On.IsZero() && !f.Value.Until.IsZero() && f.Value.Until.Before(f.Value.On), Clean, "ends_before_start", "Ngày hết hạn %s trước ngày bắt đầu %s.", f.Value.Until.VN(), f.Value.On.VN())
	c.bad(f.ObservedAt.After(now.Add(time.Hour)), Right, "seen_in_future", "Thời điểm ghi nhận ở tương lai.")
	return c.out
}

// CheckEvent refuses an event that cannot be.
func CheckEvent(e Event, now time.Time) []Finding {
	c := checker{source: e.Source, person: e.Person, ids: []string{e.ID}}
	c.bad(e.ID == "", Complete, "no_id", "Sự kiện thiếu mã.")
	c.bad(!e.Source.Known(), Shared, "unknown_source", "Nguồn %q không có trong danh mục.", string(e.Source))
	if e.Retracts != "" {
		return c.out
	}
	c.bad(!e.Kind.Known(), Shared, "unknown_kind", "Loại sự kiện %q không có trong danh mục.", string(e.Kind))
	c.bad(e.Person == "" && e.Place == "", Complete, "nobody", "Sự kiện không nói về người nào hay địa bàn nào.")
	c.bad(!e.On.Valid(), Clean, "impossible_day", "Ngày của sự kiện không có hoặc không có trong lịch.")
	past := e.Kind == ChildBorn || e.Kind == DeathOccurred || e.Kind == DeathRegistered || e.Kind == BirthRegistered
	c.bad(past && civil.On(now).Before(e.On), Right, "future_event", "%s ngày %s ở tương lai.", e.Kind.Name().VI, e.On.VN())
	c.bad(e.Reported.After(now.Add(time.Hour)), Right, "seen_in_future", "Thời điểm báo ở tương lai.")
	return c.out
}

func missing(v Value, field byte) bool {
	switch field {
	case 'T':
		return v.Text == ""
	case 'P':
		return v.Place == ""
	case 'O':
		return v.On.IsZero()
	case 'U':
		return v.Until.IsZero()
	}
	return false
}

type checker struct {
	source Source
	person PersonID
	ids    []string
	out    []Finding
}

func (c *checker) bad(is bool, v Virtue, check, says string, args ...any) {
	if is {
		c.out = append(c.out, Finding{c.source, v, check, c.person, c.ids, fmt.Sprintf(says, args...)})
	}
}

// CheckPerson compares all that was ever said about one person, superseded facts left out.
func CheckPerson(id PersonID, facts []Fact, events []Event) []Finding {
	var out []Finding
	p := NewPerson(id, facts, events)
	say := func(f *Fact, v Virtue, check, says string, args ...any) {
		out = append(out, Finding{f.Source, v, check, id, []string{f.ID}, fmt.Sprintf(says, args...)})
	}
	for _, f := range unsuperseded(facts) {
		stands := p.Fact(f.Kind, f.Key)
		if stands == nil || stands.ID == f.ID {
			continue
		}
		switch {
		case f.Kind == DateOfBirth && f.Value.On != p.Born:
			say(&f, Consistent, "two_births", "Có hai ngày sinh khác nhau: %s và %s.", f.Value.On.VN(), p.Born.VN())
		case f.Kind == DateOfDeath && f.Value.On != stands.Value.On:
			say(&f, Consistent, "two_deaths", "Có hai ngày mất khác nhau: %s và %s.", f.Value.On.VN(), stands.Value.On.VN())
		case f.Kind == SexOf && f.Value.Text != stands.Value.Text:
			say(&f, Consistent, "two_sexes", "Hai nguồn ghi giới tính khác nhau.")
		}
	}
	if p.Born.IsZero() {
		return out
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		on := f.Value.On
		switch {
		case f.Kind == DateOfDeath && on.Before(p.Born):
			say(f, Right, "dead_before_birth", "Ngày mất %s trước ngày sinh %s.", on.VN(), p.Born.VN())
		case f.Kind == Licence && !on.IsZero() && p.Born.Age(on) < licenceAge(f.Key):
			say(f, Right, "licence_too_young", "Giấy phép lái xe hạng %s cấp ngày %s khi mới %d tuổi (phải đủ %d).", f.Key, on.VN(), p.Born.Age(on), licenceAge(f.Key))
		case f.Kind == Marital && f.Value.Text == "married" && !on.IsZero() && p.Born.Age(on) < 18:
			say(f, Right, "married_too_young", "Ghi kết hôn ngày %s khi mới %d tuổi.", on.VN(), p.Born.Age(on))
		case f.Kind != DateOfBirth && !on.IsZero() && on.Before(p.Born):
			say(f, Right, "before_birth", "Dữ kiện %s ghi ngày %s, trước ngày sinh %s.", f.Kind.Name().VI, on.VN(), p.Born.VN())
		case f.Kind != DateOfDeath && !on.IsZero() && !p.Died.IsZero() && p.Died.Before(on):
			say(f, Right, "after_death", "Dữ kiện %s ghi ngày %s, sau ngày mất %s.", f.Kind.Name().VI, on.VN(), p.Died.VN())
		}
	}
	return out
}

func unsuperseded(facts []Fact) []Fact {
	gone := map[string]bool{}
	for _, f := range facts {
		gone[f.Supersedes] = true
	}
	kept := slices.DeleteFunc(slices.Clone(facts), func(f Fact) bool { return f.Withdrawn || gone[f.ID] })
	slices.SortFunc(kept, func(a, b Fact) int { return cmp.Compare(a.ID, b.ID) })
	return kept
}

// licenceAge is the least age for a class, khoản 1 Điều 59 of Luật 36/2024/QH15.
func licenceAge(class string) int {
	switch class {
	case "C", "BE":
		return 21
	case "D1", "D2", "C1E", "CE":
		return 24
	case "D", "D1E", "D2E", "DE":
		return 27
	}
	return 18
}
