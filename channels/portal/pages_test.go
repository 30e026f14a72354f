package portal

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/starter"
)

// shelf is the starter corpus as a catalogue, and a library that knows its procedures.
type shelf struct {
	empty
	all  []corpus.Procedure
	read int
}

func (s *shelf) Procedures(_ context.Context, each func(corpus.Procedure) error) error {
	s.read++
	for _, p := range s.all {
		if err := each(p); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) Generation(context.Context) (int64, error) { return 1, nil }

func (s *shelf) Procedure(_ context.Context, id string) (corpus.Procedure, error) {
	for _, p := range s.all {
		if p.ID == id {
			return p, nil
		}
	}
	return corpus.Procedure{}, corpus.ErrNotFound
}

func (s *shelf) Unit(context.Context, corpus.UnitID) ([]corpus.Chunk, error) { return nil, nil }

// office is the half of channels.Letters that officials use.
type office interface{ channels.Letters }

// box keeps letters in memory; what officials do with them is not for this package.
type box struct {
	office
	words, about string
	fault        error
}

func (b *box) Write(_ context.Context, about, words string, now time.Time) (channels.Letter, string, error) {
	b.words, b.about = words, about
	return channels.Letter{Number: 7, At: now, Words: words}, "MA-BI-MAT", b.fault
}

func (b *box) Read(_ context.Context, number int64, code string) (channels.Letter, error) {
	if number != 7 || code != "MA-BI-MAT" {
		return channels.Letter{}, channels.ErrNoLetter
	}
	return channels.Letter{Number: 7, Words: b.words, State: channels.LetterOpen}, nil
}

func (b *box) Letters(context.Context, channels.LetterState, int) ([]channels.Letter, error) {
	return nil, b.fault
}

// corpusOnce reads the starter corpus once for all tests.
var corpusOnce = sync.OnceValues(starter.Load)

// pages serves the whole portal on the starter corpus.
func pages(t *testing.T, c *canned, change func(*Portal)) *httptest.Server {
	t.Helper()
	set, err := corpusOnce()
	if err != nil {
		t.Fatal(err)
	}
	all := &shelf{all: set.Procedures}
	p := &Portal{
		Answerer: c, Now: func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) }, Log: slog.New(slog.DiscardHandler),
		MaxBody: 64 << 10, Timeout: time.Minute, Ready: func(context.Context) error { return nil }, Desk: &desk{}, Letters: &box{},
		Catalogue: all, Library: all, Base: "https://motcua.example.vn",
	}
	if change != nil {
		change(p)
	}
	h, err := p.Handler()
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func form(values ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(values); i += 2 {
		v.Set(values[i], values[i+1])
	}
	return v.Encode()
}

var asForm = []string{"Content-Type", "application/x-www-form-urlencoded"}

// nasty are texts that attack a page: each must come out as text.
var nasty = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea><script>alert(1)</script>`, `javascript:alert(1)`, `{{.Data}}`, "\u202etxt.exe\u202d \u200bẩn\u2060",
	`' onfocus='alert(1)`, "\x00\x1b[31m", `<svg/onload=alert(1)>`, strings.Repeat("ă", 1900),
}

func TestNothingPeopleTypeBecomesMarkup(t *testing.T) {
	a := birth()
	s := pages(t, &canned{answer: a}, nil)
	for _, bad := range nasty {
		q := url.QueryEscape(bad)
		for _, path := range []string{"/?q=" + q, "/?q=a&place=" + q, "/?q=a&as_of=" + q, "/?q=a&in=1&place=" + q, "/thu-tuc?q=" + q, "/thu-tuc?linh-vuc=" + q + "&trang=" + q, "/thu-tuc/" + url.PathEscape(bad), "/lien-he?ve=" + q, "/dang-nhap?ve=" + q} {
			status, body := get(t, s.URL+path)
			if status >= 500 || strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || strings.Contains(body, "<svg/onload") || strings.Contains(body, `' onfocus='alert`) || strings.ContainsAny(body, "\u202e\u200b\x00\x1b") {
				t.Errorf("%.80s: %d", path, status)
			}
		}
	}
}

func TestTextOfSourcesNeverBecomesMarkup(t *testing.T) {
	for _, bad := range nasty {
		a := birth()
		a.Text, a.Place, a.Caution, a.Disclosure = bad, bad, bad, bad
		a.Citations[0].Quote, a.Citations[0].Label, a.Citations[0].Title, a.Citations[0].URL = bad, bad, bad, bad
		a.Options = []assistant.Option{{Unit: bad, Label: bad, Hint: bad}}
		a.Related, a.Next = a.Options, []string{bad}
		a.Card.Name, a.Card.URL, a.Card.Sections[0].Lines[0].Text, a.Card.Sections[0].Basis = bad, bad, bad, []string{bad}
		a.Corrections = []assistant.Correction{{Text: bad, Marks: []int{1}}}
		for _, withCard := range []bool{true, false} {
			if !withCard {
				a.Card = nil
			}
			s := pages(t, &canned{answer: a}, nil)
			for _, path := range []string{"/?q=a", "/?q=a&in=1"} {
				_, body := get(t, s.URL+path)
				if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || strings.Contains(body, "<svg/onload") || strings.Contains(body, `href="javascript:`) {
					t.Errorf("%.40q stands in %s as markup", bad, path)
				}
			}
		}
	}
}

