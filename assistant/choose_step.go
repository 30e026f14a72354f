package assistant

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Choose settles on one procedure when the evidence is clear, on the law when the law is
// asked, and asks back with two to four options when it is neither.
type Choose struct {
	Library corpus.Library
	// Words, when set, tells rare words from common ones.
	Words Words

	unsaid string // folded, with spaces around its words: no record is known by it
}

// Name of the step in traces.
func (Choose) Name() string { return "choose" }

// Bars for what the models say, read off the development half of the exam.
const (
	sureAnswer    = 0.20 // at least this probability: it is the one
	maybeAnswer   = 0.10 // at least this: worth offering
	leastAnswer   = 0.03 // below this nothing at all speaks for a record
	besideTotal   = 1.0  // no further behind the best: it may stand in on another day
	closeTotal    = 0.15 // nearer than this: ask
	offeredWithin = 3.0  // options lie no further behind the best
	sureProvision = 11.5 // at least this score: the text bears on the question
	maxOptions    = 4    // ways on that can be taken in at a glance
	maxAsked      = 2    // questions back in a row
	clearAnswer   = 0.8  // at least this probability: what kind it is must be all but certain
	sureKind      = 0.85 // at least this probability: it is of that kind, whatever was found
	likelyKind    = 0.65 // at least this: it is, where that kind names what a record is about
	maybeKind     = 0.5  // at least this: it is of that kind where no record is clearly meant
	sureUnheld    = 0.6  // at least this: no record of ours is meant, unless
	clearUnheld   = 0.6  // one answers with this probability
	leastKind     = 0.3  // at least this: how to refuse where nothing was found
	leastIdle     = 0.15 // the same where no word of offices, papers or law is said
)

// aboutAPaper are the kinds whose questions name a procedure as often as those who ask how it
// is done: how near a record is tells nothing.
var aboutAPaper = map[string]bool{"case": true, "opinion": true, "strategy": true, "refuse": true, "unreal": true}

// Run sets Choice, or Options with NeedsDetail; neither leaves the law to answer, and
// NoSource ends the turn when nothing bears on the question.
func (s Choose) Run(ctx context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		return s.take(ctx, t, corpus.UnitID(t.Question.Chosen))
	}
	if len(t.Answer.Tasks) > 0 || t.Choice != nil {
		return nil // a turn in life was told of
	}
	if t.Address.Instrument != "" {
		return nil // looked up; of a dead text its life may be asked
	}
	if ended, err := s.cited(ctx, t); ended || err != nil {
		return err
	}
	u, err := s.under(ctx, t)
	if err != nil {
		return err
	}
	if u != nil && t.State.Asked < maxAsked && t.Route != ToRegulation && len(t.Answer.Corrections) == 0 {
		if asked, err := s.ask(ctx, t, u); asked || err != nil {
			return err
		}
	}
	found, err := s.weigh(ctx, t)
	if err != nil {
		return err
	}
	sure := answers(found)
	if impossibleParty(t.Text) {
		t.Answer.Status = NoSource
		return nil
	}
	kind, likely := t.kind()
	_, _, unheld := kinds.of(t.said())
	t.Notes = append(t.Notes, fmt.Sprintf("%s %.2f", kind, likely))
	ofRecord := len(found) > 0 && found[0].full && slices.ContainsFunc(t.Reading.Slots, func(s Slot) bool { return s == Result || s == LegalBasis })
	certain := sure >= clearAnswer && !asksLaw(t.Text) // then the law need not be searched
	if t.Route != ToRegulation && likely < maybeKind && !ofRecord && !certain {
		law, err := s.meansLaw(ctx, t, found, sure)
		if err != nil {
			return err
		}
		if law {
			t.Route = ToRegulation
		}
	}
	byName := len(found) > 0 && found[0].full // who says all of a record's name asks for it
	switch {
	case t.Route == ToRegulation:
	case likely >= sureKind || likely >= maybeKind && sure < clearAnswer && !byName || likely >= likelyKind && aboutAPaper[kind]:
		t.refuse(kind)
		return nil
	case unheld >= sureUnheld && unheld > likely && sure < clearUnheld && !byName:
		t.Answer.Status = NoSource
		return nil
	}
	t.Notes = append(t.Notes, fmt.Sprintf("answers %.2f", sure))
	t.keepBearing()
	byLaw := asksLaw(t.Text) && len(t.Reading.Slots) == 0 // the law answers better than a record named in passing
	switch {
	case t.Route == ToRegulation:
	case sure >= sureAnswer && nearTie(found) && t.State.Asked < maxAsked:
		return s.offer(ctx, t, found)
	case sure >= sureAnswer && (!byLaw || found[0].full):
		return s.takeOnDay(ctx, t, found)
	}
	laws, err := t.laws(ctx)
	if err != nil {
		return err
	}
	lawful := len(laws) > 0
	switch {
	case t.Route == ToRegulation, lawful:
	case sure >= sureAnswer:
		return s.takeOnDay(ctx, t, found)
	case sure >= maybeAnswer && t.State.Asked < maxAsked:
		return s.offer(ctx, t, found)
	case sure >= maybeAnswer:
		return s.takeOnDay(ctx, t, found)
	}
	if !lawful && t.Route != ToRegulation && len(t.Answer.Corrections) == 0 {
		switch {
		case unheld >= leastKind && unheld > likely:
			t.Answer.Status = NoSource
		case kindOutcomes[kind] == Refused || kindOutcomes[kind] == Crisis:
			t.Answer.Status = NoSource
			if likely >= maybeKind {
				t.refuse(kind)
			}
		case likely >= leastKind || likely >= leastIdle && !administrative(t.Text):
			t.refuse(kind)
		case !administrative(t.Text) && !asksLaw(t.Text) && sure < leastAnswer:
			t.Answer.Status = OutOfScope
		default:
			t.Answer.Status = NoSource
		}
	}
	return nil
}

