package lifeevents

import (
	"strconv"

	"github.com/motcua/motcua/internal/civil"
)

// Occurrence is one time that one rule touches one person: Nam turns 14 on 12/03/2026.
type Occurrence struct {
	Rule  *Rule
	About PersonID
	// Anchor is the day the trigger names (the birth, the event, the expiry); Legal the day
	// the law looks at (Anchor plus the trigger's span); Opens and Deadline bound the time
	// to act, zero where the rule has none.
	Anchor, Legal, Opens, Deadline civil.Date
	// Ref tells two occurrences of one day apart: Event.Subject or Fact.Key; often empty.
	Ref string
	// Known is the day we learned of the trigger: nothing can be due before it.
	Known civil.Date
	// Sure is false where the days off of the deadline's year are not announced yet, or
	// the rule's table has a doubt for this person; Doubt is the reason in both languages.
	Sure  bool
	Doubt Text
	Says  Text // what happened: "đủ 14 tuổi"

	Event *Event `json:"-"` // what the trigger rests on; at most one of the two
	Fact  *Fact  `json:"-"`
}

// Slot names the occurrence whatever the rule's version: "E13|nam|2026-03-12|". A change
// of law moves no slot unless it moves the legal day. Answers and duplicates go by slot.
func (o Occurrence) Slot() string { return slot(o.Rule.ID, o.About, o.Legal, o.Ref) }

func slot(rule string, about PersonID, legal civil.Date, ref string) string {
	return rule + "|" + string(about) + "|" + legal.String() + "|" + ref
}

// noticeKey is unique for ever: one step of one occurrence, to one recipient, under one version.
func noticeKey(o *Occurrence, rung string, to PersonID) string {
	return o.Slot() + "|" + rung + "|" + string(to) + "|v" + strconv.Itoa(o.Rule.Version)
}
