package assistant

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/motcua/motcua/retrieval/viet"
)

//go:generate go run ./gen -root .. -data ../../shared/data

// kindFile holds the weights that gen learned: what a question is where the cues of
// scope_cues.go and the guards find nothing.
//
//go:embed kind.txt
var kindFile []byte

// Kinds a question may be of beside the one we answer; the names are outcomes, and for
// dangers "crisis." with the danger.
var kindOutcomes = map[string]Status{
	"case": CaseStatus, "foreign": ForeignLaw, "strategy": LegalStrategy, "politics": Politics, "opinion": Opinion, "scope": OutOfScope,
	"refuse": Refused, "unreal": NoSource, Unheld: NoSource, "crisis.violence": Crisis, "crisis.self_harm": Crisis, "crisis.fraud": Crisis,
}

// Plain is the kind of the questions we answer; Unheld of those that offices answer of whose
// records we hold none: what was found decides between the two.
const (
	Plain  = "plain"
	Unheld = "unheld"
)

// kindModel is a softmax over kinds of the sums of the weights of a question's features.
type kindModel struct {
	kinds   []string
	weights map[string][]float64
}

var kinds = mustKinds(kindFile)

// mustKinds reads the file: a line of kinds, then by line a feature and its weights, each
// with the number of its kind. The file is part of the program: what is wrong in it panics.
func mustKinds(file []byte) kindModel {
	m := kindModel{weights: map[string][]float64{}}
	lines := bufio.NewScanner(bytes.NewReader(file))
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if m.kinds == nil {
			m.kinds = cols[1:]
			continue
		}
		w := make([]float64, len(m.kinds))
		for _, c := range cols[1:] {
			number, weight, _ := strings.Cut(c, ":")
			k, errKind := strconv.Atoi(number)
			v, errWeight := strconv.ParseFloat(weight, 64)
			if errKind != nil || errWeight != nil || k < 0 || k >= len(w) {
				panic(fmt.Sprintf("assistant: kind.txt: %q", line))
			}
			w[k] = v
		}
		m.weights[cols[0]] = w
	}
	return m
}

// of is the likeliest kind of a question beside the plain one and the unheld, its
// probability, and that of the unheld.
func (m kindModel) of(text string) (kind string, p, unheld float64) {
	scores := make([]float64, len(m.kinds))
	features := KindFeatures(text)
	for _, f := range features {
		for i, w := range m.weights[f] {
			scores[i] += w
		}
	}
	sum, best := 0.0, -1
	for i := range scores {
		scores[i] = math.Exp(scores[i])
		sum += scores[i]
		if m.kinds[i] == Unheld {
			unheld = scores[i]
		} else if m.kinds[i] != Plain && (best < 0 || scores[i] > scores[best]) {
			best = i
		}
	}
	if best < 0 {
		return Plain, 0, 0
	}
	return m.kinds[best], scores[best] / sum, unheld / sum
}

// KindFeatures are what the kind of a question is read from: its words without marks, each
// alone and with the next, how it opens, whether countries are named, and which classes of
// cues stand in it. gen learns with the same.
func KindFeatures(text string) []string {
	var words []string
	for _, t := range baseTokens(spelledOut(text)) {
		if t.Kind == viet.Number {
			words = append(words, "<so>")
			continue
		}
		words = append(words, t.Fold)
	}
	if len(words) > maxKindWords {
		words = words[:maxKindWords]
	}
	words = countryWords(words)
	out := []string{"*"}
	seen := map[string]bool{}
	add := func(f string) {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	for i, w := range words {
		add(w)
		switch {
		case i > 0:
			add(words[i-1] + " " + w)
		default:
			add("^ " + w)
		}
		if i > 1 {
			add(words[i-2] + " _ " + w)
		}
	}
	form := readCues(text)
	classFeatures(form, add)
	if !administrative(text) {
		add("!idle")
	}
	for _, b := range kindBooks {
		for _, h := range b.book.find(form) {
			if h.class != 0 {
				add("#" + b.name + b.book.names[h.class])
			}
		}
	}
	return out
}

// kindBooks are the cues whose classes tell kinds apart: whoever words a thing anew may
// still use a word of its class.
var kindBooks = []struct {
	name string
	book *cueBook
}{{"scope ", scopeBook}, {"harm ", harmBook}, {"attack ", attackBook}}

// maxKindWords bounds what is read of a long text.
const maxKindWords = 120

// clearCountries are names that mean a country in any company; of two words where the
// short one does not.
var clearCountries = map[string]bool{}

func init() {
	for _, c := range strings.Split(`han quoc,nhat ban,trung quoc,dai loan,thai lan,singapore,campuchia,malaysia,indonesia,philippines,canada,an do,ha lan,thuy si,thuy dien,na uy,hoa ky,anh quoc,new zealand,chau au,dubai,hong kong,tay ban nha,dan mach,ukraine,lien bang nga,california,schengen`, ",") {
		clearCountries[c] = true
	}
}

// shortCountries mean a country behind a word of place: "ở Mỹ", "bên Đức".
var shortCountries = cueWords("my mi nhat han uc duc phap nga lao anh thai my y bi trung dai")

var countryBefore = cueWords("o ben tai nuoc sang qua di luat nguoi ve")

// countryWords puts <nuoc> for each country.
func countryWords(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		two, three := "", ""
		if i+1 < len(words) {
			two = words[i] + " " + words[i+1]
		}
		if i+2 < len(words) {
			three = two + " " + words[i+2]
		}
		switch {
		case clearCountries[three]:
			out, i = append(out, "<nuoc>"), i+2
		case clearCountries[two]:
			out, i = append(out, "<nuoc>"), i+1
		case clearCountries[words[i]], shortCountries[words[i]] && (i == 0 && words[i] != "anh" && words[i] != "y" && words[i] != "bi" && words[i] != "trung" || i > 0 && countryBefore[words[i-1]]):
			out = append(out, "<nuoc>")
		default:
			out = append(out, words[i])
		}
	}
	return out
}
