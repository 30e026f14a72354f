package rules

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/motcua/motcua/corpus"
)

// shared finds the real data beside the repository, or skips.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("MOTCUA_SHARED")
	for dir, _ := os.Getwd(); root == "" && dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			root = filepath.Join(filepath.Dir(dir), "shared", "data")
		}
	}
	list, _ := filepath.Glob(filepath.Join(root, name))
	if len(list) == 0 {
		t.Skipf("no %s in %s: the real changes of law are not here", name, root)
	}
	return list[0]
}

func TestARealChangeOfLawNamesTheRulesThatRestOnIt(t *testing.T) {
	file, err := os.Open(shared(t, "laws/phapdien_changes_*.dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	set, faults := Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	lines, touched, near := 0, map[string]int{}, map[string]int{}
	scan := bufio.NewScanner(plain)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var change struct {
			Law     string `json:"law_id"`
			Article string `json:"article_id"`
		}
		if err := json.Unmarshal(scan.Bytes(), &change); err != nil {
			t.Fatal(err)
		}
		lines++
		for _, r := range set.RestingOn(corpus.Provision{Instrument: change.Law, Article: change.Article}) {
			touched[r.ID]++
		}
		for _, r := range set.RestingOn(corpus.Provision{Instrument: change.Law}) {
			near[r.ID]++
		}
	}
	if err := scan.Err(); err != nil || lines == 0 {
		t.Fatalf("%d changes read, %v", lines, err)
	}
	t.Logf("%d changes touch the provisions of %d rules %v, the instruments of %d rules %v", lines, len(touched), touched, len(near), near)
	for id := range touched {
		if near[id] == 0 {
			t.Errorf("%s rests on an article but not on its law", id)
		}
	}
	if near["E19"] == 0 {
		t.Error("articles of the election law 85/2015/QH13 are among the changes and E19 rests on that law")
	}
	if hit := set.RestingOn(corpus.Provision{Instrument: "60/2014/qh13", Article: "15"}); len(hit) == 0 {
		t.Error("birth registration rests on Điều 15 of Luật Hộ tịch")
	}
}
