package app

import (
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/mine"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// mineDesk serves the citizen's pages over real HTTP and SQLite; the header Who says who has
// signed in.
type mineDesk struct {
	*App
	links  channels.Links
	server *httptest.Server
	at     *time.Time
}

func openMine(t *testing.T) *mineDesk {
	t.Helper()
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	if err := a.openSite(); err != nil {
		t.Fatal(err)
	}
	a.site.SignIn = true
	area := a.minePages(a.site)
	chats, err := a.store.Inbox(a.life.Box, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	area.Links = chats
	area.Doors = []mine.Door{{Name: "telegram", VI: "Telegram", EN: "Telegram", Class: lifeevents.Outside, DeepLink: func(code string) string { return "https://t.me/thu_bot?start=" + code }}}
	if err := a.site.Open(area.Static()); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	if err := area.Routes(mux); err != nil {
		t.Fatal(err)
	}
	d := &mineDesk{App: a, links: chats, at: &at}
	d.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var v page.Viewer
		if who := r.Header.Get("Who"); who != "" {
			v = page.Viewer{Person: lifeevents.PersonID(who), Display: "Người thử", Roles: []page.Role{page.Citizen}, Assurance: page.Verified, Session: "phien-" + who}
			if strings.HasPrefix(who, "cb-") {
				v.Roles = []page.Role{page.Official}
			}
		}
		mux.ServeHTTP(w, r.WithContext(page.WithViewer(r.Context(), v)))
	}))
	t.Cleanup(d.server.Close)
	return d
}

// ask sends a request as somebody and follows nothing.
func (d *mineDesk) ask(t *testing.T, who, method, path string, form url.Values, lang string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, d.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Who", who)
	if lang != "" {
		r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b strings.Builder
	if _, err := copyBody(&b, resp); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, b.String()
}

func (d *mineDesk) get(t *testing.T, who, path string) (int, string) {
	return d.ask(t, who, http.MethodGet, path, nil, "")
}

var tokenInput = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]+)">`)

// post fills the token in as a browser that has the page open.
func (d *mineDesk) post(t *testing.T, who, from, path string, form url.Values) (int, string) {
	t.Helper()
	_, body := d.get(t, who, from)
	m := tokenInput.FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("%s has no form with a token", from)
	}
	sent := url.Values{m[1]: {html.UnescapeString(m[2])}}
	for k, v := range form {
		sent[k] = v
	}
	return d.ask(t, who, http.MethodPost, path, sent, "")
}

func newborn(id string) url.Values {
	return url.Values{"ma": {id}, "ten-goi": {"Bé Tí"}, "ngay": {"2026-11-19"}, "gioi-tinh": {"female"}, "khai-sinh": {"no"}, "nhac": {"yes"}}
}

var slotLink = regexp.MustCompile(`/toi/viec\?viec=([^"]+)"`)

// slots lists the matters on a page.
func slots(body string) (out []string) {
	for _, m := range slotLink.FindAllStringSubmatch(body, -1) {
		if s, err := url.QueryUnescape(html.UnescapeString(m[1])); err == nil && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func TestADeclaredBirthShowsInThePlanAndIsDoneWhenTheParentSaysSo(t *testing.T) {
	d := openMine(t)
	if code, body := d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-1")); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, body)
	}
	_, body := d.get(t, "me", "/toi")
	list := slots(body)
	if len(list) == 0 || !strings.Contains(body, "Bé Tí") || !strings.Contains(body, "<svg") {
		t.Fatalf("the birth is not on the page: %v", list)
	}
	if code, _ := d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-1")); code == http.StatusSeeOther {
		if _, again := d.get(t, "me", "/toi"); len(slots(again)) != len(list) {
			t.Errorf("the button pressed twice made %d of %d matters", len(slots(again)), len(list))
		}
	}
	birth := list[slices.IndexFunc(list, func(s string) bool { return strings.HasPrefix(s, "E01|") })]
	code, matter := d.get(t, "me", "/toi/viec?viec="+url.QueryEscape(birth))
	for _, want := range []string{"18/01/2027", "Luật 60/2014/QH13", "Vì sao tôi được nhắc", "Mỗi kênh sẽ nhận gì", "/toi/giay-to/1.001193"} {
		if code != 200 || !strings.Contains(matter, want) {
			t.Errorf("%d: the page of the matter lacks %q", code, want)
		}
	}
	if code, _ := d.post(t, "me", "/toi", "/toi/viec", url.Values{"viec": {birth}, "tra-loi": {"done"}}); code != http.StatusSeeOther {
		t.Errorf("%d", code)
	}
	if _, body = d.get(t, "me", "/toi"); slices.Contains(slots(body), birth) {
		t.Error("done and still there")
	}
}

