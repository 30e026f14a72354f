package storetest

import (
	"slices"
	"testing"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// LifeEvents checks what lifeevents.Store promises.
func LifeEvents(t *testing.T, open func(*testing.T) Life) {
	t.Run("TheSameChangeTwiceChangesNothing", func(t *testing.T) { sameChangeTwice(t, open(t)) })
	t.Run("ACorrectionSupersedesInWhateverOrderItComes", func(t *testing.T) { correction(t, open(t)) })
	t.Run("ARetractionVoidsItsEventEvenWhenItComesFirst", func(t *testing.T) { retraction(t, open(t)) })
	t.Run("AChangeTouchesTheFamilyAndMarksThemDue", func(t *testing.T) { touchesFamily(t, open(t)) })
	t.Run("ADeathReachesWhoeverMournersAnswerFor", func(t *testing.T) { deathReaches(t, open(t)) })
	t.Run("ARejectedChangeLeavesNothing", func(t *testing.T) { rejectedChange(t, open(t)) })
	t.Run("TheIndexIsReadInOrderAndByRange", func(t *testing.T) { indexRange(t, open(t)) })
	t.Run("ANoticeIsQueuedOnce", func(t *testing.T) { queuedOnce(t, open(t)) })
	t.Run("ReplanWithdrawsWhatIsNotKeptAndTellsWhatWasSaid", func(t *testing.T) { replanWithdraws(t, open(t)) })
	t.Run("WhatIsDueAtOnceIsQueuedWithTheChange", func(t *testing.T) { queuedAtOnce(t, open(t)) })
	t.Run("ADaysWorkLeavesAloneWhoHasChangedMeanwhile", func(t *testing.T) { changedMeanwhile(t, open(t)) })
	t.Run("TheLastDayWorkedNeverMovesBack", func(t *testing.T) { lastDay(t, open(t)) })
	t.Run("TheLatestWordOnConsentDecides", func(t *testing.T) { latestConsent(t, open(t)) })
	t.Run("PeopleAreListedInOrder", func(t *testing.T) { peopleInOrder(t, open(t)) })
}

func sameChangeTwice(t *testing.T, s Life) {
	c := lifeevents.Change{
		Facts:   []lifeevents.Fact{bornOn("nam", "f1", "2012-03-12")},
		Events:  []lifeevents.Event{{ID: "e1", Source: lifeevents.Declaration, Person: "nam", Kind: lifeevents.PassportLost, On: day("2026-01-02")}},
		Answers: []lifeevents.Answer{{Person: "nam", About: "nam", Kind: lifeevents.Done, Slot: "x", At: at("2026-01-02", 9)}},
	}
	if got := take(t, s, c, at("2026-01-02", 9)); !slices.Equal(got, []lifeevents.PersonID{"nam"}) {
		t.Errorf("touched %v", got)
	}
	before := view(t, s, "nam")
	if got := take(t, s, c, at("2026-01-03", 9)); len(got) != 0 {
		t.Errorf("the same again touched %v", got)
	}
	after := view(t, s, "nam")
	if len(before.Facts) != 1 || len(before.Events) != 1 || len(before.Answers) != 1 || before.Born != day("2012-03-12") ||
		len(after.Events) != 1 || len(after.Answers) != 1 {
		t.Errorf("view %+v, then %+v", before, after)
	}
	if v := view(t, s, "ai"); v.ID != "ai" || len(v.Facts) != 0 {
		t.Errorf("somebody never heard of: %+v", v)
	}
}

func correction(t *testing.T, s Life) {
	right := bornOn("nam", "f2", "2012-03-13")
	right.Supersedes = "f1"
	take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{right}}, at("2026-01-02", 9))
	take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{bornOn("nam", "f1", "2012-03-12")}}, at("2026-01-02", 10))
	if v := view(t, s, "nam"); v.Born != day("2012-03-13") || len(v.Facts) != 1 {
		t.Errorf("born %v, facts %+v", v.Born, v.Facts)
	}
	gone := lifeevents.Fact{ID: "f3", Person: "nam", Kind: lifeevents.DateOfBirth, Supersedes: "f2", Withdrawn: true, Source: lifeevents.PopulationRegister}
	take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{gone}}, at("2026-01-02", 11))
	if v := view(t, s, "nam"); !v.Born.IsZero() {
		t.Errorf("withdrawn, yet born %v", v.Born)
	}
}

