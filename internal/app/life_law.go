package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// saidWithin is how far back, in days, what was said is still looked at when the law
// behind it changes.
const saidWithin = 400

// namedOf is how many answers and notices a ripple names; more are only counted.
const namedOf = 10

// Resting is what rests on one changed provision or rule.
type Resting struct {
	Subject string `json:"subject"` // "Điều 15 Luật 60/2014/QH13", "E13"
	What    string `json:"what"`    // "added", "changed", "removed"
	// Rules name those that rest on the provision.
	Rules   []RestingRule `json:"rules,omitempty"`
	Said    int           `json:"said"`    // notices said under these rules in the last 400 days
	Waiting int           `json:"waiting"` // notices queued and not sent
	// Correct are notices said that would read otherwise now; at most ten are named.
	Correct  int      `json:"correct"`
	ToMend   []string `json:"to_mend,omitempty"`
	Answers  int      `json:"answers"` // answers still kept that cite the place
	AnswerID []string `json:"answer_ids,omitempty"`
	// Corrections are officials' statements resting on it.
	Corrections []string `json:"corrections,omitempty"`
	key         string
}

// RestingRule is a rule with when it was last compared with the law.
type RestingRule struct {
	ID         string `json:"id"`
	Version    int    `json:"version"`
	Name       string `json:"name"`
	VerifiedOn string `json:"verified_on"`
}

// Touches reports whether anything rests on it.
func (r Resting) Touches() bool {
	return len(r.Rules) > 0 || r.Answers > 0 || len(r.Corrections) > 0
}

// lawChanges keeps what has changed for people to look at, and how rules read last time.
type lawChanges interface {
	Add(ctx context.Context, list []store.LawChange) error
	List(ctx context.Context, open bool, n int) ([]store.LawChange, error)
	Review(ctx context.Context, id int64, who, note string, at time.Time) error
	RulesSeen(ctx context.Context) (map[lifeevents.RuleVersion]string, error)
	SetRulesSeen(ctx context.Context, seen map[lifeevents.RuleVersion]string) error
	AnswersOn(ctx context.Context, units []corpus.UnitID, most int) (n int, newest []string, err error)
	AnswerUnits(ctx context.Context) ([]corpus.UnitID, error)
}

// RestingOn names what rests on a provision today.
func (l *Life) RestingOn(ctx context.Context, p corpus.Provision, what string) (Resting, error) {
	r := Resting{Subject: p.String(), What: what, key: p.Key()}
	var ids []string
	for _, rule := range l.Rules.RestingOn(p) {
		r.Rules = append(r.Rules, RestingRule{rule.ID, rule.Version, rule.Name.VI, rule.VerifiedOn.String()})
		if !slices.Contains(ids, rule.ID) {
			ids = append(ids, rule.ID)
		}
	}
	var err error
	if r.Said, r.Waiting, err = l.Outbox.Under(ctx, ids, civil.On(l.Now()).AddDays(-saidWithin)); err != nil {
		return r, err
	}
	r.Answers, r.AnswerID, err = l.db.LawChanges().AnswersOn(ctx, []corpus.UnitID{corpus.UnitOf(p)}, namedOf)
	return r, err
}

// wording is how a place read at one moment, as digests; zero where nothing is stored of it.
type wording struct {
	words, from, until string
	ours               bool // our summary, not the law's own words
}

// changed says what became of a place; "" where nothing did. A place that had no words
// before is new to us, and a summary of ours that gives way to the law's own words is no
// change of law unless the law ends on another day.
func (w wording) changed(now wording) string {
	switch {
	case w == (wording{}) || w == now:
		return ""
	case now == (wording{}):
		if w.ours { // the law's own words are cut otherwise
			return ""
		}
		return "removed"
	case w.ours != now.ours && w.until == now.until:
		return ""
	}
	return "changed"
}