func TestASnoozeAWrongDatumAndNeverAreTakenWithoutScript(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-2"))
	_, body := d.get(t, "me", "/toi")
	slot := slots(body)[0]
	say := func(kind string, more url.Values) int {
		form := url.Values{"viec": {slot}, "tra-loi": {kind}}
		for k, v := range more {
			form[k] = v
		}
		code, _ := d.post(t, "me", "/toi", "/toi/viec", form)
		return code
	}
	for _, c := range []struct {
		kind string
		more url.Values
		want int
	}{
		{"snooze", url.Values{"sau": {"0"}}, 422}, {"snooze", url.Values{"sau": {"x"}}, 422}, {"wrong", nil, 422}, {"fly", nil, 422},
		{"snooze", url.Values{"sau": {"7"}}, 303}, {"wrong", url.Values{"loi-nhan": {"Con tôi sinh ngày 18"}}, 303}, {"never", nil, 303},
	} {
		if got := say(c.kind, c.more); got != c.want {
			t.Errorf("%s %v: %d, want %d", c.kind, c.more, got, c.want)
		}
	}
	if letters, err := d.store.Letters().Letters(t.Context(), "", 10); err != nil || len(letters) != 1 {
		t.Errorf("the office has %d letters: %v", len(letters), err)
	}
	if _, body = d.get(t, "me", "/toi"); slices.Contains(slots(body), slot) {
		t.Error("never, and still there")
	}
}

func TestSomebodyElsesIdsInAddressesAreDeniedAndRecorded(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-3"))
	d.deliver(t)
	said, err := d.life.Outbox.Inbox(t.Context(), "me", 0, 5)
	if err != nil || len(said) == 0 {
		t.Fatalf("%v %v", said, err)
	}
	_, body := d.get(t, "me", "/toi")
	slot, letter := slots(body)[0], "/toi/tin/"+d.life.Composer.Codes.Of(said[0].ID)
	views, err := d.life.People.Views(t.Context(), []lifeevents.PersonID{"me"})
	if err != nil {
		t.Fatal(err)
	}
	edge := views[0].Edges[0].ID
	before := audited(t, d)
	for _, c := range []struct {
		method, path string
		form         url.Values
	}{
		{http.MethodGet, "/toi/viec?viec=" + url.QueryEscape(slot), nil},
		{http.MethodPost, "/toi/viec", url.Values{"viec": {slot}, "tra-loi": {"done"}}},
		{http.MethodGet, letter, nil},
		{http.MethodGet, "/toi/giay-to/1.001193?ve=me", nil},
		{http.MethodPost, "/toi/giay-to/1.001193", url.Values{"ve": {"me"}}},
		{http.MethodPost, "/toi/du-lieu/sai", url.Values{"muc": {edge}, "loi-nhan": {"x"}}},
		{http.MethodPost, "/toi/khai/tang", url.Values{"ve-ai": {"me"}, "ngay": {"2026-11-01"}}},
		{http.MethodGet, "/quay/ABCDEFGHIJ", nil},
	} {
		code, _ := d.get(t, "la", c.path)
		if c.method == http.MethodPost {
			code, _ = d.post(t, "la", "/toi/gia-dinh", c.path, c.form)
		}
		if code != http.StatusForbidden {
			t.Errorf("%s %s: %d, want 403", c.method, c.path, code)
		}
	}
	if n := audited(t, d) - before; n < 8 {
		t.Errorf("%d of 8 attempts are on record", n)
	}
	if code, _ := d.get(t, "me", letter); code != 200 {
		t.Errorf("one's own notice: %d", code)
	}
}

func audited(t *testing.T, d *mineDesk) (n int) {
	t.Helper()
	list, err := d.audit.Entries(t.Context(), "", 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Outcome == "denied" {
			n++
		}
	}
	return n
}

