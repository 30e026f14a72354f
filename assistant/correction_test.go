package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// box keeps statements in memory, and lets a test tamper with them.
type box struct {
	mu  sync.Mutex
	all []Statement
}

func (b *box) Post(_ context.Context, s Statement) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = append(b.all, s)
	return nil
}

func (b *box) Statements(context.Context) ([]Statement, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.all), nil
}

// shelf is a library of one procedure and one article.
type shelf struct{}

func (shelf) Instrument(_ context.Context, number string) (corpus.Instrument, error) {
	if corpus.NumberKey(number) != "60/2014/qh13" {
		return corpus.Instrument{}, corpus.ErrNotFound
	}
	return corpus.Instrument{Number: "60/2014/QH13", Title: "Luật Hộ tịch", Validity: corpus.Validity{From: day("2016-01-01")}}, nil
}

func (shelf) Procedure(_ context.Context, id string) (corpus.Procedure, error) {
	if id != "1.001193" && id != "2.000806" {
		return corpus.Procedure{}, corpus.ErrNotFound
	}
	return corpus.Procedure{ID: id, Code: id, Name: "Đăng ký khai sinh"}, nil
}

func (shelf) Chunk(context.Context, corpus.ChunkID) (corpus.Chunk, error) {
	return corpus.Chunk{}, corpus.ErrNotFound
}

func (shelf) Unit(_ context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	if id != "60/2014/qh13#15" && id != "tthc:1.001193" {
		return nil, corpus.ErrNotFound
	}
	return []corpus.Chunk{{ID: "c", Unit: id}}, nil
}

func (shelf) Relations(context.Context, corpus.Provision) (to, from []corpus.Relation, err error) {
	return nil, nil, nil
}

var signedAt = time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)

func book(t *testing.T) (*CorrectionBook, *box) {
	t.Helper()
	signer, err := NewSigner([]byte(strings.Repeat("k", SigningKeySize)))
	if err != nil {
		t.Fatal(err)
	}
	b := &box{}
	return &CorrectionBook{Store: b, Signer: signer, Every: time.Minute}, b
}

func draft() OfficialCorrection {
	return OfficialCorrection{
		Author: "can-bo-01", Office: "Sở Tư pháp thành phố Đà Nẵng", Text: "Lệ phí là 8.000 đồng/lần",
		Basis: []corpus.Provision{{Instrument: "60/2014/QH13", Article: "15"}}, Unit: "tthc:1.001193", Slots: []Slot{Fees},
		Must: []string{"8.000 đồng"}, Validity: corpus.Validity{Until: day("2027-03-01")},
	}
}

