package assistant

import (
	"context"
	"errors"
	"fmt"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/parse"
	"github.com/motcua/motcua/retrieval"
)

// cited handles a question that names an instrument by its number: only that text may
// answer. One that we do not hold, that has ended or that has no such article ends the
// turn and says so; ended is then true.
func (s Choose) cited(ctx context.Context, t *Turn) (ended bool, err error) {
	var named []corpus.Provision
	for _, m := range parse.References(t.Text, corpus.Provision{}) {
		for _, p := range m.Provisions {
			if p.Instrument != "" {
				named = append(named, p)
			}
		}
	}
	if len(named) == 0 {
		return false, nil
	}
	var last *refusal
	var laws []retrieval.Hit
	for _, p := range named {
		hits, no, err := s.textOf(ctx, t, p)
		if err != nil {
			return false, err
		}
		laws = append(laws, hits...)
		if no != nil {
			last = no
		}
	}
	if len(laws) == 0 && last != nil {
		t.Answer.Status, t.Answer.Text = last.status, last.words(t.Question.Lang)
		return true, nil
	}
	if len(laws) > 0 {
		t.Laws = laws
	}
	return false, nil
}

// refusal is an outcome with words of its own.
type refusal struct {
	status Status
	vi, en string
}

func (r refusal) words(lang string) string {
	if lang == "en" {
		return r.en
	}
	return r.vi
}

// textOf finds what of the provisions found belongs to p, or the unit of p itself, or says
// why there is none.
func (s Choose) textOf(ctx context.Context, t *Turn, p corpus.Provision) ([]retrieval.Hit, *refusal, error) {
	whole := corpus.Provision{Instrument: p.Instrument}
	in, err := s.Library.Instrument(ctx, p.Instrument)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil, &refusal{
			NoSource, fmt.Sprintf("Tôi không có văn bản nào mang số %s, nên không trả lời về văn bản này. Bạn xem lại số hiệu, hoặc tra tại vbpl.vn.", p.Instrument),
			fmt.Sprintf("I hold no text numbered %s and will not answer about it. Please check the number, or look on vbpl.vn.", p.Instrument),
		}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	if !in.Validity.Holds(t.Reading.AsOf) {
		no, err := s.notThen(ctx, t, in)
		return nil, no, err
	}
	at := corpus.Provision{Instrument: p.Instrument, Article: p.Article, Annex: p.Annex}
	var out []retrieval.Hit
	found, err := t.laws(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, h := range found {
		if at.Covers(h.Chunk.Provision) {
			out = append(out, h)
		}
	}
	if len(out) > 0 || at == whole {
		return out, nil, nil
	}
	chunks, err := s.Library.Unit(ctx, corpus.UnitOf(at))
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return nil, nil, err
	}
	for _, c := range chunks {
		if at.Covers(c.Provision) && c.Validity.Holds(t.Reading.AsOf) {
			return []retrieval.Hit{{Unit: c.Unit, Chunk: c, Score: sureProvision}}, nil, nil
		}
	}
	return nil, &refusal{
		NoSource, fmt.Sprintf("Tôi có %s (%s) nhưng không có %s trong kho, nên không trả lời. Bạn xem lại số điều, hoặc tra toàn văn tại vbpl.vn.", whole, in.Title, at),
		fmt.Sprintf("I hold %s but not %s. Please check the article, or read the full text on vbpl.vn.", p.Instrument, at),
	}, nil
}

// notThen says that an instrument is not in force on the day asked, since when, and what
// replaced it.
func (s Choose) notThen(ctx context.Context, t *Turn, in corpus.Instrument) (*refusal, error) {
	name := corpus.Provision{Instrument: in.Number}.String()
	day := t.Reading.AsOf
	if day.Before(in.Validity.From) {
		return &refusal{
			NotInForce, fmt.Sprintf("%s chỉ có hiệu lực từ %s, nên chưa áp dụng vào ngày %s.", name, in.Validity.From.VN(), day.VN()),
			fmt.Sprintf("%s is in force only from %s.", in.Number, in.Validity.From.VN()),
		}, nil
	}
	vi := fmt.Sprintf("%s hết hiệu lực từ %s, nên tôi không dùng để trả lời cho ngày %s.", name, in.Validity.Until.VN(), day.VN())
	en := fmt.Sprintf("%s ended on %s and is not used to answer for the day asked.", in.Number, in.Validity.Until.VN())
	to, _, err := s.Library.Relations(ctx, corpus.Provision{Instrument: in.Number})
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return nil, err
	}
	for _, r := range to {
		if r.Kind == corpus.Replaces && wholeText(r.To) {
			by := corpus.Provision{Instrument: r.From.Instrument}.String()
			vi += fmt.Sprintf(" Văn bản thay thế: %s. Bạn có thể hỏi lại theo văn bản này.", by)
			en += fmt.Sprintf(" It was replaced by %s.", r.From.Instrument)
			break
		}
	}
	return &refusal{NotInForce, vi, en}, nil
}