func TestConsentIsGivenByATickAloneAndWithdrawnByOneClick(t *testing.T) {
	d := openMine(t)
	path := "/toi/dong-y/birth/portal"
	if code, body := d.post(t, "me", path, path, nil); code != 422 || !strings.Contains(body, "Hãy đánh dấu ô đồng ý") {
		t.Errorf("without a tick: %d", code)
	}
	if code, _ := d.post(t, "me", path, path, url.Values{"dong-y": {"yes"}}); code != 303 {
		t.Errorf("with it: %d", code)
	}
	reach, err := d.life.People.Reach(t.Context(), "me")
	if given, asked := reach.Said(lifeevents.TopicBirth, "portal"); err != nil || !given || !asked {
		t.Fatalf("%+v %v", reach, err)
	}
	*d.at = d.at.Add(time.Minute)
	if code, _ := d.post(t, "me", "/toi/dong-y", "/toi/rut/birth/portal", nil); code != 303 {
		t.Errorf("withdrawal: %d", code)
	}
	reach, _ = d.life.People.Reach(t.Context(), "me")
	if given, _ := reach.Said(lifeevents.TopicBirth, "portal"); given {
		t.Error("withdrawn and still given")
	}
	_, body := d.get(t, "me", "/toi/dong-y")
	if !strings.Contains(body, "đồng ý</td>") || !strings.Contains(body, "rút lại</td>") {
		t.Error("the history lacks one of the two")
	}
	ledger, _ := d.life.People.Ledger(t.Context(), "me")
	if len(ledger) != 2 || !strings.HasPrefix(ledger[0].TextVersion, "dong-y-1:") || ledger[0].Proof == "" {
		t.Errorf("the ledger: %+v", ledger)
	}
}

func TestAMarriageIsNotedOnlyWhenBothSidesHaveConfirmed(t *testing.T) {
	d := openMine(t)
	_, body := d.post(t, "vo", "/toi/gia-dinh", "/toi/gia-dinh/moi", url.Values{"cho-biet": {"yes"}})
	code := regexp.MustCompile(`<p class="code">([^<]+)</p>`).FindStringSubmatch(body)
	if code == nil {
		t.Fatal("no code")
	}
	married := func() int {
		views, err := d.life.People.Views(t.Context(), []lifeevents.PersonID{"vo"})
		if err != nil {
			t.Fatal(err)
		}
		return len(views[0].Edges)
	}
	try := func(who string, form url.Values) int {
		got, _ := d.post(t, who, "/toi/gia-dinh", "/toi/gia-dinh/nhan", form)
		return got
	}
	yes := url.Values{"ma": {strings.ToLower(code[1])}, "dong-y": {"yes"}}
	if got := try("vo", yes); got != 422 || married() != 0 {
		t.Errorf("alone: %d, %d ties", got, married())
	}
	if got := try("chong", url.Values{"ma": {code[1]}}); got != 422 || married() != 0 {
		t.Errorf("without a tick: %d, %d ties", got, married())
	}
	if got := try("chong", yes); got != 303 || married() != 1 {
		t.Errorf("both: %d, %d ties", got, married())
	}
	if got := try("la", yes); got != 422 {
		t.Errorf("a third person with the same code: %d", got)
	}
	views, _ := d.life.People.Views(t.Context(), []lifeevents.PersonID{"vo"})
	if views[0].Edges[0].Consent {
		t.Error("only one side lets the other be told, and yet both are")
	}
}

func TestDeletionStartsTheClockOfTheLawAndStopsEveryNotice(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-5"))
	if code, _ := d.post(t, "me", "/toi/du-lieu/xoa", "/toi/du-lieu/xoa", nil); code != 422 {
		t.Errorf("without a tick: %d", code)
	}
	if code, _ := d.post(t, "me", "/toi/du-lieu/xoa", "/toi/du-lieu/xoa", url.Values{"chac": {"yes"}}); code != 303 {
		t.Fatalf("%d", code)
	}
	_, body := d.get(t, "me", "/toi/du-lieu")
	for _, want := range []string{"25/11/2026", "13/12/2026"} { // Monday 23/11 plus two working days; plus twenty days
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %s", want)
		}
	}
	if sum := d.deliver(t); sum.States[delivery.Sent] != 0 {
		t.Errorf("told after asking for deletion: %+v", sum)
	}
	code, text := d.get(t, "me", "/toi/du-lieu/xuat")
	var out struct {
		Person   string
		Name     string
		Edges    []lifeevents.Edge
		Consents []lifeevents.Consent
		Requests []lifeevents.DataRequest
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil || code != 200 || out.Person != "me" || len(out.Edges) != 1 || len(out.Consents) != 2 || len(out.Requests) != 1 {
		t.Errorf("%d %v %+v", code, err, out)
	}
	if code, _ := d.post(t, "me", "/toi/du-lieu", "/toi/du-lieu/thoi-xoa", nil); code != 303 {
		t.Errorf("taken back: %d", code)
	}
	*d.at = d.at.AddDate(0, 0, 10)
	d.deliver(t)
	if views, err := d.life.People.Views(t.Context(), []lifeevents.PersonID{"me"}); err != nil || len(views[0].Edges) != 1 {
		t.Errorf("taken back and deleted all the same: %v", err)
	}
}

