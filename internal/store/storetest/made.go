package storetest

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// Household makes four people with what registers hold about them, told four years ago.
func Household(r *rand.Rand, n int, c *lifeevents.Change) {
	seen := day("2022-01-01").Start()
	var names [4]lifeevents.PersonID
	year := 1940 + r.IntN(60)
	for i := range names {
		p := lifeevents.PersonID(fmt.Sprintf("p%08d", 4*n+i))
		names[i] = p
		serial := 0
		add := func(kind lifeevents.FactKind, key string, v lifeevents.Value) {
			c.Facts = append(c.Facts, lifeevents.Fact{ID: strconv.Itoa(serial), Person: p, Kind: kind, Key: key, Value: v, Source: lifeevents.PopulationRegister, ObservedAt: seen})
			serial++
		}
		born := civil.New(year, 1, 1).AddDays(r.IntN(365))
		if i > 1 {
			born = civil.New(min(year+20+r.IntN(15), 2021), 1, 1).AddDays(r.IntN(365))
		}
		add(lifeevents.DateOfBirth, "", lifeevents.Value{On: born})
		add(lifeevents.SexOf, "", lifeevents.Value{Text: [...]string{"male", "female"}[r.IntN(2)]})
		add(lifeevents.Residence, "permanent", lifeevents.Value{Place: [...]string{"00004", "26734", "26740", "20194"}[n%4], On: born})
		if grown := born.AddYears(18); grown.Before(day("2022-01-01")) {
			soon := func() civil.Date { return day("2022-06-01").AddDays(r.IntN(3650)) }
			add(lifeevents.Document, lifeevents.DocIDCard, lifeevents.Value{On: grown, Until: soon()})
			add(lifeevents.Licence, "A1", lifeevents.Value{On: grown})
			add(lifeevents.Insurance, lifeevents.InsHealthHousehold, lifeevents.Value{On: grown, Until: soon()})
			if r.IntN(3) == 0 {
				add(lifeevents.Document, lifeevents.DocPassport, lifeevents.Value{On: grown, Until: soon()})
			}
			if r.IntN(5) == 0 {
				add(lifeevents.Vehicle, "xe", lifeevents.Value{Text: "car", On: grown})
				add(lifeevents.Inspection, "xe", lifeevents.Value{On: grown, Until: soon()})
				add(lifeevents.Licence, "B", lifeevents.Value{On: grown, Until: soon()})
			}
		}
	}
	edge := func(k int, from, to int, kind lifeevents.EdgeKind) {
		c.Edges = append(c.Edges, lifeevents.Edge{ID: fmt.Sprintf("e%08d-%d", n, k), From: names[from], To: names[to], Kind: kind, Authority: true, Source: lifeevents.CivilStatusRegister, ObservedAt: seen})
	}
	edge(0, 0, 1, lifeevents.SpouseOf)
	for child := 2; child < 4; child++ {
		edge(2*child, 0, child, lifeevents.ParentOf)
		edge(2*child+1, 1, child, lifeevents.ParentOf)
	}
}

// QueuedNotice is a whole notice to a person on a day, as rule R1 plans it.
func QueuedNotice(p lifeevents.PersonID, on civil.Date) lifeevents.Notice {
	n := lifeevents.Notice{
		Slot: "R1|" + string(p) + "|" + on.String() + "|", Person: p, About: p, Rule: "R1", Version: 1, Topic: lifeevents.TopicPapers, Ground: lifeevents.PublicTask,
		Due: on, Legal: on, Ends: on.AddDays(20), Rung: "+0d", Step: 2, Steps: 3, Sensitivity: lifeevents.N1, Level: lifeevents.Remind,
		Basis: TestRules().Rules()[0].Basis, Params: map[string]string{"legal": on.VN(), "age": "14", "days": "0"},
		Why: lifeevents.Why{Trigger: lifeevents.Text{VI: "đủ 14 tuổi (12/03/2026)", EN: "turning 14 (12/03/2026)"},
			Used: []lifeevents.Used{{Kind: "date_of_birth", ID: "b-" + string(p), Source: lifeevents.PopulationRegister, On: day("2020-01-01")}},
			Stop: lifeevents.Text{VI: "Có thể tắt riêng việc này ở mục Nhắc việc của tôi.", EN: "You can turn this off under My reminders."}},
	}
	n.Key = n.SaidKey() + "|v1"
	return n
}
