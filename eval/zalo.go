package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// readZalo reads the layout of the Zalo AI Challenge 2021: one JSON array of laws with
// their articles, and a file of questions naming the relevant articles. A document's ID is
// "law_id#article_id".
func (d *Dataset) readZalo(dir, corpusFile string) error {
	var laws []struct {
		Law      string `json:"law_id"`
		Articles []struct {
			ID    ident  `json:"article_id"`
			Title string `json:"title"`
			Text  string `json:"text"`
		} `json:"articles"`
	}
	if err := readJSON(corpusFile, &laws); err != nil {
		return err
	}
	for _, law := range laws {
		for _, a := range law.Articles {
			d.Documents = append(d.Documents, Document{ID: law.Law + "#" + string(a.ID), Law: law.Law, Title: a.Title, Text: a.Text})
		}
	}
	path, ok := findFile(dir, "public_test_question.json", "test_question_answer.json", "train_question_answer.json")
	if !ok {
		return fmt.Errorf("eval: %s holds a Zalo corpus but no question file", dir)
	}
	return d.readZaloQuestions(path)
}

func (d *Dataset) readZaloQuestions(path string) error {
	var in struct {
		Items []struct {
			ID       ident  `json:"question_id"`
			Question string `json:"question"`
			Articles []struct {
				Law string `json:"law_id"`
				ID  ident  `json:"article_id"`
			} `json:"relevant_articles"`
		} `json:"items"`
	}
	if err := readJSON(path, &in); err != nil {
		return err
	}
	for _, item := range in.Items {
		d.Questions = append(d.Questions, Question{ID: string(item.ID), Text: item.Question})
		for _, a := range item.Articles {
			d.judge(string(item.ID), a.Law+"#"+string(a.ID), 1)
		}
	}
	return nil
}

func readJSON(path string, into any) (err error) {
	r, err := open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	all, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := json.Unmarshal(all, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
