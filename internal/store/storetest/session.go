package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/lifeevents"
)

// SessionBook keeps who is signed in.
type SessionBook interface {
	Begin(ctx context.Context, name [32]byte, v page.Viewer, now time.Time) error
	Find(ctx context.Context, name [32]byte) (v page.Viewer, begun, seen time.Time, err error)
	Seen(ctx context.Context, name [32]byte, now time.Time) error
	End(ctx context.Context, name [32]byte) error
	EndAll(ctx context.Context, person lifeevents.PersonID) error
	Sweep(ctx context.Context, before time.Time) error
}

// Plain seals by writing the record's name in front: a text opens for its record alone.
type Plain struct{}

// Seal implements store.Sealer.
func (Plain) Seal(record string, plain []byte) ([]byte, error) {
	return append([]byte(record+"\n"), plain...), nil
}

// Open implements store.Sealer.
func (Plain) Open(record string, sealed []byte) ([]byte, error) {
	plain, mine := bytes.CutPrefix(sealed, []byte(record+"\n"))
	if !mine {
		return nil, errors.New("sealed for another record")
	}
	return plain, nil
}

// Sessions checks them; what open gives seals with Plain.
func Sessions(t *testing.T, open func(*testing.T) SessionBook) {
	for _, c := range []struct {
		name string
		test func(*testing.T, SessionBook)
	}{
		{"AViewerComesBackWhole", viewerWhole},
		{"AnEndedSessionIsNobody", sessionEnds},
		{"SignedOutEverywhereTouchesNobodyElse", endAll},
		{"OnlyWhatNobodyUsesIsSwept", sessionsSwept},
	} {
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, open(t)) })
	}
}

func begun(t *testing.T, s SessionBook, n byte, person lifeevents.PersonID) [32]byte {
	t.Helper()
	name := [32]byte{n}
	v := page.Viewer{Person: person, Display: "Chị Lan", Roles: []page.Role{page.Citizen, page.Official}, Unit: "phuong-1", Assurance: page.Verified}
	if err := s.Begin(t.Context(), name, v, noon); err != nil {
		t.Fatal(err)
	}
	return name
}

func assertSession(t *testing.T, s SessionBook, name [32]byte, want lifeevents.PersonID) {
	t.Helper()
	if v, _, _, err := s.Find(t.Context(), name); err != nil || v.Person != want {
		t.Errorf("session of %q, want %q: %v", v.Person, want, err)
	}
}

func viewerWhole(t *testing.T, s SessionBook) {
	name := begun(t, s, 1, "n-1")
	later := noon.Add(time.Minute)
	if err := s.Seen(t.Context(), name, later); err != nil {
		t.Fatal(err)
	}
	v, from, seen, err := s.Find(t.Context(), name)
	want := page.Viewer{Person: "n-1", Display: "Chị Lan", Roles: []page.Role{page.Citizen, page.Official}, Unit: "phuong-1", Assurance: page.Verified}
	if diff := cmp.Diff(want, v); diff != "" || err != nil || !from.Equal(noon) || !seen.Equal(later) {
		t.Errorf("%v, from %v, seen %v: %s", err, from, seen, diff)
	}
	if err := s.Begin(t.Context(), name, want, noon); err == nil {
		t.Error("a second session took the name of the first")
	}
}

func sessionEnds(t *testing.T, s SessionBook) {
	name := begun(t, s, 1, "n-1")
	for range 2 { // an unknown one is no error
		if err := s.End(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		assertSession(t, s, name, "")
	}
}

func endAll(t *testing.T, s SessionBook) {
	a, b, other := begun(t, s, 1, "n-1"), begun(t, s, 2, "n-1"), begun(t, s, 3, "n-2")
	if err := s.EndAll(t.Context(), "n-1"); err != nil {
		t.Fatal(err)
	}
	assertSession(t, s, a, "")
	assertSession(t, s, b, "")
	assertSession(t, s, other, "n-2")
}

func sessionsSwept(t *testing.T, s SessionBook) {
	idle, used := begun(t, s, 1, "n-1"), begun(t, s, 2, "n-2")
	if err := s.Seen(t.Context(), used, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(t.Context(), noon.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	assertSession(t, s, idle, "")
	assertSession(t, s, used, "n-2")
}
