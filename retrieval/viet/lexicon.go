package viet

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed lexicon.tsv
var lexiconFile string

//go:embed frames.tsv
var framesFile string

// EntryKind says what an entry of the lexicon is.
type EntryKind string

// The kinds. An abbreviation or a chat spelling is the same word written otherwise; a
// regional or lay word is another word for the same thing.
const (
	Abbreviation EntryKind = "abbr"
	Teencode     EntryKind = "teen"
	Regional     EntryKind = "region"
	Lay          EntryKind = "lay"
	Frame        EntryKind = "frame"
)

// Entry is one line of the reviewed table of what people write for what the law says.
type Entry struct {
	Words  []string   // normal forms of the entry's words
	To     [][]string // alternatives, each in words
	Kind   EntryKind
	Reason string
	// Weight is what the words of a Frame count, 0 to 1.
	Weight float64
	folded string
}

// table finds entries by their words joined with spaces, exact and folded.
type table struct {
	entries []Entry
	exact   map[string]int
	folded  map[string]int
	longest map[string]int // words of the longest entry that begins with a word, exact or folded
}

var tables = sync.OnceValues(func() (lexicon, frames *table) {
	lexicon, frames = newTable(), newTable()
	for n, f := range lines(lexiconFile) {
		if len(f) != 4 {
			panic(fmt.Sprintf("viet: lexicon.tsv, entry %d: %q has not four columns", n+1, f))
		}
		e := Entry{Words: wordsOf(f[0]), Kind: EntryKind(f[2]), Reason: f[3]}
		for _, alt := range strings.Split(f[1], "|") {
			e.To = append(e.To, wordsOf(alt))
		}
		lexicon.add(e)
	}
	for n, f := range lines(framesFile) {
		w, err := strconv.ParseFloat(f[len(f)-1], 64)
		if len(f) != 2 || err != nil {
			panic(fmt.Sprintf("viet: frames.tsv, entry %d: %q is not a phrase and a weight", n+1, f))
		}
		frames.add(Entry{Words: wordsOf(f[0]), Kind: Frame, Weight: w})
	}
	return lexicon, frames
})

func newTable() *table {
	return &table{exact: map[string]int{}, folded: map[string]int{}, longest: map[string]int{}}
}

func lines(file string) (out [][]string) {
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

func wordsOf(s string) (out []string) {
	for _, t := range Tokenize(s) {
		if t.Kind != Ref {
			out = append(out, t.Text)
		}
	}
	return out
}

func (t *table) add(e Entry) {
	key := strings.Join(e.Words, " ")
	e.folded = Fold(key)
	t.entries = append(t.entries, e)
	t.exact[key] = len(t.entries) - 1
	if _, taken := t.folded[e.folded]; !taken && e.folded != key {
		t.folded[e.folded] = len(t.entries) - 1
	}
	for _, first := range []string{e.Words[0], Fold(e.Words[0])} {
		t.longest[first] = max(t.longest[first], len(e.Words))
	}
}

// Lexicon lists the entries in the order of the file.
func Lexicon() []Entry {
	l, _ := tables()
	return l.entries
}

// Found is an entry met at tokens From to To (half open).
type Found struct {
	From, To int
	Entry    *Entry
}

// Meanings finds the entries of the lexicon in base tokens, the longest at each place,
// none inside another. Words typed without marks match entries of two words or more.
func Meanings(toks []Token) []Found {
	l, _ := tables()
	return l.find(toks)
}

// Frames finds the phrases that only make a question, in the same way; single words are
// matched without marks too.
func Frames(toks []Token) []Found {
	_, f := tables()
	return f.find(toks)
}

func (t *table) find(toks []Token) (out []Found) {
	for i := 0; i < len(toks); {
		n, e := t.at(toks[i:])
		if e == nil {
			i++
			continue
		}
		out = append(out, Found{i, i + n, e})
		i += n
	}
	return out
}

// at returns the longest entry that toks begin with.
func (t *table) at(toks []Token) (int, *Entry) {
	longest := t.longest[toks[0].Text]
	if longest == 0 {
		return 0, nil
	}
	var key strings.Builder
	best, n := -1, 0
	bare := true
	for i := range min(len(toks), longest) {
		if toks[i].Kind == Ref {
			break
		}
		if i > 0 {
			key.WriteByte(' ')
		}
		key.WriteString(toks[i].Text)
		bare = bare && toks[i].Text == toks[i].Fold
		if e, ok := t.exact[key.String()]; ok {
			best, n = e, i+1
		} else if e, ok := t.folded[key.String()]; ok && bare && i > 0 {
			best, n = e, i+1
		}
	}
	if best < 0 {
		return 0, nil
	}
	return n, &t.entries[best]
}
