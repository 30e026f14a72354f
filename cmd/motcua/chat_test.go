package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/channeltest"
)

const chatToken = "987654321:AAchatCHATchatCHATchatCHATchatCHAT0"

// builtBinary names a program to use as it is, where there is no Go to build one with.
const builtBinary = "MOTCUA_TEST_BINARY"

// binary builds the real program once for a test.
func binary(t testing.TB) string {
	t.Helper()
	if path := os.Getenv(builtBinary); path != "" {
		return path
	}
	path := filepath.Join(t.TempDir(), "motcua")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// service is the real program serving, with a fake Telegram behind it.
type service struct {
	t       testing.TB
	path    string
	data    string
	fake    *channeltest.Telegram
	server  *httptest.Server
	cmd     *exec.Cmd
	address string // http://host:port
	log     *os.File
}

func newService(t testing.TB) *service {
	t.Helper()
	s := &service{t: t, path: binary(t), data: filepath.Join(t.TempDir(), "data"), fake: channeltest.NewTelegram(chatToken, "motcua_thu_bot")}
	s.server = httptest.NewServer(s.fake)
	t.Cleanup(s.server.Close)
	var err error
	if s.log, err = os.Create(filepath.Join(t.TempDir(), "log")); err != nil {
		t.Fatal(err)
	}
	return s
}

// start runs the program and waits until it listens.
func (s *service) start(webhook bool) {
	s.t.Helper()
	s.cmd = exec.Command(s.path, "--data", s.data, "serve", "--addr", "127.0.0.1:0")
	s.cmd.Env = append(os.Environ(), "MOTCUA_TELEGRAM_TOKEN="+chatToken, "MOTCUA_TELEGRAM_SERVER="+s.server.URL, "MOTCUA_LOG_LEVEL=info")
	if webhook {
		s.cmd.Env = append(s.cmd.Env, "MOTCUA_PUBLIC_URL=https://motcua.example")
	}
	errs, err := s.cmd.StderrPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	told := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(errs)
		for lines.Scan() {
			_, _ = s.log.WriteString(lines.Text() + "\n")
			if i := strings.Index(lines.Text(), "127.0.0.1:"); i >= 0 && len(told) == 0 {
				told <- strings.TrimRight(strings.Fields(lines.Text()[i:])[0], ".,/")
			}
		}
	}()
	select {
	case a := <-told:
		s.address = "http://" + a
	case <-time.After(60 * time.Second):
		s.kill()
		s.t.Fatalf("it does not listen:\n%s", s.logged())
	}
}

func (s *service) kill() {
	_ = s.cmd.Process.Signal(syscall.SIGKILL) // it may be gone already
	_ = s.cmd.Wait()
}

func (s *service) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

func (s *service) logged() string {
	b, err := os.ReadFile(s.log.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	return string(b)
}

// secret is what the program told Telegram to send along.
func (s *service) secret() string {
	s.t.Helper()
	for range 300 {
		if calls := s.fake.Requests("setWebhook"); len(calls) > 0 {
			return calls[len(calls)-1].Fields["secret_token"]
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatalf("the program never set its webhook:\n%s", s.logged())
	return ""
}

// chatQuestions are asked by one person each.
var chatQuestions = []string{"đăng ký khai sinh cần giấy tờ gì", "lam lai can cuoc o dau", "đăng ký tạm trú mất bao lâu", "mở hộ kinh doanh cần gì", "lệ phí đăng ký kết hôn"}

const chatAnswered = "Câu trả lời do máy soạn"

// TestAKillAtAnyMomentDropsNoUpdateAndAnswersNoneTwice kills the real program again and
// again while people ask, by webhook and by polling in turn.
func TestAKillAtAnyMomentDropsNoUpdateAndAnswersNoneTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the real program for half a minute")
	}
	s := newService(t)
	s.fake.PerSecond, s.fake.Gap = 1<<20, -1
	r := rand.New(rand.NewPCG(6, 11))
	people := int64(0)
	for round := range 14 {
		webhook := round%2 == 0
		s.start(webhook)
		ctx, cancel := context.WithCancel(t.Context())
		if webhook {
			secret := s.secret()
			go s.fake.Post(ctx, http.DefaultClient, s.address+"/webhook/telegram", secret)
		}
		end := time.Now().Add(time.Duration(200+r.IntN(1800)) * time.Millisecond)
		for time.Now().Before(end) {
			people++
			s.fake.Type(people, chatQuestions[int(people)%len(chatQuestions)])
			time.Sleep(time.Duration(5+r.IntN(80)) * time.Millisecond)
		}
		s.kill()
		cancel()
	}
	s.start(false)
	defer s.stop()
	s.settled(t, people)
	var doubtful, pressed int
	for chat := int64(1); chat <= people; chat++ {
		n, again := s.answers(chat)
		if n > 1 {
			t.Errorf("chat %d was answered %d times unasked", chat, n)
		}
		if again != "" {
			doubtful++
			if n == 0 { // the person sees no answer and presses the button
				pressed++
				s.fake.Press(chat, again)
			}
		}
	}
	s.settled(t, people)
	for chat := int64(1); chat <= people; chat++ {
		if n, _ := s.answers(chat); n != 1 {
			t.Errorf("chat %d was answered %d times in the end", chat, n)
		}
	}
	if broken := s.fake.Violations(); len(broken) > 0 {
		t.Errorf("protocol broken: %q", broken)
	}
	if words := s.logged(); strings.Contains(words, chatToken) || strings.Contains(words, "can cuoc") {
		t.Error("the log holds the token or a question")
	}
	t.Logf("%d questions over 14 kills; in doubt %d, of which not arrived %d", people, doubtful, pressed)
}

// answers counts the answers a chat shows, and finds the button that says one again.
func (s *service) answers(chat int64) (n int, again string) {
	for _, m := range s.fake.Shown(chat) {
		if !m.Mine && strings.Contains(m.Text, chatAnswered) {
			n++
		}
		for _, b := range m.Buttons {
			if strings.HasPrefix(b.Data, "again:") {
				again = b.Data
			}
		}
	}
	return n, again
}

// settled waits until every chat shows an answer or an offer to say it again, and nothing
// more comes.
func (s *service) settled(t *testing.T, people int64) {
	t.Helper()
	last, still := "", 0
	for range 240 {
		done, now := true, ""
		for chat := int64(1); chat <= people; chat++ {
			n, again := s.answers(chat)
			done = done && (n > 0 || again != "")
			now += fmt.Sprint(len(s.fake.Shown(chat)), " ")
		}
		if still++; now != last {
			last, still = now, 0
		}
		if done && still > 6 {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	t.Errorf("it never comes to rest:\n%s", s.logged())
}