func retraction(t *testing.T, s Life) {
	event := lifeevents.Event{ID: "e1", Source: lifeevents.ResidenceRegister, Person: "nam", Kind: lifeevents.ResidenceChanged, On: day("2026-01-02")}
	never := lifeevents.Event{ID: "e2", Source: lifeevents.ResidenceRegister, Retracts: "e1"}
	take(t, s, lifeevents.Change{Events: []lifeevents.Event{event}}, at("2026-01-02", 9))
	if got := take(t, s, lifeevents.Change{Events: []lifeevents.Event{never}}, at("2026-01-03", 9)); !slices.Equal(got, []lifeevents.PersonID{"nam"}) {
		t.Errorf("the retraction touched %v", got)
	}
	if v := view(t, s, "nam"); len(v.Events) != 0 {
		t.Errorf("events %+v", v.Events)
	}
	other := event
	other.ID, never.ID, never.Retracts = "e3", "e4", "e3"
	take(t, s, lifeevents.Change{Events: []lifeevents.Event{never}}, at("2026-01-04", 9))
	take(t, s, lifeevents.Change{Events: []lifeevents.Event{other}}, at("2026-01-05", 9))
	elsewhere := event
	elsewhere.Source = lifeevents.Declaration // the ID alone does not make it the same event
	take(t, s, lifeevents.Change{Events: []lifeevents.Event{elsewhere}}, at("2026-01-05", 9))
	if v := view(t, s, "nam"); len(v.Events) != 1 || v.Events[0].Source != lifeevents.Declaration {
		t.Errorf("events %+v", v.Events)
	}
}

func family(t *testing.T, s Life) {
	t.Helper()
	edge := func(id, from, to string, kind lifeevents.EdgeKind) lifeevents.Edge {
		return lifeevents.Edge{ID: id, From: lifeevents.PersonID(from), To: lifeevents.PersonID(to), Kind: kind, Authority: true, Source: lifeevents.CivilStatusRegister}
	}
	take(t, s, lifeevents.Change{
		Facts: []lifeevents.Fact{bornOn("ông", "b1", "1950-01-01"), bornOn("mẹ", "b2", "1985-01-01"), bornOn("con", "b3", "2020-01-01"), livesIn("mẹ", "r2", "26734")},
		Edges: []lifeevents.Edge{edge("g1", "ông", "mẹ", lifeevents.ParentOf), edge("g2", "mẹ", "con", lifeevents.ParentOf)},
	}, at("2026-01-01", 9))
}

func touchesFamily(t *testing.T, s Life) {
	family(t, s)
	ok(t, s.SetRan(t.Context(), day("2026-01-01")))
	names := []lifeevents.PersonID{"con", "mẹ", "ông"}
	var looked []*lifeevents.View
	for _, p := range names {
		looked = append(looked, view(t, s, p))
	}
	_ = must[int](t)(s.Queue(t.Context(), nil, looked, must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2026-01-01"), lifeevents.Due{}, 10)), nil))
	got := take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{livesIn("mẹ", "r3", "26740")}}, at("2026-02-01", 9))
	if !slices.Equal(got, names) {
		t.Errorf("touched %v", got)
	}
	due := must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2026-02-01"), lifeevents.Due{}, 10))
	if len(due) != 3 || due[0].Rule != lifeevents.LookAgain || due[0].On != day("2026-02-01") {
		t.Errorf("due %+v", due)
	}
	v := view(t, s, "con")
	if len(v.Edges) != 1 || v.Kin["mẹ"] == nil || v.Kin["mẹ"].Born != day("1985-01-01") || v.Kin["mẹ"].Place(day("2026-02-01")) != "26740" {
		t.Errorf("the child's view: %+v, kin %+v", v.Edges, v.Kin)
	}
	ended := lifeevents.Edge{ID: "g3", From: "mẹ", To: "con", Kind: lifeevents.ParentOf, Supersedes: "g2", Withdrawn: true}
	take(t, s, lifeevents.Change{Edges: []lifeevents.Edge{ended}}, at("2026-02-02", 9))
	if v := view(t, s, "con"); len(v.Edges) != 0 || len(v.Kin) != 0 {
		t.Errorf("after the edge was withdrawn: %+v, kin %v", v.Edges, v.Kin)
	}
}

