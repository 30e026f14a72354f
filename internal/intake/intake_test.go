package intake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/store/sqlite"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

var now = time.Date(2026, 11, 21, 10, 0, 0, 0, civil.Zone)

type bundle struct {
	desk   *intake.Desk
	people *sqlite.People
	clock  time.Time
	server *httptest.Server
	sender intake.Sender
}

func setup(t *testing.T) *bundle {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "m.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	people := db.People()
	b := &bundle{people: people, clock: now, sender: intake.Sender{Key: "hotich-1", Secret: []byte("mot bi mat dai"),
		Sources: []lifeevents.Source{lifeevents.CivilStatusRegister, lifeevents.PopulationRegister}}}
	b.desk = intake.NewDesk(lifeevents.NewEngine(people, func() *lifeevents.Set { return set }), people, db.Intake())
	b.server = httptest.NewServer(intake.NewHandler(b.desk, []intake.Sender{b.sender}, func() time.Time { return b.clock }, slog.New(slog.DiscardHandler)))
	t.Cleanup(b.server.Close)
	return b
}

const structured = "application/cloudevents+json"

func ce(id, kind, person, data string) string {
	return fmt.Sprintf(`{"specversion":"1.0","id":%q,"source":"/registers/civil_status","type":"vn.motcua.%s","subject":%q,"time":"2026-11-20T08:00:00+07:00","datacontenttype":"application/json","data":%s}`, id, kind, person, data)
}

// post signs as the sender does at the moment given.
func (b *bundle) post(t *testing.T, media, body string, at time.Time, change func(*http.Request)) (int, intake.Reply) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, b.server.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", media)
	r.Header.Set(intake.SignatureHeader, intake.Sign(b.sender, r.Header, []byte(body), at))
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var rep intake.Reply
	if err := json.NewDecoder(resp.Body).Decode(&rep); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, rep
}

func (b *bundle) view(t *testing.T, id lifeevents.PersonID) *lifeevents.View {
	t.Helper()
	v, err := b.people.Views(t.Context(), []lifeevents.PersonID{id})
	if err != nil {
		t.Fatal(err)
	}
	return v[0]
}

const birth = `{"on":"2026-11-18","subject":"be-1","facts":[{"kind":"date_of_birth","value":{"on":"2026-11-18"}},{"kind":"sex","value":{"text":"female"}}],"edges":[{"from":"me-1","to":"be-1","kind":"parent","authority":true}]}`

func TestTheSameEventTwiceChangesNothing(t *testing.T) {
	b := setup(t)
	body := ce("g1", "event.child_born", "be-1", birth)
	if code, rep := b.post(t, structured, body, now, nil); code != 202 || rep.Accepted != 1 {
		t.Fatalf("%d %+v", code, rep)
	}
	v := b.view(t, "be-1")
	if len(v.Events) != 1 || v.Born.String() != "2026-11-18" || len(v.Edges) != 1 {
		t.Fatalf("the birth with its facts and edge: %+v", v)
	}
	if code, rep := b.post(t, structured, body, now.Add(time.Second), nil); code != 200 || rep.Known != 1 {
		t.Errorf("again: %d %+v; want 200, known", code, rep)
	}
	other := strings.Replace(body, "2026-11-18", "2026-11-17", 1)
	if code, rep := b.post(t, structured, other, now.Add(2*time.Second), nil); code != 409 || rep.Results[0].Code != intake.CodeChanged {
		t.Errorf("other content, same name: %d %+v", code, rep)
	}
}

func TestARetractionWithdrawsAllThatTheRecordBroughtInEitherOrder(t *testing.T) {
	for _, order := range [][]string{{"g1", "r1"}, {"r1", "g1"}} {
		b := setup(t)
		bodies := map[string]string{"g1": ce("g1", "event.child_born", "be-1", birth), "r1": ce("r1", "retraction", "", `{"retracts":"g1"}`)}
		for i, id := range order {
			if code, rep := b.post(t, structured, bodies[id], now.Add(time.Duration(i)*time.Second), nil); code != 202 {
				t.Fatalf("%v: %s: %d %+v", order, id, code, rep)
			}
		}
		v := b.view(t, "be-1")
		standing := 0
		for _, e := range v.Edges {
			if !e.Withdrawn {
				standing++
			}
		}
		if len(v.Events) != 0 || len(v.Facts) != 0 || standing != 0 {
			t.Errorf("%v: left standing: %d events, %d facts, %d edges", order, len(v.Events), len(v.Facts), standing)
		}
	}
}

