package eval

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/parse"
)

// portalRecords parses the real records; the test is skipped where they are absent.
func portalRecords(t *testing.T) []corpus.Procedure {
	t.Helper()
	root := os.Getenv("MOTCUA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(root, "data", "procedures", "national_portal_2026-07.jsonl.gz"))
	if err != nil {
		t.Skipf("the portal's records are not here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []corpus.Procedure
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, parse.MaxPortalLine+1)
	for lines.Scan() {
		p, err := parse.PortalRecord(lines.Bytes(), corpus.Source{})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// fieldLabels reads the labels of one suite.
func fieldLabels(t *testing.T, suite string) []FieldLabel {
	t.Helper()
	f, err := os.Open(filepath.Join("suites", suite))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	labels, err := ReadFieldLabels(f)
	if err != nil {
		t.Fatal(err)
	}
	return labels
}

// TestPortalFieldsAreReadAsLabelled scores two suites of records drawn apart and labelled
// by reading: 60 over the ministries, then more by another pair of eyes, in draws.
func TestPortalFieldsAreReadAsLabelled(t *testing.T) {
	labels := append(fieldLabels(t, "portal_fields.jsonl"), fieldLabels(t, "portal_fields_2.jsonl")...)
	ministries, codes := map[string]int{}, map[string]bool{}
	for _, l := range labels {
		ministries[l.Ministry]++
		if codes[l.Code] {
			t.Errorf("%s is labelled twice", l.Code)
		}
		codes[l.Code] = true
	}
	if len(labels) < 100 || len(ministries) != 4 {
		t.Fatalf("%d labels of %d ministries", len(labels), len(ministries))
	}
	score := Fields(labels, portalRecords(t))
	t.Logf("\n%s", score)
	if score.Share() < 0.97 {
		t.Errorf("%.3f of the fields exact; 0.97 wanted", score.Share())
	}
}

func TestAFieldWithAnItemTooManyIsNotExact(t *testing.T) {
	label := FieldLabel{
		Code: "1", Channels: []corpus.Channel{corpus.Online, corpus.Post},
		Fees:    []FeeLabel{{Channel: "*", VND: 5000}},
		Times:   []TimeLabel{{Channel: "*", Count: 3, Unit: corpus.Workdays}},
		Dossier: []PaperLabel{{Name: "Tờ khai", Originals: 1}},
		Body:    []string{"Sở Tư pháp"},
	}
	right := corpus.Procedure{
		Code: "1", Fees: []corpus.Fee{{VND: 5000}},
		Times:   []corpus.TimeLimit{{Channel: corpus.Online, Count: 3, Unit: corpus.Workdays}, {Channel: corpus.Post, Count: 3, Unit: corpus.Workdays}},
		Dossier: []corpus.Paper{{Name: "- Tờ khai theo mẫu", Originals: 1}},
		Body:    []corpus.Authority{{Name: "Sở Tư pháp"}},
	}
	if got := Fields([]FieldLabel{label}, []corpus.Procedure{right}); got.Share() != 1 {
		t.Errorf("a right reading scores %.2f:\n%s", got.Share(), got)
	}
	wrong := right
	wrong.Fees = append([]corpus.Fee{{Free: true, Channel: corpus.Post}}, right.Fees...)
	wrong.Times = right.Times[:1]
	wrong.Dossier = []corpus.Paper{{Name: "Tờ khai", Originals: 1, Copies: 1}}
	wrong.Body = nil
	got := Fields([]FieldLabel{label}, []corpus.Procedure{wrong})
	if got.Share() != 0 || len(got.Misses) != 4 {
		t.Errorf("a wrong reading scores %.2f:\n%s", got.Share(), got)
	}
	if missing := Fields([]FieldLabel{label}, nil); missing.Share() != 0 {
		t.Errorf("a missing record scores %.2f", missing.Share())
	}
}

func TestALabelFileNamesItsBrokenLine(t *testing.T) {
	_, err := ReadFieldLabels(strings.NewReader(`{"code":"1","channels":["online"]}` + "\n{broken\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadFieldLabels(strings.NewReader(`{"code":"1"}`)); err == nil {
		t.Error("a label without channels is accepted")
	}
}