func deathReaches(t *testing.T, s Life) {
	family(t, s)
	death := lifeevents.Event{ID: "d1", Source: lifeevents.CivilStatusRegister, Person: "ông", Kind: lifeevents.DeathRegistered, On: day("2026-03-01")}
	if got := take(t, s, lifeevents.Change{Events: []lifeevents.Event{death}}, at("2026-03-02", 9)); !slices.Equal(got, []lifeevents.PersonID{"con", "mẹ", "ông"}) {
		t.Errorf("touched %v: the grandchild's letters to the mourning mother must wait too", got)
	}
	loss := lifeevents.Loss{Dead: "ông", To: "mẹ", On: day("2026-03-01")}
	for _, p := range []lifeevents.PersonID{"mẹ", "con"} {
		if v := view(t, s, p); !slices.Contains(v.Losses, loss) {
			t.Errorf("losses seen from %s: %v", p, v.Losses)
		}
	}
	if v := view(t, s, "mẹ"); v.Kin["ông"].Died != day("2026-03-01") {
		t.Error("the mother's view does not show the death")
	}
	take(t, s, lifeevents.Change{Events: []lifeevents.Event{{ID: "d2", Source: lifeevents.CivilStatusRegister, Retracts: "d1"}}}, at("2026-03-03", 9))
	if v := view(t, s, "con"); len(v.Losses) != 0 {
		t.Errorf("after the retraction: %v", v.Losses)
	}
	if v := view(t, s, "ông"); !v.Died.IsZero() {
		t.Errorf("still dead: %v", v.Died)
	}
}

func rejectedChange(t *testing.T, s Life) {
	c := lifeevents.Change{Facts: []lifeevents.Fact{bornOn("nam", "f1", "2012-03-12"), bornOn("", "f2", "2012-03-12")}}
	nothing := func(list []lifeevents.Subject, _ civil.Date) []lifeevents.Outlook {
		return make([]lifeevents.Outlook, len(list))
	}
	if _, err := s.Take(t.Context(), c, at("2026-01-02", 9), nothing); err == nil {
		t.Fatal("a fact about nobody was taken")
	}
	if v := view(t, s, "nam"); len(v.Facts) != 0 {
		t.Errorf("half of it stayed: %+v", v.Facts)
	}
}

func indexRange(t *testing.T, s Life) {
	people := []lifeevents.PersonID{"a", "b", "c"}
	var list []lifeevents.Due
	for i, on := range []string{"2026-05-02", "2026-05-01", "2026-05-03"} {
		list = append(list, lifeevents.Due{On: day(on), Person: people[i], Rule: "R1"}, lifeevents.Due{On: day(on).AddDays(10), Person: people[i], Rule: "R2"})
	}
	var looked []*lifeevents.View
	for _, p := range people {
		looked = append(looked, view(t, s, p))
	}
	_ = must[int](t)(s.Queue(t.Context(), nil, looked, nil, list))
	var got []string
	var after lifeevents.Due
	for {
		page := must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2026-05-12"), after, 2))
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			got = append(got, string(d.Person)+d.On.String())
		}
		after = page[len(page)-1]
	}
	if want := []string{"b2026-05-01", "a2026-05-02", "c2026-05-03", "b2026-05-11", "a2026-05-12"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	_ = must[int](t)(s.Queue(t.Context(), nil, looked[1:2], list[2:4], []lifeevents.Due{{On: day("2026-05-20"), Person: "b", Rule: "R1"}}))
	if page := must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2026-05-12"), lifeevents.Due{}, 9)); len(page) != 3 {
		t.Errorf("b's rows were not removed: %v", page)
	}
}

func queuedOnce(t *testing.T, s Life) {
	n := notice("nam", "s1", "2026-05-01")
	other := n
	other.Rung = "+30d"
	if got := must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{n, other, n}, nil, nil, nil)); got != 2 {
		t.Errorf("queued %d of two", got)
	}
	n.Key, n.Version = n.SaidKey()+"|v2", 2 // another version says the same thing
	if got := must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{n}, nil, nil, nil)); got != 0 {
		t.Errorf("said again as version 2: %d", got)
	}
}