func TestABatchTakesTheGoodAndSaysWhyOfTheBad(t *testing.T) {
	b := setup(t)
	batch := "[" + strings.Join([]string{
		ce("a", "event.birth_registered", "be-1", `{"on":"2026-11-18"}`),
		ce("b", "event.flying", "be-1", `{"on":"2026-11-18"}`),
		ce("c", "event.birth_registered", "be-2", `{"on":"2030-11-18"}`),
		ce("d", "fact.date_of_birth", "079123456789", `{"value":{"on":"1990-01-01"}}`),
		strings.Replace(ce("e", "event.birth_registered", "be-3", `{"on":"2026-11-18"}`), "civil_status", "tax", 1),
		`{"specversion":"0.3","id":"f"}`,
		ce("g", "fact.sex", "be-1", `{"valu":{}}`),
	}, ",") + "]"
	code, rep := b.post(t, "application/cloudevents-batch+json", batch, now, nil)
	if code != 202 || rep.Accepted != 1 || rep.Refused != 6 {
		t.Fatalf("%d %+v", code, rep)
	}
	want := []intake.Code{"", intake.CodeUnknownType, intake.CodeBadRecord, intake.CodePersonNumber, intake.CodeNotYours, intake.CodeNotCloudEvent, intake.CodeBadJSON}
	for i, r := range rep.Results {
		if r.Code != want[i] || r.Says == "" || strings.Count(r.Says, "\n") > 0 {
			t.Errorf("%d: %q %q; want %q and one sentence", i, r.Code, r.Says, want[i])
		}
		if strings.Contains(r.Says, "079123456789") {
			t.Error("the sentence repeats the number it refuses")
		}
	}
}

func TestBinaryCloudEventsAreSignedWithTheirHeaders(t *testing.T) {
	b := setup(t)
	body := `{"on":"2026-11-18"}`
	send := func(id, signedAs string, at time.Time) (int, intake.Reply) {
		return b.post(t, "application/json", body, at, func(r *http.Request) {
			for k, v := range map[string]string{"ce-specversion": "1.0", "ce-type": "vn.motcua.event.birth_registered", "ce-source": "/registers/civil_status", "ce-id": signedAs, "ce-subject": "be-1"} {
				r.Header.Set(k, v)
			}
			r.Header.Set(intake.SignatureHeader, intake.Sign(b.sender, r.Header, []byte(body), at))
			r.Header.Set("Ce-Id", id)
		})
	}
	if code, rep := send("x1", "x1", now); code != 202 {
		t.Errorf("%d %+v", code, rep)
	}
	if code, rep := send("x2", "x1", now.Add(time.Second)); code != 401 || rep.Code != intake.CodeForged {
		t.Errorf("a changed header: %d %+v", code, rep)
	}
}

func TestForgedStaleReplayedAndUnsignedAreRefusedAndNothingIsKept(t *testing.T) {
	b := setup(t)
	body := ce("s1", "event.birth_registered", "be-1", `{"on":"2026-11-18"}`)
	for name, c := range map[string]struct {
		at     time.Time
		change func(*http.Request)
		code   intake.Code
	}{
		"unsigned": {now, func(r *http.Request) { r.Header.Del(intake.SignatureHeader) }, intake.CodeUnsigned},
		"forged": {now, func(r *http.Request) {
			r.Header.Set(intake.SignatureHeader, intake.Sign(intake.Sender{Key: "hotich-1", Secret: []byte("khac")}, r.Header, []byte(body), now))
		}, intake.CodeForged},
		"unknown key": {now, func(r *http.Request) {
			r.Header.Set(intake.SignatureHeader, intake.Sign(intake.Sender{Key: "la"}, r.Header, []byte(body), now))
		}, intake.CodeForged},
		"old":    {now.Add(-6 * time.Minute), nil, intake.CodeStale},
		"future": {now.Add(6 * time.Minute), nil, intake.CodeStale},
		"other body": {now, func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body+" ")), int64(len(body)+1)
		}, intake.CodeForged},
	} {
		if status, rep := b.post(t, structured, body, c.at, c.change); rep.Code != c.code || status != c.code.Status() {
			t.Errorf("%s: %d %+v; want %s", name, status, rep, c.code)
		}
	}
	if v := b.view(t, "be-1"); len(v.Events) != 0 {
		t.Fatal("something was kept")
	}
	if status, _ := b.post(t, structured, body, now, nil); status != 202 {
		t.Errorf("the true one: %d", status)
	}
	if status, rep := b.post(t, structured, body, now, nil); rep.Code != intake.CodeReplayed || status != 409 {
		t.Errorf("the very same request again: %d %+v", status, rep)
	}
	capitals := func(r *http.Request) {
		signed, v1, _ := strings.Cut(r.Header.Get(intake.SignatureHeader), "v1=")
		r.Header.Set(intake.SignatureHeader, signed+"v1="+strings.ToUpper(v1))
	}
	if status, rep := b.post(t, structured, body, now, capitals); rep.Code != intake.CodeReplayed || status != 409 {
		t.Errorf("the same signature in capital letters: %d %+v", status, rep)
	}
}