func TestWhatIsDeletedIsGoneFromTheStoreAndFromTheFamily(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-9"))
	d.post(t, "me", "/toi/khai/ngay-sinh", "/toi/khai/ngay-sinh", url.Values{"ma": {"don-10"}, "ngay": {"1998-04-12"}})
	d.deliver(t)
	if _, err := d.life.Desk.DeclareSpouses(t.Context(), "vc", "me", "cha", true, d.now()); err != nil {
		t.Fatal(err)
	}
	child := childOf(t, d, "me")
	d.post(t, "me", "/toi/du-lieu/xoa", "/toi/du-lieu/xoa", url.Values{"chac": {"yes"}})
	*d.at = d.at.AddDate(0, 0, 3)
	d.deliver(t)
	for _, who := range []lifeevents.PersonID{"me", child} {
		views, err := d.life.People.Views(t.Context(), []lifeevents.PersonID{who})
		if v := views[0]; err != nil || len(v.Facts)+len(v.Events)+len(v.Edges)+len(v.Answers) != 0 || !v.Born.IsZero() {
			t.Errorf("%s is still known: %+v %v", who, v, err)
		}
		if name, err := (lifePeople{d.life.People, d.life.Box}).Name(t.Context(), who); err != nil || name != "" {
			t.Errorf("the name of %s is still kept: %v", who, err)
		}
	}
	views, _ := d.life.People.Views(t.Context(), []lifeevents.PersonID{"cha"})
	if len(views[0].Edges)+len(views[0].Kin) != 0 {
		t.Errorf("the spouse still sees them: %+v", views[0])
	}
	if list, _ := d.life.Outbox.Inbox(t.Context(), "me", 0, 10); len(list) != 0 {
		t.Errorf("%d notices are left", len(list))
	}
	if ledger, _ := d.life.People.Ledger(t.Context(), "me"); len(ledger) == 0 {
		t.Error("the proof of consent and withdrawal is gone")
	}
	list, err := d.store.Mine().Requests(t.Context(), "me")
	if err != nil || len(list) != 1 || list[0].State != lifeevents.RequestDone {
		t.Errorf("%+v %v", list, err)
	}
}

func childOf(t *testing.T, d *mineDesk, p lifeevents.PersonID) lifeevents.PersonID {
	t.Helper()
	views, err := d.life.People.Views(t.Context(), []lifeevents.PersonID{p})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range views[0].Edges {
		if e.Kind == lifeevents.ParentOf {
			return e.To
		}
	}
	t.Fatal("no child")
	return ""
}

func TestAnybodyLearnsWhetherACodeIsGenuineAndNothingElse(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-6"))
	d.deliver(t)
	said, _ := d.life.Outbox.Inbox(t.Context(), "me", 0, 5)
	if len(said) == 0 {
		t.Fatal("nothing said")
	}
	code := d.life.Composer.Codes.Of(said[0].ID)
	_, body := d.get(t, "", "/kiem-tin?ma="+strings.ToLower(code))
	if !strings.Contains(body, "Tin thật") || !strings.Contains(body, "23/11/2026") {
		t.Error("a genuine code is not known")
	}
	for _, secret := range []string{"khai sinh", "Thai sản", "Bé Tí", `"me"`} {
		if strings.Contains(strings.ToLower(body), strings.ToLower(secret)) {
			t.Errorf("the page gives away %q", secret)
		}
	}
	if _, body = d.get(t, "", "/kiem-tin?ma=AAAAA-BBBBB"); !strings.Contains(body, "Không phải tin của chúng tôi") {
		t.Error("a made-up code passes")
	}
	status := 0
	for range 40 {
		status, _ = d.get(t, "", "/kiem-tin?ma=AAAAA-CCCCC")
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("guessing is not stopped: %d", status)
	}
}

