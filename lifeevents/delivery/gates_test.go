package delivery

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// aCase passes every gate: a papers notice of class N1 on the portal at nine in the morning.
func aCase(change func(*Case)) *Case {
	today := day("2026-05-04")
	rule := &lifeevents.Rule{
		ID: "R1", Version: 1, Level: lifeevents.Remind, Validity: corpus.Validity{From: day("2020-01-01")},
		Texts: lifeevents.Texts{
			Title: lifeevents.Text{VI: "Làm thẻ căn cước", EN: "Get a card"}, Before: lifeevents.Text{VI: "Hạn {legal}.", EN: "By {legal}."},
			Outside: lifeevents.Text{VI: "Bạn có một việc về giấy tờ.", EN: "A matter about your papers."},
		},
	}
	c := &Case{
		Delivery: &Delivery{ID: 7, Notice: lifeevents.Notice{
			Slot: "R1|nam", Person: "nam", About: "nam", Rule: "R1", Version: 1, Topic: lifeevents.TopicPapers, Ground: lifeevents.PublicTask,
			Due: today, Legal: today.AddDays(10), Ends: today.AddDays(20), Rung: "-10d", Sensitivity: lifeevents.N1,
			Params: map[string]string{"legal": "14/05/2026"},
		}},
		Now: today.Start().Add(9 * time.Hour), Today: today, Channel: Portal(), Rule: rule, Limits: DefaultLimits(),
	}
	if change != nil {
		change(c)
	}
	return c
}

func zalo(c *Case) { c.Channel = Channel{Name: "zalo", Class: lifeevents.Outside} }

func leave(c *Case, list ...Leave) { c.Reach.Leave = append(c.Reach.Leave, list...) }

