package page

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// kept is an Audit in memory; fault makes it refuse.
type kept struct {
	entries []Entry
	fault   error
}

func (k *kept) Record(_ context.Context, e Entry) error {
	k.entries = append(k.entries, e)
	return k.fault
}

func newSite(t *testing.T) (*Site, *kept) {
	t.Helper()
	k := &kept{}
	s := &Site{
		Log: slog.New(slog.DiscardHandler), Key: []byte("mot khoa dai ba muoi hai byte o d"[:KeySize]), SignIn: true, Audit: k,
		Now:  func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) },
		Menu: []Link{{Path: "/", Icon: "ask", VI: "Hỏi", EN: "Ask"}, {Path: "/ban", Icon: "desk", VI: "Bàn", EN: "Desk", For: Official}},
	}
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	return s, k
}

var mother = Viewer{Person: "n-me", Display: "Chị <Lan>", Roles: []Role{Citizen}, Assurance: Basic, Session: "phien-1"}

// visit makes one request as a viewer.
func visit(h http.Handler, v Viewer, method, path, body string, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(WithViewer(r.Context(), v)))
	return w.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// guarded serves one form that only a role may send.
func guarded(t *testing.T, s *Site, role Role, level Assurance) (h http.Handler, took *int) {
	t.Helper()
	took = new(int)
	mux := http.NewServeMux()
	if err := s.Routes(mux); err != nil {
		t.Fatal(err)
	}
	mux.HandleFunc("POST /ghi/{id}", s.RequireLevel(role, level, func(http.ResponseWriter, *http.Request) { *took++ }))
	mux.HandleFunc("GET /ghi/{id}", s.RequireLevel(role, level, func(http.ResponseWriter, *http.Request) { *took++ }))
	return mux, took
}

func withToken(s *Site, session string, values url.Values) string {
	values.Set(tokenField, s.token(session))
	return values.Encode()
}

func TestAFormIsTakenOnlyWithTheTokenOfItsSession(t *testing.T) {
	s, k := newSite(t)
	h, took := guarded(t, s, Citizen, Basic)
	other, _ := newSite(t)
	other.Key = []byte("khoa khac cung dai ba muoi hai b ")[:KeySize]
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"genuine":          {withToken(s, "phien-1", url.Values{"ten": {"An"}}), 200},
		"another session":  {withToken(s, "phien-2", url.Values{}), 403},
		"another key":      {withToken(other, "phien-1", url.Values{}), 403},
		"no token":         {"ten=An", 403},
		"cut token":        {tokenField + "=" + s.token("phien-1")[:20], 403},
		"not even base64":  {tokenField + "=%%%", 400},
		"token of nothing": {withToken(s, "", url.Values{}), 403},
	} {
		before := *took
		r := visit(h, mother, http.MethodPost, "/ghi/1", c.body)
		if r.StatusCode != c.want || (*took > before) != (c.want == 200) {
			t.Errorf("%s: %d, taken %t; want %d", name, r.StatusCode, *took > before, c.want)
		}
	}
	if len(k.entries) != 5 || k.entries[0].Outcome != "denied" {
		t.Errorf("each forged or stale form is on record; got %+v", k.entries)
	}
}

func TestATokenDiffersEachTime(t *testing.T) {
	s, _ := newSite(t)
	if one, other := s.token("a"), s.token("a"); one == other {
		t.Error("a token that repeats can be guessed from compressed pages")
	}
}

