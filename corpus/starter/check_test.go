package starter

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// sound returns a record without fault, to be spoilt in one place.
func sound() corpus.Procedure {
	return corpus.Procedure{
		Code: "1.000001", ID: "1.000001", Name: "Thử", Field: "Hộ tịch", Levels: []corpus.Level{corpus.Commune},
		Who: []string{"Công dân"}, Body: []corpus.Authority{{Name: "UBND cấp xã", Level: corpus.Commune}},
		Where: []corpus.Place{{Channel: corpus.InPerson, Text: "UBND cấp xã"}}, Steps: []string{"Nộp hồ sơ."},
		Dossier: []corpus.Paper{{Name: "Tờ khai", Originals: 1}}, Fees: []corpus.Fee{{Free: true}},
		Times: []corpus.TimeLimit{{Count: 3, Unit: corpus.Workdays}}, Results: []corpus.Result{{Name: "Giấy"}},
		Basis:  []corpus.Basis{{Provision: corpus.Provision{Instrument: "60/2014/QH13"}}},
		Prov:   corpus.Provenance{Source: "nguồn", VerifiedOn: civil.New(2026, 11, 21), Confidence: corpus.High},
		Source: corpus.Source{SHA256: strings.Repeat("0", 64)}, Digest: true,
	}
}

func TestASoundRecordHasNoFault(t *testing.T) {
	if faults := Check(sound()); len(faults) != 0 {
		t.Fatalf("faults: %v", faults)
	}
}

func TestEachRuleOfTheCheckCatchesItsFault(t *testing.T) {
	low := &corpus.Provenance{Source: "nguồn", VerifiedOn: civil.New(2026, 11, 21), Confidence: corpus.Low}
	cases := map[string]struct {
		spoil func(*corpus.Procedure)
		field string
	}{
		"no id":                       {func(p *corpus.Procedure) { p.ID = "" }, "id"},
		"no name":                     {func(p *corpus.Procedure) { p.Name = " " }, "name"},
		"no field":                    {func(p *corpus.Procedure) { p.Field = "" }, "field"},
		"no file digest":              {func(p *corpus.Procedure) { p.Source.SHA256 = "" }, "source.sha256"},
		"not marked as digest":        {func(p *corpus.Procedure) { p.Digest = false }, "digest"},
		"district level":              {func(p *corpus.Procedure) { p.Levels = []corpus.Level{corpus.District} }, "levels"},
		"no level":                    {func(p *corpus.Procedure) { p.Levels = nil }, "levels"},
		"nobody may ask":              {func(p *corpus.Procedure) { p.Who = nil }, "who"},
		"no competent body":           {func(p *corpus.Procedure) { p.Body = nil }, "body"},
		"district body":               {func(p *corpus.Procedure) { p.Body[0].Name = "Công an huyện" }, "body"},
		"nowhere to submit":           {func(p *corpus.Procedure) { p.Where = nil }, "where"},
		"submit at a district":        {func(p *corpus.Procedure) { p.Where[0].Text = "Nộp ở quận nơi cư trú" }, "where"},
		"no steps":                    {func(p *corpus.Procedure) { p.Steps = nil }, "steps"},
		"no dossier":                  {func(p *corpus.Procedure) { p.Dossier = nil }, "dossier"},
		"paper without name":          {func(p *corpus.Procedure) { p.Dossier[0].Name = "" }, "dossier"},
		"no fee":                      {func(p *corpus.Procedure) { p.Fees = nil }, "fees"},
		"fee free and priced":         {func(p *corpus.Procedure) { p.Fees[0].VND = 8000 }, "fees[0]"},
		"fee priced and a share":      {func(p *corpus.Procedure) { p.Fees[0] = corpus.Fee{VND: 1, Percent: 2} }, "fees[0]"},
		"fee without meaning":         {func(p *corpus.Procedure) { p.Fees[0] = corpus.Fee{} }, "fees[0]"},
		"fee range upside down":       {func(p *corpus.Procedure) { p.Fees[0] = corpus.Fee{Min: 2, Max: 1} }, "fees[0]"},
		"no time":                     {func(p *corpus.Procedure) { p.Times = nil }, "times"},
		"time without words":          {func(p *corpus.Procedure) { p.Times[0] = corpus.TimeLimit{} }, "times[0]"},
		"time without unit":           {func(p *corpus.Procedure) { p.Times[0].Unit = "" }, "times[0]"},
		"a count of same days":        {func(p *corpus.Procedure) { p.Times[0].Unit = corpus.Same }, "times[0]"},
		"no result":                   {func(p *corpus.Procedure) { p.Results = nil }, "results"},
		"deadline without words":      {func(p *corpus.Procedure) { p.Deadline = []corpus.Deadline{{Count: 1, Unit: corpus.Days}} }, "deadlines[0]"},
		"deadline count without unit": {func(p *corpus.Procedure) { p.Deadline = []corpus.Deadline{{Text: "x", Count: 1}} }, "deadlines[0]"},
		"no basis":                    {func(p *corpus.Procedure) { p.Basis = nil }, "basis"},
		"basis without instrument":    {func(p *corpus.Procedure) { p.Basis[0].Provision = corpus.Provision{Article: "1"} }, "basis[0]"},
		"no source":                   {func(p *corpus.Procedure) { p.Prov.Source = "" }, "prov"},
		"no day of verification":      {func(p *corpus.Procedure) { p.Prov.VerifiedOn = civil.Date{} }, "prov"},
		"no confidence":               {func(p *corpus.Procedure) { p.Prov.Confidence = "" }, "prov"},
		"low fact without doubt":      {func(p *corpus.Procedure) { p.Fees[0].Prov = low }, "fees[0]"},
		"ends before it begins": {func(p *corpus.Procedure) {
			p.Prov.Validity = corpus.Validity{From: civil.New(2027, 1, 1), Until: civil.New(2026, 1, 1)}
		}, "prov"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := sound()
			c.spoil(&p)
			for _, f := range Check(p) {
				if f.Field == c.field {
					return
				}
			}
			t.Errorf("no fault on %s; faults: %v", c.field, Check(p))
		})
	}
}

