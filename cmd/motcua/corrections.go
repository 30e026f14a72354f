package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// correctionsCommand is what officials do with corrections, for those at the terminal.
type correctionsCommand struct {
	List   correctionsList   `cmd:"" help:"${corrections_list_help}" default:"1"`
	Sign   correctionsSign   `cmd:"" help:"${corrections_sign_help}"`
	Expire correctionsExpire `cmd:"" help:"${corrections_expire_help}"`
}

type correctionsList struct {
	JSON bool `help:"${json_help}"`
}

// Run lists the corrections in force, then those that are not applied and why.
func (c *correctionsList) Run(e *environment) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	live, err := a.Corrections(e.ctx)
	if err != nil {
		return err
	}
	faults, err := a.CorrectionFaults(e.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(e.out, map[string]any{"corrections": live, "not_applied": faults})
	}
	p := printer{w: e.out, lang: e.cfg.Lang}
	for _, x := range live {
		p.line("%s  %s – %s (%s %s)", x.ID, x.Text, x.Office, say(p.lang, "until"), x.Validity.Until.AddDays(-1).VN())
	}
	for _, f := range faults {
		p.line("%s  %s: %s", f.ID, say(p.lang, "not_applied"), f.Why)
	}
	if len(live)+len(faults) == 0 {
		p.line("%s", say(p.lang, "no_corrections"))
	}
	return nil
}

type correctionsSign struct {
	Text     string   `arg:"" help:"${correction_text_help}"`
	By       string   `required:"" help:"${correction_by_help}"`
	Office   string   `required:"" help:"${correction_office_help}"`
	Basis    []string `required:"" help:"${correction_basis_help}"`
	Unit     string   `help:"${correction_unit_help}"`
	Question string   `help:"${correction_question_help}"`
	Must     []string `help:"${correction_must_help}"`
	Until    string   `required:"" help:"${correction_until_help}"`
}

// Run signs a correction with the key in the data folder.
func (c *correctionsSign) Run(e *environment) (err error) {
	until, err := parseDay(c.Until, e.cfg.Lang)
	if err != nil {
		return err
	}
	today := civil.On(time.Now())
	signed := assistant.OfficialCorrection{
		Author: c.By, Office: c.Office, Text: c.Text, Unit: corpus.UnitID(c.Unit), Question: c.Question, Must: c.Must,
		Validity: corpus.Validity{From: today, Until: until},
	}
	for _, b := range c.Basis {
		at, err := corpus.ParseAddress(strings.TrimSpace(b))
		if err != nil {
			return &usageError{err}
		}
		signed.Basis = append(signed.Basis, at)
	}
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	if signed, err = a.SignCorrection(e.ctx, signed); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.out, signed.ID)
	return err
}

type correctionsExpire struct {
	ID   string `arg:"" help:"${correction_id_help}"`
	By   string `required:"" help:"${correction_by_help}"`
	Note string `help:"${correction_note_help}"`
}

// Run ends a correction at once; what was signed stays on record.
func (c *correctionsExpire) Run(e *environment) (err error) {
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	return a.WithdrawCorrection(e.ctx, c.ID, c.By, c.Note)
}
