package identity_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/identity"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// house is a portal with a door, over TLS as in the world outside.
type house struct {
	t     *testing.T
	url   string
	audit *sqlite.Audit

	mu  sync.Mutex
	now time.Time
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

var key = []byte("khoa cua bi danh, du dai va khong doi")

func build(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, now: time.Now()}
	dir := t.TempDir()
	db, err := sqlite.Open(context.Background(), filepath.Join(dir, "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	keys, err := secret.OpenKeys(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	h.audit = db.Audit(key)
	site := &page.Site{Log: slog.New(slog.DiscardHandler), Now: h.clock, Key: make([]byte, page.KeySize), SignIn: true, Audit: h.audit}
	if err := site.Open(); err != nil {
		t.Fatal(err)
	}
	sample, err := identity.NewSample(site)
	if err != nil {
		t.Fatal(err)
	}
	box := secret.NewBox(keys)
	door := &identity.Door{
		Site: site, Provider: sample.Provider(key), Name: "mẫu", Sessions: db.Sessions(box), Sealer: box, Idle: 30 * time.Minute, Life: 12 * time.Hour,
	}
	mux := http.NewServeMux()
	for _, a := range []page.Area{site, door, sample} {
		if err := a.Routes(mux); err != nil {
			t.Fatal(err)
		}
	}
	who := func(w http.ResponseWriter, r *http.Request) {
		v := page.ViewerOf(r.Context())
		_, _ = io.WriteString(w, string(v.Person)+"|"+v.Display+"|"+v.Unit+"|"+v.Session)
	}
	mux.HandleFunc("GET /{$}", who)
	mux.HandleFunc("GET /rieng", site.Require(page.Citizen, who))
	server := httptest.NewTLSServer(door.Know(mux))
	t.Cleanup(server.Close)
	h.url = server.URL
	http.DefaultTransport = server.Client().Transport
	return h
}

// person is a browser: it keeps cookies and follows redirects.
func (h *house) person() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

func (h *house) get(c *http.Client, path string) (int, string) {
	h.t.Helper()
	r, err := c.Get(h.url + path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func (h *house) post(c *http.Client, path string, form url.Values) (int, string) {
	h.t.Helper()
	r, err := c.PostForm(h.url+path, form)
	if err != nil {
		h.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

var reField = regexp.MustCompile(`type="hidden" name="([^"]+)" value="([^"]*)"`)

// choose is the sample provider's form as the person got it.
func (h *house) choose(c *http.Client, to string) url.Values {
	h.t.Helper()
	status, body := h.get(c, identity.StartPath+"?ve="+url.QueryEscape(to))
	if status != 200 {
		h.t.Fatalf("the provider's page: %d %s", status, body)
	}
	form := url.Values{}
	for _, m := range reField.FindAllStringSubmatch(body, -1) {
		form.Set(m[1], strings.ReplaceAll(m[2], "&#43;", "+"))
	}
	return form
}

func (h *house) signIn(c *http.Client, persona, to string) (int, string) {
	h.t.Helper()
	form := h.choose(c, to)
	form.Set("persona", persona)
	return h.post(c, "/mau/dinh-danh", form)
}

func TestOneWhoSignsInComesBackToWhereTheyWere(t *testing.T) {
	h := build(t)
	c := h.person()
	if _, body := h.get(c, "/rieng"); !strings.Contains(body, "/dang-nhap/bat-dau?ve=%2Frieng") {
		t.Fatalf("not sent to sign in: %s", body)
	}
	status, body := h.signIn(c, "me-tre", "/rieng")
	if status != 200 || !strings.Contains(body, "|Nguyễn Thị Lan||") || !strings.HasPrefix(body, "n-") {
		t.Fatalf("%d %s", status, body)
	}
	if strings.Contains(body, "me-tre") {
		t.Error("the provider's name for the person came through")
	}
}

func TestAPersonHasOnePseudonymAndTwoPeopleTwo(t *testing.T) {
	h := build(t)
	pseudonym := func(persona string) string {
		_, body := h.signIn(h.person(), persona, "/")
		name, _, _ := strings.Cut(body, "|")
		return name
	}
	a, b, c := pseudonym("me-tre"), pseudonym("me-tre"), pseudonym("ve-huu")
	if a != b || a == c || a != string(identity.Pseudonym(key, identity.SampleIssuer, "me-tre")) {
		t.Errorf("%q %q %q", a, b, c)
	}
	if other := identity.Pseudonym([]byte("khoa khac"), identity.SampleIssuer, "me-tre"); string(other) == a {
		t.Error("the pseudonym does not hang on the key")
	}
}

func TestSigningInAlwaysMakesANewSession(t *testing.T) {
	h := build(t)
	c := h.person()
	session := func() string {
		at, err := url.Parse(h.url)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range c.Jar.Cookies(at) {
			if k.Name == "__Host-phien" {
				return k.Value
			}
		}
		return ""
	}
	h.signIn(c, "me-tre", "/")
	first := session()
	h.signIn(c, "can-bo", "/")
	if second := session(); first == "" || second == "" || first == second {
		t.Fatalf("%q then %q", first, second)
	}
	thief := h.person()
	at, _ := url.Parse(h.url)
	thief.Jar.SetCookies(at, []*http.Cookie{{Name: "__Host-phien", Value: first, Path: "/", Secure: true}})
	if _, body := h.get(thief, "/"); body != "|||" {
		t.Errorf("the earlier session still opens: %s", body)
	}
}

func TestASessionEndsWhenUnusedAndInAnyCase(t *testing.T) {
	h := build(t)
	c := h.person()
	h.signIn(c, "me-tre", "/")
	for range 24 { // twelve hours in steps shorter than idle
		h.wait(29 * time.Minute)
		if _, body := h.get(c, "/"); !strings.Contains(body, "Lan") {
			t.Fatal("ended while in use")
		}
	}
	h.wait(29 * time.Minute)
	if _, body := h.get(c, "/"); strings.Contains(body, "Lan") {
		t.Error("outlived its life")
	}
	c = h.person()
	h.signIn(c, "me-tre", "/")
	h.wait(30 * time.Minute)
	if _, body := h.get(c, "/"); strings.Contains(body, "Lan") {
		t.Error("outlived its idleness")
	}
	if _, body := h.get(c, "/dang-nhap"); !strings.Contains(body, "hết hạn") {
		t.Error("the person is not told why")
	}
}

func TestSignOutNeedsTheTokenAndEndsTheSession(t *testing.T) {
	h := build(t)
	c := h.person()
	h.signIn(c, "me-tre", "/")
	if status, _ := h.post(c, "/dang-xuat", url.Values{}); status != http.StatusForbidden {
		t.Errorf("without the token: %d", status)
	}
	_, body := h.get(c, "/mau/dinh-danh") // a problem, but with the layout
	token := regexp.MustCompile(`name="the" value="([^"]+)"`).FindStringSubmatch(body)
	if token == nil {
		t.Fatalf("no sign-out on the page: %s", body)
	}
	if status, _ := h.post(c, "/dang-xuat", url.Values{"the": {token[1]}}); status != 200 {
		t.Errorf("with the token: %d", status)
	}
	if _, body := h.get(c, "/"); body != "|||" {
		t.Errorf("still signed in: %s", body)
	}
}

func TestAnAnswerThatWasNotAskedForIsTurnedAway(t *testing.T) {
	h := build(t)
	c := h.person()
	form := h.choose(c, "/")
	for name, path := range map[string]string{
		"no state": identity.ReturnPath + "?code=x", "another state": identity.ReturnPath + "?code=x&state=khac",
	} {
		if status, _ := h.get(c, path); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
	}
	// the attempt was used up by the first answer, right or wrong
	if status, _ := h.get(c, identity.ReturnPath+"?code=x&state="+form.Get("state")); status != http.StatusBadRequest {
		t.Errorf("an attempt served twice: %d", status)
	}
	// an answer meant for another browser: login forced upon somebody
	victim := h.person()
	mine := h.choose(h.person(), "/")
	h.choose(victim, "/")
	if status, _ := h.get(victim, identity.ReturnPath+"?code=x&state="+mine.Get("state")); status != http.StatusBadRequest {
		t.Errorf("an answer of another browser: %d", status)
	}
	late := h.person()
	form = h.choose(late, "/")
	h.wait(11 * time.Minute)
	if status, _ := h.get(late, identity.ReturnPath+"?code=x&state="+form.Get("state")); status != http.StatusBadRequest {
		t.Errorf("eleven minutes later: %d", status)
	}
	made := h.person()
	form = h.choose(made, "/")
	if status, _ := h.get(made, identity.ReturnPath+"?code=bia-dat&state="+form.Get("state")); status != http.StatusForbidden {
		t.Errorf("a made-up code: %d", status)
	}
}

func TestACodeServesOnceAndOnlyWhoAskedForIt(t *testing.T) {
	h := build(t)
	eve := h.person()
	eve.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	follow := h.person()
	follow.Jar = eve.Jar
	form := h.choose(follow, "/")
	form.Set("persona", "quan-tri")
	r, err := eve.PostForm(h.url+"/mau/dinh-danh", form)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	back, err := url.Parse(r.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	// a stolen code in another browser's own attempt: PKCE does not fit
	thief := h.person()
	own := h.choose(thief, "/")
	if status, _ := h.get(thief, identity.ReturnPath+"?code="+back.Query().Get("code")+"&state="+own.Get("state")); status != http.StatusForbidden {
		t.Errorf("a stolen code: %d", status)
	}
	// and it is spent
	if status, _ := h.get(follow, identity.ReturnPath+"?"+back.RawQuery); status != http.StatusForbidden {
		t.Errorf("a spent code: %d", status)
	}
}

func TestSigningInNeverLeadsToAnotherSite(t *testing.T) {
	h := build(t)
	status, body := h.signIn(h.person(), "me-tre", "https://ke-xau.vn/")
	if status != 200 || !strings.Contains(body, "Lan") {
		t.Errorf("%d %s", status, body)
	}
}

func TestTheProviderIsNotServedToOtherClients(t *testing.T) {
	h := build(t)
	for _, q := range []string{"", "client_id=khac&redirect_uri=/dang-nhap/tro-ve&response_type=code&code_challenge_method=S256&code_challenge=x&state=y",
		"client_id=motcua-mau&redirect_uri=https://ke-xau.vn&response_type=code&code_challenge_method=S256&code_challenge=x&state=y",
		"client_id=motcua-mau&redirect_uri=/dang-nhap/tro-ve&response_type=code&code_challenge_method=plain&code_challenge=x&state=y"} {
		if status, _ := h.get(h.person(), "/mau/dinh-danh?"+q); status != http.StatusBadRequest {
			t.Errorf("%s: %d", q, status)
		}
	}
}

func TestAnOfficialsSignInIsOnRecord(t *testing.T) {
	h := build(t)
	h.signIn(h.person(), "me-tre", "/")
	h.signIn(h.person(), "can-bo", "/")
	rows, err := h.audit.Entries(context.Background(), "", 0, 10)
	if err != nil || len(rows) != 1 || rows[0].Act != "sign-in" || rows[0].Unit != "phuong-hai-chau" {
		t.Errorf("%v %+v", err, rows)
	}
}

func TestCookiesOfASessionAreForThisHostOverTLSUnseenByScripts(t *testing.T) {
	h := build(t)
	c := h.person()
	form := h.choose(c, "/")
	form.Set("persona", "me-tre")
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := c.PostForm(h.url+"/mau/dinh-danh", form)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	r, err = c.Get(h.url + r.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	for _, k := range r.Cookies() {
		if !strings.HasPrefix(k.Name, "__Host-") || !k.Secure || !k.HttpOnly || k.Path != "/" || k.Domain != "" || k.SameSite != http.SameSiteLaxMode {
			t.Errorf("%+v", k)
		}
	}
	if len(r.Cookies()) < 2 {
		t.Errorf("cookies: %v", r.Cookies())
	}
}