func signed(t *testing.T, b *CorrectionBook, c OfficialCorrection) OfficialCorrection {
	t.Helper()
	c, err := b.Sign(t.Context(), shelf{}, c, signedAt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// corrected runs both steps on a turn about the procedure.
func corrected(t *testing.T, b *CorrectionBook, change func(*Turn)) *Turn {
	t.Helper()
	p, _ := shelf{}.Procedure(t.Context(), "1.001193")
	turn := &Turn{Text: "lệ phí khai sinh", Question: Question{AskedAt: signedAt.Add(time.Hour)}, Choice: &p}
	turn.Reading.AsOf, turn.Answer.AsOf = day("2026-11-21"), day("2026-11-21")
	turn.Reading.Slots = []Slot{Fees}
	if change != nil {
		change(turn)
	}
	for _, step := range []Step{Steer{Book: b, Library: shelf{}}, Correct{Book: b}, Prove{Library: shelf{}, Tables: []Table{b, CompetenceTable{}}}} {
		if err := step.Run(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
	}
	return turn
}

func TestACorrectionStandsBeforeTheAnswerWithItsOffice(t *testing.T) {
	b, _ := book(t)
	signed(t, b, draft())
	for _, role := range []Role{Citizen, Official} {
		turn := corrected(t, b, func(x *Turn) {
			x.Question.Role = role
			x.Answer.Corrections = []Correction{{ID: "place", Marks: []int{9}}}
		})
		if len(turn.Answer.Corrections) != 1 { // the place has no citation and falls
			t.Fatalf("%s: corrections %+v", role, turn.Answer.Corrections)
		}
		c := turn.Answer.Corrections[0]
		for _, want := range []string{"Đính chính của Sở Tư pháp thành phố Đà Nẵng", "ký ngày 21/11/2026", "đến hết ngày 28/02/2027", "8.000 đồng/lần.", "Điều 15 Luật 60/2014/QH13"} {
			if !strings.Contains(c.Text, want) {
				t.Errorf("%q lacks %q", c.Text, want)
			}
		}
	}
}

func TestACorrectionKeepsToItsScope(t *testing.T) {
	b, _ := book(t)
	c := draft()
	c.Province, c.Validity.From = "48", day("2026-07-01")
	signed(t, b, c)
	here := func(x *Turn) { x.Reading.ProvinceCode = "48" }
	for name, tc := range map[string]struct {
		change  func(*Turn)
		applies bool
	}{
		"there":          {here, true},
		"overview":       {func(x *Turn) { here(x); x.Reading.Slots = nil }, true},
		"another slot":   {func(x *Turn) { here(x); x.Reading.Slots = []Slot{Papers} }, false},
		"elsewhere":      {func(x *Turn) { x.Reading.ProvinceCode = "01" }, false},
		"nowhere named":  {nil, false},
		"before its day": {func(x *Turn) { here(x); x.Reading.AsOf = day("2026-06-30"); x.Answer.AsOf = x.Reading.AsOf }, false},
		"another record": {func(x *Turn) { here(x); x.Choice = &corpus.Procedure{ID: "2.000806"} }, false},
		"expired since":  {func(x *Turn) { here(x); x.Question.AskedAt = day("2027-03-01").Start() }, false},
	} {
		if got := len(corrected(t, b, tc.change).Answer.Corrections) == 1; got != tc.applies {
			t.Errorf("%s: applied %v; want %v", name, got, tc.applies)
		}
	}
}

func TestATamperedCorrectionIsNotAppliedAndIsTold(t *testing.T) {
	for name, tamper := range map[string]func(*Statement){
		"words":     func(s *Statement) { s.Body = []byte(strings.Replace(string(s.Body), "8.000", "9.000", 1)) },
		"author":    func(s *Statement) { s.Body = []byte(strings.Replace(string(s.Body), "can-bo-01", "can-bo-02", 1)) },
		"expiry":    func(s *Statement) { s.Body = []byte(strings.Replace(string(s.Body), "2027-03-01", "2037-03-01", 1)) },
		"time":      func(s *Statement) { s.Body = []byte(strings.Replace(string(s.Body), "T03:00", "T04:00", 1)) },
		"id":        func(s *Statement) { s.ID = "dc-other" },
		"signature": func(s *Statement) { s.Signature = strings.Repeat("0", 64) },
		"no sign":   func(s *Statement) { s.Signature = "" },
	} {
		b, store := book(t)
		signed(t, b, draft())
		tamper(&store.all[0])
		var told []CorrectionFault
		b.Told = func(f []CorrectionFault) { told = f }
		if turn := corrected(t, b, nil); len(turn.Answer.Corrections) > 0 {
			t.Errorf("%s: applied %+v", name, turn.Answer.Corrections)
		}
		if len(told) != 1 || !told[0].Forged || !strings.Contains(told[0].Why, "chữ ký") {
			t.Errorf("%s: told %+v", name, told)
		}
	}
}

func TestASignatureOfAnotherKindOrKeyIsWorthNothing(t *testing.T) {
	b, store := book(t)
	c := signed(t, b, draft())
	store.all[0].Kind = WithdrawalKind // a correction passed off as something else
	if _, err := b.Faults(t.Context(), signedAt); err != nil {
		t.Fatal(err)
	}
	if live, err := b.Live(t.Context(), signedAt); err != nil || len(live) > 0 {
		t.Errorf("%v, %v", live, err)
	}
	store.all[0].Kind = CorrectionKind
	b.Signer.key = []byte(strings.Repeat("x", SigningKeySize))
	faults, err := b.Faults(t.Context(), signedAt)
	if err != nil || len(faults) != 1 || faults[0].ID != c.ID || !faults[0].Forged {
		t.Errorf("%v, %v", faults, err)
	}
	if _, err := NewSigner([]byte("short")); err == nil {
		t.Error("a short key signs")
	}
}

func TestAnExpiredCorrectionIsToldAndNotApplied(t *testing.T) {
	b, _ := book(t)
	signed(t, b, draft())
	later := day("2027-03-01").Start()
	faults, err := b.Faults(t.Context(), later)
	if err != nil || len(faults) != 1 || faults[0].Forged || !strings.Contains(faults[0].Why, "01/03/2027") {
		t.Errorf("%+v, %v", faults, err)
	}
	if live, err := b.Live(t.Context(), later); err != nil || len(live) > 0 {
		t.Errorf("%+v, %v", live, err)
	}
}

func TestAWithdrawnCorrectionIsGoneAtOnce(t *testing.T) {
	b, _ := book(t)
	c := signed(t, b, draft())
	if err := b.Withdraw(t.Context(), c.ID, "can-bo-02", "nhầm", signedAt.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if turn := corrected(t, b, nil); len(turn.Answer.Corrections) > 0 {
		t.Errorf("applied %+v", turn.Answer.Corrections)
	}
	if err := b.Withdraw(t.Context(), c.ID, "can-bo-02", "", signedAt.Add(time.Hour)); !errors.Is(err, ErrNotKept) {
		t.Errorf("withdrawn twice: %v", err)
	}
}

func TestACorrectedQuestionIsAnsweredWhereThereWasNothing(t *testing.T) {
	b, _ := book(t)
	c := draft()
	c.Unit, c.Slots, c.Question = "", nil, "chơi flycam ở công viên phải xin ai"
	signed(t, b, c)
	ask := func(text string) *Turn {
		return corrected(t, b, func(x *Turn) { x.Text, x.Choice = text, nil })
	}
	for text, answered := range map[string]bool{
		"choi flycam o cong vien phai xin ai": true, "Chơi flycam ở công viên thì phải xin ai ạ?": true, "chơi bóng ở công viên phải xin ai": false, "flycam": false,
	} {
		turn := ask(text)
		if got := turn.Answer.Status == Answered && strings.Contains(turn.Answer.Text, "8.000 đồng"); got != answered {
			t.Errorf("%q: %s %q; answered %v", text, turn.Answer.Status, turn.Answer.Text, answered)
		}
	}
}

func TestACorrectedQuestionLeadsToTheRightRecord(t *testing.T) {
	b, _ := book(t)
	c := draft()
	c.Unit, c.Question, c.Procedure = "", "làm giấy cho con với chồng tây", "2.000806"
	signed(t, b, c)
	turn := corrected(t, b, func(x *Turn) { x.Text = "lam giay cho con voi chong tay" })
	if turn.Question.Chosen != "tthc:2.000806" {
		t.Errorf("chose %q", turn.Question.Chosen)
	}
	turn = corrected(t, b, func(x *Turn) { x.Text = "lam giay cho con voi chong tay"; x.Question.Chosen = "tthc:1.001193" })
	if turn.Question.Chosen != "tthc:1.001193" {
		t.Errorf("a person's own choice was changed to %q", turn.Question.Chosen)
	}
}

func TestAnIncompleteCorrectionIsNotSigned(t *testing.T) {
	for name, spoil := range map[string]func(*OfficialCorrection){
		"author": func(c *OfficialCorrection) { c.Author = "Nguyễn Văn A" }, "office": func(c *OfficialCorrection) { c.Office = " " },
		"text": func(c *OfficialCorrection) { c.Text = "" }, "basis": func(c *OfficialCorrection) { c.Basis = nil },
		"no expiry": func(c *OfficialCorrection) { c.Validity.Until = civil.Date{} }, "expired": func(c *OfficialCorrection) { c.Validity.Until = day("2026-11-21") },
		"forever": func(c *OfficialCorrection) { c.Validity.Until = day("2028-01-01") }, "late start": func(c *OfficialCorrection) { c.Validity.From = day("2027-03-01") },
		"scope": func(c *OfficialCorrection) { c.Unit = "" }, "province": func(c *OfficialCorrection) { c.Province = "777" }, "slot": func(c *OfficialCorrection) { c.Slots = []Slot{"x"} },
		"fact not in it": func(c *OfficialCorrection) { c.Must = []string{"9.000 đồng"} }, "forbidden in it": func(c *OfficialCorrection) { c.Never = []string{"8.000"} },
		"personal": func(c *OfficialCorrection) { c.Text = "Gọi 0912345678, lệ phí 8.000 đồng" }, "link": func(c *OfficialCorrection) { c.Text = "Xem https://x.vn: 8.000 đồng" },
		"no such article": func(c *OfficialCorrection) { c.Basis[0].Article = "999" },
	} {
		b, store := book(t)
		c := draft()
		spoil(&c)
		_, err := b.Sign(t.Context(), shelf{}, c, signedAt)
		if err == nil || len(store.all) > 0 {
			t.Errorf("%s: signed", name)
		}
	}
}

func TestAForgedCitationOfACorrectionFalls(t *testing.T) {
	b, _ := book(t)
	c := signed(t, b, draft())
	good := c.citation()
	a := Answer{AsOf: day("2026-11-21")}
	if _, err := b.Live(t.Context(), signedAt); err != nil || !b.Stands(good, a) {
		t.Fatalf("the right citation does not stand (%v)", err)
	}
	for name, forge := range map[string]func(*Citation){
		"words":  func(x *Citation) { x.Quote += " Nộp thêm 1 đồng."; x.SHA256 = digest(x.Quote) },
		"digest": func(x *Citation) { x.SHA256 = digest("x") },
		"id":     func(x *Citation) { x.Chunk = correctionChunk + "dc-none" },
	} {
		x := good
		forge(&x)
		if b.Stands(x, a) {
			t.Errorf("%s: stands", name)
		}
	}
	if b.Stands(good, Answer{AsOf: day("2027-03-01")}) {
		t.Error("stands after its last day")
	}
}

func TestACorrectionOfSomethingWeDoNotHoldIsNotSigned(t *testing.T) {
	b, _ := book(t)
	c := draft()
	c.Unit = "tthc:9.9"
	var problem *CorrectionError
	if _, err := b.Sign(t.Context(), shelf{}, c, signedAt); !errors.As(err, &problem) || !strings.Contains(problem.Problem, "tthc:9.9") {
		t.Errorf("signed: %v", err)
	}
}
