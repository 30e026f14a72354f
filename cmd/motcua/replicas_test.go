package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/postgres"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/lifeevents"
)

// measureVariable makes the test of replicas run as long as it says, such as 10m.
const measureVariable = "MOTCUA_TEST_KILL_FOR"

// settleIn is longer than the lease of a notice that a killed process was sending.
const settleIn = 8 * time.Minute

// How long replicas are killed in the gate, and what may fail.
const (
	killFor      = 20 * time.Second
	mostErrors   = 0.001             // of answers
	handoverIn   = 5 * time.Second   // the daily work
	firstBuyer   = int64(10_000_000) // chats of buyers; chats that ask count from 1
	salesEvery   = 400 * time.Millisecond
	updatesEvery = 300 * time.Millisecond
	askers       = 2
)

// TestReplicasKilledAtRandomLoseNothingRepeatNothingAndAnswerOn kills one of three replicas
// after another while people ask over the web and in chats and a register tells of sales.
func TestReplicasKilledAtRandomLoseNothingRepeatNothingAndAnswerOn(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three replicas on PostgreSQL and kills them for a while")
	}
	length := killFor
	if v := os.Getenv(measureVariable); v != "" {
		var err error
		if length, err = time.ParseDuration(v); err != nil {
			t.Fatal(err)
		}
	}
	dsn := postgrestest.Empty(t)
	f := newFleet(t, 3, "MOTCUA_STORE=postgres", "MOTCUA_POSTGRES="+dsn, "MOTCUA_POSTGRES_CONNS=12")
	sales := int(length/salesEvery) + 1
	tellOverTelegram(t, f, dsn, sales)
	eventual(t, "a webhook", func() bool { return len(f.fake.Requests("setWebhook")) > 0 }, f.replicas[0].logged)
	calls := f.fake.Requests("setWebhook")
	ctx, stopPosting := context.WithCancel(t.Context())
	defer stopPosting()
	go f.fake.Post(ctx, http.DefaultClient, f.proxy.URL+"/webhook/telegram", calls[len(calls)-1].Fields["secret_token"])
	watch := watchDuty(t, dsn)

	load := f.load(t, sales)
	kills := f.killAtRandom(length)
	chats := load.stop()
	for _, r := range f.replicas {
		if r.mu.Lock(); r.cmd == nil {
			r.mu.Unlock()
			r.start()
		} else {
			r.mu.Unlock()
		}
		r.awaitReady()
	}
	f.settle(t, dsn, int(load.sales.Load()), chats)
	gaps := watch()

	f.checkChats(t, chats)
	said := f.checkNotices(t, dsn, int(load.sales.Load()))
	asked, failed := load.asked.Load(), load.failed.Load()
	if asked == 0 || float64(failed) > mostErrors*float64(asked) {
		t.Errorf("%d of %d answers failed: %v", failed, asked, load.last.Load())
	}
	worst := time.Duration(0)
	for _, g := range gaps {
		worst = max(worst, g)
	}
	if worst > handoverIn {
		t.Errorf("the daily work was nobody's for %v", worst)
	}
	if broken := f.fake.Violations(); len(broken) > 0 {
		t.Errorf("protocol broken: %q", broken)
	}
	t.Logf("%v, %d kills: %d answers, %d failed, %d attempts went to the next replica; %d chat questions; %d sales, notices %s; daily work handed over %d times, worst %v",
		length, kills, asked, failed, f.tried.Load(), chats, load.sales.Load(), said, len(gaps), worst.Round(time.Millisecond))
}