// said are the person's own words, of English ones what they mean.
func (t *Turn) said() string {
	if t.English {
		return t.Text
	}
	return t.Question.Text
}

// kind is what the person's own words are beside a question we answer, and how likely. Who
// asks what a wrong is fined does not ask to do it.
func (t *Turn) kind() (kind string, likely float64) {
	said := t.said()
	kind, likely, _ = kinds.of(said)
	if t.State.Topic != "" && t.Text != t.Question.Text {
		// A remark on what was asked before: what it is together counts.
		kind, likely = t.together(kind, likely)
	}
	switch {
	case kindOutcomes[kind] == Refused && slices.Contains(t.Reading.Slots, Penalty):
		return kind, 0
	case kindOutcomes[kind] == ForeignLaw && likely < sureKind && !abroad(said):
		return kind, 0 // of no other country was anything said
	}
	return kind, likely
}

// together is what a follow-up is with its topic in front, no likelier than alone.
func (t *Turn) together(alone string, likely float64) (string, float64) {
	kind, p, _ := kinds.of(t.Text)
	if kind != alone {
		return kind, 0
	}
	return kind, min(p, likely)
}

// refuse ends the turn with the outcome of a kind.
func (t *Turn) refuse(kind string) {
	t.Answer.Status = kindOutcomes[kind]
	if d, ok := dangers[strings.TrimPrefix(kind, "crisis.")]; ok {
		t.Answer.Text = d.words[0]
		if t.Question.Lang == "en" {
			t.Answer.Text = d.words[1]
		}
	}
}

// administrative reports whether any word of the question belongs to offices, papers or
// the law.
func administrative(text string) bool {
	for _, form := range []cueText{readCues(text), readCues(spelledOut(text))} {
		for _, h := range officeBook.find(form) {
			if h.class != 0 {
				return true
			}
		}
	}
	return false
}

// officeBook knows the words of offices, papers and the law.
var officeBook = newCueBook([]cueRule{{name: "office", all: "publicService"}}, cueTable{
	harmless: scopeCues[harmless],
	"publicService": scopeCues["publicService"] + `, giấy, chứng nhận, xác nhận, công an, xã, phường, nhà nước, cán bộ, cấp, phạt, thẻ, chứng chỉ, bằng, sổ, đơn, tòa, tòa án, chế độ, lương, hưu, mai táng, khai, hộ,
		xe, nhà, xây dựng, đảng viên, công chức, quân sự, học phí, nhập học, trường, vốn, công ty, doanh nghiệp, hỗ trợ, hưởng, nghỉ, con nuôi, giám hộ, hòa giải, tranh chấp, nhãn hiệu, quốc tịch, hộ chiếu, chứng thực, bản sao, tư pháp, lý lịch, giấy chứng sinh, thân nhân, người phụ thuộc, người nước ngoài, thửa, sổ đỏ, thổ cư, vay vốn, trợ giúp, thẩm quyền, khuyết tật, thương binh, liệt sĩ, đấu thầu, giải phóng mặt bằng, bồi thường, thủ tuc, luat, nghi dinh, dieu, khoản, điều`,
})

