package eval

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxLine bounds one line of a dataset file; the longest law article met is 0.4 MB.
const maxLine = 64 << 20

// Load reads a dataset folder and finds out its layout: ours and BEIR's (corpus.jsonl,
// queries.jsonl, qrels.tsv or qrels/test.tsv), MTEB's (a folder or file each for corpus,
// queries and qrels, all JSON lines), or Zalo's (legal_corpus.json and question files).
// Any file may be gzipped. The name of the set is the folder's.
func Load(dir string) (*Dataset, error) {
	d := &Dataset{Name: filepath.Base(filepath.Clean(dir)), Relevant: map[string]map[string]int{}}
	if path, ok := findFile(dir, "legal_corpus.json"); ok {
		return d, d.readZalo(dir, path)
	}
	corpusFile, ok := findFile(dir, "corpus.jsonl", "corpus/corpus.jsonl", "corpus/test.jsonl", "corpus/train.jsonl")
	if !ok {
		return nil, fmt.Errorf("eval: %s holds neither corpus.jsonl[.gz] nor legal_corpus.json", dir)
	}
	queryFile, ok := findFile(dir, "queries.jsonl", "queries/queries.jsonl", "queries/test.jsonl", "queries/train.jsonl")
	if !ok {
		return nil, fmt.Errorf("eval: %s holds no queries.jsonl", dir)
	}
	if err := d.readCorpus(corpusFile); err != nil {
		return nil, err
	}
	if err := d.readQuestions(queryFile); err != nil {
		return nil, err
	}
	judged, ok := findFile(dir, "qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv",
		"qrels.jsonl", "qrels/test.jsonl", "default/test.jsonl", "qrels/dev.jsonl", "qrels/train.jsonl")
	if !ok {
		return d, nil // questions without judgements: every metric is "not measured"
	}
	return d, d.readJudgements(judged)
}

// findFile returns the first of names that exists in dir, plain or gzipped.
func findFile(dir string, names ...string) (string, bool) {
	for _, name := range names {
		for _, path := range []string{filepath.Join(dir, name), filepath.Join(dir, name+".gz")} {
			if info, err := os.Stat(path); err == nil && !info.IsDir() {
				return path, true
			}
		}
	}
	return "", false
}

// open reads a file, unpacking it where its name ends in .gz.
func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("eval: %s: %w", path, err), f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// eachLine calls do for every line that is not blank; errors name file and line.
func eachLine(path string, do func(line []byte) error) (err error) {
	r, err := open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<20), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		if err := do(lines.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", path, n+1, err)
	}
	return nil
}

func (d *Dataset) readCorpus(path string) error {
	return eachLine(path, func(line []byte) error {
		var in struct {
			ID     ident  `json:"id"`
			BeirID ident  `json:"_id"`
			Law    string `json:"law_id"`
			Title  string `json:"title"`
			Field  string `json:"linh_vuc"`
			Text   string `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return err
		}
		id := first(in.ID, in.BeirID)
		if id == "" {
			return errors.New("document without id")
		}
		d.Documents = append(d.Documents, Document{ID: id, Law: in.Law, Title: in.Title, Field: in.Field, Text: in.Text})
		return nil
	})
}

func (d *Dataset) readQuestions(path string) error {
	return eachLine(path, func(line []byte) error {
		var in struct {
			ID     ident  `json:"id"`
			BeirID ident  `json:"_id"`
			Text   string `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return err
		}
		id := first(in.ID, in.BeirID)
		if id == "" {
			return errors.New("question without id")
		}
		d.Questions = append(d.Questions, Question{ID: id, Text: in.Text})
		return nil
	})
}

// ident reads an ID written as a string or as a number.
type ident string

func (s *ident) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var text string
		err := json.Unmarshal(b, &text)
		*s = ident(text)
		return err
	}
	var number json.Number
	if err := json.Unmarshal(b, &number); err != nil {
		return fmt.Errorf("an id is a string or a number: %w", err)
	}
	*s = ident(number)
	return nil
}

func first(ids ...ident) string {
	for _, id := range ids {
		if id != "" {
			return string(id)
		}
	}
	return ""
}

// Exists reports whether a dataset folder is there at all, for tests that skip without it.
func Exists(dir string) bool {
	info, err := os.Stat(dir)
	return !errors.Is(err, fs.ErrNotExist) && err == nil && info.IsDir()
}