func TestEachGateHoldsBackWhatItIsFor(t *testing.T) {
	yes := Leave{lifeevents.TopicPapers, "zalo", true, 1}
	kept := func(until string) time.Time { return day(until).Start().Add(8 * time.Hour) }
	for name, want := range map[string]struct {
		change func(*Case)
		Verdict
	}{
		"all is well":                  {nil, Verdict{}},
		"the version is gone":          {func(c *Case) { c.Rule = nil }, never(LawChanged)},
		"the rule is switched off":     {func(c *Case) { c.Rule.Disabled = "chờ hướng dẫn" }, never(LawChanged)},
		"the law ends before the day":  {func(c *Case) { c.Rule.Validity.Until = day("2026-05-14") }, never(LawChanged)},
		"the law ends after the day":   {func(c *Case) { c.Rule.Validity.Until = day("2026-05-15") }, Verdict{}},
		"level 4 stays off":            {func(c *Case) { c.Rule.Level = lifeevents.Automatic }, never(LawChanged)},
		"its time has passed":          {func(c *Case) { c.Notice.Ends = day("2026-05-03") }, never(TooLate)},
		"its last day":                 {func(c *Case) { c.Notice.Ends = day("2026-05-04") }, Verdict{}},
		"outside without leave":        {zalo, elsewhere(NoConsent)},
		"outside with leave":           {func(c *Case) { zalo(c); leave(c, yes) }, Verdict{}},
		"leave for another topic":      {func(c *Case) { zalo(c); leave(c, Leave{lifeevents.TopicTax, "zalo", true, 1}) }, elsewhere(NoConsent)},
		"leave taken back":             {func(c *Case) { zalo(c); leave(c, yes, Leave{"*", "*", false, 2}) }, elsewhere(NoConsent)},
		"given anew":                   {func(c *Case) { zalo(c); leave(c, Leave{"*", "*", false, 0}, yes) }, Verdict{}},
		"given and taken at once":      {func(c *Case) { zalo(c); leave(c, yes, Leave{"*", "zalo", false, 1}) }, elsewhere(NoConsent)},
		"topic off on the portal":      {func(c *Case) { leave(c, Leave{lifeevents.TopicPapers, "*", false, 1}) }, elsewhere(NoConsent)},
		"on consent alone, none given": {func(c *Case) { c.Notice.Ground = lifeevents.ByConsent }, elsewhere(NoConsent)},
		"tender, none given":           {func(c *Case) { c.Notice.Sensitivity = lifeevents.N3 }, elsewhere(NoConsent)},
		"tender, given": {func(c *Case) {
			c.Notice.Sensitivity = lifeevents.N3
			leave(c, Leave{lifeevents.TopicPapers, PortalName, true, 1})
		}, Verdict{}},
		"tender outside, given": {func(c *Case) { zalo(c); leave(c, yes); c.Notice.Sensitivity = lifeevents.N3 }, elsewhere(TooSensitive)},
		"no words for outside":  {func(c *Case) { zalo(c); leave(c, yes); c.Rule.Texts.Outside = lifeevents.Text{} }, elsewhere(NoWords)},
		"at 7:59":               {func(c *Case) { c.Now = c.Now.Add(-61 * time.Minute) }, wait(Quiet, kept("2026-05-04"))},
		"at 20:00":              {func(c *Case) { c.Now = c.Now.Add(11 * time.Hour) }, wait(Quiet, kept("2026-05-05"))},
		"one message today":     {func(c *Case) { c.Spent = 1 }, wait(OverBudget, kept("2026-05-05"))},
		"one message today, urgent": {func(c *Case) {
			c.Spent, c.Notice.Urgent = 1, true
		}, Verdict{}},
		"urgent in the night":     {func(c *Case) { c.Notice.Urgent = true; c.Now = c.Now.Add(12 * time.Hour) }, wait(Quiet, kept("2026-05-05"))},
		"tomorrow is too late":    {func(c *Case) { c.Spent, c.Notice.Ends = 1, day("2026-05-04") }, never(OverBudget)},
		"said three times":        {func(c *Case) { c.Said = 3 }, never(SaidEnough)},
		"the channel rests":       {func(c *Case) { c.Down = c.Now.Add(time.Minute) }, wait(ChannelDown, day("2026-05-04").Start().Add(9*time.Hour+time.Minute))},
		"the channel rested":      {func(c *Case) { c.Down = c.Now }, Verdict{}},
		"not a parent any longer": {notAnyLonger, never(NoAuthority)},
	} {
		t.Run(name, func(t *testing.T) {
			c := aCase(want.change)
			gates := Gates()
			if c.View != nil { // planning anew needs a whole rule; storetest tries that
				gates = []Gate{{"authority", authority}}
			}
			if got, gate := pass(gates, c); !got.Until.Equal(want.Until) || got.Reason != want.Reason || got.Next != want.Next {
				t.Errorf("gate %q says %+v, want %+v", gate, got, want.Verdict)
			}
		})
	}
}

// notAnyLonger: the child a parent was to be told about has just turned 18.
func notAnyLonger(c *Case) {
	c.Notice.About = "con"
	edge := lifeevents.Edge{ID: "g", From: "nam", To: "con", Kind: lifeevents.ParentOf, Authority: true}
	c.View = &lifeevents.View{Person: lifeevents.Person{ID: "con", Born: day("2008-05-04")}, Edges: []lifeevents.Edge{edge},
		Kin: map[lifeevents.PersonID]*lifeevents.Person{"nam": {ID: "nam"}}}
}

func TestAuthorityEndsOnTheEighteenthBirthday(t *testing.T) {
	c := aCase(notAnyLonger)
	c.View.Born = day("2008-05-05") // 18 tomorrow
	if v := authority(c); !v.Passes() {
		t.Errorf("the day before: %+v", v)
	}
	c.View.Kin["nam"].Died = day("2026-05-01")
	if v := authority(c); v.Reason != NoAuthority {
		t.Errorf("a dead parent is told: %+v", v)
	}
}

