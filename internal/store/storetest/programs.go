package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Programs checks what several programs do in one store at the same time; open opens it for
// so many of them.
func Programs(t *testing.T, open func(*testing.T, int) []Life) {
	t.Run("ChangesAndTheDaysWorkInSeveralProgramsAtOnceMissNothing", func(t *testing.T) { severalPrograms(t, open(t, 2)) })
	t.Run("ChangesToOneFamilyFromSeveralProgramsAllShow", func(t *testing.T) { oneFamily(t, open(t, 3)) })
	t.Run("SeveralWorkersSendEveryNoticeOnceAndKeepTheBudget", func(t *testing.T) { severalWorkers(t, open(t, 3)) })
	t.Run("ResidentsAreFoundByAnIndexAlsoInAStoreOlderThanIt", func(t *testing.T) { residents(t, open(t, 1)[0]) })
}

// Every day all programs do the day's work while changes come in to each; in the end
// nothing may be missing from the outbox or the index.
func severalPrograms(t *testing.T, stores []Life) {
	rules := TestRules()
	var programs []*lifeevents.Engine
	for _, s := range stores {
		programs = append(programs, lifeevents.NewEngine(s.Store, func() *lifeevents.Set { return rules }))
	}
	r := rand.New(rand.NewPCG(7, 7))
	first, last := day("2026-03-01"), day("2026-03-20")
	var everybody []lifeevents.PersonID
	for today := first; !last.Before(today); today = today.AddDays(1) {
		var changes []lifeevents.Change
		for i := range 12 {
			p := lifeevents.PersonID(fmt.Sprintf("p%s-%d", today, i))
			if i%3 == 0 && len(everybody) > 0 { // news of somebody the day's work may be looking at
				p = everybody[r.IntN(len(everybody))]
			} else {
				everybody = append(everybody, p)
			}
			changes = append(changes, passport(p, today, r.IntN(60)))
		}
		var wg sync.WaitGroup
		for i, e := range programs {
			wg.Go(func() {
				if _, err := e.RunDay(t.Context(), today); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				for n := i; n < len(changes); n += len(programs) {
					if _, err := e.Take(t.Context(), changes[n], today.Start().Add(7*time.Hour)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
	}
	if _, err := programs[0].RunDay(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	NothingMissing(t, stores[0], rules, everybody, lifeevents.Window{From: first, To: last})
}

func passport(p lifeevents.PersonID, today civil.Date, days int) lifeevents.Change {
	until := today.AddDays(days + 5)
	id := fmt.Sprintf("%s/%s", today, until)
	return lifeevents.Change{Facts: []lifeevents.Fact{{ID: id, Person: p, Kind: lifeevents.Document, Key: lifeevents.DocPassport,
		Value: lifeevents.Value{On: today, Until: until}, Source: lifeevents.ImmigrationRegister, ObservedAt: today.Start().Add(6 * time.Hour)}}}
}

// NothingMissing holds the outbox and the index against what is planned from what is
// known in the end.
func NothingMissing(t *testing.T, db Life, rules *lifeevents.Set, people []lifeevents.PersonID, w lifeevents.Window) {
	t.Helper()
	list, err := db.Rows(t.Context())
	ok(t, err)
	queued := map[string]bool{}
	for _, r := range list {
		queued[r.Said] = r.State == "pending"
	}
	views, err := db.Views(t.Context(), people)
	if err != nil {
		t.Fatal(err)
	}
	index, err := db.DueBy(t.Context(), day("2028-01-01"), lifeevents.Due{}, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	planned := 0
	for _, v := range views {
		for _, n := range rules.Plan(v, w) {
			planned++
			if !queued[n.SaidKey()] {
				t.Errorf("%s is planned and not queued", n.SaidKey())
			}
			delete(queued, n.SaidKey())
		}
		for _, d := range rules.NextDue(v, w.To, w.To.AddDays(400)) {
			// A day to look again may have been set earlier: it only has to be there in time.
			there := func(x lifeevents.Due) bool {
				return x == d || x.Person == d.Person && x.Rule == lifeevents.LookAgain && !d.On.Before(x.On)
			}
			if !slices.ContainsFunc(index, func(x lifeevents.Due) bool { return there(x) && x.Rule == d.Rule }) {
				t.Errorf("%+v is not in the index", d)
			}
		}
	}
	for said, pending := range queued {
		if pending {
			t.Errorf("%s is queued and not planned", said)
		}
	}
	if planned < 100 {
		t.Errorf("only %d notices were planned: the test shows little", planned)
	}
}

func residents(t *testing.T, db Life) {
	ctx := t.Context()
	lives := func(p, id, place, on string) lifeevents.Change {
		return lifeevents.Change{Facts: []lifeevents.Fact{{ID: id, Person: lifeevents.PersonID(p), Kind: lifeevents.Residence, Key: "permanent",
			Value: lifeevents.Value{Place: place, On: day(on)}, Source: lifeevents.ResidenceRegister, ObservedAt: day(on).Start()}}}
	}
	engine := lifeevents.NewEngine(db.Store, TestRules)
	for _, c := range []lifeevents.Change{lives("a", "1", "26734", "2020-01-01"), lives("b", "1", "26734", "2020-01-01"), lives("c", "1", "26740", "2020-01-01"), lives("b", "2", "26740", "2026-01-01")} {
		if _, err := engine.Take(ctx, c, day("2026-02-01").Start()); err != nil {
			t.Fatal(err)
		}
	}
	for _, old := range []bool{false, true} {
		if old {
			if err := db.ForgetHomes(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for place, want := range map[string]string{"26734": "a", "26740": "b c", "00004": ""} {
			list, err := db.Residents(ctx, place, day("2026-02-01"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range list {
				got = append(got, string(p))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("older store %v: %s has %q, want %q", old, place, got, want)
			}
		}
	}
}

// Each program hears news of another member of one family, again and again: whoever writes
// last must have seen what the others wrote.
func oneFamily(t *testing.T, stores []Life) {
	family(t, stores[0])
	names := []lifeevents.PersonID{"ông", "mẹ", "con"}
	const news = 15
	var wg sync.WaitGroup
	for i, s := range stores {
		wg.Go(func() {
			for n := range news {
				c := lifeevents.Change{Facts: []lifeevents.Fact{livesIn(names[i], fmt.Sprint("n", n), "26734")}}
				c.Facts[0].Key, c.Facts[0].ObservedAt = fmt.Sprint("k", n), at("2026-01-02", 9)
				if _, err := s.Take(t.Context(), c, at("2026-01-02", 9), func(list []lifeevents.Subject, _ civil.Date) []lifeevents.Outlook {
					return make([]lifeevents.Outlook, len(list))
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	homes := func(p *lifeevents.Person) (n int) {
		for i := range p.Facts {
			if strings.HasPrefix(p.Facts[i].Key, "k") {
				n++
			}
		}
		return n
	}
	for _, p := range names {
		v := view(t, stores[0], p)
		if homes(&v.Person) != news {
			t.Errorf("%s shows %d of %d pieces of news", p, homes(&v.Person), news)
		}
		for id, k := range v.Kin {
			if homes(k) != news {
				t.Errorf("%s sees %d of %d pieces of news of %s", p, homes(k), news, id)
			}
		}
	}
}

// A worker in each program sends what one queue holds, several notices to each person; each
// reaches its person once, and no person gets more than one message a day.
func severalWorkers(t *testing.T, stores []Life) {
	const people, each = 60, 3
	var list []lifeevents.Notice
	for p := range people {
		for n := range each {
			list = append(list, notice(lifeevents.PersonID(fmt.Sprint("p", p)), fmt.Sprint("s", n), "2026-03-12"))
		}
	}
	queue(t, stores[0], list...)
	var mu sync.Mutex
	came := map[string]int{}
	days := map[string]map[string]bool{}
	day := at("2026-03-12", 9)
	for range 2 { // the second day finds nothing left
		var wg sync.WaitGroup
		for _, s := range stores {
			wg.Go(func() {
				for {
					d, err := s.Claim(t.Context(), delivery.PortalName, day, 7, time.Hour)
					if err != nil {
						t.Error(err)
					}
					if len(d) == 0 {
						return
					}
					may := map[int64]bool{}
					for _, of := range byPerson(d) {
						for _, id := range begin(t, s, of, day, false) {
							may[id] = true
						}
					}
					var sent []delivery.Delivery
					mu.Lock()
					for i := range d {
						if !may[d[i].ID] {
							continue
						}
						sent = append(sent, d[i])
						came[d[i].Notice.SaidKey()]++
						who := string(d[i].Notice.Person) + civil.On(day).String()
						if days[who] == nil {
							days[who] = map[string]bool{}
						}
						days[who][fmt.Sprint(byPerson(d)[d[i].Notice.Person][0].ID)] = true
					}
					mu.Unlock()
					settleAll(t, s, sent, delivery.Attempt{At: day, State: delivery.Sent, Reason: delivery.Accepted, Tried: true})
				}
			})
		}
		wg.Wait()
		day = day.AddDate(0, 0, 1)
	}
	for _, n := range list {
		if came[n.SaidKey()] != 1 {
			t.Errorf("%s came %d times", n.SaidKey(), came[n.SaidKey()])
		}
	}
	for who, messages := range days {
		if len(messages) > 1 {
			t.Errorf("%s got %d messages on one day", who, len(messages))
		}
	}
}

func byPerson(list []delivery.Delivery) map[lifeevents.PersonID][]delivery.Delivery {
	out := map[lifeevents.PersonID][]delivery.Delivery{}
	for _, d := range list {
		out[d.Notice.Person] = append(out[d.Notice.Person], d)
	}
	return out
}
