package assistant

// Status is a closed list; each has its public wording in wording.go.
type Status string

// The outcomes, grouped by prefix.
const (
	Answered    Status = "answered"
	Partial     Status = "answered.partial" // some of what was asked is not in our sources
	NeedsDetail Status = "needs_detail"     // we ask back

	NoSource      Status = "unanswerable.source"   // nothing relevant in force
	NotInForce    Status = "unanswerable.expired"  // only texts no longer, or not yet, in force
	OutOfScope    Status = "unanswerable.scope"    // not public services or law
	ForeignLaw    Status = "unanswerable.foreign"  // another country's law
	CaseStatus    Status = "unanswerable.case"     // state of a personal file
	LegalStrategy Status = "unanswerable.strategy" // how to win, whether to sue
	Politics      Status = "unanswerable.politics"
	Opinion       Status = "unanswerable.opinion"

	Refused   Status = "guard.refused"   // attack or unlawful wish
	Crisis    Status = "guard.crisis"    // danger: hotline first
	TooLong   Status = "guard.too_long"  // over the size limit
	Unclear   Status = "guard.unclear"   // empty, or no words in it
	TooMany   Status = "guard.too_many"  // rate limit
	SmallTalk Status = "answered.social" // greeting, thanks, who are you

	Unavailable Status = "error.unavailable" // something we depend on failed
	Paused      Status = "error.paused"      // officials switched the assistant off
)

// Ended reports whether a step has set an outcome.
func (s Status) Ended() bool { return s != "" }

// Refusal reports whether the outcome is an honest "no".
func (s Status) Refusal() bool {
	switch s {
	case NoSource, NotInForce, OutOfScope, ForeignLaw, CaseStatus, LegalStrategy, Politics, Opinion, Refused, Crisis:
		return true
	}
	return false
}