// lawText reads how a provision stands now.
func (a *App) lawText(ctx context.Context, p corpus.Provision) (w wording, err error) {
	chunks, err := a.store.Library().Unit(ctx, corpus.UnitOf(p))
	if errors.Is(err, corpus.ErrNotFound) {
		return w, nil
	}
	words, from, until := sha256.New(), sha256.New(), map[string]bool{}
	found := false
	for _, c := range chunks {
		if !p.Covers(c.Provision) && !c.Provision.Covers(p) {
			continue
		}
		found, w.ours = true, w.ours || c.Digest
		_, _ = io.WriteString(words, lettersOf(c.Text))
		if !strings.HasPrefix(c.Provision.Key(), p.Key()+"#") { // of the place itself, however it is cut
			_, _ = fmt.Fprintf(from, "%s\n", c.Validity.From)
			until[c.Validity.Until.String()] = true
		}
	}
	if err != nil || !found {
		return wording{}, err
	}
	w.words, w.from = hex.EncodeToString(words.Sum(nil)), hex.EncodeToString(from.Sum(nil))
	w.until = strings.Join(slices.Sorted(maps.Keys(until)), " ")
	return w, nil
}

// lettersOf keeps what makes the words: two sources of one text differ in spaces, dots and
// capitals, and that is no change of law.
func lettersOf(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, text)
}

// watched are the places that something rests on: rules, answers still kept, corrections.
func (a *App) watched(ctx context.Context, set *lifeevents.Set) (map[string]corpus.Provision, error) {
	out := map[string]corpus.Provision{}
	for _, p := range set.Basis() {
		if p.Article != "" || p.Annex != "" {
			out[p.Key()] = p
		}
	}
	units, err := a.store.LawChanges().AnswerUnits(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if p, ok := provisionOf(u); ok {
			out[p.Key()] = p
		}
	}
	live, err := a.corrections.Live(ctx, a.now())
	for _, c := range live {
		for _, p := range c.Basis {
			out[p.Key()] = p
		}
	}
	return out, err
}

// provisionOf reads the name of a unit; false for a procedure. The number comes back as the
// store keeps it to compare.
func provisionOf(u corpus.UnitID) (corpus.Provision, bool) {
	number, place, ok := strings.Cut(string(u), "#")
	if !ok || strings.HasPrefix(string(u), "tthc:") {
		return corpus.Provision{}, false
	}
	p := corpus.Provision{Instrument: strings.ToUpper(number)}
	if annex, is := strings.CutPrefix(place, "pl:"); is {
		p.Annex = annex
	} else {
		p.Article = place
	}
	return p, true
}

// lawWatch holds how every watched place read at one moment.
type lawWatch struct {
	places map[string]corpus.Provision
	text   map[string]wording
}

func (a *App) watchLaw(ctx context.Context, set *lifeevents.Set) (w lawWatch, err error) {
	if w.places, err = a.watched(ctx, set); err != nil {
		return w, err
	}
	w.text, err = a.lawTexts(ctx, w.places)
	return w, err
}

func (a *App) lawTexts(ctx context.Context, places map[string]corpus.Provision) (map[string]wording, error) {
	out := make(map[string]wording, len(places))
	for key, p := range places {
		text, err := a.lawText(ctx, p)
		if err != nil {
			return nil, err
		}
		out[key] = text
	}
	return out, nil
}

// ripple compares the watched places with what was, keeps what changed for review, and
// returns it by place.
func (a *App) ripple(ctx context.Context, before lawWatch) ([]Resting, error) {
	now, err := a.lawTexts(ctx, before.places)
	if err != nil {
		return nil, err
	}
	l, err := newLife(a.store, a.now)
	if err != nil {
		return nil, err
	}
	l.Outbox = a.store.Outbox(nil)
	live, err := a.corrections.Live(ctx, a.now())
	if err != nil {
		return nil, err
	}
	var out []Resting
	for _, key := range slices.Sorted(maps.Keys(before.places)) {
		what, p := before.text[key].changed(now[key]), before.places[key]
		if what == "" {
			continue
		}
		r, err := l.RestingOn(ctx, p, what)
		if err != nil {
			return nil, err
		}
		for _, c := range live {
			if slices.ContainsFunc(c.Basis, func(q corpus.Provision) bool { return q.Covers(p) || p.Covers(q) }) {
				r.Corrections = append(r.Corrections, c.ID)
			}
		}
		if r.Touches() {
			out = append(out, r)
		}
	}
	return out, a.keepRipple(ctx, "provision", out)
}