func TestAChatIsLinkedByACodeForTenMinutesAndOneUse(t *testing.T) {
	d := openMine(t)
	issue := func() string {
		code, body := d.post(t, "me", "/toi/kenh", "/toi/kenh/telegram", nil)
		m := regexp.MustCompile(`<p class="code">([^<]+)</p>`).FindStringSubmatch(body)
		if code != 200 || m == nil || !strings.Contains(body, `class="qr"`) || !strings.Contains(body, "https://t.me/thu_bot?start=") {
			t.Fatalf("%d: no code", code)
		}
		return m[1]
	}
	late := issue()
	*d.at = d.at.Add(11 * time.Minute)
	if _, err := d.links.Redeem(t.Context(), late, "telegram", "chat-1", d.now()); err == nil {
		t.Error("a code of eleven minutes ago still links")
	}
	code := issue()
	if p, err := d.links.Redeem(t.Context(), code, "telegram", "chat-1", d.now()); err != nil || p != "me" {
		t.Fatalf("%v %v", p, err)
	}
	if _, err := d.links.Redeem(t.Context(), code, "telegram", "chat-2", d.now()); err == nil {
		t.Error("the same code links a second chat")
	}
	if _, body := d.get(t, "me", "/toi/kenh"); !strings.Contains(body, "Đã liên kết") {
		t.Error("the page does not know of the link")
	}
	agree := "/toi/dong-y/vehicle/telegram"
	d.post(t, "me", agree, agree, url.Values{"dong-y": {"yes"}})
	*d.at = d.at.Add(time.Minute)
	if code, _ := d.post(t, "me", "/toi/kenh", "/toi/kenh/telegram/huy", nil); code != 303 {
		t.Errorf("unlink: %d", code)
	}
	reach, err := d.life.People.Reach(t.Context(), "me")
	if given, _ := reach.Said(lifeevents.TopicVehicle, "telegram"); err != nil || given || len(reach.Channels) != 0 {
		t.Errorf("unlinked, and yet %+v %v", reach, err)
	}
	if code, _ := d.post(t, "me", "/toi/kenh", "/toi/kenh/khong-co", nil); code != 404 {
		t.Errorf("an unknown channel: %d", code)
	}
}

func TestAPreviewShowsThatOutsideChannelsGetTheNeutralSentenceAlone(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/ho-chieu", "/toi/khai/ho-chieu", url.Values{"ma": {"hc"}, "ve-ai": {"me"}, "ngay-cap": {"2017-02-01"}, "het-han": {"01/02/2027"}})
	agree := "/toi/dong-y/papers/telegram"
	d.post(t, "me", agree, agree, url.Values{"dong-y": {"yes"}})
	_, body := d.get(t, "me", "/toi/viec?quy-tac=E32")
	_, outside, found := strings.Cut(body, "<h3>Telegram</h3>")
	if !found || !strings.Contains(outside, "/toi/tin/") || strings.Contains(outside, "01/02/2027") || strings.Contains(strings.ToLower(outside), "hộ chiếu") {
		t.Errorf("what Telegram would get: %.400s", outside)
	}
}

func TestACounterSlipOpensForOfficialsAndShowsNoValue(t *testing.T) {
	d := openMine(t)
	now := d.now()
	results, err := d.life.Desk.Take(t.Context(), []intake.Entry{{Record: intake.Record{Source: lifeevents.ResidenceRegister, ID: "ct-1", Reported: now, Change: lifeevents.Change{Facts: []lifeevents.Fact{
		{ID: "r1", Person: "me", Kind: lifeevents.Residence, Key: "permanent", Source: lifeevents.ResidenceRegister, ObservedAt: now, Value: lifeevents.Value{On: civil.New(2020, 1, 2), Place: "26734"}},
		{ID: "r2", Person: "me", Kind: lifeevents.Document, Key: lifeevents.DocIDCard, Source: lifeevents.ResidenceRegister, ObservedAt: now, Value: lifeevents.Value{On: civil.New(2021, 5, 6)}},
	}}}}}, now)
	if err != nil || results[0].Outcome != intake.Accepted {
		t.Fatalf("%+v %v", results, err)
	}
	path := "/toi/giay-to/1.001193"
	code, body := d.post(t, "me", path, path, url.Values{"ve": {"me"}})
	m := regexp.MustCompile(`<p class="code">([^<]+)</p>`).FindStringSubmatch(body)
	if code != 200 || m == nil || !strings.Contains(body, `class="qr"`) || !strings.Contains(body, "02/01/2020") {
		t.Fatalf("%d: no slip", code)
	}
	code, body = d.get(t, "cb-1", "/quay/"+strings.ToLower(m[1]))
	if code != 200 || !strings.Contains(body, "Đăng ký khai sinh") || strings.Contains(body, "02/01/2020") {
		t.Errorf("at the counter: %d", code)
	}
	if code, _ = d.get(t, "me", "/quay/"+m[1]); code != http.StatusForbidden {
		t.Errorf("for a citizen: %d", code)
	}
	*d.at = d.at.Add(31 * 24 * time.Hour)
	if code, _ = d.get(t, "cb-1", "/quay/"+m[1]); code != http.StatusNotFound {
		t.Errorf("after 31 days: %d", code)
	}
}