func replanWithdraws(t *testing.T, s Life) {
	gone, kept, said := notice("nam", "s1", "2026-05-01"), notice("nam", "s2", "2026-05-01"), notice("nam", "s3", "2026-04-01")
	_ = must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{said}, nil, nil, nil))
	d := must[[]delivery.Delivery](t)(s.Claim(t.Context(), delivery.PortalName, at("2026-04-01", 9), 5, leaseTime))
	deliver(t, s, d, at("2026-04-01", 9), delivery.Attempt{At: at("2026-04-01", 9), State: delivery.Sent, Reason: delivery.Accepted, Tried: true})
	_ = must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{gone, kept}, nil, nil, nil))

	later := kept
	later.Due = day("2026-05-05")
	_, got := takePlanned(t, s, lifeevents.Change{Facts: []lifeevents.Fact{bornOn("nam", "b", "2012-03-12")}}, at("2026-04-02", 9), func(v lifeevents.Subject) lifeevents.Outlook {
		if !v.Spoken {
			t.Error("somebody spoken to is taken for somebody who is not")
		}
		return lifeevents.Outlook{Keep: []lifeevents.Notice{later}, Why: "thử"}
	})
	if len(got) != 1 || len(got[0].Notices) != 1 || got[0].View.ID != "nam" || got[0].Notices[0].Slot != said.Slot {
		t.Errorf("already said: %+v", got)
	}
	list := rows(t, s)
	if r := list[gone.SaidKey()]; r.State != delivery.Withheld || r.Reason != delivery.Recalled {
		t.Errorf("not kept: %+v", r)
	}
	if early := must[[]delivery.Delivery](t)(s.Claim(t.Context(), delivery.PortalName, at("2026-05-04", 9), 5, leaseTime)); len(early) != 0 {
		t.Errorf("the moved notice goes out before its day: %+v", early)
	}
	moved := must[[]delivery.Delivery](t)(s.Claim(t.Context(), delivery.PortalName, at("2026-05-05", 9), 5, leaseTime))
	if len(moved) != 1 || !moved[0].Moved {
		t.Errorf("kept, moved, and to be planned anew before sending: %+v", moved)
	}
	if n := must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{gone, said}, nil, nil, nil)); n != 1 {
		t.Errorf("revived %d, want the withdrawn one alone", n)
	}
}

func queuedAtOnce(t *testing.T, s Life) {
	n, due := notice("nam", "s1", "2026-05-01"), lifeevents.Due{On: day("2026-06-01"), Person: "nam", Rule: "R1"}
	at := at("2026-05-01", 9)
	plan := func(v lifeevents.Subject) lifeevents.Outlook {
		return lifeevents.Outlook{Rows: []lifeevents.Due{due}, Notices: []lifeevents.Notice{n}, Keep: []lifeevents.Notice{n}}
	}
	takePlanned(t, s, lifeevents.Change{Facts: []lifeevents.Fact{bornOn("nam", "b", "2012-05-01")}}, at, plan)
	d := must[[]delivery.Delivery](t)(s.Claim(t.Context(), delivery.PortalName, at, 5, leaseTime))
	if len(d) != 1 || d[0].Notice.Slot != n.Slot || d[0].Moved {
		t.Errorf("claimed %+v", d)
	}
	if rows := must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2027-01-01"), lifeevents.Due{}, 9)); !slices.Equal(rows, []lifeevents.Due{due}) {
		t.Errorf("index %v", rows)
	}
}

