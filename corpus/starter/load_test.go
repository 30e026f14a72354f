package starter

import (
	"fmt"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

func load(t *testing.T) Set {
	t.Helper()
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestTheEmbeddedCorpusLoadsAndPassesItsCheck(t *testing.T) {
	set := load(t)
	if faults := CheckSet(set); len(faults) > 0 {
		t.Fatalf("%d faults, first: %v", len(faults), faults[0])
	}
	if n := len(set.Procedures); n < 75 {
		t.Errorf("%d procedures, want at least 75", n)
	}
	sorted := sort.SliceIsSorted(set.Procedures, func(i, j int) bool { return set.Procedures[i].ID < set.Procedures[j].ID })
	if !sorted {
		t.Error("procedures are not sorted by ID")
	}
	for _, p := range set.Procedures {
		if !p.Digest || len(p.Source.SHA256) != 64 {
			t.Errorf("%s: digest %v, sha256 %q", p.ID, p.Digest, p.Source.SHA256)
		}
	}
}

func TestLoadingTwiceGivesTheSameSet(t *testing.T) {
	if diff := cmp.Diff(load(t), load(t)); diff != "" {
		t.Error(diff)
	}
}

func TestEveryEntryOfTheFactSheetHasARecord(t *testing.T) {
	set := load(t)
	for n := 1; n <= 79; n++ {
		ref := fmt.Sprintf("P%02d", n)
		ids := set.Refs[ref]
		if len(ids) == 0 {
			t.Errorf("%s has no record", ref)
		}
		for _, id := range ids {
			if _, ok := set.Procedure(id); !ok {
				t.Errorf("%s names %s, which is not there", ref, id)
			}
		}
	}
}

// unverified codes come from second-hand sources (section 12 of the fact sheet).
var unverified = []string{
	"1.001653", "1.001699", "1.001731", "1.001776", "1.001978", "1.010803", "1.010833", "1.014027", "1.014028", "1.116214",
	"1.116215", "1.116410", "2.002307", "2.002308", "2.002913", "3.000182", "3.000722",
}

func TestACodeNobodyVerifiedIsDoubted(t *testing.T) {
	set := load(t)
	for _, code := range unverified {
		p, ok := set.Procedure(code)
		if !ok {
			t.Errorf("%s is missing", code)
			continue
		}
		if p.Prov.Confidence == corpus.High || p.Prov.Doubt == "" {
			t.Errorf("%s: confidence %s, doubt %q", code, p.Prov.Confidence, p.Prov.Doubt)
		}
	}
}

func TestALowFactSaysWhatIsUncertain(t *testing.T) {
	for _, p := range load(t).Procedures {
		each := func(field string, prov *corpus.Provenance) {
			if prov != nil && prov.Confidence == corpus.Low && len(strings.Fields(prov.Doubt)) < 4 {
				t.Errorf("%s %s: low, but doubt is %q", p.ID, field, prov.Doubt)
			}
		}
		each("prov", &p.Prov)
		eachProv(p, each)
	}
}

func TestNoRecordSendsPeopleToADistrict(t *testing.T) {
	for _, p := range load(t).Procedures {
		for _, b := range p.Body {
			if districts.MatchString(b.Name) || b.Level == corpus.District {
				t.Errorf("%s: competent body %q", p.ID, b.Name)
			}
		}
		for _, w := range p.Where {
			if districts.MatchString(w.Text) {
				t.Errorf("%s: where %q", p.ID, w.Text)
			}
		}
		for _, s := range p.Steps {
			if districts.MatchString(s) {
				t.Errorf("%s: step %q", p.ID, s)
			}
		}
	}
}

func TestAProvisionOfOursIsMarkedAsDigest(t *testing.T) {
	for _, in := range load(t).Instruments {
		if !in.Digest || in.Source.Name == "" || len(in.Source.SHA256) != 64 || in.VerifiedOn.IsZero() || !in.Confidence.Known() {
			t.Errorf("%s: digest %v source %+v verified %s confidence %q", in.Number, in.Digest, in.Source, in.VerifiedOn, in.Confidence)
		}
		if in.Type == corpus.Other {
			t.Errorf("%s: form not recognised from its number", in.Number)
		}
	}
}

func TestAnInstrumentCitedAsAWholeHasWordsToShow(t *testing.T) {
	set := load(t)
	for _, p := range set.Procedures {
		for _, b := range p.Basis {
			in, _ := set.Instrument(b.Provision.Instrument)
			if b.Provision.Article == "" && b.For != "" && (len(in.Articles) == 0 || in.Articles[0].Number != "") {
				t.Errorf("%s rests its %s on %s, of which we say nothing", p.ID, b.For, in.Number)
			}
		}
	}
}

func TestTheOnlineLinkIsTheProceduresOwnPage(t *testing.T) {
	p, _ := load(t).Procedure("1.001193")
	for _, w := range p.Where {
		if w.Channel == corpus.Online && strings.HasPrefix(w.URL, "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/") {
			return
		}
	}
	t.Errorf("no link to the record's page in %+v", p.Where)
}

func TestAnUnknownKeyIsRefusedWithFileAndLine(t *testing.T) {
	fsys := fstest.MapFS{
		"procedures/x/a.yaml": {Data: []byte("code: \"1\"\nname: X\nlephi: 5\n")},
		"provisions/a.yaml":   {Data: []byte("source: s\n")},
	}
	_, err := LoadFS(fsys)
	if err == nil || !strings.Contains(err.Error(), "procedures/x/a.yaml") || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("error %v names neither file nor line", err)
	}
}

func TestAnAddressThatIsNoneIsRefusedWithFileAndLine(t *testing.T) {
	fsys := fstest.MapFS{
		"procedures/x/a.yaml": {Data: []byte("code: \"1\"\nname: X\nbasis:\n  - {at: Điều 15 Luật Hộ tịch}\n")},
		"provisions/a.yaml":   {Data: []byte("source: s\n")},
	}
	_, err := LoadFS(fsys)
	if err == nil || !strings.Contains(err.Error(), "procedures/x/a.yaml") || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("error %v names neither file nor line", err)
	}
}

func TestAFactTakesWhatItLeavesOutFromItsRecord(t *testing.T) {
	record := corpus.Provenance{Source: "nguồn", VerifiedOn: civil.New(2026, 11, 21), Confidence: corpus.Medium, Doubt: "cũ"}
	got := standing{Confidence: corpus.High, Until: civil.New(2027, 1, 1)}.own(record)
	want := &corpus.Provenance{
		Source: "nguồn", VerifiedOn: civil.New(2026, 11, 21), Confidence: corpus.High,
		Validity: corpus.Validity{Until: civil.New(2027, 1, 1)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if (standing{}).own(record) != nil {
		t.Error("a fact that says nothing of its own should have no provenance of its own")
	}
}