func TestAQuestionTooLongIsToldSoAndKept(t *testing.T) {
	c := &canned{answer: birth()}
	s := pages(t, c, nil)
	status, body := post(t, s.URL+"/", form("q", strings.Repeat("câu hỏi ", 400)), asForm...)
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "2.000 ký tự") || strings.Count(body, "câu hỏi") < 300 || len(c.asked) != 0 {
		t.Errorf("%d, asked %d", status, len(c.asked))
	}
	if status, body := post(t, s.URL+"/", form("q", strings.Repeat("a", 70<<10)), asForm...); status != http.StatusRequestEntityTooLarge || !strings.Contains(body, "quá lớn") {
		t.Errorf("oversized: %d", status)
	}
	if status, body := get(t, s.URL+"/?q=a&as_of=30/2/2026"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "không có thật") {
		t.Errorf("no such day: %d", status)
	}
}

func TestASharedAddressHoldsNoPersonalNumbers(t *testing.T) {
	s := pages(t, &canned{answer: birth()}, nil)
	_, body := post(t, s.URL+"/", form("q", "tôi tên An, số 0912345678, căn cước 001099012345, khai sinh cho con", "conversation", "bi-mat-hoi-thoai"), asForm...)
	share := regexp.MustCompile(`class="share" href="([^"]+)"`).FindStringSubmatch(body)
	if share == nil {
		t.Fatal("nothing to share")
	}
	at, err := url.QueryUnescape(share[1])
	if err != nil || strings.Contains(at, "0912345678") || strings.Contains(at, "001099012345") || strings.Contains(at, "bi-mat") || !strings.Contains(at, "as_of=2026-11-21") {
		t.Errorf("%q %v", at, err)
	}
}

func TestAFollowUpCarriesItsConversation(t *testing.T) {
	c := &canned{answer: birth()}
	s := pages(t, c, nil)
	_, body := get(t, s.URL+"/?q=khai+sinh")
	name := regexp.MustCompile(`name="conversation" value="([^"]+)"`).FindStringSubmatch(body)
	if name == nil || name[1] != c.asked[0].Conversation {
		t.Fatalf("page %v, asked in %q", name, c.asked[0].Conversation)
	}
	post(t, s.URL+"/", form("q", "lệ phí?", "conversation", name[1]), asForm...)
	if c.asked[1].Conversation != name[1] {
		t.Errorf("the second was asked in %q", c.asked[1].Conversation)
	}
}

func TestTheStreamSendsPiecesOfThePage(t *testing.T) {
	s := pages(t, &canned{answer: birth()}, nil)
	status, body := get(t, s.URL+LivePath+"?q=khai+sinh")
	if status != 200 || !strings.Contains(body, "event: done") || !strings.Contains(body, `cau-hoi`) || strings.Contains(body, "<!doctype") {
		t.Errorf("%d %.200s", status, body)
	}
	if status, _ := get(t, s.URL+LivePath); status != http.StatusUnprocessableEntity {
		t.Errorf("without a question: %d", status)
	}
}