// A day's work reads a person, a change comes in meanwhile, and only then the work is
// written: what the change planned must stand.
func changedMeanwhile(t *testing.T, s Life) {
	take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{bornOn("nam", "b", "2012-05-01"), bornOn("hoa", "b", "2012-05-01")}}, at("2026-05-01", 9))
	looked := []*lifeevents.View{view(t, s, "nam"), view(t, s, "hoa")}
	take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{livesIn("nam", "r", "26734")}}, at("2026-05-01", 9))
	later := func(p lifeevents.PersonID) lifeevents.Due {
		return lifeevents.Due{On: day("2026-09-01"), Person: p, Rule: "R1"}
	}
	list := []lifeevents.Notice{notice("nam", "s1", "2026-05-01"), notice("hoa", "s2", "2026-05-01")}
	if n := must[int](t)(s.Queue(t.Context(), list, looked, must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2027-01-01"), lifeevents.Due{}, 9)), []lifeevents.Due{later("nam"), later("hoa")})); n != 1 {
		t.Errorf("queued %d of one", n)
	}
	want := []lifeevents.Due{{On: day("2026-05-01"), Person: "nam", Rule: lifeevents.LookAgain}, later("hoa")}
	if rows := must[[]lifeevents.Due](t)(s.DueBy(t.Context(), day("2027-01-01"), lifeevents.Due{}, 9)); !slices.Equal(rows, want) {
		t.Errorf("index %v, want %v", rows, want)
	}
}

func lastDay(t *testing.T, s Life) {
	if ran := must[civil.Date](t)(s.Ran(t.Context())); !ran.IsZero() {
		t.Errorf("before the first day: %v", ran)
	}
	ok(t, s.SetRan(t.Context(), day("2026-05-02")))
	ok(t, s.SetRan(t.Context(), day("2026-05-01")))
	if ran := must[civil.Date](t)(s.Ran(t.Context())); ran != day("2026-05-02") {
		t.Errorf("ran %v", ran)
	}
}

func latestConsent(t *testing.T, s Life) {
	give := func(id string, c lifeevents.Consent) {
		c.ID, c.Person, c.Topic, c.Proof = id, "nam", lifeevents.TopicPapers, "thử"
		ok(t, s.Give(t.Context(), c))
	}
	give("1", lifeevents.Consent{Channel: "zalo", TextVersion: "1", Given: at("2026-01-01", 9)})
	give("2", lifeevents.Consent{Channel: "*", Withdrawn: at("2026-02-01", 9)})
	give("2", lifeevents.Consent{Channel: "*", Given: at("2026-03-01", 9)}) // a known ID changes nothing
	if got := must[[]lifeevents.Consent](t)(s.Consents(t.Context(), "nam", at("2026-01-15", 9))); len(got) != 1 || got[0].Channel != "zalo" {
		t.Errorf("in January: %+v", got)
	}
	_ = must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{notice("nam", "s1", "2026-05-01")}, nil, nil, nil))
	d := must[[]delivery.Delivery](t)(s.Claim(t.Context(), delivery.PortalName, at("2026-05-01", 9), 5, leaseTime))
	if given, asked := d[0].Reach.Said(lifeevents.TopicPapers, "zalo"); given || !asked {
		t.Errorf("after the withdrawal over every channel: given %v, asked %v", given, asked)
	}
	never := lifeevents.Answer{Person: "nam", About: "nam", Kind: lifeevents.Never, Topic: lifeevents.TopicCivic, At: at("2026-02-02", 9)}
	take(t, s, lifeevents.Change{Answers: []lifeevents.Answer{never}}, at("2026-02-02", 9))
	_ = must[int](t)(s.Queue(t.Context(), []lifeevents.Notice{notice("nam", "s2", "2026-05-02")}, nil, nil, nil))
	d = must[[]delivery.Delivery](t)(s.Claim(t.Context(), delivery.PortalName, at("2026-05-02", 9), 5, leaseTime))
	if given, asked := d[0].Reach.Said(lifeevents.TopicCivic, delivery.PortalName); given || !asked {
		t.Error("\"never this topic\" is no withdrawal")
	}
}

func peopleInOrder(t *testing.T, s Life) {
	for _, p := range []lifeevents.PersonID{"c", "a", "b"} {
		take(t, s, lifeevents.Change{Facts: []lifeevents.Fact{bornOn(p, "f-"+string(p), "2000-01-01")}}, at("2026-01-01", 9))
	}
	if got := must[[]lifeevents.PersonID](t)(s.People(t.Context(), "a", 5)); !slices.Equal(got, []lifeevents.PersonID{"b", "c"}) {
		t.Errorf("after a: %v", got)
	}
}
