package parse

import (
	"encoding/json"
	"iter"
	"testing"

	"github.com/motcua/motcua/corpus"
)

// realRelations reads both collections of laws and gives, by number key of the target,
// what is done to it, and the spans of the instruments read.
func realRelations(t *testing.T) (to map[string][]corpus.Relation, spans map[string]corpus.Validity) {
	t.Helper()
	if testing.Short() {
		t.Skip("reads all laws")
	}
	to, spans = map[string][]corpus.Relation{}, map[string]corpus.Validity{}
	for _, seq := range []iter.Seq2[corpus.Instrument, error]{
		Enacted(gzipOpener(sharedFile(t, "data/laws/laws_as_enacted_2024-11.jsonl.gz")), corpus.Source{}),
		Codified(gzipOpener(sharedFile(t, "data/laws/phapdien_2026-01.jsonl.gz")), corpus.Source{}),
	} {
		for in, err := range seq {
			if err != nil {
				continue
			}
			spans[corpus.NumberKey(in.Number)] = in.Validity
			for _, r := range in.Relations {
				if r.Kind != corpus.Refers {
					to[corpus.NumberKey(r.To.Instrument)] = append(to[corpus.NumberKey(r.To.Instrument)], r)
				}
			}
		}
	}
	return to, spans
}

func wholeEnds(rels []corpus.Relation) (out []corpus.Relation) {
	for _, r := range rels {
		if r.To.Article == "" && r.To.Annex == "" && (r.Kind == corpus.Repeals || r.Kind == corpus.Replaces) {
			out = append(out, r)
		}
	}
	return out
}

// TestRealLaws compares what is read from real laws with the table of endings, and with
// what really changed in the codified law between two snapshots.
func TestRealLaws(t *testing.T) {
	to, spans := realRelations(t)
	t.Run("TheTableOfEndingsAgreesWithClosingArticles", func(t *testing.T) {
		read, agree := 0, 0
		for _, k := range KnownEndings() {
			ends := wholeEnds(to[corpus.NumberKey(k.To.Instrument)])
			if len(ends) == 0 {
				continue
			}
			read++
			found := false
			for _, e := range ends {
				found = found || e.From.Instrument == k.From.Instrument && e.Effective == k.Effective
			}
			if found {
				agree++
			} else {
				t.Logf("%s: table says %s %s, closing article %s %s: %.120s", k.To.Instrument, k.From.Instrument, k.Effective, ends[0].From.Instrument, ends[0].Effective, ends[0].Evidence)
			}
		}
		t.Logf("%d endings in the table, %d also read from closing articles, %d agree", len(KnownEndings()), read, agree)
		if read < 30 || agree < read*95/100 {
			t.Error("table and texts disagree")
		}
		for _, l := range knownLaws {
			if s, ok := spans[corpus.NumberKey(l.Number)]; ok && s.From != l.span().From {
				t.Logf("%s %s: table says from %s, text %s", l.Name, l.Number, l.From, s.From)
			}
		}
	})
	t.Run("RelationsPredictWhatChangedInTheCodifiedLaw", func(t *testing.T) { predictChanges(t, to, spans) })
}

func predictChanges(t *testing.T, to map[string][]corpus.Relation, spans map[string]corpus.Validity) {
	type change struct {
		Change  string `json:"change"`
		Law     string `json:"law_id"`
		Article string `json:"article_id"`
	}
	all, told := map[string]int{}, map[string]int{}
	inFile := 0
	for line, err := range jsonLines(gzipOpener(sharedFile(t, "data/laws/phapdien_changes_2025-02_to_2026-01.dev.jsonl.gz"))) {
		if err != nil {
			t.Fatal(err)
		}
		var c change
		if err := json.Unmarshal(line.text, &c); err != nil {
			t.Fatal(err)
		}
		all[c.Change]++
		p := corpus.Provision{Instrument: c.Law, Article: c.Article}
		s := corpus.StatusOn(p, corpus.Validity{From: day("1990-01-01")}, append(to[corpus.NumberKey(c.Law)], KnownEndings()...), day("2026-01-31"))
		switch {
		case c.Change == "removed" && !s.Applies(), c.Change == "changed" && s.State == corpus.Amended:
			told[c.Change]++
		case c.Change == "removed":
			if _, still := spans[corpus.NumberKey(c.Law)]; still {
				inFile++
			}
		}
	}
	t.Logf("removed: %d, of these told as ended %d, refiled in instruments still there %d; changed: %d, told as amended %d; added: %d",
		all["removed"], told["removed"], inFile, all["changed"], told["changed"], all["added"])
	if told["changed"] < all["changed"]/2 {
		t.Error("most real changes are not told by relations")
	}
}