func TestOpinionsComeFromAPageWithAReason(t *testing.T) {
	d := &desk{item: 3}
	s := pages(t, &canned{}, func(p *Portal) { p.Desk = d })
	plain := func(body string) (int, string) {
		t.Helper()
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		r, err := client.Post(s.URL+OpinionPath, asForm[1], strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, r.Header.Get("Location") + string(b)
	}
	if status, body := plain(form("answer", "a1", "useful", "no", "ve", "/?q=x")); status != 200 || !strings.Contains(body, `name="reason"`) || len(d.given) != 0 {
		t.Errorf("not yet told why: %d", status)
	}
	if status, body := plain(form("answer", "a1", "useful", "no", "reason", "wrong", "text", "gọi 0912345678", "ve", "//ke-xau.vn")); status != 303 || !strings.HasPrefix(body, "/") || strings.Contains(body, "ke-xau") || strings.Contains(d.given[0].Text, "0912") {
		t.Errorf("%d %q %+v", status, body, d.given)
	}
	if status, body := plain(form("answer", "a1", "useful", "no", "reason", "boring", "text", "giữ lời này")); status != 422 || !strings.Contains(body, "giữ lời này") {
		t.Errorf("an unknown reason: %d", status)
	}
	d.err = errors.New("disk at /secret")
	if status, body := plain(form("answer", "a1", "useful", "yes")); status != 503 || strings.Contains(body, "secret") {
		t.Errorf("a fault: %d", status)
	}
}

func TestALetterGetsANumberAndOnlyItsCodeOpensIt(t *testing.T) {
	b := &box{}
	s := pages(t, &canned{}, func(p *Portal) { p.Letters = b })
	if status, body := post(t, s.URL+LettersPath, form("noi-dung", "  "), asForm...); status != 422 || !strings.Contains(body, `aria-invalid="true"`) {
		t.Errorf("empty: %d", status)
	}
	long := strings.Repeat("thư ", 1200)
	if status, body := post(t, s.URL+LettersPath, form("noi-dung", long), asForm...); status != 422 || strings.Count(body, "thư") < 1200 {
		t.Errorf("too long: %d", status)
	}
	status, body := post(t, s.URL+LettersPath, form("noi-dung", "sai lệ phí, gọi tôi 0912345678 <b>", "ve", "/thu-tuc/1.001193"), asForm...)
	if status != 200 || !strings.Contains(body, "MA-BI-MAT") || strings.Contains(body, "0912345678") || !strings.Contains(body, "&lt;b&gt;") || b.about != "/thu-tuc/1.001193" || strings.Contains(b.words, "0912345678") {
		t.Errorf("%d %+v", status, b)
	}
	for path, want := range map[string]int{"/7?ma=MA-BI-MAT": 200, "/7?ma=x": 404, "/7": 404, "/8?ma=MA-BI-MAT": 404, "/abc?ma=MA-BI-MAT": 404, "/-1": 404, "/99999999999999999999": 404} {
		if status, _ := get(t, s.URL+LettersPath+path); status != want {
			t.Errorf("%s: %d; want %d", path, status, want)
		}
	}
}

func TestGuessingCodesIsSlow(t *testing.T) {
	s := pages(t, &canned{}, func(p *Portal) { p.PerMinute = 3 })
	last := 0
	for range 5 {
		last, _ = get(t, s.URL+LettersPath+"/7?ma=doan")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the fifth guess gives %d", last)
	}
}

func TestProceduresAreFoundByWordsAndFilters(t *testing.T) {
	s := pages(t, &canned{}, nil)
	first := func(query string) string {
		t.Helper()
		status, body := get(t, s.URL+"/thu-tuc?"+query)
		m := regexp.MustCompile(`<a href="/thu-tuc/([^"]+)"><b>([^<]+)`).FindStringSubmatch(body)
		if status != 200 || m == nil {
			return ""
		}
		return m[2]
	}
	for query, want := range map[string]string{
		"q=dang+ky+khai+sinh": "Đăng ký khai sinh", "q=1.001193": "Đăng ký khai sinh", "q=mat+bang+lai": "Cấp lại giấy phép lái xe", "viec=sinh-con&q=khai+sinh": "Đăng ký khai sinh",
		"q=khong+co+gi+nhu+the": "", "viec=khong-co&q=1.001193": "Đăng ký khai sinh", "cap=central&q=1.001193": "",
	} {
		if got := first(query); got != want {
			t.Errorf("%s finds %q; want %q", query, got, want)
		}
	}
	if status, body := get(t, s.URL+"/thu-tuc?trang=99999"); status != 200 || !strings.Contains(body, "rel=\"prev\"") {
		t.Errorf("a page too far: %d", status)
	}
}

func TestTheCatalogueIsReadOnceUntilTheCorpusChanges(t *testing.T) {
	var all *shelf
	s := pages(t, &canned{}, func(p *Portal) { all = p.Catalogue.(*shelf) })
	for range 5 {
		get(t, s.URL+"/thu-tuc")
	}
	if all.read != 1 {
		t.Errorf("read %d times", all.read)
	}
}

func TestOpenDataSaysTheSameInBothForms(t *testing.T) {
	s := pages(t, &canned{}, nil)
	_, body := get(t, s.URL+OpenDataPath+"/thu-tuc.json")
	var doc struct {
		License    string       `json:"license"`
		Count      int          `json:"count"`
		Procedures []openRecord `json:"procedures"`
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil || doc.Count == 0 || doc.Count != len(doc.Procedures) || doc.License == "" {
		t.Fatal(doc.Count, err)
	}
	_, body = get(t, s.URL+OpenDataPath+"/thu-tuc.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != doc.Count+1 || len(rows[0]) != len(columns) {
		t.Fatal(len(rows), err)
	}
	for i, p := range doc.Procedures {
		if rows[i+1][0] != p.ID || rows[i+1][2] != p.Name || !strings.HasPrefix(p.URL, "https://motcua.example.vn/thu-tuc/") {
			t.Fatalf("%v and %+v", rows[i+1], p)
		}
	}
}

func TestNoCellOfTheOpenDataIsAFormula(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+84": "'+84", "@x": "'@x", "-5": "'-5", "Khai sinh": "Khai sinh", "": ""} {
		if got := harmless(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestAProcedureHasAStableAddressAndAnUnknownOneNone(t *testing.T) {
	s := pages(t, &canned{}, nil)
	if status, body := get(t, s.URL+"/thu-tuc/1.001193"); status != 200 || !strings.Contains(body, `"@type":"GovernmentService"`) || !strings.Contains(body, `rel="canonical" href="https://motcua.example.vn/thu-tuc/1.001193"`) {
		t.Errorf("%d %.300s", status, body)
	}
	for _, path := range []string{"/thu-tuc/9.999999", "/thu-tuc/..%2F..%2Fetc", "/khong-co", "/thu-tuc/a/b"} {
		if status, body := get(t, s.URL+path); status != 404 || !strings.Contains(body, "<!doctype html>") {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestCodesFitWhatTheyCarry(t *testing.T) {
	if drawCode("https://motcua.example.vn/?q=khai+sinh") == "" {
		t.Error("no code for a short address")
	}
	if drawCode("https://motcua.example.vn/?q="+strings.Repeat("a", 2000)) != "" {
		t.Error("a code nobody's phone can read")
	}
}

func TestEveryPageCarriesTheHeadersThatProtectIt(t *testing.T) {
	s := pages(t, &canned{answer: birth()}, nil)
	for _, path := range []string{"/", "/?q=x", "/thu-tuc", "/lien-he", "/khong-co", "/api/v1/openapi.json", "/healthz"} {
		r, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		h := r.Header
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self';") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestAnOfficialIsAskedForAsAnOfficial(t *testing.T) {
	c := &canned{answer: birth()}
	s := pages(t, c, func(p *Portal) {
		p.Know = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(w, r.WithContext(page.WithViewer(r.Context(), page.Viewer{Person: "n-cb", Roles: []page.Role{page.Official}})))
			})
		}
	})
	get(t, s.URL+"/?q=khai+sinh")
	if c.asked[0].Role != assistant.Official {
		t.Errorf("asked as %q", c.asked[0].Role)
	}
}

func TestEverySituationNamesEventsOfRecords(t *testing.T) {
	set, err := corpusOnce()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, p := range set.Procedures {
		for _, e := range p.Events {
			known[e] = true
		}
	}
	told := map[string]bool{}
	for _, s := range situations {
		n := 0
		for _, e := range s.Events {
			told[e] = true
			if known[e] {
				n++
			}
		}
		if n == 0 || page.Icon(s.Icon) == "" {
			t.Errorf("%s gathers nothing or has no picture", s.Slug)
		}
	}
	for e := range known {
		if !told[e] {
			t.Errorf("no situation leads to records of %q", e)
		}
	}
}

func BenchmarkPages(b *testing.B) {
	set, err := corpusOnce()
	if err != nil {
		b.Fatal(err)
	}
	all := &shelf{all: set.Procedures}
	p := &Portal{Answerer: &canned{answer: birth()}, Now: time.Now, Log: slog.New(slog.DiscardHandler), MaxBody: 1 << 16, Ready: func(context.Context) error { return nil }, Catalogue: all, Library: all}
	h, err := p.Handler()
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range map[string]string{"home": "/", "list": "/thu-tuc?q=khai+sinh", "procedure": "/thu-tuc/1.001193"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w := httptest.NewRecorder()
				r := httptest.NewRequest(http.MethodGet, path, nil)
				r.Header.Set("Accept-Encoding", "gzip")
				h.ServeHTTP(w, r)
				if w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
