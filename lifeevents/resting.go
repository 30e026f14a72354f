package lifeevents

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/motcua/motcua/corpus"
)

// RuleVersion names one version of a rule.
type RuleVersion struct {
	Rule    string
	Version int
}

// Digests tells of every version how it reads: a version whose digest is another one plans
// otherwise.
func (s *Set) Digests() map[RuleVersion]string {
	out := make(map[RuleVersion]string, len(s.rules))
	for _, r := range s.rules {
		sum := sha256.Sum256([]byte(r.fingerprint()))
		out[RuleVersion{r.ID, r.Version}] = hex.EncodeToString(sum[:16])
	}
	return out
}

// ChangedSince lists the IDs of rules that read otherwise than when the digests were
// taken: a version came, went or changed. In order of ID.
func (s *Set) ChangedSince(seen map[RuleVersion]string) []string {
	now := s.Digests()
	var ids []string
	note := func(a, b map[RuleVersion]string) {
		for v, digest := range a {
			if b[v] != digest && !slices.Contains(ids, v.Rule) {
				ids = append(ids, v.Rule)
			}
		}
	}
	note(now, seen)
	note(seen, now)
	slices.SortFunc(ids, compareIDs)
	return ids
}

// Basis lists every provision that a rule rests on, each once, by its key.
func (s *Set) Basis() []corpus.Provision {
	byKey := map[string]corpus.Provision{}
	for _, r := range s.rules {
		for _, p := range r.Basis {
			byKey[p.Key()] = p
		}
		if r.Deadline != nil {
			for _, p := range r.Deadline.Basis {
				byKey[p.Key()] = p
			}
		}
	}
	out := make([]corpus.Provision, 0, len(byKey))
	for _, k := range sortedKeys(byKey) {
		out = append(out, byKey[k])
	}
	return out
}

// Correction checks a notice already said against the rules and facts as they are now;
// false where it still holds.
func (s *Set) Correction(v *View, n Notice) (Changed, bool) { return s.correction(v, n) }

// String is how a rule's version is written: "E13 v2".
func (v RuleVersion) String() string { return fmt.Sprintf("%s v%d", v.Rule, v.Version) }
