package assistant

import (
	"context"
	"errors"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// Address answers a question that names a place in the law by that place: what an article
// says is looked up, not searched for.
type Address struct {
	Library corpus.Library
	// Laws gives the laws by name; nil knows none.
	Laws  func(ctx context.Context) (*LawBook, error)
	Lives Lives
}

// Name of the step in traces.
func (Address) Name() string { return "address" }

// addressed is above every score of a search.
const addressed = 1000.0

// Run sets Address and Laws, or ends the turn when the text has no such place, or not on
// that day. A text that is not held is left to the search.
func (s Address) Run(ctx context.Context, t *Turn) error {
	if t.Question.Chosen != "" {
		return nil
	}
	var book *LawBook
	if s.Laws != nil {
		var err error
		if book, err = s.Laws(ctx); err != nil {
			return err
		}
	}
	p, ok := addressOf(t.Text, book, t.Reading.AsOf)
	if !ok {
		return nil
	}
	if _, err := s.Library.Instrument(ctx, p.Instrument); errors.Is(err, corpus.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	if p.Article == "" {
		return s.whole(ctx, t, p)
	}
	chunks, err := s.Library.Unit(ctx, corpus.UnitOf(corpus.Provision{Instrument: p.Instrument, Article: p.Article}))
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return err
	}
	inside, inForce := 0, []retrieval.Hit{}
	for _, c := range chunks {
		if !p.Covers(c.Provision) && !c.Provision.Covers(p) {
			continue
		}
		if inside++; c.Validity.Holds(t.Reading.AsOf) {
			inForce = append(inForce, retrieval.Hit{Unit: c.Unit, Chunk: c, Score: addressed})
		}
	}
	t.Route = ToRegulation
	if !citesLaw(t.Text) {
		t.Text += " (" + p.Instrument + ")"
	}
	if len(inForce) == 0 && t.Reading.Against.IsZero() {
		t.Answer.Status = NotInForce
		if inside == 0 {
			t.Answer.Status, t.Answer.Text = NoSource, noSuchPlace(p, t.Question.Lang)
		}
		return nil
	}
	t.Address, t.Laws = p, inForce
	return nil
}

// whole is a text named without a place in it: its life can be told without a search, and
// one that is dead on the day is told to be so, with what ended it.
func (s Address) whole(ctx context.Context, t *Turn, p corpus.Provision) error {
	folded := spaced(t.Text)
	for _, cue := range lifeCues {
		if strings.Contains(folded, " "+cue+" ") {
			t.Route, t.Address = ToRegulation, p
			return nil
		}
	}
	lines, alive, err := s.Lives.life(ctx, p, t.Reading.AsOf)
	if err != nil || alive || !t.Reading.Against.IsZero() || len(instrumentsIn(t.Text)) == 0 {
		return err
	}
	t.Answer.Status, t.Answer.Text = NotInForce, strings.Join(lines, " ")+" "+askAgain[0]
	if t.Question.Lang == "en" {
		t.Answer.Text = strings.Join(lines, " ") + " " + askAgain[1]
	}
	return nil
}

// askAgain is the way on from a text that is dead.
var askAgain = [2]string{
	"Tôi không trả lời theo văn bản không có hiệu lực vào ngày hỏi. Bạn hỏi lại không kèm số hiệu để tôi tìm quy định đang áp dụng.",
	"I do not answer from a text that is not in force on the day asked about. Ask again without its number for the rules that apply.",
}

// lifeCues ask whether, since when or until when a text is in force, or what ended it.
var lifeCues = []string{
	"co hieu luc", "con hieu luc", "het hieu luc", "hieu luc tu", "hieu luc khi nao", "hieu luc den", "hieu luc thi hanh", "hieu luc ngay nao",
	"bi thay the", "thay the boi", "van ban nao thay", "bi bai bo", "con dung duoc", "con ap dung", "con gia tri",
}

func noSuchPlace(p corpus.Provision, lang string) string {
	if lang == "en" {
		return "The sources I hold have no " + p.String() + ". Please check the article and the number of the text."
	}
	return "Nguồn tôi đang giữ không có " + p.String() + ". Bạn kiểm tra lại điều, khoản và số hiệu văn bản giúp tôi."
}
