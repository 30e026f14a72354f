package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/postgres"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/lifeevents"
)

// keysOf is what `motcua keys --json` says.
func (r *replica) keysOf() (report app.KeyReport) {
	r.fleet.t.Helper()
	out, err := r.command("keys", "list", "--json").Output()
	if err == nil {
		err = json.Unmarshal(out, &report)
	}
	if err != nil {
		r.fleet.t.Fatalf("%v: %s", err, out)
	}
	return report
}

func (r *replica) done(args ...string) string {
	r.fleet.t.Helper()
	out, err := r.command(args...).CombinedOutput()
	if err != nil {
		r.fleet.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// TestARotationKilledInTheMiddleIsFinishedWhileTwoReplicasAnswer kills `keys reseal` again
// and again while people write in chats that both replicas keep sealed.
func TestARotationKilledInTheMiddleIsFinishedWhileTwoReplicasAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("runs two replicas on PostgreSQL")
	}
	const people = 6000
	dsn := postgrestest.Empty(t)
	f := newFleet(t, 2, "MOTCUA_STORE=postgres", "MOTCUA_POSTGRES="+dsn, "MOTCUA_POSTGRES_CONNS=8")
	first, second := f.replicas[0], f.replicas[1]
	db, err := postgres.Open(t.Context(), dsn, postgres.Options{Conns: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	keys, err := secret.OpenKeys(filepath.Join(first.data, "motcua.keys"))
	if err != nil {
		t.Fatal(err)
	}
	box := secret.NewBox(keys)
	if err := db.Together(t.Context(), func(ctx context.Context) error {
		for i := range people {
			if err := db.People().SetName(ctx, box, lifeevents.PersonID(buyer(i)), "Nguyễn Văn An"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}

	eventual(t, "a webhook", func() bool { return len(f.fake.Requests("setWebhook")) > 0 }, first.logged)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go f.fake.Post(ctx, http.DefaultClient, f.proxy.URL+"/webhook/telegram", f.fake.Requests("setWebhook")[0].Fields["secret_token"])
	typing, stop := context.WithCancel(ctx)
	var under sync.WaitGroup
	chats := int64(0)
	under.Go(func() {
		for ; typing.Err() == nil; time.Sleep(100 * time.Millisecond) {
			chats++
			f.fake.Type(chats, chatQuestions[int(chats)%len(chatQuestions)])
		}
	})

	eventual(t, "both replicas say which keys they have", func() bool { return len(first.keysOf().Replicas) == 2 }, second.logged)
	if out, err := first.command("keys", "rotate", "--wait", "0s", "--no-reseal").CombinedOutput(); err == nil || !strings.Contains(string(out), "chưa có nó") {
		t.Errorf("a key that one replica lacks came into use: %s", out)
	}
	copyKeys(t, first.data, second.data)
	first.done("keys", "rotate", "--no-reseal", "--wait", "1m")
	if out, err := first.command("keys", "retire", "1").CombinedOutput(); err == nil {
		t.Errorf("the old key was taken away at once: %s", out)
	}
	r := rand.New(rand.NewPCG(8, 1))
	oldNames := func() int {
		n, err := db.SealedUnder(t.Context(), store.SealedFields[0])
		if err != nil {
			t.Fatal(err)
		}
		return n[1]
	}
	kills := 0
	for range 8 {
		c := first.command("keys", "reseal")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = c.Wait(); close(ended) }()
		for before, some := oldNames(), 100+r.IntN(1200); before-oldNames() < some; {
			select {
			case <-ended: // it was faster
				some = 0
			default:
			}
		}
		_ = c.Process.Kill() // it may have ended already
		<-ended
		if oldNames() > 0 {
			kills++
		}
	}
	if kills == 0 {
		t.Error("it was never killed in the middle")
	}
	said := first.done("keys", "reseal")
	left := first.keysOf()
	i := slices.IndexFunc(left.Keys, func(k app.KeyState) bool { return k.Number == 1 })
	if i < 0 || left.Keys[i].Under != 0 || left.Keys[i].State != "opens" {
		t.Errorf("%+v", left)
	}
	stop()
	under.Wait()
	if err := db.SetSetting(t.Context(), "keys/use", fmt.Sprintf("2@%d", f.now().Add(-time.Hour).UnixMilli())); err != nil { // an hour passes
		t.Fatal(err)
	}
	first.done("keys", "retire", "1")
	second.done("keys", "retire", "1")
	cancel()
	for _, x := range f.replicas { // nothing is left in anybody's memory
		x.kill()
		x.start()
		x.awaitReady()
	}
	again, stopPosting := context.WithCancel(t.Context())
	defer stopPosting()
	go f.fake.Post(again, http.DefaultClient, f.proxy.URL+"/webhook/telegram", f.fake.Requests("setWebhook")[0].Fields["secret_token"])
	f.settle(t, dsn, 0, chats)
	f.checkChats(t, chats)
	if keys, err = secret.OpenKeys(filepath.Join(first.data, "motcua.keys")); err != nil || len(keys.Numbers()) != 1 {
		t.Fatal(keys, err)
	}
	for i := range people {
		if name, err := db.People().Name(t.Context(), secret.NewBox(keys), lifeevents.PersonID(buyer(i))); err != nil || name != "Nguyễn Văn An" {
			t.Fatalf("%s: %q, %v", buyer(i), name, err)
		}
	}
	t.Logf("%d kills in the middle; %d chats meanwhile; %s", kills, chats, strings.TrimSpace(said))
}
