package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/civil"
)

type askCommand struct {
	AsOf     string   `name:"as-of" help:"${asof_help}" placeholder:"DATE"`
	Place    string   `help:"${place_help}" placeholder:"TEXT"`
	Role     string   `help:"${role_help}" enum:"citizen,official" default:"citizen"`
	JSON     bool     `help:"${json_help}"`
	Question []string `arg:"" help:"${question_help}"`
}

// Run prints one answer.
func (c *askCommand) Run(e *environment) (err error) {
	day, err := parseDay(c.AsOf, e.cfg.Lang)
	if err != nil {
		return err
	}
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	answer, err := a.Ask(e.ctx, assistant.Question{
		Text: strings.Join(c.Question, " "), AskedAt: time.Now(), InForceOn: day, Place: c.Place,
		Role: assistant.Role(c.Role), Cleared: c.Role == string(assistant.Official), Channel: "cli", Lang: e.cfg.Lang,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(e.out, answer)
	}
	printAnswer(e.out, e.cfg.Lang, answer)
	return nil
}

// always are options of every command; tests of the whole program set its clock with them.
var always []app.Option

// open builds the service and says so when the first start takes a moment.
func open(e *environment, options ...app.Option) (*app.App, error) {
	options = append(options, always...)
	told := app.Notify(func() { _, _ = fmt.Fprintln(e.errs, say(e.cfg.Lang, "first_start")) })
	return app.New(e.ctx, e.cfg, e.log, append(options, told)...)
}

// closing closes the service when a command ends and keeps the fault of either.
func closing(a io.Closer, err *error) { *err = errors.Join(*err, a.Close()) }

func parseDay(s, lang string) (civil.Date, error) {
	if d, err := civil.Parse(s); err == nil {
		return d, nil
	}
	d, err := civil.ParseVN(s)
	if err != nil {
		return d, &usageError{fmt.Errorf(say(lang, "bad_date"), s)}
	}
	return d, nil
}

func printAnswer(w io.Writer, lang string, a assistant.Answer) {
	p := printer{w: w, lang: lang}
	p.line("%s: %s", say(lang, "asof_label"), a.AsOf.VN())
	for _, c := range a.Corrections {
		p.line("\n! %s", c.Text)
	}
	switch {
	case a.Card != nil && len(a.Card.Sections) > 0:
		for _, x := range a.Decides() {
			p.line("\n%s [%d]", x.Text, x.Marks[0])
		}
		p.card(a)
		p.explained(a)
		for _, note := range a.Notes {
			p.line("\n%s", note)
		}
	default:
		p.line("\n%s", a.Text)
	}
	p.options(say(lang, "options"), a.Options)
	p.options(say(lang, "related"), a.Related)
	p.citations(a.Citations)
	p.line("\n%s", a.Disclosure)
}

type printer struct {
	w    io.Writer
	lang string
}

func (p printer) line(format string, args ...any) { _, _ = fmt.Fprintf(p.w, format+"\n", args...) }

func (p printer) card(a assistant.Answer) {
	card := a.Card
	p.line("\n%s", strings.ToUpper(card.Name))
	if card.Doubt != "" {
		p.line("(%s: %s)", say(p.lang, "doubt"), card.Doubt)
	}
	for _, sec := range card.Sections {
		p.section(sec)
	}
	if len(card.Incomplete) > 0 {
		p.line("\n%s: %s", say(p.lang, "incomplete"), strings.Join(card.Incomplete, ", "))
	}
	p.line("\n%s: %s (%s: %s)", say(p.lang, "verified"), card.VerifiedOn.VN(), say(p.lang, "confidence"), say(p.lang, string(card.Confidence)))
	if card.URL != "" {
		p.line("%s", card.URL)
	}
}

// explained are the sentences of a language model, which no card holds.
func (p printer) explained(a assistant.Answer) {
	for _, x := range a.Sentences {
		if x.Slot == assistant.Explanation {
			p.line("\n%s %s", x.Text, strings.Trim(fmt.Sprint(x.Marks), ""))
		}
	}
}

func (p printer) section(sec assistant.Section) {
	p.line("\n%s", sec.Title)
	group := ""
	for _, l := range sec.Lines {
		indent := "  "
		if l.Case != group && l.Case != "" {
			p.line("  %s:", strings.TrimRight(l.Case, ":"))
		}
		if group = l.Case; group != "" {
			indent = "    "
		}
		text := indent + "• " + l.Text + fmt.Sprintf(" [%d]", l.Mark)
		if l.Doubt != "" {
			text += " (" + say(p.lang, "doubt") + ": " + l.Doubt + ")"
		}
		p.line("%s", text)
	}
	if len(sec.Basis) > 0 {
		p.line("    %s: %s", say(p.lang, "basis"), strings.Join(sec.Basis, "; "))
	}
}

func (p printer) options(title string, options []assistant.Option) {
	if len(options) == 0 {
		return
	}
	p.line("\n%s:", title)
	for i, o := range options {
		hint := ""
		if o.Hint != "" {
			hint = " – " + o.Hint
		}
		p.line("  %d. %s%s", i+1, o.Label, hint)
	}
}

// citations lists the sources; those of one procedure stand on one line.
func (p printer) citations(all []assistant.Citation) {
	if len(all) == 0 {
		return
	}
	p.line("\n%s:", say(p.lang, "sources"))
	for i := 0; i < len(all); {
		c := all[i]
		marks := fmt.Sprintf("[%d]", c.Mark)
		for i++; i < len(all) && c.Procedure != "" && all[i].Procedure == c.Procedure; i++ {
			marks += fmt.Sprintf("[%d]", all[i].Mark)
		}
		kind := ""
		if c.Digest {
			kind = ", " + say(p.lang, "digest")
		}
		p.line("  %s %s – %s (%s%s)", marks, c.Label, c.Title, p.cited(c), kind)
	}
}

// cited tells when the words cited are in force; what is told of a text itself has no days.
func (p printer) cited(c assistant.Citation) string {
	switch {
	case c.Validity == (corpus.Validity{}):
		return "cho ngày hỏi"
	case !c.On.IsZero():
		return p.days(c.Validity) + ", dẫn cho ngày " + c.On.VN()
	}
	return p.days(c.Validity)
}

// days tells a span as "hiệu lực từ 01/01/2016".
func (p printer) days(v corpus.Validity) string {
	from := say(p.lang, "unknown_from")
	if !v.From.IsZero() {
		from = v.From.VN()
	}
	text := say(p.lang, "in_force") + " " + say(p.lang, "from") + " " + from
	if !v.Until.IsZero() {
		text += " " + say(p.lang, "until") + " " + v.Until.AddDays(-1).VN()
	}
	return text
}
