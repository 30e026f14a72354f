package lifeevents

import (
	"fmt"
	"strings"
)

// fingerprint is all that a rule says, in words: two rules with the same one plan the same.
func (r *Rule) fingerprint() string {
	var b strings.Builder
	words := func(name string, list []Condition) {
		for _, c := range list {
			fmt.Fprintf(&b, "%s %s\n", name, c.Words)
		}
	}
	fmt.Fprintf(&b, "%s v%d %v %s\n%s\n", r.ID, r.Version, r.Name, r.Topic, r.Trigger.Words)
	for _, s := range r.Ladder {
		fmt.Fprintf(&b, "step %s\n", s.Words)
	}
	words("when", r.When)
	words("unless", r.Unless)
	words("stop", r.Stop)
	if r.Deadline != nil {
		fmt.Fprintf(&b, "deadline %s %v %v %v\n", r.Deadline.Words, r.Deadline.Says, r.Deadline.Basis, r.Deadline.Consequence)
	}
	if r.Opens != nil {
		fmt.Fprintf(&b, "opens %s\n", r.Opens)
	}
	fmt.Fprintf(&b, "%v %v %v %v %v\n", r.Recipients, r.LeadsTo, r.YieldsTo, r.Mourning, r.OfTheDead)
	fmt.Fprintf(&b, "%v %v %v %v %v %v %v %v %d\n", r.Procedures, r.Basis, r.Register, r.Sensitivity, r.Level, r.Ground, r.Purpose, r.Keep, r.CatchUp)
	fmt.Fprintf(&b, "%v %v %v %v %v %v %q", r.Texts, r.Validity, r.Confidence, r.VerifiedOn, r.Source, r.Doubt, r.Disabled)
	return b.String()
}
