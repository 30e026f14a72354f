package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// judge records a grade; the same pair twice keeps the higher.
func (d *Dataset) judge(question, document string, grade int) {
	if d.Relevant[question] == nil {
		d.Relevant[question] = map[string]int{}
	}
	if old, seen := d.Relevant[question][document]; !seen || grade > old {
		d.Relevant[question][document] = grade
	}
}

// readJudgements reads qrels as JSON lines (MTEB), or as columns: question and document
// (ours), with a grade and a heading (BEIR), or the four of TREC.
func (d *Dataset) readJudgements(path string) error {
	if strings.HasSuffix(strings.TrimSuffix(path, ".gz"), ".jsonl") {
		return eachLine(path, d.judgeJSON)
	}
	line := 0
	return eachLine(path, func(b []byte) error {
		line++
		question, document, grade, err := parseJudgement(string(b))
		if errors.Is(err, errHeading) && line == 1 {
			return nil
		}
		if err == nil {
			d.judge(question, document, grade)
		}
		return err
	})
}

func (d *Dataset) judgeJSON(b []byte) error {
	in := struct {
		Question ident    `json:"query-id"`
		Document ident    `json:"corpus-id"`
		Score    *float64 `json:"score"`
	}{}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	if in.Question == "" || in.Document == "" {
		return fmt.Errorf("judgement without query-id or corpus-id")
	}
	grade := 1
	if in.Score != nil {
		grade = int(*in.Score)
	}
	d.judge(string(in.Question), string(in.Document), grade)
	return nil
}

// errHeading marks a line of column names.
var errHeading = errors.New("a heading, not a judgement")

// parseJudgement splits at tabs where there are any, so that IDs may hold spaces
// ("Luật Giáo dục#7"), else at spaces.
func parseJudgement(line string) (question, document string, grade int, err error) {
	cols := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
	if len(cols) == 1 {
		cols = strings.Fields(line)
	}
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	if cols[0] == "query-id" || cols[0] == "query_id" || cols[0] == "qid" {
		return "", "", 0, errHeading
	}
	switch len(cols) {
	case 2:
		return cols[0], cols[1], 1, nil
	case 3:
		grade, err = parseGrade(cols[2])
		return cols[0], cols[1], grade, err
	case 4:
		grade, err = parseGrade(cols[3])
		return cols[0], cols[2], grade, err
	}
	return "", "", 0, fmt.Errorf("judgement with %d columns; 2, 3 or 4 are known", len(cols))
}

func parseGrade(s string) (int, error) {
	g, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, fmt.Errorf("grade %q is not a number", s)
	}
	return int(g), nil
}