func (a *App) keepRipple(ctx context.Context, kind string, list []Resting) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([]store.LawChange, len(list))
	for i, r := range list {
		detail, err := json.Marshal(r)
		if err != nil {
			return err
		}
		rows[i] = store.LawChange{At: a.now(), Kind: kind, Subject: r.key, What: r.What, Detail: detail}
	}
	return a.store.LawChanges().Add(ctx, rows)
}

// lawOnStart notices rules that read otherwise than when this store was served last: they
// are planned anew for everybody, and what was said under them and no longer holds is
// listed for correction.
func (a *App) lawOnStart(ctx context.Context) error {
	changes := a.store.LawChanges()
	seen, err := changes.RulesSeen(ctx)
	if err != nil {
		return err
	}
	ids := a.life.Rules.ChangedSince(seen)
	if len(ids) == 0 {
		return nil
	}
	if len(seen) > 0 {
		if err := a.replanRules(ctx, ids); err != nil {
			return err
		}
	}
	return changes.SetRulesSeen(ctx, a.life.Rules.Digests())
}

func (a *App) replanRules(ctx context.Context, ids []string) error {
	start := time.Now()
	today := civil.On(a.now())
	rows, err := a.life.Engine.Recompute(ctx, a.life.People, ids, today, runtime.NumCPU())
	if err != nil {
		return err
	}
	list, err := a.life.Wrong(ctx, a.life.Rules, ids)
	if err != nil {
		return err
	}
	a.log.InfoContext(ctx, "app: rules changed and were planned anew", "rules", strings.Join(ids, " "), "days", rows, "to correct", countCorrect(list), "took", time.Since(start).Round(time.Millisecond))
	return a.keepRipple(ctx, "rule", list)
}

func countCorrect(list []Resting) (n int) {
	for _, r := range list {
		n += r.Correct
	}
	return n
}

// Wrong lists, for each rule named, what was said under it and reads otherwise by a set.
func (l *Life) Wrong(ctx context.Context, set *lifeevents.Set, ids []string) ([]Resting, error) {
	since := civil.On(l.Now()).AddDays(-saidWithin)
	var out []Resting
	for _, id := range ids {
		r := Resting{Subject: id, What: "changed", key: id}
		var err error
		if r.Said, r.Waiting, err = l.Outbox.Under(ctx, []string{id}, since); err != nil {
			return nil, err
		}
		for after := int64(0); ; {
			said, err := l.Outbox.SaidUnder(ctx, []string{id}, since, after, 500)
			if err != nil {
				return nil, err
			}
			if len(said) == 0 {
				break
			}
			if err := l.judgeSaid(ctx, set, said, &r); err != nil {
				return nil, err
			}
			after = said[len(said)-1].ID
		}
		out = append(out, r)
	}
	return out, nil
}

func (l *Life) judgeSaid(ctx context.Context, set *lifeevents.Set, said []store.Said, r *Resting) error {
	ids := make([]lifeevents.PersonID, len(said))
	for i := range said {
		ids[i] = said[i].Notice.About
	}
	views, err := l.People.Views(ctx, ids)
	if err != nil {
		return err
	}
	for i := range said {
		c, wrong := set.Correction(views[i], said[i].Notice)
		if !wrong {
			continue
		}
		if r.Correct++; len(r.ToMend) < namedOf {
			r.ToMend = append(r.ToMend, fmt.Sprintf("%s: %s", said[i].Notice.Key, strings.Join(c.What, ", ")))
		}
	}
	return nil
}
