package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

type searchCommand struct {
	AsOf   string   `name:"as-of" help:"${asof_help}" placeholder:"DATE"`
	Agency string   `help:"${agency_help}" placeholder:"A"`
	Type   string   `help:"${type_help}" placeholder:"T"`
	Level  string   `help:"${level_help}" placeholder:"L" enum:",central,province,commune" default:""`
	For    string   `help:"${for_help}" placeholder:"W" enum:",citizen,business,organisation,foreigner" default:""`
	Place  string   `help:"${search_place_help}" placeholder:"P"`
	Inside bool     `help:"${inside_help}"`
	Limit  int      `help:"${limit_help}" default:"10"`
	JSON   bool     `help:"${json_help}"`
	Query  []string `arg:"" help:"${query_help}"`
}

// Run prints ranked passages, each with its explanation.
func (c *searchCommand) Run(e *environment) (err error) {
	day, err := parseDay(c.AsOf, e.cfg.Lang)
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = civil.On(time.Now())
	}
	filter, err := c.filter(e.cfg.Lang)
	if err != nil {
		return err
	}
	a, err := open(e)
	if err != nil {
		return err
	}
	defer closing(a, &err)
	q := retrieval.Query{Text: strings.Join(c.Query, " "), InForceOn: day, Limit: c.Limit, Filter: filter}
	hits, err := a.Search(e.ctx, q)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(e.out, searchResult{Query: q.Text, AsOf: day, Hits: found(hits)})
	}
	printHits(e.out, e.cfg.Lang, day, hits)
	return nil
}

func (c *searchCommand) filter(lang string) (f retrieval.Filter, err error) {
	f.Official = c.Inside
	if c.Level != "" {
		f.Levels = []corpus.Level{corpus.Level(c.Level)}
	}
	if c.For != "" {
		f.Audiences = []corpus.Audience{corpus.Audience(c.For)}
	}
	if c.Place != "" {
		code := provinceToday(c.Place)
		if code == "" {
			return f, &usageError{fmt.Errorf(say(lang, "bad_place"), c.Place)}
		}
		f.Places = []string{code}
	}
	if c.Agency != "" {
		f.Issuers = []string{c.Agency}
	}
	switch t := strings.ToLower(c.Type); t {
	case "":
	case "thủ tục", "thu tuc", "procedure":
		f.Only = retrieval.OnlyProcedures
	default:
		f.Types = []corpus.InstrumentType{corpus.TypeNamed(c.Type)}
		if f.Types[0] == corpus.Other {
			f.Types[0] = corpus.InstrumentType(t)
		}
	}
	return f, nil
}

// provinceToday is the code of today's province that a place lies in; "" when it is unknown.
func provinceToday(name string) string {
	for _, m := range place.Find(name) {
		now := place.Today(m.Unit)
		switch {
		case len(now) == 0:
		case now[0].Unit.Level == place.ProvinceLevel:
			return now[0].Unit.Code
		default:
			return now[0].Unit.Province
		}
	}
	return ""
}

// searchResult is the JSON of `motcua search`, documented in docs/json.md.
type searchResult struct {
	Query string     `json:"query"`
	AsOf  civil.Date `json:"as_of"`
	Hits  []foundHit `json:"hits"`
}

type foundHit struct {
	Rank  int                `json:"rank"`
	Score float64            `json:"score"`
	Chunk corpus.Chunk       `json:"chunk"`
	Why   []retrieval.Reason `json:"why"`
	Twins []corpus.UnitID    `json:"twins,omitempty"`
}

func found(hits []retrieval.Hit) []foundHit {
	out := make([]foundHit, len(hits))
	for i, h := range hits {
		out[i] = foundHit{Rank: i + 1, Score: h.Score, Chunk: h.Chunk, Why: h.Why, Twins: h.Twins}
	}
	return out
}

func printHits(w io.Writer, lang string, day civil.Date, hits []retrieval.Hit) {
	p := printer{w: w, lang: lang}
	if len(hits) == 0 {
		p.line(say(lang, "no_hits"), day.VN())
		return
	}
	for i, h := range hits {
		place := h.Chunk.Provision.String()
		if h.Chunk.Procedure != "" {
			place = "Thủ tục " + h.Chunk.Procedure
		}
		p.line("%2d. %s – %s", i+1, place, h.Chunk.Title)
		if len(h.Chunk.Headings) > 0 {
			p.line("    %s", strings.Join(h.Chunk.Headings, " › "))
		}
		kind := ""
		if h.Chunk.Digest {
			kind = " (" + say(lang, "digest") + ")"
		}
		p.line("    %s%s", p.days(h.Chunk.Validity), kind)
		p.line("    %s", clip(h.Chunk.Text, 220))
		p.line("    %.3f %s %s", h.Score, say(lang, "why"), reasons(h.Why))
	}
}

// clip shortens at a word for the eye; the JSON form is never shortened.
func clip(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := strings.LastIndexByte(string(runes[:most]), ' ')
	return s[:cut] + " …"
}

func reasons(why []retrieval.Reason) string {
	var parts []string
	for _, r := range why {
		name := r.Retriever
		if r.Field != "" {
			name += "/" + r.Field
		}
		if len(r.Words) > 0 {
			name += " «" + strings.Join(r.Words, ", ") + "»"
		}
		parts = append(parts, fmt.Sprintf("%s %+.2f", name, r.Share))
	}
	return strings.Join(parts, "; ")
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