func TestNothingTypedIsLostWhenTheSessionEnds(t *testing.T) {
	s, _ := newSite(t)
	h, took := guarded(t, s, Citizen, Basic)
	typed := url.Values{"ten": {"Nguyễn <b>An</b>"}, "loai": {"a", "b"}}
	r := visit(h, Viewer{Former: mother.Person}, http.MethodPost, "/ghi/7?x=1", typed.Encode())
	body := text(t, r)
	if r.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "Nguyễn &lt;b&gt;An&lt;/b&gt;") || *took != 0 {
		t.Fatalf("%d, taken %d\n%s", r.StatusCode, *took, body)
	}
	draft := r.Cookies()[0]
	back := regexp.MustCompile(ResumePath + `/[A-Z0-9]+`).FindString(strings.ReplaceAll(body, "%2F", "/"))
	if draft.Name != draftName || back == "" {
		t.Fatalf("cookie %+v, way back %q", draft, back)
	}
	for who, c := range map[string]struct {
		v       Viewer
		cookies []*http.Cookie
		want    int
	}{
		"somebody not signed in": {Viewer{}, []*http.Cookie{draft}, 303},
		"another browser":        {mother, nil, 403},
	} {
		if r := visit(h, c.v, http.MethodGet, back, "", c.cookies...); r.StatusCode != c.want {
			t.Errorf("%s: %d; want %d", who, r.StatusCode, c.want)
		}
	}
	again := mother
	again.Session = "phien-moi"
	r = visit(h, again, http.MethodGet, back, "", draft)
	body = text(t, r)
	token := regexp.MustCompile(`name="the" value="([^"]+)"`).FindAllStringSubmatch(body, -1)
	if r.StatusCode != http.StatusOK || len(token) == 0 || !strings.Contains(body, `action="/ghi/7?x=1"`) || strings.Count(body, `name="loai"`) != 2 {
		t.Fatalf("%d\n%s", r.StatusCode, body)
	}
	typed.Set(tokenField, token[len(token)-1][1])
	if r := visit(h, again, http.MethodPost, "/ghi/7?x=1", typed.Encode()); r.StatusCode != http.StatusOK || *took != 1 {
		t.Errorf("sent again: %d, taken %d", r.StatusCode, *took)
	}
	if r := visit(h, again, http.MethodGet, back, "", draft); r.StatusCode != http.StatusGone {
		t.Errorf("a draft serves once; got %d", r.StatusCode)
	}
}

func TestADraftOpensForNobodyElse(t *testing.T) {
	s, k := newSite(t)
	h, _ := guarded(t, s, Citizen, Basic)
	r := visit(h, Viewer{Former: mother.Person}, http.MethodPost, "/ghi/7", "ten=An")
	draft := r.Cookies()[0]
	other := mother
	other.Person = "n-khac"
	if r := visit(h, other, http.MethodGet, ResumePath+"/"+draft.Value, "", draft); r.StatusCode != http.StatusForbidden {
		t.Errorf("another person on the same device got %d", r.StatusCode)
	}
	if len(k.entries) != 1 || k.entries[0].Outcome != "denied" {
		t.Errorf("on record: %+v", k.entries)
	}
}

func TestWhoLacksTheRoleIsDeniedAndThatIsOnRecord(t *testing.T) {
	s, k := newSite(t)
	h, took := guarded(t, s, Administrator, Basic)
	official := Viewer{Person: "n-cb", Roles: []Role{Official}, Unit: "phuong-1", Assurance: Verified, Session: "s"}
	for _, v := range []Viewer{mother, official} {
		if r := visit(h, v, http.MethodPost, "/ghi/1", withToken(s, v.Session, url.Values{})); r.StatusCode != http.StatusForbidden {
			t.Errorf("%v got %d", v.Roles, r.StatusCode)
		}
	}
	if *took != 0 || len(k.entries) != 2 || k.entries[1].Actor != "n-cb" || k.entries[1].Object != "POST /ghi/1" || k.entries[1].Detail != "role administrator" {
		t.Errorf("taken %d, on record %+v", *took, k.entries)
	}
}

func TestAWeakSignInIsNotEnoughForWhatNeedsMore(t *testing.T) {
	s, _ := newSite(t)
	h, took := guarded(t, s, Citizen, Verified)
	if r := visit(h, mother, http.MethodGet, "/ghi/1", ""); r.StatusCode != http.StatusForbidden || *took != 0 {
		t.Errorf("level 1 got %d", r.StatusCode)
	}
}

