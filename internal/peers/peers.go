// Package peers runs other search engines on the same data, in the same run, each at the
// best setting found, so that a claim to be better is a measurement.
package peers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/retrieval/viet"
)

// Engine builds an index over a dataset with one setting.
type Engine interface {
	Name() string
	// Settings lists what is tried, each described in words.
	Settings() []Setting
	// Index builds; the caller closes what it gets.
	Index(ctx context.Context, d *eval.Dataset, s Setting) (Indexed, error)
}

// Indexed answers questions until closed.
type Indexed interface {
	eval.System
	// Ask changes how questions are asked; what was indexed must be the same for s.
	Ask(s Setting)
	Close() error
}

// Setting is one way of running an engine.
type Setting struct {
	Words string // as printed
	// Fold indexes and asks without marks (đ becomes d).
	Fold bool
	// Title multiplies what a match in the title counts; 1 is as the body.
	Title float64
	// Pairs adds syllable pairs to what is indexed and asked, standing in for words.
	Pairs bool
	// Cover ranks by how close the words stand (PostgreSQL's ts_rank_cd).
	Cover bool
}

// Outcome is one engine at its best setting on one dataset.
type Outcome struct {
	Engine   string        `json:"engine"`
	Setting  string        `json:"setting"`
	Tried    int           `json:"tried"`
	IndexIn  time.Duration `json:"index_ns"`
	Report   *eval.Report  `json:"report"`
	P50, P99 time.Duration
	// Why says why nothing was measured; then Report is nil.
	Why string `json:"why,omitempty"`
}

// indexedAs reports whether two settings put the same words into the index.
func (s Setting) indexedAs(o Setting) bool { return s.Fold == o.Fold && s.Pairs == o.Pairs }

// Best measures an engine at every setting and keeps the one with the highest nDCG@10, the
// earlier of equals. Settings in a row that index alike share one index: on the largest set
// building it takes longer than asking.
func Best(ctx context.Context, e Engine, d *eval.Dataset, now func() time.Time) (Outcome, error) {
	best := Outcome{Engine: e.Name()}
	top := -1.0
	for rest := e.Settings(); len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].indexedAs(rest[0]) {
			n++
		}
		measured, err := measure(ctx, e, d, rest[:n], now)
		if err != nil {
			return best, fmt.Errorf("peers: %s (%s): %w", e.Name(), rest[0].Words, err)
		}
		for _, o := range measured {
			if v, ok := o.Report.Value("nDCG@10"); ok && v > top {
				top, best = v, o
			}
		}
		rest = rest[n:]
	}
	best.Tried = len(e.Settings())
	return best, nil
}

// measure builds one index and asks it with each of the settings.
func measure(ctx context.Context, e Engine, d *eval.Dataset, settings []Setting, now func() time.Time) (out []Outcome, err error) {
	start := now()
	x, err := e.Index(ctx, d, settings[0])
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	took := now().Sub(start)
	for _, s := range settings {
		x.Ask(s)
		r, err := eval.Retrieval(ctx, d, x, eval.Options{System: e.Name(), Now: now})
		if err != nil {
			return nil, err
		}
		out = append(out, Outcome{Engine: e.Name(), Setting: s.Words, IndexIn: took, Report: r, P50: r.Speed.P50, P99: r.Speed.P99})
	}
	return out, nil
}

// words are the words of a text as a setting wants them: normal form, folded if asked,
// with pairs joined by "_" if asked. Each word once when distinct is set, as queries need.
func words(text string, s Setting, distinct bool) []string {
	text = viet.Normalize(text)
	if s.Fold {
		text = viet.Fold(text)
	}
	single := strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) })
	all := single
	if s.Pairs {
		for i := 1; i < len(single); i++ {
			all = append(all, single[i-1]+"_"+single[i])
		}
	}
	if !distinct {
		return all
	}
	seen := map[string]bool{}
	var out []string
	for _, w := range all {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 && strings.ContainsRune("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ", r)
}
