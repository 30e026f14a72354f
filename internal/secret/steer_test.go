package secret_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/motcua/motcua/internal/secret"
)

// TestWhateverTheOrderOfRotationsEverythingSealedOpensAndOldKeysGo plays random turns of two
// processes with one key file: draw, use, seal, open, reseal, retire, start again.
func TestWhateverTheOrderOfRotationsEverythingSealedOpensAndOldKeysGo(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 8))
		k, path := keys(t)
		open := func() *secret.Keys {
			again, err := secret.OpenKeys(path)
			if err != nil {
				t.Fatal(err)
			}
			return again
		}
		processes := []*secret.Keys{k, open()}
		use, sealed := uint32(1), map[string][]byte{}
		for turn := range 200 {
			n := r.IntN(2)
			mine := processes[n]
			box := secret.NewBox(mine)
			switch r.IntN(8) {
			case 0: // the other draws a key that this one then uses
				if err := mine.Reload(); err != nil {
					t.Fatal(err)
				}
				number, err := mine.Add(0)
				if err != nil {
					t.Fatal(err)
				}
				if err := processes[1-n].Use(number); err != nil {
					t.Fatalf("seed %d, turn %d: a key in the file is not found: %v", seed, turn, err)
				}
				if err := mine.Use(number); err != nil {
					t.Fatal(err)
				}
				use = number
			case 1: // everything is put under the newest, then the old ones go
				for name, s := range sealed {
					fresh, err := box.Rewrap(name, s)
					if err != nil {
						t.Fatal(err)
					}
					if fresh != nil {
						sealed[name] = fresh
					}
				}
				for _, old := range mine.Numbers() {
					if err := mine.Forget(old); (err == nil) != (old != use) {
						t.Fatalf("key %d while %d seals: %v", old, use, err)
					}
				}
			case 2: // a start
				processes[n] = open()
				if err := processes[n].Use(use); err != nil {
					t.Fatal(err)
				}
			default:
				name := fmt.Sprint("r", r.IntN(30))
				s, err := box.Seal(name, []byte(name))
				if err != nil {
					t.Fatal(err)
				}
				if under, ok := secret.KeyOf(s); !ok || under != use {
					t.Fatalf("seed %d, turn %d: sealed under %d, %d is in use", seed, turn, under, use)
				}
				sealed[name] = s
			}
			for name, s := range sealed {
				if err := processes[0].Reload(); err != nil {
					t.Fatal(err)
				}
				if plain, err := secret.NewBox(processes[0]).Open(name, s); err != nil || string(plain) != name {
					t.Fatalf("seed %d, turn %d: %q, %v", seed, turn, plain, err)
				}
				break // one of them a turn
			}
		}
		if !slices.Contains(processes[0].Numbers(), use) {
			t.Fatal("the key in use is gone")
		}
	}
}

func TestAKeyExchangedUnderTheSameNumberIsNoticedAndNotTaken(t *testing.T) {
	k, path := keys(t)
	before := k.Print(1)
	_, other := keys(t)
	body, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := k.Reload(); err == nil || k.Print(1) != before {
		t.Errorf("taken: %v", err)
	}
}

func TestWhoCannotLearnWhichKeySealsSealsNothing(t *testing.T) {
	k, _ := keys(t)
	cut := errors.New("cut off")
	k.Steer(func() error { return cut })
	if _, err := secret.NewBox(k).Seal("r", nil); !errors.Is(err, cut) {
		t.Errorf("sealed all the same: %v", err)
	}
	k.Steer(func() error { return k.Use(1) })
	if _, err := secret.NewBox(k).Seal("r", nil); err != nil {
		t.Error(err)
	}
}

func TestAFingerprintTellsKeysApartAndHoldsNoPartOfThem(t *testing.T) {
	a, _ := keys(t)
	b, _ := keys(t)
	if a.Print(1) == b.Print(1) || len(a.Print(1)) != 32 || a.Print(9) != "" {
		t.Errorf("%q %q %q", a.Print(1), b.Print(1), a.Print(9))
	}
}