func TestAnOfficialsActIsOnRecordBeforeItHappensOrItDoesNot(t *testing.T) {
	s, k := newSite(t)
	h, took := guarded(t, s, Official, Basic)
	v := Viewer{Person: "n-cb", Roles: []Role{Official, Editor}, Unit: "phuong-1", Assurance: Basic, Session: "s"}
	visit(h, v, http.MethodPost, "/ghi/9", withToken(s, "s", url.Values{"ten": {"bí mật"}}))
	want := Entry{At: s.Now(), Actor: "n-cb", Roles: "official,editor", Unit: "phuong-1", Act: "POST /ghi/{id}", Object: "/ghi/9", Outcome: "accepted"}
	if *took != 1 || len(k.entries) != 1 || k.entries[0] != want {
		t.Fatalf("taken %d, on record %+v", *took, k.entries)
	}
	k.fault = errors.New("disk full")
	if r := visit(h, v, http.MethodPost, "/ghi/9", withToken(s, "s", url.Values{})); r.StatusCode != http.StatusServiceUnavailable || *took != 1 {
		t.Errorf("without a record: %d, taken %d", r.StatusCode, *took)
	}
}

func TestLinksOfOthersLeadNowhereElse(t *testing.T) {
	for _, to := range []string{"https://ke-xau.vn", "//ke-xau.vn", "/\\ke-xau.vn", "javascript:alert(1)", "ke-xau", "", "/a\r\nSet-Cookie: x=1", "\x00", "%zz"} {
		if got := LocalPath(to, "/nha"); got != "/nha" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
	if got := LocalPath("/thu-tuc?q=a%20b#x", "/"); got != "/thu-tuc?q=a%20b#x" {
		t.Errorf("a path of ours became %q", got)
	}
}

func TestAMessageToTheNextPageIsOursAndShownOnce(t *testing.T) {
	s, _ := newSite(t)
	tp, err := s.Templates(fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}{{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { tp.Show(w, r, 200, "a.html", Page{VI: "A"}) })
	w := httptest.NewRecorder()
	s.Tell(w, httptest.NewRequest(http.MethodGet, "/", nil), "done", "Xong <b>", "Done")
	told := w.Result().Cookies()[0]
	r := visit(show, Viewer{}, http.MethodGet, "/", "", told)
	if body := text(t, r); !strings.Contains(body, "Xong &lt;b&gt;") || r.Cookies()[0].MaxAge >= 0 {
		t.Errorf("not shown, or not taken back: %v", r.Cookies())
	}
	told.Value = "eyJrIjoiZG9uZSIsIlZJIjoiTOG7q2EgxJHhuqNvIn0.AAAA"
	if body := text(t, visit(show, Viewer{}, http.MethodGet, "/", "", told)); strings.Contains(body, "Lừa đảo") {
		t.Error("a forged message was shown")
	}
}

func TestWhatTheReaderChoseStays(t *testing.T) {
	s, _ := newSite(t)
	h, _ := guarded(t, s, Citizen, Basic)
	r := visit(h, Viewer{}, http.MethodGet, ChoicesPath+"?lang=en&size=large&theme=pink&ve=//ke-xau.vn", "")
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/" || len(r.Cookies()) != 2 {
		t.Fatalf("%d to %q, %v", r.StatusCode, r.Header.Get("Location"), r.Cookies())
	}
	req := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, c := range r.Cookies() {
		req.AddCookie(c)
	}
	if got := ChoicesOf(req); got != (Choices{Lang: "en", Theme: "auto", Size: "large"}) {
		t.Errorf("%+v", got)
	}
}

func TestTheMenuShowsOnlyWhatTheViewerMayUse(t *testing.T) {
	s, _ := newSite(t)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if n := len(s.view(nil, r, Page{}).Menu()); n != 1 {
		t.Errorf("somebody not signed in sees %d entries", n)
	}
	r = r.WithContext(WithViewer(r.Context(), Viewer{Person: "x", Roles: []Role{Official}}))
	if n := len(s.view(nil, r, Page{}).Menu()); n != 2 {
		t.Errorf("an official sees %d entries", n)
	}
}

func TestPagesOfOnePersonAreKeptByNoCache(t *testing.T) {
	s, _ := newSite(t)
	show := http.HandlerFunc(s.NotFound)
	if got := visit(show, mother, http.MethodGet, "/x", "").Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("signed in: %q", got)
	}
}

