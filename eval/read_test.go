package eval

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder writes files into a fresh folder; a name ending in .gz is packed.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			z := gzip.NewWriter(f)
			_, err = z.Write([]byte(text))
			if cerr := z.Close(); err == nil {
				err = cerr
			}
		} else {
			_, err = f.WriteString(text)
		}
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLayoutsReadAlike(t *testing.T) {
	layouts := map[string]map[string]string{
		"Ours": {
			"corpus.jsonl.gz": `{"id":"l#1","law_id":"l","title":"T","text":"một"}` + "\n",
			"queries.jsonl":   `{"id":"7","text":"hỏi?"}` + "\n\n",
			"qrels.tsv":       "7\tl#1\n",
		},
		"BEIR": {
			"corpus.jsonl":   `{"_id":"l#1","law_id":"l","title":"T","text":"một"}`,
			"queries.jsonl":  `{"_id":"7","text":"hỏi?"}`,
			"qrels/test.tsv": "query-id\tcorpus-id\tscore\n7\tl#1\t1\n",
		},
		"MTEB": {
			"corpus/corpus.jsonl":   `{"_id":"l#1","law_id":"l","title":"T","text":"một"}`,
			"queries/queries.jsonl": `{"_id":7,"text":"hỏi?"}`,
			"qrels/test.jsonl":      `{"query-id":7,"corpus-id":"l#1","score":1.0}`,
		},
		"Zalo": {
			"legal_corpus.json": `[{"law_id":"l","articles":[{"article_id":"1","title":"T","text":"một"}]}]`,
			"train_question_answer.json": `{"_count_":1,"items":[{"question_id":"7","question":"hỏi?",
				"relevant_articles":[{"law_id":"l","article_id":"1"}]}]}`,
		},
	}
	for name, files := range layouts {
		t.Run(name, func(t *testing.T) {
			d, err := Load(folder(t, files))
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Documents) != 1 || d.Documents[0] != (Document{ID: "l#1", Law: "l", Title: "T", Text: "một"}) {
				t.Errorf("documents %+v", d.Documents)
			}
			if len(d.Questions) != 1 || d.Questions[0] != (Question{ID: "7", Text: "hỏi?"}) {
				t.Errorf("questions %+v", d.Questions)
			}
			if gold := d.Gold("7"); len(gold) != 1 || gold[0] != "l#1" {
				t.Errorf("gold %v", gold)
			}
		})
	}
}

func TestAFaultInADatasetNamesItsLine(t *testing.T) {
	good := map[string]string{"corpus.jsonl": `{"id":"a","text":"x"}`, "queries.jsonl": `{"id":"q","text":"y"}`, "qrels.tsv": "q\ta"}
	for file, bad := range map[string]string{
		"corpus.jsonl":  "{\"id\":\"a\"}\n{broken",
		"queries.jsonl": "{\"id\":\"q\"}\n{\"text\":\"no id\"}",
		"qrels.tsv":     "q\ta\nq\ta\thigh",
	} {
		t.Run(file, func(t *testing.T) {
			files := map[string]string{}
			for n, text := range good {
				files[n] = text
			}
			files[file] = bad
			_, err := Load(folder(t, files))
			if err == nil || !strings.Contains(err.Error(), file+":2:") {
				t.Errorf("error %v does not name %s:2", err, file)
			}
		})
	}
}

func TestADatasetWithoutJudgementsMeasuresNothing(t *testing.T) {
	d, err := Load(folder(t, map[string]string{"corpus.jsonl": `{"id":"a","text":"x"}`, "queries.jsonl": `{"id":"q","text":"y"}`}))
	if err != nil {
		t.Fatal(err)
	}
	if r := NewReport(d, "", Run{}, 100); r.Questions != 0 || r.Unjudged != 1 {
		t.Errorf("%d measured, %d unjudged", r.Questions, r.Unjudged)
	}
}

func TestAProcedureIsCutAtItsFields(t *testing.T) {
	d := Dataset{Documents: []Document{{
		ID: "1.1", Title: "Đăng ký khai sinh", Field: "Hộ tịch",
		Text: "trinh_tu_thuc_hien: Bước 1: nộp\nBước 2: nhận\nthanh_phan_ho_so: Tờ khai: mẫu\n",
	}}}
	var got []string
	for _, c := range d.Chunks() {
		if c.Unit != "1.1" || c.Procedure != "1.1" {
			t.Errorf("chunk %s belongs to %s, %s", c.ID, c.Unit, c.Procedure)
		}
		got = append(got, c.Facet+"="+strings.TrimSpace(c.Text))
	}
	want := "name=Đăng ký khai sinh|steps=Bước 1: nộp\nBước 2: nhận|dossier=Tờ khai: mẫu"
	if strings.Join(got, "|") != want {
		t.Errorf("cut into %q, want %q", strings.Join(got, "|"), want)
	}
}

func FuzzParseJudgement(f *testing.F) {
	f.Add("q\td\t1")
	f.Add("q 0 d 2")
	f.Fuzz(func(t *testing.T, line string) {
		if q, _, _, err := parseJudgement(line); err == nil && strings.Contains(q, "\t") {
			t.Errorf("question %q holds a tab", q)
		}
	})
}
