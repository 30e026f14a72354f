package assistant

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/motcua/motcua/corpus/place"
)

// English puts a question asked in English into the Vietnamese words of our records, by a
// reviewed table. What it read is told to the person; a question whose subject the table
// does not know stays as it was asked.
type English struct{}

// Name of the step in traces.
func (English) Name() string { return "english" }

// Run replaces Text, and answers in English where no language was asked for.
func (English) Run(_ context.Context, t *Turn) error {
	sure, maybe := isEnglish(t.Text)
	if !maybe {
		return nil
	}
	vi, known := fromEnglish(t.Text)
	if (sure || known) && t.Question.Lang == "" {
		t.Question.Lang = "en"
		t.Answer.Disclosure = disclosure("en")
	}
	if !known {
		return nil
	}
	t.Text, t.English = vi, true
	t.Reading.Notes = append(t.Reading.Notes, fmt.Sprintf("I read your question as “%s”. The records and their words are in Vietnamese.", vi))
	return nil
}

// englishOnly are words that no Vietnamese writes, with marks or without.
var englishOnly = cueWords(`how what where when which who whose is are was were does did need need needs get getting want wants should would could have has your with from after before please
	register registration apply lost certificate and for of our their must long much many renew replace husband wife child am if be by it its we they withdraw social insurance one tax household certify without landlord license house`)

// isEnglish reports whether a question is asked in English: surely with two words that only
// English has, and more of them than words with Vietnamese marks; maybe with one and no
// marks at all.
func isEnglish(text string) (sure, maybe bool) {
	only, marked := 0, 0
	for _, w := range englishWords(text) {
		if englishOnly[w] {
			only++
		}
		if strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) {
			marked++
		}
	}
	sure = only >= 2 && only > marked
	return sure, sure || only == 1 && marked == 0
}

// englishWords cuts a text into words in lower case; apostrophes, hyphens and the signs of
// numbers stay inside.
func englishWords(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' && r != '/'
	})
	for i, w := range words {
		words[i] = strings.Trim(w, "'-/")
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// fromEnglish is a question in the words of the records: its subject in the order said, then
// what is asked of it, then places and numbers as they were written. ok is false when the
// table knows no subject in it.
func fromEnglish(text string) (vi string, ok bool) {
	words := englishWords(text)
	taken := make([]bool, len(words))
	said := map[string][]englishHit{}
	for _, term := range englishTerms {
		for at := range words {
			if places := term.at(words, taken, at); places != nil {
				for _, i := range places {
					taken[i] = true
				}
				said[term.class] = append(said[term.class], englishHit{at, term.vi})
			}
		}
	}
	if len(said["subject"]) == 0 {
		return "", false
	}
	var out []string
	for _, class := range []string{"subject", "slot"} {
		hits := said[class]
		if class == "subject" {
			hits = append(hits, said["act"]...)
		}
		slices.SortStableFunc(hits, func(a, b englishHit) int { return a.at - b.at })
		for _, h := range hits {
			if !slices.Contains(out, h.vi) {
				out = append(out, h.vi)
			}
		}
	}
	for i, w := range words {
		if !taken[i] && strings.ContainsAny(w, "0123456789") {
			out = append(out, w)
		}
	}
	for _, m := range place.FindIn(text) {
		if name := text[m.Start:m.End]; name != strings.ToLower(name) {
			out = append(out, "ở "+name)
		}
	}
	return strings.Join(out, " "), true
}

// englishHit is what a term means, where it begins.
type englishHit struct {
	at int
	vi string
}

// englishTerm is one phrase of the table; its parts stand in order, up to widestGap words
// from each other.
type englishTerm struct {
	class string
	parts [][]string
	words int
	vi    string
}

// widestGap is how many words may stand where the table writes "…".
const widestGap = 4

// at gives the places of the term's words when it begins at the word and none of them is
// taken.
func (e englishTerm) at(words []string, taken []bool, start int) (places []int) {
	for n, part := range e.parts {
		gap := 0
		if n > 0 {
			gap = widestGap
		}
		found := -1
		for from := start; from <= start+gap && found < 0; from++ {
			if standsAt(words, taken, from, part) {
				found = from
			}
		}
		if found < 0 {
			return nil
		}
		for i := range part {
			places = append(places, found+i)
		}
		start = found + len(part)
	}
	return places
}

func standsAt(words []string, taken []bool, from int, part []string) bool {
	if from+len(part) > len(words) {
		return false
	}
	for i, w := range part {
		if have := words[from+i]; taken[from+i] || have != w && have != w+"s" {
			return false
		}
	}
	return true
}

//go:embed english.txt
var englishFile string

// englishTerms is the table, phrases of more words first, else in its order.
var englishTerms = readEnglish(englishFile)

// readEnglish panics on a line that is none: the file is part of the program.
func readEnglish(file string) (all []englishTerm) {
	class := ""
	for lines := bufio.NewScanner(strings.NewReader(file)); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			class = strings.Trim(line, "[]")
			continue
		}
		fields := strings.Split(line, " = ")
		if len(fields) != 3 || class == "" {
			panic("assistant: english.txt: not “English = Vietnamese = why”: " + line)
		}
		for phrase := range strings.SplitSeq(fields[0], ",") {
			term := englishTerm{class: class, vi: fields[1]}
			for part := range strings.SplitSeq(phrase, "…") {
				term.parts = append(term.parts, strings.Fields(part))
				term.words += len(strings.Fields(part))
			}
			all = append(all, term)
		}
	}
	slices.SortStableFunc(all, func(a, b englishTerm) int { return b.words - a.words })
	return all
}