// nearTie reports whether the two best stand so near each other that choosing would be a
// guess; where one alone is called by its full name it is none.
func nearTie(found []candidate) bool {
	if len(found) > 1 && found[0].full && !found[1].full {
		return false
	}
	return len(found) > 1 && found[0].total-found[1].total < closeTotal
}

// takeOnDay chooses the best record, or the one next to it where that alone holds on the
// day asked. Where neither does, the turn ends and says on which days the best one holds.
func (s Choose) takeOnDay(ctx context.Context, t *Turn, found []candidate) error {
	if err := s.take(ctx, t, found[0].hit.Unit); err != nil || t.Choice == nil {
		return err
	}
	best := *t.Choice
	if best.Prov.Validity.Holds(t.Reading.AsOf) || !t.otherDay() {
		return nil
	}
	for _, c := range found[1:] {
		if found[0].total-c.total > besideTotal {
			break
		}
		if err := s.take(ctx, t, c.hit.Unit); err != nil || t.Choice != nil && t.Choice.Prov.Validity.Holds(t.Reading.AsOf) {
			return err
		}
	}
	t.Choice = nil
	if len(t.Answer.Corrections) > 0 {
		return nil
	}
	if asksLaw(t.Text) || t.Question.Role == Official {
		if laws, err := t.laws(ctx); err != nil || len(laws) > 0 {
			return err // the law of that day can answer
		}
	}
	t.Answer.Status, t.Answer.Text = NotInForce, notOnDay(best, t.Reading.AsOf, t.Question.Lang)
	return nil
}

// notOnDay says on which days a record holds.
func notOnDay(p corpus.Procedure, day civil.Date, lang string) string {
	v := p.Prov.Validity
	from, until := v.From.VN(), ""
	if !v.Until.IsZero() {
		until = v.Until.AddDays(-1).VN()
	}
	if lang == "en" {
		if until != "" {
			until = " to " + until
		}
		return fmt.Sprintf("My record of “%s” holds from %s%s, not on %s, so I do not answer from it.", p.Name, from, until, day.VN())
	}
	if until != "" {
		until = " đến hết " + until
	}
	return fmt.Sprintf("Hướng dẫn tôi có về “%s” chỉ áp dụng từ %s%s, không áp dụng cho ngày %s, nên tôi không dùng để trả lời. Bạn thử hỏi theo ngày khác, hoặc hỏi Trung tâm Phục vụ hành chính công.", p.Name, from, until, day.VN())
}

// take chooses one record. One named by a client that does not exist is no choice.
func (s Choose) take(ctx context.Context, t *Turn, unit corpus.UnitID) error {
	id, ok := strings.CutPrefix(string(unit), "tthc:")
	if !ok {
		t.Answer.Status = NoSource
		return nil
	}
	p, err := s.Library.Procedure(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		t.Answer.Status = NoSource
		return nil
	}
	if err != nil {
		return err
	}
	t.Choice = &p
	return nil
}

// offer asks which of the best is meant, each with what tells it apart.
func (s Choose) offer(ctx context.Context, t *Turn, found []candidate) error {
	if t.otherDay() {
		return s.takeOnDay(ctx, t, found) // of a day that no record holds on there is nothing to ask back
	}
	for _, c := range found[:min(len(found), maxOptions)] {
		if c.total < found[0].total-offeredWithin {
			break
		}
		p, err := s.Library.Procedure(ctx, c.hit.Chunk.Procedure)
		if err != nil {
			return fmt.Errorf("assistant: offer %s: %w", c.hit.Unit, err)
		}
		t.Answer.Options = append(t.Answer.Options, optionOf(p))
	}
	t.Answer.Status = NeedsDetail
	if len(t.Answer.Options) < 2 {
		t.Answer.Options, t.Answer.Status = nil, NoSource
	}
	return nil
}
