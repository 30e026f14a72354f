package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/internal/extract"
)

// data is one folder for all tests: the starter corpus is loaded once, as for a user.
var data string

func TestMain(m *testing.M) {
	extract.Main()
	if playRole() {
		return
	}
	dir, err := os.MkdirTemp("", "motcua-cmd-")
	if err != nil {
		panic(err)
	}
	data = filepath.Join(dir, "data")
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// motcua runs the command line as main does.
func motcua(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = run(append([]string{"--data", data}, args...), &o, &e)
	return status, o.String(), e.String()
}

func TestAQuestionPrintsTheCardWithPapersTimeFeeAndPlace(t *testing.T) {
	status, out, errs := motcua("ask", "Đăng ký khai sinh cho con cần giấy tờ gì, bao lâu, lệ phí bao nhiêu?")
	if status != exitDone {
		t.Fatalf("exit %d: %s", status, errs)
	}
	for _, want := range []string{"Giấy tờ cần chuẩn bị", "Giấy chứng sinh", "Thời hạn giải quyết", "Phí, lệ phí", "miễn phí", "Nơi nộp hồ sơ", "60/2014/QH13", "tóm lược", "máy soạn"} {
		if !strings.Contains(out, want) {
			t.Errorf("the answer lacks %q:\n%s", want, out)
		}
	}
}

func TestAQuestionWithoutMarksIsUnderstood(t *testing.T) {
	status, out, errs := motcua("ask", "dang ky tam tru o dau")
	if status != exitDone || !strings.Contains(out, "ĐĂNG KÝ TẠM TRÚ") || !strings.Contains(out, "Công an") {
		t.Errorf("exit %d: %s%s", status, out, errs)
	}
}

func TestAskJSONHasTheDocumentedShape(t *testing.T) {
	status, out, errs := motcua("ask", "--json", "--as-of", "2026-11-21", "lệ phí đăng ký tạm trú")
	if status != exitDone {
		t.Fatalf("exit %d: %s", status, errs)
	}
	var a map[string]any
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatalf("not one JSON document: %v", err)
	}
	for _, key := range []string{"id", "status", "as_of", "text", "sentences", "card", "citations", "disclosure"} {
		if _, ok := a[key]; !ok {
			t.Errorf("key %q is missing", key)
		}
	}
	first := a["citations"].([]any)[0].(map[string]any)
	for _, key := range []string{"mark", "chunk", "unit", "label", "quote", "sha256", "validity"} {
		if _, ok := first[key]; !ok {
			t.Errorf("citation key %q is missing", key)
		}
	}
	if a["as_of"] != "2026-11-21" || a["status"] != "answered" {
		t.Errorf("as_of %v, status %v", a["as_of"], a["status"])
	}
}

func TestSearchJSONHasTheDocumentedShape(t *testing.T) {
	status, out, errs := motcua("search", "--json", "--limit", "3", "đăng ký kết hôn")
	if status != exitDone {
		t.Fatalf("exit %d: %s", status, errs)
	}
	var r searchResult
	dec := json.NewDecoder(strings.NewReader(out))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		t.Fatal(err)
	}
	if len(r.Hits) != 3 || r.Hits[0].Rank != 1 || len(r.Hits[0].Why) == 0 || r.Hits[0].Chunk.Text == "" {
		t.Errorf("got %d hits, first %+v", len(r.Hits), r.Hits)
	}
	if !slices.IsSortedFunc(r.Hits, func(a, b foundHit) int { return a.Rank - b.Rank }) {
		t.Error("hits are not in order of rank")
	}
}

func TestWrongUsageIsStatusTwoAndNamesTheFault(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"ask", "--as-of", "30/2/2026", "x"}, "30/2/2026"},
		{[]string{"ask", "--as-of", "hôm kia", "x"}, "hôm kia"},
		{[]string{"ask", "--role", "king", "x"}, "role"},
		{[]string{"fly"}, "fly"},
		{[]string{"ask"}, "question"},
		{[]string{"--config", "/nowhere.toml", "doctor"}, "/nowhere.toml"},
	} {
		status, _, errs := motcua(c.args...)
		if status != exitUsage || !strings.Contains(errs, c.want) {
			t.Errorf("%v: exit %d, %q; want 2 and %q named", c.args, status, errs, c.want)
		}
	}
}

func TestHelpSpeaksBothLanguages(t *testing.T) {
	for lang, want := range map[string]string{"vi": "Hỏi một câu", "en": "Ask one question"} {
		status, out, _ := motcua("--lang", lang, "help")
		if status != exitDone && status != exitUsage || !strings.Contains(out, want) {
			t.Errorf("%s: exit %d:\n%s", lang, status, out)
		}
	}
}

func TestEveryTextHasBothLanguages(t *testing.T) {
	for key, w := range words {
		if w[0] == "" || w[1] == "" {
			t.Errorf("%s lacks a language", key)
		}
		if strings.Count(w[0], "%") != strings.Count(w[1], "%") {
			t.Errorf("%s: the languages take other values", key)
		}
	}
}

