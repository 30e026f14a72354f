package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Lives tells since when and until when a text is in force, and what a place in it said on
// two days. What it says is made from the library and made again when it is proved; it is
// a Table.
type Lives struct {
	Library  corpus.Library
	Comparer Comparer
}

// How the citations of this table are named.
const (
	lifeChunk    = "life:"
	compareChunk = "compare:"
)

// Cites implements Table.
func (l Lives) Cites(c Citation) bool {
	return strings.HasPrefix(string(c.Chunk), lifeChunk) || strings.HasPrefix(string(c.Chunk), compareChunk)
}

// Stands implements Table: the words are those that the library gives today.
func (l Lives) Stands(c Citation, a Answer) bool {
	if digest(c.Quote) != c.SHA256 {
		return false
	}
	ctx := context.Background() // the table is asked without one; it reads what is at hand
	if _, days, two := strings.Cut(string(c.Chunk), "@"); two {
		first, second, _ := strings.Cut(days, "..")
		from, err1 := civil.Parse(first)
		to, err2 := civil.Parse(second)
		if err1 != nil || err2 != nil || to != a.AsOf {
			return false
		}
		made, err := l.compared(ctx, c.Provision, from, to)
		return err == nil && made.citation().Quote == c.Quote
	}
	lines, _, err := l.life(ctx, c.Provision, a.AsOf)
	return err == nil && strings.Join(lines, "\n") == c.Quote
}

// life is what is known of the days of a whole text, a sentence a line, and whether it
// applies on the day.
func (l Lives) life(ctx context.Context, p corpus.Provision, on civil.Date) (lines []string, alive bool, err error) {
	in, err := l.Library.Instrument(ctx, p.Instrument)
	if err != nil {
		return nil, false, err
	}
	to, _, err := l.Library.Relations(ctx, p)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return nil, false, err
	}
	name := FullReference(p, in)
	if !in.Validity.From.IsZero() {
		lines = append(lines, name+" có hiệu lực từ ngày "+in.Validity.From.VN()+".")
	}
	s := corpus.StatusOn(p, in.Validity, to, on)
	state := "Vào ngày " + on.VN() + ", " + name + " " + stateWords[s.State]
	switch {
	case s.Applies() && !s.Until.IsZero():
		state += " đến hết ngày " + s.Until.AddDays(-1).VN()
	case !s.Applies() && !s.Since.IsZero() && s.State != corpus.NotYet:
		state += " từ ngày " + s.Since.VN()
	}
	lines = append(lines, state+".")
	for _, r := range to {
		if changes(r) && wholeText(r.To) && !r.Effective.IsZero() && !toldBetter(r, to) {
			lines = append(lines, changeWords[r.Kind]+" "+amendedBy(r)+".")
		}
	}
	return dedupeLines(lines), s.Applies(), nil
}

// toldBetter reports whether the same end of the text is known with the article that
// brought it.
func toldBetter(r corpus.Relation, all []corpus.Relation) bool {
	ends := func(r corpus.Relation) bool { return r.Kind == corpus.Replaces || r.Kind == corpus.Repeals }
	return ends(r) && r.From.Article == "" && slices.ContainsFunc(all, func(o corpus.Relation) bool {
		return ends(o) && o.From.Article != "" && wholeText(o.To) && corpus.NumberKey(o.From.Instrument) == corpus.NumberKey(r.From.Instrument)
	})
}

var changeWords = map[corpus.RelationKind]string{
	corpus.Replaces: "Bị thay thế bởi", corpus.Repeals: "Bị bãi bỏ bởi", corpus.Amends: "Được sửa đổi, bổ sung bởi", corpus.Suspends: "Bị tạm ngưng bởi",
}

func dedupeLines(lines []string) (out []string) {
	for _, line := range lines {
		out = appendNew(out, line)
	}
	return out
}

// twoDays is a place in the law on two days, in words.
type twoDays struct {
	Comparison
	summary       []string
	gone, come    []string // lines that stand on one of the days only
	kept          []string
	first, second civil.Date
}

