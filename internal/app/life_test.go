package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	cloudevents "github.com/cloudevents/sdk-go/v2"
	"github.com/cloudevents/sdk-go/v2/event"
	cehttp "github.com/cloudevents/sdk-go/v2/protocol/http"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// morning is Monday 23/11/2026, 9:00 in Vietnam.
var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, civil.Zone)

const senderLine = "ho-tich:0123456789abcdef01234567:civil_status+population"

// lifeApp is a whole App over a fresh folder, at an hour that the test moves.
func lifeApp(t *testing.T, dir string, at *time.Time) *App {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.IntakeKeys = dir, config.Secret(senderLine)
	a, err := New(t.Context(), onServer(t, cfg), slog.New(slog.DiscardHandler), Clock(func() time.Time { return *at }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// signing signs what the SDK's client sends, byte for byte.
type signing struct {
	sender intake.Sender
	now    func() time.Time
}

func (s signing) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Set(intake.SignatureHeader, intake.Sign(s.sender, r.Header, body, s.now()))
	return http.DefaultTransport.RoundTrip(r)
}

func birthEvent(t *testing.T, id, child, mother string) event.Event {
	t.Helper()
	e := cloudevents.NewEvent()
	e.SetID(id)
	e.SetSource("/registers/civil_status")
	e.SetType("vn.motcua.event.child_born")
	e.SetSubject(child)
	e.SetTime(morning)
	if err := e.SetData(cloudevents.ApplicationJSON, map[string]any{
		"on": "2026-11-20", "subject": child,
		"facts": []map[string]any{
			{"kind": "date_of_birth", "value": map[string]any{"on": "2026-11-20"}},
			{"person": mother, "kind": "date_of_birth", "value": map[string]any{"on": "1998-04-12"}},
		},
		"edges": []map[string]any{{"from": mother, "to": child, "kind": "parent", "authority": true}},
	}); err != nil {
		t.Fatal(err)
	}
	return e
}

// deliver does the day's work and empties the outbox at this instant.
func (a *App) deliver(t *testing.T) delivery.Tally {
	t.Helper()
	if err := a.dailyWork(t.Context(), civil.On(a.now())); err != nil {
		t.Fatal(err)
	}
	w, err := a.worker()
	if err != nil {
		t.Fatal(err)
	}
	sum, err := w.Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// agree gives leave for the topic of births, which is told to those who asked only.
func agree(t *testing.T, a *App, who lifeevents.PersonID) {
	t.Helper()
	if err := a.life.People.Give(t.Context(), lifeevents.Consent{ID: "dy-" + string(who), Person: who, Topic: lifeevents.TopicBirth, Channel: delivery.PortalName,
		TextVersion: "1", Given: morning.AddDate(0, -1, 0), Proof: "phiếu tại quầy"}); err != nil {
		t.Fatal(err)
	}
}

func TestABirthSentByTheCloudEventsClientReachesTheMothersInbox(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	handler, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	senders, err := intake.ParseSenders(senderLine)
	if err != nil {
		t.Fatal(err)
	}
	client, err := cloudevents.NewClientHTTP(cehttp.WithRoundTripper(signing{senders[0], a.now}))
	if err != nil {
		t.Fatal(err)
	}
	target := cloudevents.ContextWithTarget(t.Context(), server.URL+"/api/v1/events")
	// Binary mode, then the same again in structured mode: known, nothing twice.
	agree(t, a, "me-1")
	for i, ctx := range []context.Context{cloudevents.WithEncodingBinary(target), cloudevents.WithEncodingStructured(target)} {
		at = morning.Add(time.Duration(i) * time.Second)
		result := client.Send(ctx, birthEvent(t, "ks-1", "be-1", "me-1"))
		if !cloudevents.IsACK(result) {
			t.Fatalf("mode %d: %v", i, result)
		}
	}
	a.deliver(t)
	list, err := a.life.Outbox.Inbox(t.Context(), "me-1", 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, s := range list {
		if s.Notice.About == "be-1" && s.State == delivery.Sent && s.Channel == delivery.PortalName {
			said++
			number, ok := a.life.Composer.Codes.Check(a.life.Composer.Codes.Of(s.ID))
			if got, err := a.life.Outbox.Coded(t.Context(), number); !ok || err != nil || got.ID != s.ID {
				t.Errorf("the code of the message is not known again: %v %v", ok, err)
			}
		}
	}
	if said == 0 {
		t.Errorf("the birth is not in the mother's inbox: %+v", list)
	}
	if other, _ := a.life.Outbox.Inbox(t.Context(), "be-1", 0, 50); len(other) != 0 {
		t.Errorf("a newborn is told: %+v", other)
	}
}

func TestABatchOverHTTPIsTakenOnceAndForgedIsRefused(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	handler, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	one, err := birthEvent(t, "ks-2", "be-2", "me-2").MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	body := "[" + string(one) + "]"
	senders, _ := intake.ParseSenders(senderLine)
	post := func(s intake.Sender, at time.Time) int {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/events", strings.NewReader(body))
		r.Header.Set("Content-Type", event.ApplicationCloudEventsBatchJSON)
		r.Header.Set(intake.SignatureHeader, intake.Sign(s, r.Header, []byte(body), at))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Code
	}
	forger := senders[0]
	forger.Secret = []byte("another secret of that length")
	for i, want := range []struct {
		sender intake.Sender
		at     time.Time
		code   int
	}{
		{forger, morning, 401}, {senders[0], morning, 202}, {senders[0], morning, 409}, // the very same request: replayed
		{senders[0], morning.Add(time.Second), 200}, {senders[0], morning.Add(-time.Hour), 401},
	} {
		if got := post(want.sender, want.at); got != want.code {
			t.Errorf("request %d: %d, want %d", i, got, want.code)
		}
	}
}

func TestWithoutKeysNothingIsTakenOverHTTP(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	a.cfg.IntakeKeys = ""
	handler, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/v1/events", strings.NewReader("{}")))
	if w.Code != http.StatusNotFound && w.Code != http.StatusMethodNotAllowed {
		t.Errorf("%d", w.Code)
	}
}

func TestServingDoesTheDaysThatWereMissedAndStopsCleanly(t *testing.T) {
	dir, at := t.TempDir(), morning.AddDate(0, 0, -5)
	a := lifeApp(t, dir, &at)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	if err := a.dailyWork(t.Context(), civil.On(at)); err != nil { // ran five days ago, then nothing
		t.Fatal(err)
	}
	_, err := a.life.Engine.Take(t.Context(), lifeevents.Change{
		Facts: []lifeevents.Fact{
			{ID: "f1", Person: "me-3", Kind: lifeevents.DateOfBirth, Value: lifeevents.Value{On: civil.New(1998, 4, 12)}, Source: lifeevents.PopulationRegister, ObservedAt: at},
			{ID: "f2", Person: "be-3", Kind: lifeevents.DateOfBirth, Value: lifeevents.Value{On: civil.New(2026, 11, 17)}, Source: lifeevents.PopulationRegister, ObservedAt: at},
		},
		Edges:  []lifeevents.Edge{{ID: "e1", From: "me-3", To: "be-3", Kind: lifeevents.ParentOf, Authority: true, Source: lifeevents.CivilStatusRegister, ObservedAt: at}},
		Events: []lifeevents.Event{{ID: "v1", Source: lifeevents.CivilStatusRegister, Person: "be-3", Kind: lifeevents.ChildBorn, On: civil.New(2026, 11, 17), Reported: at, Subject: "be-3"}},
	}, at)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, a, "me-3")
	at = morning
	stop, err := a.notifying(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(time.Minute)
	for found := false; !found; {
		list, err := a.life.Outbox.Inbox(t.Context(), "me-3", 0, 10)
		if err != nil || time.Now().After(deadline) {
			stop()
			t.Fatalf("nothing was caught up with: %v", err)
		}
		found = len(list) > 0
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	if ran, err := a.life.People.Ran(t.Context()); err != nil || ran != civil.On(morning) {
		t.Errorf("ran up to %v %v", ran, err)
	}
}

func TestAPausedRuleSaysNothingAndIsSaidOnceItResumes(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	for _, r := range a.life.Rules.Rules() {
		if err := a.switches.Turn(t.Context(), switches.Turning{Target: switches.Rule(r.ID), Off: true, Reason: "soát lại căn cứ", By: "lanh-dao-1", At: at}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.life.Desk.Declare(t.Context(), intake.Declaration{ID: "k1", By: "me-4", Fact: lifeevents.DateOfBirth, Value: lifeevents.Value{On: civil.New(1966, 12, 20)}}, at); err != nil {
		t.Fatal(err)
	}
	if _, err := a.life.Desk.Declare(t.Context(), intake.Declaration{ID: "k2", By: "me-4", Event: lifeevents.PassportLost, On: civil.On(at)}, at); err != nil {
		t.Fatal(err)
	}
	if sum := a.deliver(t); sum.States[delivery.Sent] != 0 || sum.Reasons[delivery.Halted] == 0 {
		t.Fatalf("paused: %+v", sum)
	}
	for _, r := range a.life.Rules.Rules() {
		if err := a.switches.Turn(t.Context(), switches.Turning{Target: switches.Rule(r.ID), Reason: "đã soát xong", By: "lanh-dao-1", At: at.Add(time.Minute)}); err != nil {
			t.Fatal(err)
		}
	}
	at = morning.Add(15 * time.Minute)
	if sum := a.deliver(t); sum.States[delivery.Sent] == 0 {
		t.Errorf("resumed: %+v", sum)
	}
}

func TestAKeyFileOthersMayReadIsRefusedAndTheDoctorSaysSo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps no such modes")
	}
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(a.cfg.Keys())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("made on the first start with mode %v %v", info.Mode(), err)
	}
	if f := a.lookKeys(); !f.OK {
		t.Errorf("%+v", f)
	}
	if err := os.Chmod(a.cfg.Keys(), 0o644); err != nil {
		t.Fatal(err)
	}
	a.life = nil
	if _, err := a.Handler(); err == nil || !strings.Contains(err.Error(), "0600") {
		t.Errorf("served with a key others read: %v", err)
	}
	if f := a.lookKeys(); f.OK || f.Mend == "" {
		t.Errorf("the doctor is content: %+v", f)
	}
}

func TestARuleThatReadsOtherwiseIsPlannedAnewOnTheNextStart(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	if err := a.lawOnStart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list, err := a.store.LawChanges().List(t.Context(), true, 10); err != nil || len(list) != 0 {
		t.Fatalf("a first start is no change: %v %v", list, err)
	}
	seen, err := a.store.LawChanges().RulesSeen(t.Context())
	if err != nil || len(seen) < 60 {
		t.Fatalf("%d %v", len(seen), err)
	}
	seen[lifeevents.RuleVersion{Rule: "E13", Version: 1}] = "as it read before"
	if err := a.store.LawChanges().SetRulesSeen(t.Context(), seen); err != nil {
		t.Fatal(err)
	}
	if err := a.lawOnStart(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := a.store.LawChanges().List(t.Context(), true, 10)
	if err != nil || len(list) != 1 || list[0].Subject != "E13" || list[0].Kind != "rule" {
		t.Fatalf("%+v %v", list, err)
	}
	if err := a.store.LawChanges().Review(t.Context(), list[0].ID, "lanh-dao-1", "đã xem", at); err != nil {
		t.Error(err)
	}
	if list, _ = a.store.LawChanges().List(t.Context(), true, 10); len(list) != 0 {
		t.Error("reviewed and still open")
	}
}

func TestAChangedProvisionNamesTheRulesThatRestOnIt(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	dir := t.TempDir()
	law := func(words string) string {
		path := filepath.Join(dir, "luat.jsonl")
		line := `{"law_id":"26/2023/QH15","law_title":"Luật Căn cước","article_id":"21","title":"Điều 21. Độ tuổi cấp đổi thẻ căn cước","text":"` + words + `"}` + "\n"
		if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first, err := a.Ingest(t.Context(), []string{law("1. Công dân đã được cấp thẻ phải cấp đổi khi đủ 14 tuổi, 25 tuổi, 40 tuổi và 60 tuổi.")}, false, nil)
	if err != nil || len(first.Faults()) > 0 {
		t.Fatalf("%+v %v", first, err)
	}
	second, err := a.Ingest(t.Context(), []string{law("1. Công dân đã được cấp thẻ phải cấp đổi khi đủ 14 tuổi, 30 tuổi và 60 tuổi.")}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, r := range second.Ripple {
		for _, rule := range r.Rules {
			named = append(named, rule.ID)
		}
	}
	if len(first.Ripple) != 0 {
		t.Errorf("the law's own words in place of our summary are no change: %+v", first.Ripple)
	}
	if !slices.Contains(named, "E13") || !slices.Contains(named, "E14") {
		t.Errorf("not every rule is named: %+v", second.Ripple)
	}
	if list, err := a.store.LawChanges().List(t.Context(), true, 10); err != nil || len(list) != len(second.Ripple) {
		t.Errorf("kept for review: %d of %d %v", len(list), len(second.Ripple), err)
	}
}

// Faults of all sources.
func (i Ingested) Faults() (out []string) {
	for _, s := range i.Sources {
		for _, f := range s.Faults {
			out = append(out, f.Error())
		}
	}
	return out
}
