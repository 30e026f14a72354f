package rules

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/motcua/motcua/lifeevents"
)

// reads collects the kinds a rule looks at.
type reads struct {
	facts  []lifeevents.FactKind
	events []lifeevents.EventKind
	// What the trigger cannot do without.
	need     lifeevents.FactKind
	needKey  string
	happened []lifeevents.EventKind
}

// predicate is a condition under construction.
type predicate struct {
	says     lifeevents.Text
	holds    func(*lifeevents.Scene) bool
	needs    lifeevents.FactKind // see lifeevents.Condition
	needsKey string
}

// buildCondition compiles a clause.
func buildCondition(c clause, r *reads) (lifeevents.Condition, error) {
	if c.any != nil {
		return buildAny(c, r)
	}
	text := strings.Join(strings.Fields(c.text), " ")
	body, not := strings.CutPrefix(text, "not ")
	p, err := parseAtom(body, r)
	if err != nil {
		return lifeevents.Condition{}, &lineError{c.line, fmt.Sprintf("điều kiện %q: %v", c.text, err)}
	}
	if not {
		inner := p.holds
		p.holds = func(s *lifeevents.Scene) bool { return !inner(s) }
		p.needs, p.needsKey = "", ""
		p.says = lifeevents.Text{VI: "không: " + p.says.VI, EN: "not: " + p.says.EN}
	}
	return lifeevents.Condition{Words: text, Says: p.says, Holds: p.holds, Needs: p.needs, NeedsKey: p.needsKey}, nil
}

func buildAny(c clause, r *reads) (lifeevents.Condition, error) {
	var list []lifeevents.Condition
	var words, vi, en []string
	for _, part := range c.any {
		one, err := buildCondition(part, r)
		if err != nil {
			return one, err
		}
		list = append(list, one)
		words, vi, en = append(words, one.Words), append(vi, one.Says.VI), append(en, one.Says.EN)
	}
	return lifeevents.Condition{
		Words: "any: " + strings.Join(words, " | "),
		Says:  lifeevents.Text{VI: strings.Join(vi, "; hoặc "), EN: strings.Join(en, "; or ")},
		Holds: func(s *lifeevents.Scene) bool {
			for i := range list {
				if list[i].Holds(s) {
					return true
				}
			}
			return false
		},
	}, nil
}

// parseAtom reads one condition without "not".
func parseAtom(s string, r *reads) (predicate, error) {
	words := strings.Fields(s)
	if len(words) == 0 {
		return predicate{}, fmt.Errorf("trống")
	}
	switch words[0] {
	case "age":
		r.facts = append(r.facts, lifeevents.DateOfBirth)
		return parseAge(words[1:])
	case "sex":
		return parseSex(words[1:], r)
	case "has":
		return parseHas(words[1:], r)
	case "event":
		return parseEvent(s, words, r)
	case "data":
		return parseData(words[1:])
	case "place":
		return parsePlace(s, r)
	case "kin":
		return parseKin(words[1:])
	}
	left, op, right, ok := cutOperator(s)
	if !ok {
		return predicate{}, fmt.Errorf("không hiểu; xem các cách viết trong README.md")
	}
	if strings.Contains(left, ".") {
		return parseField(left, op, right, r)
	}
	r.facts = append(r.facts, lifeevents.DateOfBirth)
	return parseDays(left, op, right)
}

var operators = []string{"<=", ">=", "!=", "<", ">", "="}

// cutOperator divides "a >= b" or "a in [b, c]"; op is "in" for a list.
func cutOperator(s string) (left, op, right string, ok bool) {
	if l, r, found := strings.Cut(s, " in "); found {
		return strings.TrimSpace(l), "in", strings.TrimSpace(r), true
	}
	i := strings.IndexAny(s, "<>=!")
	if i < 0 {
		return "", "", "", false
	}
	for _, op := range operators {
		if rest, found := strings.CutPrefix(s[i:], op); found {
			return strings.TrimSpace(s[:i]), op, strings.TrimSpace(rest), rest != ""
		}
	}
	return "", "", "", false
}

// compared applies an operator to a three-way comparison.
func compared(c int, op string) bool {
	switch op {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "=":
		return c == 0
	}
	return c != 0
}

