package lexical

import (
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
	"github.com/motcua/motcua/retrieval/viet"
)

const (
	// twinShare of the words of the shorter name must stand in the longer one.
	twinShare = 0.75
	// specialWeight is what a word counts that only marks a special case.
	specialWeight = 0.25
)

// specialWords are folded words by which names of procedures mark a special case.
var specialWords = map[string]bool{
	"thu": true, "tuc": true, "lai": true, "co": true, "yeu": true, "to": true, "nuoc": true, "ngoai": true, "luu": true,
	"dong": true, "tai": true, "khu": true, "vuc": true, "bien": true, "gioi": true, "cho": true, "cua": true, "nguoi": true,
	"cap": true, "xa": true, "tinh": true, "trung": true, "uong": true, "va": true, "hoac": true, "cac": true, "truong": true,
	"hop": true, "doi": true, "voi": true, "thuc": true, "hien": true, "da": true, "viet": true, "nam": true, "viec": true,
}

// name is a procedure's name as pairs of neighbouring words, weighted.
type name struct {
	pairs map[[2]string]float64
	total float64
}

func nameOf(title string) name {
	n := name{pairs: map[[2]string]float64{}}
	last := ""
	for _, t := range viet.Tokenize(title) {
		if t.Kind == viet.Ref {
			break
		}
		pair := [2]string{last, t.Fold}
		if _, seen := n.pairs[pair]; last != "" && !seen {
			w := 1.0
			if specialWords[last] || specialWords[t.Fold] {
				w = specialWeight
			}
			n.pairs[pair] = w
			n.total += w
		}
		last = t.Fold
	}
	return n
}

// alike reports whether two names share most of the shorter one.
func (n name) alike(o name) bool {
	shorter, longer := n, o
	if o.total < n.total {
		shorter, longer = o, n
	}
	shared := 0.0
	for p, w := range shorter.pairs {
		if _, ok := longer.pairs[p]; ok {
			shared += w
		}
	}
	return shorter.total > 0 && shared >= twinShare*shorter.total
}

// groupTwins fills Hit.Twins of procedures: the hits whose names share most of their
// words, in the order of the hits, the hit itself included.
func groupTwins(hits []retrieval.Hit) {
	names := make([]name, len(hits))
	for i, h := range hits {
		if h.Chunk.Procedure != "" {
			names[i] = nameOf(h.Chunk.Title)
		}
	}
	for i := range hits {
		var twins []corpus.UnitID
		for k := range hits {
			if hits[k].Chunk.Procedure != "" && (i == k || names[i].alike(names[k])) {
				twins = append(twins, hits[k].Unit)
			}
		}
		if len(twins) > 1 && hits[i].Chunk.Procedure != "" {
			hits[i].Twins = twins
		}
	}
}

// TellApart says, for each of several names, which of its words not all the others have,
// as written; "" for a name that has no word of its own: the plain case.
func TellApart(names []string) []string {
	common := map[string]int{}
	cut := make([][]viet.Token, len(names))
	for i, n := range names {
		seen := map[string]bool{}
		for _, t := range viet.Tokenize(n) {
			if t.Kind == viet.Ref {
				break
			}
			cut[i] = append(cut[i], t)
			if !seen[t.Text] {
				seen[t.Text] = true
				common[t.Text]++
			}
		}
	}
	out := make([]string, len(names))
	for i, toks := range cut {
		toks = slices.DeleteFunc(toks, func(t viet.Token) bool { return common[t.Text] == len(names) })
		words := make([]string, len(toks))
		for k, t := range toks {
			words[k] = names[i][t.Start:t.End]
		}
		out[i] = strings.Join(words, " ")
	}
	return out
}