func TestOnlyTheWholeSetCanTellWhatIsMissing(t *testing.T) {
	instruments := []corpus.Instrument{{Number: "60/2014/QH13", Articles: []corpus.Article{
		{Number: "15", Clauses: []corpus.Clause{{Number: "1", Text: "x"}}},
	}}}
	cases := map[string]struct {
		spoil func(*corpus.Procedure)
		field string
	}{
		"related procedure": {func(p *corpus.Procedure) { p.Related = []corpus.Related{{Code: "9.999999"}} }, "related[0]"},
		"instrument":        {func(p *corpus.Procedure) { p.Basis[0].Provision.Instrument = "1/2000/QH10" }, "basis[0]"},
		"article":           {func(p *corpus.Procedure) { p.Basis[0].Provision.Article = "99" }, "basis[0]"},
		"clause":            {func(p *corpus.Procedure) { p.Basis[0].Provision.Article, p.Basis[0].Provision.Clause = "15", "7" }, "basis[0]"},
		"provision of a QA": {func(p *corpus.Procedure) {
			p.Asked = []corpus.QA{{Q: "q", A: "a", Basis: []corpus.Provision{{Instrument: "x/1"}}}}
		}, "asked[0]"},
		"provision of a term": {func(p *corpus.Procedure) {
			p.Deadline = []corpus.Deadline{{Text: "x", Basis: []corpus.Provision{{Instrument: "x/1"}}}}
		}, "deadlines[0]"},
		"a fault of one record":  {func(p *corpus.Procedure) { p.Name = "" }, "name"},
		"clause of known is had": {func(p *corpus.Procedure) { p.Basis[0].Provision.Article, p.Basis[0].Provision.Clause = "15", "1" }, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := sound()
			c.spoil(&p)
			faults := CheckSet(Set{Procedures: []corpus.Procedure{p}, Instruments: instruments})
			if c.field == "" {
				if len(faults) != 0 {
					t.Errorf("faults: %v", faults)
				}
				return
			}
			if len(faults) != 1 || faults[0].Field != c.field {
				t.Errorf("want one fault on %s, got %v", c.field, faults)
			}
		})
	}
}

func TestAnAddressIsReadFromTheOrderPeopleWriteIt(t *testing.T) {
	for in, want := range map[string]corpus.Provision{
		"60/2014/QH13":                         {Instrument: "60/2014/QH13"},
		"Điều 15 60/2014/QH13":                 {Instrument: "60/2014/QH13", Article: "15"},
		"khoản 1 Điều 15 60/2014/QH13":         {Instrument: "60/2014/QH13", Article: "15", Clause: "1"},
		"điểm đ khoản 1 Điều 7a 07/2025/NĐ-CP": {Instrument: "07/2025/NĐ-CP", Article: "7a", Clause: "1", Point: "đ"},
	} {
		got, err := parseAddress(in)
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "Điều 15", "khoản 1 60/2014/QH13", "mục 1 60/2014/QH13", "Điều 15 Hộ tịch"} {
		if got, err := parseAddress(in); err == nil {
			t.Errorf("%q was read as %+v", in, got)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("khoản 1 Điều 15 60/2014/QH13")
	f.Add("Điều 15")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parseAddress(s)
		if err == nil && (p.Instrument == "" || p.Article == "" && p.Clause != "") {
			t.Errorf("%q was read as %+v", s, p)
		}
	})
}