func (l Lives) compared(ctx context.Context, p corpus.Provision, first, second civil.Date) (twoDays, error) {
	c, err := l.Comparer.Compare(ctx, p, first, second)
	if err != nil {
		return twoDays{}, err
	}
	out := twoDays{Comparison: c, first: first, second: second}
	for s := range strings.SplitSeq(c.Summary, ". ") {
		if s = strings.TrimSuffix(strings.TrimSpace(s), "."); s != "" {
			out.summary = append(out.summary, s+".")
		}
	}
	changed := c.Lines
	if changed == nil {
		changed = append(onlyLines(InFirst, c.First.Text), onlyLines(InSecond, c.Second.Text)...)
	}
	for _, x := range changed {
		switch x.Text = strings.TrimSpace(x.Text); {
		case x.Text == "":
		case x.Kind == InFirst:
			out.gone = append(out.gone, x.Text)
		case x.Kind == InSecond:
			out.come = append(out.come, x.Text)
		default:
			out.kept = append(out.kept, x.Text)
		}
	}
	return out, nil
}

func onlyLines(kind LineKind, text string) (out []LineChange) {
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, LineChange{kind, line})
	}
	return out
}

// citation quotes everything that the comparison says.
func (c twoDays) citation() Citation {
	quote := strings.Join(append(append(append(append([]string{}, c.summary...), c.gone...), c.come...), c.kept...), "\n")
	return Citation{
		Chunk: corpus.ChunkID(compareChunk + c.Provision.Key() + "@" + c.first.String() + ".." + c.second.String()),
		Unit:  corpus.UnitOf(c.Provision), Provision: c.Provision, Label: c.Reference, Title: c.Heading,
		Quote: quote, SHA256: digest(quote), URL: c.Second.Source.URL,
		Digest: c.First.Kind == OurDigest || c.Second.Kind == OurDigest,
	}
}

// life answers about the days of a text, or about a place in it on two days.
func (s Compose) life(ctx context.Context, t *Turn) error {
	mark := len(t.Answer.Citations) + 1
	say := func(frame bool, lines ...string) {
		for _, line := range lines {
			x := Sentence{Text: line, Slot: LegalBasis, Frame: frame}
			if !frame {
				x.Marks = []int{mark}
			}
			t.Answer.Sentences = append(t.Answer.Sentences, x)
		}
	}
	if t.Address.Article == "" && t.Reading.Against.IsZero() {
		lines, _, err := s.Lives.life(ctx, t.Address, t.Answer.AsOf)
		if err != nil {
			return err
		}
		quote := strings.Join(lines, "\n")
		t.Answer.Citations = append(t.Answer.Citations, Citation{
			Mark: mark, Chunk: corpus.ChunkID(lifeChunk + t.Address.Key()), Unit: corpus.UnitOf(t.Address), Provision: t.Address,
			Label: t.Address.String(), Title: "Hiệu lực", Quote: quote, SHA256: digest(quote),
		})
		say(false, lines...)
		return nil
	}
	c, err := s.Lives.compared(ctx, t.Address, t.Reading.Against, t.Answer.AsOf)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	cited := c.citation()
	cited.Mark = mark
	t.Answer.Citations = append(t.Answer.Citations, cited)
	say(true, c.Reference+", hai ngày:")
	say(false, c.summary...)
	for _, part := range []struct {
		head  string
		lines []string
	}{{"Chỉ có vào ngày " + c.first.VN() + ":", c.gone}, {"Chỉ có vào ngày " + c.second.VN() + ":", c.come}} {
		if len(part.lines) > 0 {
			say(true, part.head)
			say(false, part.lines...)
		}
	}
	if len(c.gone)+len(c.come) == 0 && len(c.kept) > 0 {
		say(true, "Lời văn cả hai ngày:")
		say(false, c.kept...)
	}
	return nil
}
