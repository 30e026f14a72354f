package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// These make this test binary a delivery program: it queues and sends until it is killed.
const (
	childOutbox  = "MOTCUA_TEST_OUTBOX" // the store
	childReached = "MOTCUA_TEST_REACHED"
	childRound   = "MOTCUA_TEST_ROUND" // minutes on the clock, and part of the pseudonyms
	childDrain   = "MOTCUA_TEST_DRAIN" // queue nothing, send what there is, and end
)

// paper is a channel that writes each message down at once: what a killed process has
// written stays written.
type paper struct{ out *os.File }

func (p paper) Send(_ context.Context, _ string, m delivery.Message) error {
	for _, part := range m.Parts {
		if _, err := p.out.WriteString(part.Notice.SaidKey() + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// outboxMain is the program.
func outboxMain(store string) int {
	round, _ := strconv.Atoi(os.Getenv(childRound))
	if err := deliver(store, os.Getenv(childReached), round, os.Getenv(childDrain) != ""); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func deliver(store, reached string, round int, drain bool) error {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, store)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(reached, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	rules, today := storetest.TestRules(), day("2026-03-12")
	now := today.Start().Add(9*time.Hour + time.Duration(round)*2*time.Minute)
	w, err := delivery.NewWorker(delivery.WorkerConfig{
		Outbox: db.Outbox(nil), Views: db.People(), Rules: func() *lifeevents.Set { return rules }, Batch: 40, Chunk: 5, Lease: time.Minute,
		Channels: []delivery.Channel{{Name: delivery.PortalName, Class: lifeevents.Own, Sender: paper{out}}},
		Now:      func() time.Time { return now },
	})
	if err != nil {
		return err
	}
	fmt.Println("begin")
	for n := 0; ; n++ {
		if !drain {
			if err := queueSome(ctx, db, round, n); err != nil {
				return err
			}
		}
		if _, err := w.Drain(ctx); err != nil {
			return err
		}
		if drain {
			return db.Close()
		}
	}
}

// queueSome commits a few notices and says so; what it could not say may still be there.
func queueSome(ctx context.Context, db *sqlite.DB, round, n int) error {
	var list []lifeevents.Notice
	for i := range 60 {
		list = append(list, queuedNotice(lifeevents.PersonID(fmt.Sprintf("p%d-%d-%d", round, n, i)), "2026-03-12"))
	}
	if _, err := db.People().Queue(ctx, list, nil, nil, nil); err != nil {
		return err
	}
	for _, q := range list {
		fmt.Println(q.SaidKey())
	}
	return nil
}

// killOnce runs the program and kills it after a while; it returns what the program said
// it had committed.
func killOnce(t *testing.T, store, reached string, round int, after time.Duration, drain bool) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childOutbox+"="+store, childReached+"="+reached, childRound+"="+strconv.Itoa(round))
	if drain {
		cmd.Env = append(cmd.Env, childDrain+"=1")
	}
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	if !lines.Scan() || lines.Text() != "begin" {
		t.Fatalf("round %d: the program said %q, %v", round, lines.Text(), cmd.Wait())
	}
	if !drain {
		time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it has no other end
	}
	var committed []string
	for lines.Scan() {
		committed = append(committed, lines.Text())
	}
	if err := cmd.Wait(); drain && err != nil {
		t.Fatal(err)
	}
	return committed
}

func TestTheRealProgramKilledUnderLoadLosesAndRepeatsNothing(t *testing.T) {
	kills, limit := 200, 40*time.Second
	switch {
	case testing.Short():
		kills = 10
	case os.Getenv("MOTCUA_KILLS") != "":
		kills, _ = strconv.Atoi(os.Getenv("MOTCUA_KILLS"))
		limit = time.Hour
	}
	dir := t.TempDir()
	store, reached := filepath.Join(dir, "kho.db"), filepath.Join(dir, "da-toi")
	r := rand.New(rand.NewPCG(5, 8))
	begin, done := time.Now(), 0
	var committed []string
	for done < kills && time.Since(begin) < limit {
		committed = append(committed, killOnce(t, store, reached, done, time.Duration(r.IntN(120))*time.Millisecond, false)...)
		done++
	}
	killOnce(t, store, reached, done, 0, true)
	states := judgeKilled(t, store, reached, committed)
	t.Logf("%d kills in %v, %d notices known to be committed: %v", done, time.Since(begin).Round(time.Second), len(committed), states)
	if len(committed) == 0 || states[delivery.Sent] == 0 {
		t.Error("no kill fell under load: the test shows nothing")
	}
}

// judgeKilled holds every row against what reached people.
func judgeKilled(t *testing.T, store, reached string, committed []string) map[delivery.State]int {
	t.Helper()
	db, err := sqlite.Open(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	raw, err := os.ReadFile(reached)
	if err != nil {
		t.Fatal(err)
	}
	took := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		took[line]++
	}
	rows, err := db.OutboxRows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	states, known := map[delivery.State]int{}, map[string]bool{}
	for _, row := range rows {
		states[row.State]++
		known[row.Said] = true
		switch n := took[row.Said]; {
		case row.State == delivery.Sent && n != 1, row.State == delivery.Unknown && n > 1,
			row.State != delivery.Sent && row.State != delivery.Unknown:
			t.Errorf("%s is %s (%s) and came %d times", row.Said, row.State, row.Reason, n)
		}
		if !row.Reason.Known() {
			t.Errorf("%s is %s without a reason", row.Said, row.State)
		}
	}
	lost := slices.DeleteFunc(committed, func(said string) bool { return known[said] })
	if len(lost) > 0 {
		t.Errorf("%d committed notices are gone, such as %s", len(lost), lost[0])
	}
	return states
}
