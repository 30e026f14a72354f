// Package lifeevents says who should be told what, and when: facts about pseudonyms, the
// events of their lives, the rules of law those touch, and the notices they call for.
//
// The order of things:
//
//	facts, edges, events  →  View (one person as we know them today)
//	View + Set of rules   →  Plan (notices by due day; pure, no clock, no store)
//	Plan                  →  NextDue (the first day on which somebody must be looked at again)
//
// Nothing here knows a name, an address or a document number. Days are Vietnam's.
package lifeevents
