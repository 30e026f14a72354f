package corpus

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/motcua/motcua/internal/civil"
)

// State is whether a provision may be applied on a day. A closed list.
type State string

// The states. Amended is in force, in words changed before the day; EarlierWording was in
// force on the day, but in words older than those we hold.
const (
	InForce        State = "in_force"
	Amended        State = "amended"
	EarlierWording State = "earlier_wording"
	NotYet         State = "not_yet"
	Suspended      State = "suspended"
	Expired        State = "expired" // its own span ended, or the law it guides did
	Repealed       State = "repealed"
	Replaced       State = "replaced"
)

// Status is the state of a provision on a day, with what stands behind it.
type Status struct {
	State State `json:"state"`
	// Reason is a Vietnamese sentence that names the provision behind the state.
	Reason string `json:"reason"`
	// Since is the first day of the state; zero: not known.
	Since civil.Date `json:"since,omitzero"`
	// Until is the day an end already known will come, of a provision still in force.
	Until civil.Date `json:"until,omitzero"`
	// By ended or changed it; zero where nothing did.
	By         Provision  `json:"by,omitzero"`
	Confidence Confidence `json:"confidence"`
}

// Applies reports whether the provision may be applied on the day.
func (s Status) Applies() bool {
	return s.State == InForce || s.State == Amended || s.State == EarlierWording
}

// StatusOn computes the state of p on a day from the span of its words and the relations
// that touch it, its instrument or the places inside it; others are ignored, and order
// does not matter. A relation to the whole instrument counts for every provision; one to
// a provision never for its neighbours. Where the day of an end is not known, the year in
// the number of the instrument that brought it decides, and Confidence is Low; an end
// without Evidence is Medium.
func StatusOn(p Provision, own Validity, rels []Relation, on civil.Date) Status {
	q := statusQuery{p: p, own: own, on: on, rels: rels}
	if end, ok := q.end(); ok {
		if ended, sure := q.passed(end); ended {
			return q.ended(end, sure)
		}
	}
	for _, step := range []func() (Status, bool){q.beforeItsDay, q.pastItsDay, q.suspended, q.guidedLawEnded, q.changed} {
		if s, ok := step(); ok {
			return q.withComingEnd(s)
		}
	}
	return q.withComingEnd(q.plain())
}

type statusQuery struct {
	p    Provision
	own  Validity
	on   civil.Date
	rels []Relation
}

// end is the earliest relation that ends p as a whole; unknown days come last.
func (q statusQuery) end() (Relation, bool) {
	ends := q.endsOf(q.p)
	if len(ends) == 0 {
		return Relation{}, false
	}
	return ends[0], true
}

func (q statusQuery) endsOf(p Provision) []Relation {
	var ends []Relation
	for _, r := range q.rels {
		if (r.Kind == Repeals || r.Kind == Replaces) && r.To.Covers(p) && NumberKey(r.From.Instrument) != NumberKey(p.Instrument) && !q.cancelled(r) {
			ends = append(ends, r)
		}
	}
	slices.SortFunc(ends, func(a, b Relation) int {
		return cmp.Or(compareKnown(a.Effective, b.Effective), cmp.Compare(len(b.Evidence), len(a.Evidence)), cmp.Compare(b.Kind, a.Kind), cmp.Compare(a.From.Key(), b.From.Key()))
	})
	return ends
}

// compareKnown puts unknown days last.
func compareKnown(a, b civil.Date) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// cancelled reports whether what r rests on was itself ended before r took effect: a law
// postponed or repealed before its day ends nothing.
func (q statusQuery) cancelled(r Relation) bool {
	for _, e := range q.rels {
		if (e.Kind == Repeals || e.Kind == Replaces) && !e.Effective.IsZero() && e.To.Covers(r.From) &&
			NumberKey(e.From.Instrument) != NumberKey(r.From.Instrument) && e.Effective.Before(r.Effective) {
			return true
		}
	}
	return false
}

// passed reports whether the end has come on the day, and whether that is sure.
func (q statusQuery) passed(r Relation) (ended, sure bool) {
	if !r.Effective.IsZero() {
		return !q.on.Before(r.Effective), true
	}
	year := YearOf(r.From.Instrument)
	return year > 0 && q.on.Year >= year, false
}

// YearOf reads the year in an official number ("60/2014/QH13" → 2014); 0 if it has none.
func YearOf(number string) int {
	for _, part := range strings.FieldsFunc(number, func(r rune) bool { return r == '/' || r == '-' || r == ' ' }) {
		if y, err := strconv.Atoi(part); err == nil && y >= 1945 && y <= 2200 {
			return y
		}
	}
	return 0
}

func (q statusQuery) ended(r Relation, sure bool) Status {
	s := Status{State: Repealed, Since: r.Effective, By: r.From, Confidence: High}
	verb := "bị bãi bỏ bởi "
	if r.Kind == Replaces {
		s.State, verb = Replaced, "được thay thế bởi "
	}
	what := verb + r.From.String()
	switch {
	case sure:
		s.Reason = "Hết hiệu lực từ ngày " + r.Effective.VN() + ": " + what + "."
	default:
		s.Confidence = Low
		s.Reason = "Có thể đã hết hiệu lực: " + what + ", nhưng chưa rõ từ ngày nào."
	}
	if r.Evidence == "" && sure { // known, but no closing sentence was read
		s.Confidence = Medium
	}
	if hasException(r.Evidence) {
		if s.Confidence == High {
			s.Confidence = Medium
		}
		s.Reason += " Văn bản đó có quy định ngoại lệ hoặc chuyển tiếp."
	}
	return s
}

