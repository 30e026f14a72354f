package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
)

// servable is an App whose parts are open as for serving, with a clock.
func servable(t *testing.T, cfg config.Config, at *time.Time) *App {
	t.Helper()
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), Clock(func() time.Time { return *at }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if _, err := a.Handler(); err != nil {
		t.Fatal(err)
	}
	return a
}

// replicaOf is the settings of one more replica, with the keys of another.
func replicaOf(t *testing.T, replica func() config.Config, first config.Config) config.Config {
	t.Helper()
	cfg := replica()
	giveKeys(t, first.Data, cfg.Data)
	return cfg
}

func giveKeys(t *testing.T, from, to string) {
	t.Helper()
	if from == to {
		return
	}
	names, err := keyNames(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), body, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeysChangeWhileTwoReplicasServeAndNothingNeedsTheOldOneThen(t *testing.T) {
	bothStores(t, func(t *testing.T, replica func() config.Config) {
		at := morning
		cfg := replica()
		a := servable(t, cfg, &at)
		happenToKeys(t, a, 700)
		other := replicaOf(t, replica, cfg)
		b := servable(t, other, &at)
		codes, err := a.life.Ring.codes(t.Context())
		if err != nil {
			t.Fatal(err)
		}

		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		defer a.holding(ctx)()
		defer b.holding(ctx)()
		var writers sync.WaitGroup
		written := 0
		writers.Go(func() { // both seal and open all the while
			for i := 0; ctx.Err() == nil; i++ {
				x, y := a, b
				if i%2 == 1 {
					x, y = b, a
				}
				p := lifeevents.PersonID(fmt.Sprintf("trong-luc-%d", i))
				if err := x.store.People().SetName(t.Context(), x.life.Box, p, "Trần Thị Hoa"); err != nil {
					t.Error(err)
				}
				if name, err := y.store.People().Name(t.Context(), y.life.Box, p); err != nil || name != "Trần Thị Hoa" {
					t.Errorf("the other replica reads %q, %v", name, err)
				}
				written++
			}
		})
		eventually(t, "both replicas have said which keys they have", func() bool {
			all, err := a.life.Ring.holders(t.Context())
			return err == nil && (len(all) == 2 || cfg.Data == other.Data && len(all) == 1)
		})

		command, err := a.Keyring(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if cfg.Data != other.Data { // the other has not been given the new key yet
			if _, err := command.Rotate(t.Context(), 0); err == nil || !strings.Contains(err.Error(), "chưa có nó") {
				t.Fatalf("a key that a replica lacks came into use: %v", err)
			}
			giveKeys(t, cfg.Data, other.Data)
		}
		n, err := command.Rotate(t.Context(), time.Minute)
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
		if err := command.Retire(t.Context(), 1); !errors.Is(err, ErrKeyNeeded) {
			t.Errorf("the old key went at once: %v", err)
		}
		steps := 0
		done, err := command.Reseal(t.Context(), func(ResealStep) { steps++ })
		if err != nil || done.Rewrote < 700 || done.Verified < done.Rewrote || steps < 2 {
			t.Fatalf("%+v in %d steps, %v", done, steps, err)
		}
		stop()
		writers.Wait()
		at = at.Add(time.Hour)
		under, err := command.under(t.Context())
		if err != nil || under[1] != 0 || under[2] < 700 {
			t.Fatalf("%v, %v", under, err)
		}
		if err := command.Retire(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if raw, err := os.ReadFile(cfg.Keys()); err != nil || strings.Contains(string(raw), "\n1 ") {
			t.Errorf("the old key is still in the file: %v", err)
		}
		c := servable(t, cfg, &at)
		if v, _, _, err := c.store.Sessions(c.life.Box).Find(t.Context(), [32]byte{7}); err != nil || v.Display != "Lan" {
			t.Errorf("%q, %v", v.Display, err)
		}
		if again, err := c.life.Ring.codes(t.Context()); err != nil || string(again) != string(codes) {
			t.Errorf("codes in messages that people have no longer hold: %v", err)
		}
		t.Logf("%d names written meanwhile", written)
	})
}

// happenToKeys seals a value of every kind there is, and n names.
func happenToKeys(t *testing.T, a *App, n int) {
	t.Helper()
	happen(t, a, morning)
	if err := a.store.Zalo().Drop(t.Context(), "tokens"); err != nil { // what stands there is a stand-in
		t.Fatal(err)
	}
	pair, err := a.life.Box.Seal(zalo.Record("tokens"), []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	if done, err := a.store.Zalo().Swap(t.Context(), "tokens", 0, pair, morning); err != nil || !done {
		t.Fatal(done, err)
	}
	if err := a.store.Sessions(a.life.Box).Begin(t.Context(), [32]byte{7}, page.Viewer{Person: "lan", Display: "Lan", Roles: []page.Role{page.Citizen}}, morning); err != nil {
		t.Fatal(err)
	}
	chat := channels.Incoming{Channel: "telegram", Chat: "chat-khoa", MessageID: "khoa-1", Kind: channels.Words, Text: "lệ phí?", ReceivedAt: morning}
	if _, err := a.chats.inbox.Accept(t.Context(), chat); err != nil {
		t.Fatal(err)
	}
	list, err := a.chats.inbox.Claim(t.Context(), "telegram", morning.Add(time.Hour), 100, time.Minute)
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	for _, c := range list {
		c.State.Heard = []channels.Utterance{{At: morning, From: "citizen", Text: "lệ phí?"}}
		if err := a.chats.inbox.Settle(t.Context(), c, []channels.Reply{channels.Say("không thu")}, morning); err != nil {
			t.Fatal(err)
		}
	}
	chat.MessageID = "khoa-2"
	if _, err := a.chats.inbox.Accept(t.Context(), chat); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := a.store.People().SetName(t.Context(), a.life.Box, lifeevents.PersonID(fmt.Sprintf("nguoi-%04d", i)), "Nguyễn Văn An"); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range store.SealedFields {
		if under, err := a.store.SealedUnder(t.Context(), f); err != nil || under[1] == 0 {
			t.Fatalf("nothing is sealed in %s, so this proves nothing of it: %v, %v", f.Name, under, err)
		}
	}
}

func TestAChannelsSecretsAreFoundByTheirNames(t *testing.T) {
	if store.VaultRecord("tokens") != zalo.Record("tokens") {
		t.Error("the names for which the Zalo channel seals are others than those that a change of keys opens")
	}
}

func TestAReplicaWithOtherKeysDoesNotServe(t *testing.T) {
	bothStores(t, func(t *testing.T, replica func() config.Config) {
		at := morning
		first := replica()
		servable(t, first, &at)
		for _, name := range []string{"motcua.keys", pseudonymFile, chatsKeyFile, keyFile} {
			for _, how := range []string{"missing", "another"} {
				cfg := replica()
				kept := filepath.Join(t.TempDir(), name)
				giveKeys(t, first.Data, cfg.Data)
				path := filepath.Join(cfg.Data, name)
				if err := os.Rename(path, kept); err != nil {
					t.Fatal(err)
				}
				want := ErrKeysMissing
				if how == "another" {
					want = ErrKeysDiffer
					other := config.Default()
					other.Data = t.TempDir()
					servable(t, other, &at)
					body, err := os.ReadFile(filepath.Join(other.Data, name))
					if err == nil {
						err = os.WriteFile(path, body, 0o600)
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), Clock(func() time.Time { return at }))
				if err != nil {
					t.Fatal(err)
				}
				if _, err = a.Handler(); !errors.Is(err, want) || !strings.Contains(err.Error(), name) {
					t.Errorf("%s %s: %v", name, how, err)
				}
				if err := a.Close(); err != nil {
					t.Error(err)
				}
				if _, err := os.Stat(path); how == "missing" && err == nil {
					t.Errorf("%s was made anew in silence", name)
				}
				if err := os.Rename(kept, path); err != nil {
					t.Fatal(err)
				}
				if _, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler)); err != nil {
					t.Errorf("%s put back: %v", name, err)
				}
			}
		}
	})
}

func TestLostKeysAreGivenUpOnPurposeOnly(t *testing.T) {
	at := morning
	cfg := config.Default()
	cfg.Data = t.TempDir()
	happenToKeys(t, servable(t, cfg, &at), 1)
	names, err := keyNames(cfg.Data)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.Remove(filepath.Join(cfg.Data, name)); err != nil {
			t.Fatal(err)
		}
	}
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), Clock(func() time.Time { return at }))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Handler(); !errors.Is(err, ErrKeysMissing) {
		t.Fatalf("%v", err)
	}
	if err := a.AdoptKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := servable(t, cfg, &at)
	if _, err := b.store.People().Name(t.Context(), b.life.Box, "nguoi-0000"); !errors.Is(err, secret.ErrSealed) {
		t.Errorf("a name sealed with a lost key: %v", err)
	}
	r, err := b.Keyring(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Rotate(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if done, err := r.Reseal(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "contacts") {
		t.Errorf("what cannot be opened is passed over in silence: %+v, %v", done, err)
	}
}