func TestQuietHoursHoldWhereverTheMachineStands(t *testing.T) {
	l := DefaultLimits()
	r := rand.New(rand.NewPCG(1, 2))
	zones := []*time.Location{time.UTC, civil.Zone, time.FixedZone("west", -11*3600), time.FixedZone("east", 13*3600)}
	for range 20_000 {
		now := time.Unix(1_760_000_000+r.Int64N(200_000_000), 0).In(zones[r.IntN(len(zones))])
		until := l.quietUntil(now)
		hour := now.In(civil.Zone).Hour()
		if quiet := hour < 8 || hour >= 20; quiet != until.After(now) {
			t.Fatalf("at %v Vietnam time, quiet until %v", now.In(civil.Zone), until)
		}
		if end := until.In(civil.Zone); until.After(now) && (end.Hour() != 8 || end.Minute() != 0 || end.Sub(now) > 12*time.Hour) {
			t.Fatalf("quiet at %v until %v", now, end)
		}
	}
	day := Limits{QuietFrom: 12 * time.Hour, QuietUntil: 14 * time.Hour} // a span within one day
	noon := civil.New(2026, 5, 4).Start().Add(13 * time.Hour)
	if got := day.quietUntil(noon); got.Sub(noon) != time.Hour {
		t.Errorf("a midday rest ends %v", got)
	}
}

func TestRetriesGrowAreSpreadAndHonourWhatIsAsked(t *testing.T) {
	r := DefaultRetry()
	seen := map[time.Duration]bool{}
	for id := int64(1); id <= 200; id++ {
		step := time.Minute
		for try := 1; try <= 12; try++ {
			got := r.After(id, try, 0)
			if got < step/2 || got > step {
				t.Fatalf("try %d waits %v, want %v to %v", try, got, step/2, step)
			}
			if got != r.After(id, try, 0) {
				t.Fatal("not the same twice")
			}
			if asked := r.After(id, try, time.Hour); asked < time.Hour || asked > 2*time.Hour {
				t.Fatalf("asked for an hour, waits %v", asked)
			}
			if try == 5 {
				seen[got] = true
			}
			step = min(2*step, r.Longest)
		}
	}
	if len(seen) < 190 {
		t.Errorf("200 rows share %d waits", len(seen))
	}
}

func TestErrorsAreReadAsWhatTheyMean(t *testing.T) {
	for _, c := range []struct {
		err       error
		reason    Reason
		ambiguous bool
	}{
		{fmt.Errorf("send: %w", &SendError{Reason: Blocked, Permanent: true}), Blocked, false},
		{fmt.Errorf("dial: refused"), Temporary, false},
		{fmt.Errorf("read: %w", timeoutError{}), TimedOut, true},
	} {
		if got := classify(c.err); got.Reason != c.reason || got.Ambiguous != c.ambiguous {
			t.Errorf("%v: %+v", c.err, got)
		}
	}
}

type timeoutError struct{}

func (timeoutError) Error() string { return "i/o timeout" }
func (timeoutError) Timeout() bool { return true }

func TestAChannelRestsLongerEachTimeAndWakesOnSuccess(t *testing.T) {
	var p pulse
	now := day("2026-05-04").Start()
	down := &SendError{Reason: Temporary, Down: true}
	last := time.Duration(0)
	for range 8 {
		p.hear(now, down)
		rest := p.down().Sub(now)
		if rest < last || rest > longestRest {
			t.Fatalf("rests %v after %v", rest, last)
		}
		last, now = rest, p.down()
	}
	p.hear(now, nil)
	if !p.down().IsZero() {
		t.Error("still down after a success")
	}
	p.hear(now, &SendError{Reason: RateLimit, RetryAfter: 90 * time.Second})
	if got := p.down().Sub(now); got != 90*time.Second {
		t.Errorf("asked for 90 s, rests %v", got)
	}
}

func TestEveryStateAndReasonHasWords(t *testing.T) {
	for r, text := range reasonNames {
		if !text.Complete() {
			t.Errorf("reason %s", r)
		}
	}
	for s, text := range stateNames {
		if !text.Complete() {
			t.Errorf("state %s", s)
		}
	}
}