// hasException reports whether the closing sentence keeps something of the old law alive.
func hasException(evidence string) bool {
	return strings.Contains(evidence, "trừ ") || strings.Contains(evidence, "chuyển tiếp")
}

func (q statusQuery) beforeItsDay() (Status, bool) {
	if q.own.From.IsZero() || !q.on.Before(q.own.From) {
		return Status{}, false
	}
	for _, r := range q.changes() { // the words are newer than the provision
		if r.Effective == q.own.From && !strings.HasPrefix(strings.TrimLeft(r.Evidence, ", "), "được bổ sung") {
			return Status{State: EarlierWording, By: r.From, Confidence: Medium,
				Reason: "Ngày " + q.on.VN() + " áp dụng lời văn cũ, trước khi được sửa đổi bởi " + r.From.String() + " từ ngày " + r.Effective.VN() + "."}, true
		}
	}
	return Status{State: NotYet, Confidence: High,
		Reason: "Chưa có hiệu lực: có hiệu lực từ ngày " + q.own.From.VN() + "."}, true
}

func (q statusQuery) pastItsDay() (Status, bool) {
	if q.own.Until.IsZero() || q.on.Before(q.own.Until) {
		return Status{}, false
	}
	return Status{State: Expired, Since: q.own.Until, Confidence: High, Reason: "Hết hiệu lực từ ngày " + q.own.Until.VN() + "."}, true
}

func (q statusQuery) suspended() (Status, bool) {
	for _, r := range q.sorted(func(r Relation) bool { return r.Kind == Suspends && r.To.Covers(q.p) }) {
		if !r.Effective.IsZero() && !q.on.Before(r.Effective) {
			return Status{State: Suspended, Since: r.Effective, By: r.From, Confidence: Medium,
				Reason: "Ngưng hiệu lực từ ngày " + r.Effective.VN() + " theo " + r.From.String() + "."}, true
		}
	}
	return Status{}, false
}

// guidedLawEnded: an instrument that only details laws which have all ended falls with
// them as a rule; it is told with low confidence.
func (q statusQuery) guidedLawEnded() (Status, bool) {
	var last Relation
	for _, g := range q.sorted(func(r Relation) bool {
		return r.Kind == Guides && NumberKey(r.From.Instrument) == NumberKey(q.p.Instrument) && r.To.Article == ""
	}) {
		ends := q.endsOf(g.To)
		if len(ends) == 0 || ends[0].Effective.IsZero() || q.on.Before(ends[0].Effective) {
			return Status{}, false
		}
		if last.Effective.Before(ends[0].Effective) {
			last = ends[0]
		}
	}
	if last.Effective.IsZero() {
		return Status{}, false
	}
	return Status{State: Expired, Since: last.Effective, By: last.From, Confidence: Low,
		Reason: "Có thể đã hết hiệu lực: văn bản được quy định chi tiết (" + last.To.String() + ") hết hiệu lực từ ngày " + last.Effective.VN() + "."}, true
}

// changes are amendments of p, of what holds it (the whole instrument left out: it says
// nothing of p) or of a place inside it, and partial repeals; oldest first.
func (q statusQuery) changes() []Relation {
	return q.sorted(func(r Relation) bool {
		if NumberKey(r.From.Instrument) == NumberKey(q.p.Instrument) {
			return false
		}
		inside := q.p.Covers(r.To) && r.To.Key() != q.p.Key()
		switch r.Kind {
		case Amends:
			return inside || r.To.Covers(q.p) && (r.To.Article != "" || r.To.Annex != "" || q.p.Article == "" && q.p.Annex == "")
		case Repeals, Replaces:
			return inside
		}
		return false
	})
}

func (q statusQuery) changed() (Status, bool) {
	var last Relation
	for _, r := range q.changes() {
		if !r.Effective.IsZero() && !q.on.Before(r.Effective) {
			last = r
		}
	}
	if last.Kind == "" {
		return Status{}, false
	}
	verb := map[RelationKind]string{Amends: "được sửa đổi, bổ sung", Repeals: "bị bãi bỏ một phần", Replaces: "được thay thế một phần"}[last.Kind]
	return Status{State: Amended, Since: last.Effective, By: last.From, Confidence: High,
		Reason: "Còn hiệu lực, đã " + verb + " bởi " + last.From.String() + " từ ngày " + last.Effective.VN() + "."}, true
}

func (q statusQuery) plain() Status {
	if q.own.From.IsZero() {
		return Status{State: InForce, Confidence: Low, Reason: "Chưa thấy văn bản nào chấm dứt hiệu lực; không rõ ngày bắt đầu có hiệu lực."}
	}
	return Status{State: InForce, Since: q.own.From, Confidence: High, Reason: "Có hiệu lực từ ngày " + q.own.From.VN() + ", chưa thấy văn bản nào chấm dứt."}
}

// withComingEnd adds an end that is known but not yet there.
func (q statusQuery) withComingEnd(s Status) Status {
	if !s.Applies() {
		return s
	}
	if r, ok := q.end(); ok && !r.Effective.IsZero() {
		s.Until = r.Effective
		s.Reason += " Sẽ hết hiệu lực từ ngày " + r.Effective.VN() + " theo " + r.From.String() + "."
	} else if !q.own.Until.IsZero() {
		s.Until = q.own.Until
	}
	return s
}

// sorted picks relations, by day (unknown first) and source.
func (q statusQuery) sorted(keep func(Relation) bool) []Relation {
	var out []Relation
	for _, r := range q.rels {
		if keep(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Relation) int {
		return cmp.Or(a.Effective.Compare(b.Effective), cmp.Compare(a.From.Key(), b.From.Key()))
	})
	return out
}