func TestWhileOurClockRunsBackNothingIsTaken(t *testing.T) {
	b := setup(t)
	if status, _ := b.post(t, structured, ce("k1", "event.birth_registered", "be-1", `{"on":"2026-11-18"}`), now, nil); status != 202 {
		t.Fatal(status)
	}
	b.clock = now.Add(-time.Hour)
	if status, rep := b.post(t, structured, ce("k2", "event.birth_registered", "be-1", `{"on":"2026-11-18"}`), b.clock, nil); rep.Code != intake.CodeClockBack || status != 503 {
		t.Errorf("%d %+v", status, rep)
	}
	b.clock = now.Add(time.Minute)
	if status, _ := b.post(t, structured, ce("k2", "event.birth_registered", "be-1", `{"on":"2026-11-18"}`), b.clock, nil); status != 202 {
		t.Errorf("the clock is right again: %d", status)
	}
}

// endless yields bytes and counts what was read.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) { e.read += int64(len(p)); return len(p), nil }

func TestAHundredMegabytesAreRefusedUnread(t *testing.T) {
	b := setup(t)
	h := intake.NewHandler(b.desk, []intake.Sender{b.sender}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	for name, length := range map[string]int64{"announced": 100 << 20, "chunked": -1} {
		body := &endless{}
		r := httptest.NewRequest(http.MethodPost, "/", io.LimitReader(body, 100<<20))
		r.ContentLength = length
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 413 || !strings.Contains(w.Body.String(), string(intake.CodeTooLarge)) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if limit := int64(intake.MaxBody) + 1<<20; length > 0 && body.read > 0 || body.read > limit {
			t.Errorf("%s: %d bytes were read", name, body.read)
		}
	}
}

func TestWhatCannotBeInAFamilyIsRefused(t *testing.T) {
	b := setup(t)
	take := func(kind, id, person, data string) intake.Result {
		body := ce(id, kind, person, data)
		sum := []intake.Result{}
		_, err := b.desk.Import(t.Context(), strings.NewReader(body), intake.NDJSON, false, now, func(intake.Import) {}, func(r intake.Result) { sum = append(sum, r) })
		if err != nil {
			t.Fatal(err)
		}
		if len(sum) == 0 {
			return intake.Result{Outcome: intake.Accepted}
		}
		return sum[0]
	}
	must := func(r intake.Result, code intake.Code) {
		t.Helper()
		if r.Code != code {
			t.Errorf("%+v; want %q", r, code)
		}
	}
	must(take("fact.date_of_birth", "1", "ba", `{"value":{"on":"1950-01-01"}}`), "")
	must(take("fact.date_of_birth", "2", "me", `{"value":{"on":"1975-01-01"}}`), "")
	must(take("fact.date_of_birth", "3", "con", `{"value":{"on":"2000-01-01"}}`), "")
	must(take("edge.parent", "4", "ba", `{"to":"me"}`), "")
	must(take("edge.parent", "5", "me", `{"to":"con"}`), "")
	must(take("edge.parent", "6", "con", `{"to":"ba"}`), intake.CodeImpossible)
	must(take("edge.parent", "7", "an", `{"to":"an"}`), intake.CodeBadRecord)
	must(take("edge.parent", "8", "x", `{"to":"y"}`), "")
	must(take("edge.parent", "9", "y", `{"to":"z"}`), "")
	must(take("edge.parent", "10", "z", `{"to":"x"}`), intake.CodeImpossible)
	must(take("event.death_registered", "11", "con", `{"on":"1999-12-31"}`), intake.CodeImpossible)
	must(take("fact.date_of_birth", "12", "moi", `{"value":{"on":"2027-01-01"}}`), intake.CodeBadRecord)
	two := take("fact.date_of_birth", "13", "con", `{"value":{"on":"2000-01-02"}}`)
	if two.Outcome != intake.Accepted || len(two.Findings) != 1 || two.Findings[0].Check != "two_births" {
		t.Errorf("two dates of birth are kept and reported: %+v", two)
	}
}

func TestACSVFileGivesALineForEveryRefusedRow(t *testing.T) {
	b := setup(t)
	file := "\ufeffid,source,what,kind,person,key,on,until,other,reported\n" +
		"1,population,fact,date_of_birth,nam,,12/03/2012,,,2026-11-01\n" +
		"2,identity,fact,document,nam,id_card,2026-01-02,2040-03-12,,\n" +
		"3,identity,fact,document,nam,id_card,31/02/2026,,,\n" +
		"4,identity,fact,document,nam,,2026-01-02,,,\n" +
		"5,sao hoả,fact,document,nam,id_card,2026-01-02,,,\n" +
		"6,population,edge,parent,me,,,,nam,\n" +
		"\"7,bad\n"
	var lines []int
	sum, err := b.desk.Import(t.Context(), strings.NewReader(file), intake.CSV, false, now, func(intake.Import) {}, func(r intake.Result) { lines = append(lines, r.Line) })
	if err != nil || sum.Accepted != 3 || sum.Refused != 4 {
		t.Fatalf("%+v %v", sum, err)
	}
	if fmt.Sprint(lines[:3]) != "[4 5 6]" {
		t.Errorf("lines reported: %v", lines)
	}
	again, err := b.desk.Import(t.Context(), strings.NewReader(file), intake.CSV, false, now, func(intake.Import) {}, func(intake.Result) {})
	if err != nil || again.Accepted != 0 || again.Known != 3 {
		t.Errorf("the same file again: %+v %v", again, err)
	}
}

func TestAPersonDeclaresForThemselvesAndThoseTheyRepresentOnly(t *testing.T) {
	b := setup(t)
	if _, err := b.desk.Import(t.Context(), strings.NewReader(ce("g1", "event.child_born", "be-1", birth)), intake.NDJSON, false, now, func(intake.Import) {}, func(intake.Result) {}); err != nil {
		t.Fatal(err)
	}
	say := func(by, about, id string) intake.Result {
		r, err := b.desk.Declare(t.Context(), intake.Declaration{ID: id, By: lifeevents.PersonID(by), About: lifeevents.PersonID(about), Event: lifeevents.BirthRegistered, On: civil.On(now)}, now)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := say("me-1", "be-1", "1"); r.Outcome != intake.Accepted {
		t.Errorf("a mother: %+v", r)
	}
	if r := say("nguoi-la", "be-1", "1"); r.Code != intake.CodeNoAuthority {
		t.Errorf("a stranger: %+v", r)
	}
	if r := say("me-1", "be-1", "1"); r.Outcome != intake.Known {
		t.Errorf("the button pressed twice: %+v", r)
	}
	if _, err := b.desk.Undo(t.Context(), "me-1", "1", now); err != nil {
		t.Fatal(err)
	}
	if v := b.view(t, "be-1"); len(v.Events) != 1 {
		t.Errorf("undone, the birth alone stands: %+v", v.Events)
	}
}

func TestQualityNamesSilentSourcesAndTheirFaults(t *testing.T) {
	b := setup(t)
	file := strings.Join([]string{ce("1", "event.birth_registered", "a", `{"on":"2026-09-01"}`), ce("2", "event.birth_registered", "a", `{"on":"2031-01-01"}`)}, "\n")
	if _, err := b.desk.Import(t.Context(), strings.NewReader(file), intake.NDJSON, false, now, func(intake.Import) {}, func(intake.Result) {}); err != nil {
		t.Fatal(err)
	}
	list, err := b.desk.Quality(t.Context(), now.AddDate(0, 0, 5))
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	found := map[string]string{}
	for _, f := range list[0].Findings {
		found[f.Check] = f.Virtue
	}
	for check, virtue := range map[string]string{"future_event": "đúng", "stale_feed": "sống", "slow_feed": "sống"} {
		if found[check] != virtue {
			t.Errorf("%s: %q; want %q in %+v", check, found[check], virtue, list[0].Findings)
		}
	}
}

// failing is an engine whose disk is full.
type failing struct{}

func (failing) Take(context.Context, lifeevents.Change, time.Time) ([]lifeevents.Changed, error) {
	return nil, fmt.Errorf("no space left on device")
}

func TestAfterAFullDiskTheSameRequestMayComeAgain(t *testing.T) {
	b := setup(t)
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "f.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	full := intake.NewHandler(intake.NewDesk(failing{}, db.People(), db.Intake()), []intake.Sender{b.sender}, func() time.Time { return now }, slog.New(slog.DiscardHandler))
	body := ce("d1", "event.birth_registered", "be-1", `{"on":"2026-11-18"}`)
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader([]byte(body)))
	r.Header.Set("Content-Type", structured)
	r.Header.Set(intake.SignatureHeader, intake.Sign(b.sender, r.Header, []byte(body), now))
	for range 2 { // not "replayed" the second time
		w := httptest.NewRecorder()
		r.Body = io.NopCloser(strings.NewReader(body))
		full.ServeHTTP(w, r)
		if w.Code != 503 || strings.Contains(w.Body.String(), "device") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	if known, err := db.Intake().Receipts(t.Context(), []lifeevents.RecordName{{Source: lifeevents.CivilStatusRegister, ID: "d1"}}); err != nil || len(known) != 0 {
		t.Errorf("a receipt for what was not kept: %v %v", known, err)
	}
}