func TestAssetsAreForeverAndFontsAreFoundByTheSheet(t *testing.T) {
	s, _ := newSite(t)
	mux := http.NewServeMux()
	if err := s.Routes(mux); err != nil {
		t.Fatal(err)
	}
	r := visit(mux, Viewer{}, http.MethodGet, s.assets.address("motcua.css"), "")
	css := text(t, r)
	if r.StatusCode != http.StatusOK || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
		t.Fatalf("%d %q", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	fonts := regexp.MustCompile(`url\(([^)]+)\)`).FindAllStringSubmatch(css, -1)
	if len(fonts) != 2 {
		t.Fatalf("%d fonts in the sheet", len(fonts))
	}
	for _, f := range fonts {
		if r := visit(mux, Viewer{}, http.MethodGet, f[1], ""); r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "font/woff2" {
			t.Errorf("%s: %d %s", f[1], r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
	if r := visit(mux, Viewer{}, http.MethodGet, "/static/../page.go", ""); r.StatusCode == http.StatusOK {
		t.Error("a file that is no asset was served")
	}
}

func TestTwoAssetsOfOneNameAreRefused(t *testing.T) {
	s := &Site{Log: slog.New(slog.DiscardHandler), Key: make([]byte, KeySize), Now: time.Now}
	if err := s.Open(fstest.MapFS{"motcua.css": {Data: []byte("a{}")}}); err == nil {
		t.Error("a second motcua.css hides the first")
	}
}

func TestMarksThatHideOrTurnTextAreTakenOut(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyễn\u200b Văn\u202e An": "Nguyễn Văn An", "a\x00b\x1bc": "abc", "dòng 1\ndòng\t2": "dòng 1\ndòng\t2", "e\u0301": "é", "\xff\xfeđ": "đ", "a\u2066b\u2069": "ab",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q became %q; want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"Nguyễn Văn A", "\u202eabc", "\xff", "e\u0301\u200d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if again := Clean(once); again != once {
			t.Errorf("%q: %q then %q", s, once, again)
		}
	})
}

func TestAFormTooLargeIsRefusedWithASentence(t *testing.T) {
	s, _ := newSite(t)
	h, took := guarded(t, s, Citizen, Basic)
	limit := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1000)
		h.ServeHTTP(w, r)
	})
	r := visit(limit, mother, http.MethodPost, "/ghi/1", "ten="+strings.Repeat("a", 5000))
	if body := text(t, r); r.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, "quá lớn") || *took != 0 {
		t.Errorf("%d", r.StatusCode)
	}
}

func TestAFieldTellsScreenReadersWhatIsWrong(t *testing.T) {
	s, _ := newSite(t)
	tp, err := s.Templates(fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}{{template "problems" (dict "V" $ "Form" .Data)}}{{template "field" (.Field .Data (index $.Styles 0 | field))}}{{end}}`)}},
		map[string]any{"field": func(string) Field { return Field{Name: "ten", VI: "Tên", HintVI: "Như trên căn cước"} }})
	if err != nil {
		t.Fatal(err)
	}
	f := &Form{}
	f.Set("ten", `"><script>`)
	f.Wrong("ten", "Tên lạ.", "Odd name.")
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tp.Show(w, r, 422, "a.html", Page{VI: "A", Styles: []string{"x"}, Data: f})
	})
	body := text(t, visit(show, Viewer{}, http.MethodGet, "/", ""))
	for _, want := range []string{`aria-invalid="true"`, `aria-describedby="ten-loi ten-goi-y"`, `id="ten-loi"`, `href="#ten"`, `value="&#34;&gt;&lt;script&gt;"`} {
		if !strings.Contains(body, want) {
			t.Errorf("missing %s", want)
		}
	}
}

func TestEveryIconOfTheLayoutIsDrawn(t *testing.T) {
	names, err := layoutFiles.ReadDir("layout")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		b, err := layoutFiles.ReadFile("layout/" + n.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\{\{icon "([a-z]+)"\}\}`).FindAllStringSubmatch(string(b), -1) {
			if Icon(m[1]) == "" {
				t.Errorf("%s draws no %q", n.Name(), m[1])
			}
		}
	}
}