// tellOverTelegram gives every buyer a chat, and leave to be told there.
func tellOverTelegram(t *testing.T, f *fleet, dsn string, n int) {
	t.Helper()
	db, err := postgres.Open(t.Context(), dsn, postgres.Options{Conns: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	keys, err := secret.OpenKeys(filepath.Join(f.replicas[0].data, "motcua.keys"))
	if err != nil {
		t.Fatal(err)
	}
	box, people := secret.NewBox(keys), db.People()
	for i := range n {
		chat := firstBuyer + int64(i)
		f.fake.Known(chat)
		p := lifeevents.PersonID(buyer(i))
		if err := people.SetContacts(t.Context(), box, p, "vi", []store.Contact{{Channel: "telegram", Address: fmt.Sprint(chat)}}); err != nil {
			t.Fatal(err)
		}
		if err := people.Give(t.Context(), lifeevents.Consent{ID: "dy-" + buyer(i), Person: p, Topic: lifeevents.TopicVehicle, Channel: "telegram", TextVersion: "1",
			Given: f.now().AddDate(0, -1, 0), Proof: "phiếu tại quầy"}); err != nil {
			t.Fatal(err)
		}
	}
}

// loading is what is asked of the fleet until it is stopped.
type loading struct {
	asked, failed, sales atomic.Int64
	last                 atomic.Value
	stop                 func() (chats int64)
}

// load asks over the web, types in chats and tells of sales.
func (f *fleet) load(t *testing.T, sales int) *loading {
	l := &loading{}
	ctx, cancel := context.WithCancel(t.Context())
	var under sync.WaitGroup
	var chats int64
	for range askers {
		under.Go(func() {
			for ctx.Err() == nil {
				if err := f.ask(t.Context(), chatQuestions[rand.IntN(len(chatQuestions))]); err != nil {
					l.failed.Add(1)
					l.last.Store(err.Error())
				}
				l.asked.Add(1)
				time.Sleep(50 * time.Millisecond)
			}
		})
	}
	under.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(updatesEvery) {
			chats++
			f.fake.Type(chats, chatQuestions[int(chats)%len(chatQuestions)])
		}
	})
	under.Go(func() {
		for i := 0; ctx.Err() == nil && i < sales; i++ {
			if err := f.sendSale(t.Context(), i); err != nil {
				t.Errorf("sale %d was not taken: %v", i, err)
			}
			l.sales.Add(1)
			time.Sleep(salesEvery)
		}
	})
	l.stop = func() int64 { cancel(); under.Wait(); return chats }
	return l
}

// killAtRandom kills one replica after another, at least one being alive, and starts each
// again a moment later.
func (f *fleet) killAtRandom(length time.Duration) (kills int) {
	r := rand.New(rand.NewPCG(8, 22))
	var under sync.WaitGroup
	down := make([]atomic.Bool, len(f.replicas))
	for end := time.Now().Add(length); time.Now().Before(end); time.Sleep(time.Duration(500+r.IntN(4000)) * time.Millisecond) {
		n, others := r.IntN(len(f.replicas)), 0
		for i, x := range f.replicas {
			if i != n && !down[i].Load() && x.ready() {
				others++
			}
		}
		if down[n].Load() || others == 0 {
			continue
		}
		x, pause := f.replicas[n], time.Duration(100+r.IntN(3000))*time.Millisecond
		down[n].Store(true)
		x.kill()
		kills++
		under.Go(func() {
			time.Sleep(pause)
			x.start()
			down[n].Store(false)
		})
	}
	under.Wait()
	return kills
}

