// Package peers runs other search engines on the same data, in the same run, each at the
// best setting found, so that a claim to be better is a measurement.
package peers

import (
	"context"
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

// Best measures an engine at every setting and keeps the one with the highest nDCG@10.
func Best(ctx context.Context, e Engine, d *eval.Dataset, now func() time.Time) (Outcome, error) {
	best := Outcome{Engine: e.Name()}
	top := -1.0
	for _, s := range e.Settings() {
		o, err := measure(ctx, e, d, s, now)
		if err != nil {
			return best, fmt.Errorf("peers: %s (%s): %w", e.Name(), s.Words, err)
		}
		best.Tried++
		if v, ok := o.Report.Value("nDCG@10"); ok && v > top {
			o.Tried, top, best = best.Tried, v, o
		} else {
			o.Tried = best.Tried
		}
	}
	best.Tried = len(e.Settings())
	return best, nil
}

func measure(ctx context.Context, e Engine, d *eval.Dataset, s Setting, now func() time.Time) (Outcome, error) {
	start := now()
	x, err := e.Index(ctx, d, s)
	if err != nil {
		return Outcome{}, err
	}
	took := now().Sub(start)
	r, err := eval.Retrieval(ctx, d, x, eval.Options{System: e.Name(), Now: now})
	if closeErr := x.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Engine: e.Name(), Setting: s.Words, IndexIn: took, Report: r, P50: r.Speed.P50, P99: r.Speed.P99}, nil
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