var opWords = map[string]lifeevents.Text{
	"<": {VI: "dưới", EN: "below"}, "<=": {VI: "không quá", EN: "at most"}, ">": {VI: "trên", EN: "above"},
	">=": {VI: "từ", EN: "at least"}, "=": {VI: "là", EN: "is"}, "!=": {VI: "khác", EN: "is not"}, "in": {VI: "thuộc", EN: "among"},
}

func saying(what lifeevents.Text, op string, value lifeevents.Text) lifeevents.Text {
	o := opWords[op]
	return lifeevents.Text{VI: what.VI + " " + o.VI + " " + value.VI, EN: what.EN + " " + o.EN + " " + value.EN}
}

var dayOpWords = map[string]lifeevents.Text{
	"<": {VI: "trước", EN: "before"}, "<=": {VI: "không muộn hơn", EN: "no later than"}, ">": {VI: "sau", EN: "after"},
	">=": {VI: "không sớm hơn", EN: "no earlier than"}, "=": {VI: "đúng vào", EN: "on"}, "!=": {VI: "khác", EN: "not on"},
}

// sayingDays is saying for two days.
func sayingDays(what lifeevents.Text, op string, day lifeevents.Text) lifeevents.Text {
	o := dayOpWords[op]
	return lifeevents.Text{VI: what.VI + " " + o.VI + " " + day.VI, EN: what.EN + " " + o.EN + " " + day.EN}
}

func same(s string) lifeevents.Text { return lifeevents.Text{VI: s, EN: s} }

// parseAge reads ">= 14" and "at legal < 6".
func parseAge(words []string) (predicate, error) {
	atLegal := len(words) > 2 && words[0] == "at" && words[1] == "legal"
	if atLegal {
		words = words[2:]
	}
	if len(words) != 2 || opWords[words[0]].VI == "" || words[0] == "in" {
		return predicate{}, fmt.Errorf("viết như age >= 14 hoặc age at legal < 6")
	}
	op := words[0]
	n, err := strconv.Atoi(words[1])
	if err != nil || n < 0 || n > 130 {
		return predicate{}, fmt.Errorf("tuổi %q không phải số từ 0 đến 130", words[1])
	}
	what := lifeevents.Text{VI: "tuổi", EN: "age"}
	if atLegal {
		what = lifeevents.Text{VI: "tuổi vào ngày pháp lý", EN: "age on the legal day"}
	}
	return predicate{says: saying(what, op, same(words[1])), holds: func(s *lifeevents.Scene) bool {
		on := s.On
		if atLegal {
			on = s.Occ.Legal
		}
		born := s.View.Born
		if born.IsZero() {
			return false
		}
		noteFact(s, s.View.Fact(lifeevents.DateOfBirth, ""))
		return compared(born.Age(on)-n, op)
	}}, nil
}

func parseSex(words []string, r *reads) (predicate, error) {
	if len(words) != 2 || words[0] != "=" || words[1] != "male" && words[1] != "female" {
		return predicate{}, fmt.Errorf("viết sex = male hoặc sex = female")
	}
	r.facts = append(r.facts, lifeevents.SexOf)
	want := lifeevents.Sex(words[1])
	says := lifeevents.Text{VI: map[lifeevents.Sex]string{lifeevents.Male: "nam", lifeevents.Female: "nữ"}[want], EN: string(want)}
	return predicate{says: says, holds: func(s *lifeevents.Scene) bool {
		noteFact(s, s.View.Fact(lifeevents.SexOf, ""))
		return s.View.Sex == want
	}}, nil
}

// parseDays compares two days.
func parseDays(left, op, right string) (predicate, error) {
	a, saysA, err := parseDay(left)
	if err != nil {
		return predicate{}, err
	}
	b, saysB, err := parseDay(right)
	if err != nil {
		return predicate{}, err
	}
	if op == "in" {
		return predicate{}, fmt.Errorf("hai ngày chỉ so bằng = != < <= > >=")
	}
	return predicate{says: sayingDays(saysA, op, saysB), holds: func(s *lifeevents.Scene) bool {
		x, y := a(s.View, s.Occ, s.On), b(s.View, s.Occ, s.On)
		return !x.IsZero() && !y.IsZero() && compared(x.Compare(y), op)
	}}, nil
}

func noteFact(s *lifeevents.Scene, f *lifeevents.Fact) {
	if s.Note != nil && f != nil {
		s.Note(lifeevents.UsedFact(f))
	}
}