func TestAnExpiredSessionInTheMiddleOfAFormLosesNothingTyped(t *testing.T) {
	d := openMine(t)
	code, body := d.ask(t, "", http.MethodPost, "/toi/khai/con", newborn("don-7"), "")
	if code != http.StatusUnauthorized || !strings.Contains(body, "Bé Tí") || !strings.Contains(body, "2026-11-19") {
		t.Errorf("%d: what was typed is gone", code)
	}
	code, body = d.ask(t, "me", http.MethodPost, "/toi/khai/con", newborn("don-7"), "") // no token: a stale form
	if code != http.StatusForbidden || !strings.Contains(body, "Bé Tí") {
		t.Errorf("stale: %d", code)
	}
	views, _ := d.life.People.Views(t.Context(), []lifeevents.PersonID{"me"})
	if len(views[0].Edges) != 0 {
		t.Error("a form without its token was taken")
	}
}

func TestEveryPageShowsInBothLanguages(t *testing.T) {
	d := openMine(t)
	d.post(t, "me", "/toi/khai/con", "/toi/khai/con", newborn("don-8"))
	d.deliver(t)
	_, body := d.get(t, "me", "/toi")
	paths := []string{"/toi", "/toi/tin", "/toi/dong-y", "/toi/dong-y/birth/portal", "/toi/khai", "/toi/gia-dinh", "/toi/du-lieu", "/toi/du-lieu/xoa", "/toi/kenh", "/toi/giay-to/1.001193", "/kiem-tin"}
	for _, s := range slots(body) {
		paths = append(paths, "/toi/viec?viec="+url.QueryEscape(s))
	}
	for _, m := range regexp.MustCompile(`href="(/toi/khai/[a-z-]+)"`).FindAllStringSubmatch(second(d.get(t, "me", "/toi/khai")), -1) {
		paths = append(paths, m[1])
	}
	if len(paths) < 25 {
		t.Fatalf("only %d pages", len(paths))
	}
	for _, p := range paths {
		for _, lang := range []string{"vi", "en"} {
			code, body := d.ask(t, "me", http.MethodGet, p, nil, lang)
			if code != 200 || strings.Count(body, "<h1") != 1 || !strings.Contains(body, "</html>") {
				t.Errorf("%s %s: %d, %d headings", lang, p, code, strings.Count(body, "<h1"))
			}
		}
	}
}

func second(_ int, s string) string { return s }

func TestSampleFamiliesHavePlansAndInboxesFilledByTheEngine(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	a.sample, a.log = true, slog.New(slog.DiscardHandler)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time nothing is added
		if err := a.makeSamples(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, persona := range []string{"me-tre", "ve-huu", "chu-tiem"} {
		p, err := a.samplePerson(persona)
		if err != nil {
			t.Fatal(err)
		}
		list, err := a.life.Outbox.Inbox(t.Context(), p, 0, 50)
		if err != nil || len(list) == 0 {
			t.Errorf("%s has an empty inbox: %v", persona, err)
		}
		said := map[string]bool{}
		for _, s := range list {
			if said[s.Notice.SaidKey()] {
				t.Errorf("%s was told twice of %s", persona, s.Notice.SaidKey())
			}
			said[s.Notice.SaidKey()] = true
			if h := s.At.In(civil.Zone).Hour(); h < 8 || h >= 20 {
				t.Errorf("%s was told at %d o'clock", persona, h)
			}
		}
	}
}

func copyBody(b *strings.Builder, resp *http.Response) (int64, error) { return io.Copy(b, resp.Body) }
