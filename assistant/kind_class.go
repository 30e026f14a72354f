package assistant

import (
	"bufio"
	"bytes"
	_ "embed"
	"slices"
	"strings"
)

// kindClassFile holds words of like meaning: with them the kind of a question is read also
// from words that no lesson had.
//
//go:embed kind_classes.txt
var kindClassFile []byte

var kindClassBook = mustKindClasses(kindClassFile)

// mustKindClasses panics on a line that is no class: the file is part of the program.
func mustKindClasses(file []byte) *cueBook {
	table := cueTable{}
	var rules []cueRule
	lines := bufio.NewScanner(bytes.NewReader(file))
	lines.Buffer(nil, 1<<16)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		name, phrases, ok := strings.Cut(line, "\t")
		if !ok {
			panic("assistant: kind_classes.txt: " + line)
		}
		table[name] = phrases
		if name != harmless {
			rules = append(rules, cueRule{name: name, all: name})
		}
	}
	return newCueBook(rules, table)
}

// classFeatures are the classes named in a text, two of them together, and each with the
// word before and behind it: "nuôi <animal>".
func classFeatures(form cueText, add func(string)) {
	hits := kindClassBook.find(form)
	var names []string
	for _, h := range hits {
		if h.class == 0 {
			continue
		}
		name := kindClassBook.names[h.class]
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		if h.from > 0 {
			add(form.words[h.from-1].fold + " @" + name)
		}
		if h.to < len(form.words) {
			add("@" + name + " " + form.words[h.to].fold)
		}
	}
	slices.Sort(names)
	for i, n := range names {
		add("@" + n)
		for _, m := range names[i+1:] {
			add("@" + n + " @" + m)
		}
	}
}
