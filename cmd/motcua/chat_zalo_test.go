package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
)

const (
	zaloApp, zaloAppSecret = "1234567890123456789", "khoa-ung-dung-thu-Zx81"
	zaloOA, zaloOASecret   = "4318657068771012646", "khoa-webhook-thu-Qw72"
	zaloSetup              = "ma-cai-dat-de-thu-0001"
)

// zaloService is the real program with a fake Zalo behind it, authorised as an operator
// would do it.
type zaloService struct {
	*service
	zalo *channeltest.Zalo
}

func newZaloService(t testing.TB) *zaloService {
	t.Helper()
	z := &zaloService{zalo: channeltest.NewZalo(zaloApp, zaloAppSecret, zaloOA, zaloOASecret)}
	z.zalo.Back, z.zalo.PerMinute = "https://motcua.example/zalo/noi/xong", 1<<30
	server := httptest.NewServer(z.zalo)
	t.Cleanup(server.Close)
	z.service = &service{t: t, path: binary(t), data: filepath.Join(t.TempDir(), "data"), fake: channeltest.NewTelegram(chatToken, "motcua_thu_bot")}
	z.server = httptest.NewServer(z.fake)
	t.Cleanup(z.server.Close)
	var err error
	if z.log, err = os.Create(filepath.Join(t.TempDir(), "log")); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"APP_ID": zaloApp, "OA_ID": zaloOA, "APP_SECRET": zaloAppSecret, "OA_SECRET": zaloOASecret, "SETUP_SECRET": zaloSetup, "SERVER": server.URL, "PER_MINUTE": "6000",
	} {
		t.Setenv("MOTCUA_ZALO_"+name, value)
	}
	return z
}

// authorise goes the operator's way over HTTP.
func (z *zaloService) authorise() {
	z.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	first, err := client.PostForm(z.address+"/zalo/noi", url.Values{"ma": {zaloSetup}})
	if err != nil || first.StatusCode != http.StatusSeeOther {
		z.t.Fatalf("start: %+v, %v", first, err)
	}
	defer first.Body.Close()
	consent, err := client.Get(first.Header.Get("Location"))
	if err != nil {
		z.t.Fatal(err)
	}
	defer consent.Body.Close()
	back, err := url.Parse(consent.Header.Get("Location"))
	if err != nil {
		z.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodGet, z.address+back.Path+"?"+back.RawQuery, nil)
	if err != nil {
		z.t.Fatal(err)
	}
	for _, c := range first.Cookies() {
		r.AddCookie(c)
	}
	last, err := client.Do(r)
	if err != nil || last.StatusCode != http.StatusOK {
		z.t.Fatalf("return: %+v, %v", last, err)
	}
	defer last.Body.Close()
}

func zaloUser(i int64) string { return fmt.Sprint(2_512_000_000_000_000 + i) }

// zaloAnswers counts the machine's answers a person sees, and finds the button that says
// one again.
func (z *zaloService) zaloAnswers(user string) (n int, again string) {
	for _, m := range z.zalo.Shown(user) {
		if !m.Mine && strings.Contains(m.Text, chatAnswered) {
			n++
		}
		for _, b := range m.Buttons {
			if strings.HasPrefix(b.Data, "#mc:again:") {
				again = b.Data
			}
		}
	}
	return n, again
}

// zaloSettled waits until everybody has an answer or a button that offers it.
func (z *zaloService) zaloSettled(people int64) {
	z.t.Helper()
	for end := time.Now().Add(3 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		missing := 0
		for i := range people {
			if n, again := z.zaloAnswers(zaloUser(i + 1)); n == 0 && again == "" {
				missing++
			}
		}
		if missing == 0 {
			time.Sleep(time.Second)
			return
		}
		if time.Now().After(end) {
			z.t.Fatalf("%d of %d have no answer:\n%s", missing, people, z.logged())
		}
	}
}

// TestAKillAtAnyMomentDropsNoZaloPostAndAnswersNoneTwice kills the real program again and
// again while people ask over Zalo.
func TestAKillAtAnyMomentDropsNoZaloPostAndAnswersNoneTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the real program for half a minute")
	}
	z := newZaloService(t)
	r := rand.New(rand.NewPCG(6, 12))
	people := int64(0)
	for round := range 8 {
		z.start(true)
		if round == 0 {
			z.authorise()
		}
		ctx, cancel := context.WithCancel(t.Context())
		go z.zalo.Post(ctx, http.DefaultClient, z.address+"/webhook/zalo")
		end := time.Now().Add(time.Duration(200+r.IntN(1800)) * time.Millisecond)
		for time.Now().Before(end) {
			people++
			z.zalo.Type(zaloUser(people), chatQuestions[int(people)%len(chatQuestions)])
			time.Sleep(time.Duration(5+r.IntN(80)) * time.Millisecond)
		}
		z.kill()
		cancel()
	}
	z.start(true)
	defer z.stop()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go z.zalo.Post(ctx, http.DefaultClient, z.address+"/webhook/zalo")
	z.zaloSettled(people)
	var doubtful, pressed int
	for i := range people {
		user := zaloUser(i + 1)
		n, again := z.zaloAnswers(user)
		if n > 1 {
			t.Errorf("%s was answered %d times unasked", user, n)
		}
		if again != "" {
			doubtful++
			if n == 0 {
				pressed++
				z.zalo.Press(user, again)
			}
		}
	}
	time.Sleep(3 * time.Second)
	for i := range people {
		if n, _ := z.zaloAnswers(zaloUser(i + 1)); n != 1 {
			t.Errorf("%s was answered %d times in the end", zaloUser(i+1), n)
		}
	}
	if broken := z.zalo.Violations(); len(broken) > 0 {
		t.Errorf("protocol broken: %q", broken)
	}
	if words := z.logged(); strings.Contains(words, zaloAppSecret) || strings.Contains(words, zaloOASecret) || strings.Contains(words, "can cuoc") || strings.Contains(words, zaloUser(1)) {
		t.Error("the log holds a secret, a person or a question")
	}
	if f := z.zalo.Figures(); f.Burned != 0 || f.OutsideWindow != 0 {
		t.Errorf("%+v", f)
	}
	t.Logf("%d questions over 8 kills; in doubt %d, of which not arrived %d", people, doubtful, pressed)
}