func TestDoctorFindsAFreshFolderWell(t *testing.T) {
	status, out, errs := motcua("doctor", "--json")
	if status != exitDone {
		t.Fatalf("exit %d: %s%s", status, out, errs)
	}
	var findings []map[string]any
	if err := json.Unmarshal([]byte(out), &findings); err != nil || len(findings) < 5 {
		t.Errorf("%v: %s", err, out)
	}
}

func TestIngestTellsWhatItCouldNotRead(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "half.jsonl")
	if err := os.WriteFile(bad, []byte("[1,2]\nnot json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, errs := motcua("ingest", bad, filepath.Join(dir, "absent.pdf"))
	if !strings.Contains(out+errs, "half.jsonl") || !strings.Contains(out+errs, "absent.pdf") {
		t.Errorf("exit %d: the files are not named:\n%s%s", status, out, errs)
	}
	if status != exitFail {
		t.Errorf("exit %d; nothing was taken in, want 1", status)
	}
}

func TestIngestAndConfigJSONHaveTheDocumentedShape(t *testing.T) {
	page := filepath.Join(t.TempDir(), "to-roi.txt")
	if err := os.WriteFile(page, []byte("Hướng dẫn người dân đăng ký tạm trú tại công an xã nơi ở.\nMang theo căn cước.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, errs := motcua("ingest", "--json", page)
	var report struct {
		Sources []struct {
			Name  string         `json:"name"`
			Tally map[string]int `json:"tally"`
		} `json:"sources"`
		Total map[string]int `json:"total"`
		Took  int64          `json:"took"`
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || status != exitDone || report.Total["added"] != 1 || len(report.Sources) != 1 {
		t.Fatalf("exit %d, %v: %s%s", status, err, out, errs)
	}
	for _, key := range []string{"read", "added", "changed", "kept", "removed", "flagged", "skipped", "chunks"} {
		if _, ok := report.Total[key]; !ok {
			t.Errorf("the tally lacks %q", key)
		}
	}
	status, out, _ = motcua("config", "--json")
	var settings []map[string]string
	if err := json.Unmarshal([]byte(out), &settings); err != nil || status != exitDone || settings[0]["env"] == "" || settings[0]["meaning"] == "" {
		t.Errorf("exit %d, %v: %s", status, err, out)
	}
}

func TestDoctorSpeaksEnglishWhenAsked(t *testing.T) {
	status, out, errs := motcua("--lang", "en", "doctor")
	if status != exitDone || !strings.Contains(out, "search index") || strings.Contains(out, "kho dữ liệu") {
		t.Errorf("exit %d: %s%s", status, out, errs)
	}
}

func TestASearchKeepsToTheLevelThePlaceAndThePeopleAskedFor(t *testing.T) {
	status, out, errs := motcua("search", "--json", "--level", "commune", "--for", "citizen", "--place", "Quảng Nam", "đăng ký kết hôn")
	var found struct {
		Hits []struct {
			Chunk struct{ Levels []string }
		}
	}
	if err := json.Unmarshal([]byte(out), &found); status != exitDone || err != nil || len(found.Hits) == 0 {
		t.Fatalf("exit %d, %v, %d hits: %s", status, err, len(found.Hits), errs)
	}
	for _, h := range found.Hits {
		if !slices.Contains(h.Chunk.Levels, "commune") {
			t.Errorf("a hit of levels %v", h.Chunk.Levels)
		}
	}
	if status, _, errs = motcua("search", "--place", "Atlantis", "đăng ký kết hôn"); status != exitUsage || !strings.Contains(errs, "Atlantis") {
		t.Errorf("an unknown place: exit %d, %s", status, errs)
	}
	if status, _, _ = motcua("search", "--level", "galactic", "đăng ký kết hôn"); status != exitUsage {
		t.Errorf("an unknown level: exit %d", status)
	}
}

func TestARunIsTestedAgainstOneMadeBefore(t *testing.T) {
	set, run := t.TempDir(), filepath.Join(t.TempDir(), "first.run")
	for name, text := range map[string]string{
		"corpus.jsonl":  `{"id":"a","title":"Đăng ký kết hôn","text":"Hai bên nam, nữ cùng có mặt."}` + "\n" + `{"id":"b","title":"Đăng ký khai sinh","text":"Giấy chứng sinh của trẻ."}` + "\n",
		"queries.jsonl": `{"id":"1","text":"kết hôn cần gì"}` + "\n" + `{"id":"2","text":"khai sinh cho trẻ"}` + "\n",
		"qrels.tsv":     "1\ta\n2\tb\n",
	} {
		if err := os.WriteFile(filepath.Join(set, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if status, _, errs := motcua("eval", "retrieval", "--dataset", set, "--first", "--run", run); status != exitDone {
		t.Fatalf("exit %d: %s", status, errs)
	}
	status, out, errs := motcua("eval", "retrieval", "--dataset", set, "--against", run)
	if status != exitDone || !strings.Contains(out, "p, Holm") || !strings.Contains(out, "nDCG@10") {
		t.Errorf("exit %d: %s%s", status, out, errs)
	}
	if err := os.WriteFile(run, []byte("1 Q0 a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := motcua("eval", "retrieval", "--dataset", set, "--against", run); status == exitDone || !strings.Contains(errs, "3 columns") {
		t.Errorf("a broken run file: exit %d, %s", status, errs)
	}
}