// watchDuty looks who holds the lock of the daily work; the function it returns stops and
// tells how long nobody did, each time.
func watchDuty(t *testing.T, dsn string) func() []time.Duration {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	held := func() bool {
		var n int
		err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND NOT (database IS DISTINCT FROM (SELECT oid FROM pg_database WHERE datname = current_database()))
			AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('motcua duty daily work', 0)`).Scan(&n)
		return err == nil && n > 0
	}
	eventual(t, "somebody does the daily work", held, func() string { return "" })
	done := make(chan struct{})
	var gaps []time.Duration
	go func() {
		defer close(done)
		last, free := time.Now(), false
		for ctx.Err() == nil {
			now := time.Now()
			switch is := held(); {
			case ctx.Err() != nil:
			case is && free:
				gaps, free = append(gaps, now.Sub(last)), false
				last = now
			case is:
				last = now
			default:
				free = true
			}
			time.Sleep(25 * time.Millisecond)
		}
	}()
	return func() []time.Duration {
		cancel()
		<-done
		_ = conn.Close(context.Background())
		return gaps
	}
}

// waiting counts what is still to be done in the store: notices due by now, chat messages in
// and out.
const waiting = `SELECT (SELECT count(*) FROM outbox WHERE state = 'sending' OR state = 'pending' AND not_before <= $1),
	(SELECT count(*) FROM chat_in WHERE state <> 'handled'), (SELECT count(*) FROM chat_out WHERE state IN ('pending', 'sending')),
	(SELECT count(*) FROM chat_in), (SELECT count(DISTINCT about) FROM outbox)`

// settle waits until every update has arrived and nothing is left to do.
func (f *fleet) settle(t *testing.T, dsn string, sales int, chats int64) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var notices, in, out, heard, told int64
	leases, since := int64(-1), time.Now()
	eventualIn(t, settleIn, "nothing is left to do", func() bool {
		if err := conn.QueryRow(t.Context(), waiting, f.now().UnixMilli()).Scan(&notices, &in, &out, &heard, &told); err != nil {
			t.Fatal(err)
		}
		if notices != leases {
			leases, since = notices, time.Now()
		}
		if notices > 0 && in+out == 0 && time.Since(since) > 3*time.Second && os.Getenv(measureVariable) == "" {
			// What a killed process was sending waits for the end of its lease; in the gate it comes at once.
			if _, err := conn.Exec(t.Context(), `UPDATE outbox SET lease_until = 1 WHERE state = 'sending'`); err != nil {
				t.Fatal(err)
			}
		}
		return notices+in+out == 0 && heard >= chats && told >= int64(sales)
	}, func() string {
		return fmt.Sprintf("%d notices, %d messages in, %d out, %d of %d heard, %d of %d sales told of\n%s", notices, in, out, heard, chats, told, sales, f.replicas[0].logged())
	})
}

// checkChats presses the button where an answer may not have arrived, and counts answers.
func (f *fleet) checkChats(t *testing.T, chats int64) {
	t.Helper()
	s := &service{t: t, fake: f.fake}
	for chat := int64(1); chat <= chats; chat++ {
		n, again := s.answers(chat)
		if n > 1 {
			t.Errorf("chat %d was answered %d times unasked", chat, n)
		}
		if n == 0 && again == "" {
			t.Errorf("chat %d shows neither an answer nor a way to have it again: %v", chat, f.fake.Shown(chat))
		}
		if n == 0 && again != "" {
			f.fake.Press(chat, again)
			eventual(t, "an answer said again", func() bool { n, _ := s.answers(chat); return n == 1 }, func() string { return fmt.Sprint(f.fake.Shown(chat)) })
		}
	}
}

// checkNotices holds what the store says of each notice against what reached the buyers.
func (f *fleet) checkNotices(t *testing.T, dsn string, sales int) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	rows, err := conn.Query(t.Context(), `SELECT p.name, count(*), count(DISTINCT o.message) FILTER (WHERE o.channel = 'telegram' AND o.state IN ('sent', 'delivered')),
		count(DISTINCT o.message) FILTER (WHERE o.state = 'unknown'), count(*) FILTER (WHERE o.state = 'failed'), string_agg(o.rule || ' ' || o.channel || ' ' || o.state || ' ' || o.reason || ' ' || o.due || ' ' || o.not_before, ', ' ORDER BY o.rule)
		FROM outbox o JOIN people p ON p.id = o.person WHERE p.name LIKE 'mua-%' GROUP BY p.name ORDER BY p.name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	type told struct {
		all, sent, unknown, failed int
		states                     string
	}
	buyers, sums := map[string]told{}, told{}
	for rows.Next() {
		var name string
		var x told
		if err := rows.Scan(&name, &x.all, &x.sent, &x.unknown, &x.failed, &x.states); err != nil {
			t.Fatal(err)
		}
		buyers[name] = x
		sums.all, sums.sent, sums.unknown, sums.failed = sums.all+x.all, sums.sent+x.sent, sums.unknown+x.unknown, sums.failed+x.failed
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	same := buyers[buyer(0)].all
	for i := range sales {
		x, seen := buyers[buyer(i)], map[string]int{}
		for _, m := range f.fake.Shown(firstBuyer + int64(i)) {
			seen[m.Text]++
		}
		reached := 0
		for text, n := range seen {
			if reached += n; n > 1 {
				t.Errorf("%s was told %d times: %.80s", buyer(i), n, text)
			}
		}
		if x.all != same || same == 0 || x.failed > 0 {
			t.Errorf("%s has %d notices, the first buyer %d: %s", buyer(i), x.all, same, x.states)
		}
		if reached < x.sent || reached > x.sent+x.unknown {
			t.Errorf("%s saw %d messages; said to be sent %d, in doubt %d: %s", buyer(i), reached, x.sent, x.unknown, x.states)
		}
	}
	return fmt.Sprintf("%d planned, %d messages sent, %d in doubt (such as %s)", sums.all, sums.sent, sums.unknown, buyers[buyer(0)].states)
}
