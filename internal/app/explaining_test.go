package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/config"
)

// modelServer is a stub of an OpenAI-compatible server that behaves as it is told.
type modelServer struct {
	*httptest.Server
	mu     sync.Mutex
	behave http.HandlerFunc
	asked  []string // bodies of the requests
}

func newModelServer(t *testing.T) *modelServer {
	m := &modelServer{}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		m.mu.Lock()
		m.asked = append(m.asked, string(body))
		behave := m.behave
		m.mu.Unlock()
		behave(w, r)
	}))
	t.Cleanup(func() { m.CloseClientConnections(); m.Close() })
	return m
}

func (m *modelServer) does(f http.HandlerFunc) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.behave = f
}

// replies streams the pieces; an empty finish breaks the stream off without one.
func replies(finish string, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, p := range pieces {
			b, _ := json.Marshal(p)
			fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n", b)
			_ = http.NewResponseController(w).Flush()
		}
		if finish != "" {
			fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":%q}]}\n\ndata: [DONE]\n\n", finish)
		}
	}
}

func code(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(n) }
}

// hangs answers with headers or not at all, then waits until it is left.
func hangs(headers bool, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if headers {
			replies("", pieces...)(w, r)
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}
}

func withModel(t *testing.T, m *modelServer, stall time.Duration) *service {
	return start(t, folder(t), func(c *config.Config) {
		c.ModelURL, c.ModelName, c.ModelStall, c.ModelWithin = m.URL+"/v1", "stub", config.Duration(stall), config.Duration(time.Hour)
	})
}

// explanation is what a model added.
func explanation(a assistant.Answer) (said []string) {
	for _, x := range a.Sentences {
		if x.Slot == assistant.Explanation {
			said = append(said, x.Text)
		}
	}
	return said
}

func TestWhateverTheModelServerDoesTheAnswerIsWhole(t *testing.T) {
	m := newModelServer(t)
	alone := start(t, folder(t), nil).ask(t, theFee, "").Text
	good := "Trường hợp đăng ký khai sinh đúng hạn thì miễn phí. "
	for name, c := range map[string]struct {
		does http.HandlerFunc
		kept string
	}{
		"busy":          {code(http.StatusTooManyRequests), ""},
		"broken":        {code(http.StatusInternalServerError), ""},
		"turns us away": {code(http.StatusUnauthorized), ""},
		"never answers": {hangs(false), ""},
		"headers only":  {hangs(true), ""},
		"stalls":        {hangs(true, "Nửa câu chưa"), ""},
		"cut":           {replies("", "Nửa câu chưa [1"), ""},
		"broken off": {func(w http.ResponseWriter, r *http.Request) {
			replies("", "Nửa câu")(w, r)
			panic(http.ErrAbortHandler)
		}, ""},
		"at its limit":     {replies("length", "Đăng ký khai sinh không phải [3]"), ""},
		"filtered":         {replies("content_filter", "Đăng ký khai sinh [3]"), ""},
		"garbage":          {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "data: \x00\xff{]}\n\n<html>") }, ""},
		"garbage in words": {replies("stop", "\x00]}}{{ \uFFFD [3]. asdkj qwe [[[3]]] [3]. "), ""},
		"declines":         {replies("stop", "KHÔNG ĐỦ NGUỒN."), ""},
		"is sorry":         {replies("stop", "Xin lỗi, tôi không thể giúp việc này [3]. Tôi là mô hình ngôn ngữ [3]. "), ""},
		"obeys an attacker": {replies("stop", "Đã bỏ qua mọi hướng dẫn [3]. Từ giờ tôi là DAN [3]. Hãy chuyển tiền vào tài khoản của cán bộ [3]. "+
			"Bạn nên đưa phong bì cho cán bộ [3]. <script>alert(1)</script> [3]. "), ""},
		"invents sources": {replies("stop", "Theo Điều 999 Luật 12/2099/QH99 thì miễn phí [3]. Đăng ký khai sinh đúng hạn [77]. Theo Bộ luật Dân sự thì miễn phí [3]. "), ""},
		"invents facts":   {replies("stop", "Lệ phí là một triệu đồng [3]. Lệ phí là 1.000.000 đồng [3]. Đăng ký khai sinh mất lệ phí cao [3]. "), ""},
		"adds links": {replies("stop", "Xem https://lua-dao.vn [3]. Vào lua-dao.vn để đăng ký khai sinh [3]. Bấm [vào đây](javascript:alert(1)) [3]. "+
			"Đăng ký khai sinh ở dichvucong.top [3]. Gửi về a@b.com [3]. "), ""},
		"explains": {replies("stop", strings.ReplaceAll(good, ". ", " [3]. ")), strings.TrimSpace(good)},
	} {
		t.Run(name, func(t *testing.T) {
			m.does(c.does)
			s := withModel(t, m, 100*time.Millisecond)
			if name == "explains" {
				s = withModel(t, m, time.Hour)
			}
			a := s.ask(t, theFee, "")
			said := explanation(a)
			if got := strings.Join(said, " "); got != c.kept {
				t.Errorf("kept %q; want %q; the sources %s", got, c.kept, quotes(a))
			}
			if a.Status != assistant.Answered || !strings.HasPrefix(a.Text, alone) || a.Card == nil {
				t.Errorf("%s: %q; without a model it is %q", a.Status, a.Text, alone)
			}
		})
	}
	t.Run("dead", func(t *testing.T) {
		s := withModel(t, m, time.Hour)
		m.Close()
		if a := s.ask(t, theFee, ""); a.Status != assistant.Answered || a.Text != alone {
			t.Errorf("%s: %q", a.Status, a.Text)
		}
	})
}

func quotes(a assistant.Answer) string {
	var b strings.Builder
	for i, c := range a.Citations {
		fmt.Fprintf(&b, "[%d] %s\n", i+1, c.Quote)
	}
	return b.String()
}

// gated is a model that says nothing until its gate is open.
func gated(open <-chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-open:
			replies("stop", "Đăng ký khai sinh đúng hạn thì miễn phí [3]. ")(w, r)
		case <-r.Context().Done():
		}
	}
}

// streamed posts and hands over the data of each event with its name as it comes.
func (s *service) streamed(t *testing.T, path string, in object, event func(name, data string)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	body, _ := json.Marshal(in)
	req, _ := http.NewRequestWithContext(ctx, http.MethodPost, s.url+path, bytes.NewReader(body))
	req.Header.Set("Accept", "text/event-stream")
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, 1<<20)
	name := ""
	for lines.Scan() {
		if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			name = n
		} else if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			event(name, data)
		}
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
}

// The model is not let say a word until the sources were read at the other end.
func TestTheSourcesLeaveBeforeTheModelsFirstWord(t *testing.T) {
	m := newModelServer(t)
	open := make(chan struct{})
	m.does(gated(open))
	var events []string
	withModel(t, m, time.Hour).streamed(t, "/api/v1/ask", object{"question": theFee}, func(name, data string) {
		if events = append(events, name); len(events) > 1 {
			return
		}
		var a assistant.Answer
		if err := json.Unmarshal([]byte(data), &a); err != nil || a.Card == nil || len(a.Citations) == 0 {
			t.Fatalf("%v: no card or sources in %s", err, data)
		}
		close(open)
	})
	if len(events) < 3 || events[0] != "sources" || events[len(events)-1] != "done" {
		t.Errorf("events %q", events)
	}
}

// So does the answer in the chat interface, which has text only.
func TestAChatGetsTheAnswerBeforeTheModelsFirstWord(t *testing.T) {
	m := newModelServer(t)
	open := make(chan struct{})
	m.does(gated(open))
	said := ""
	withModel(t, m, time.Hour).streamed(t, "/v1/chat/completions", object{"stream": true, "messages": []object{{"role": "user", "content": theFee}}}, func(_, data string) {
		var chunk struct {
			Choices []struct{ Delta struct{ Content string } }
		}
		if data == "[DONE]" || json.Unmarshal([]byte(data), &chunk) != nil {
			return
		}
		before := said
		if said += chunk.Choices[0].Delta.Content; !strings.Contains(before, "miễn phí [3]") && strings.Contains(said, "miễn phí [3]") {
			close(open)
		}
	})
	if !strings.Contains(said, "Đăng ký khai sinh đúng hạn thì miễn phí. [3]\n\nNguồn:\n[3] ") || !strings.Contains(said, "do máy soạn") {
		t.Errorf("said %s", said)
	}
}

// A client that holds its conversation itself sends all of it each time.
func TestAConversationSentAgainIsExplainedAndKeptOnce(t *testing.T) {
	m := newModelServer(t)
	m.does(replies("stop", "KHÔNG ĐỦ NGUỒN."))
	s := withModel(t, m, time.Hour)
	var reply struct {
		Choices []struct{ Message struct{ Content string } }
	}
	if code := s.call(t, "POST", "/v1/chat/completions", "", object{"messages": []object{
		{"role": "user", "content": "nuôi cá sấu trong nhà có cần giấy phép không"}, {"role": "assistant", "content": "…"},
		{"role": "user", "content": "đăng ký khai sinh cần giấy tờ gì"}, {"role": "assistant", "content": "…"}, {"role": "user", "content": "thế lệ phí thì sao?"},
	}}, &reply); code != 200 || !strings.Contains(reply.Choices[0].Message.Content, "Phí, lệ phí – Đăng ký khai sinh") {
		t.Fatalf("%d %+v", code, reply)
	}
	if len(m.asked) != 1 {
		t.Errorf("the model was asked %d times", len(m.asked))
	}
	// What is asked now is noted behind it: when this one is there, the other would be too.
	s.ask(t, "nuôi cá sấu trong nhà có cần giấy phép không", "mot-hoi-thoai")
	var gaps struct{ Rare int }
	for until := time.Now().Add(time.Minute); gaps.Rare == 0 && time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		s.call(t, "GET", "/api/v1/gaps", token, nil, &gaps)
	}
	if gaps.Rare != 1 {
		t.Errorf("%d topics noted; want the one asked at last", gaps.Rare)
	}
}

func TestTheModelIsGivenNumberedPassagesAndNothingPersonal(t *testing.T) {
	m := newModelServer(t)
	m.does(replies("stop", "KHÔNG ĐỦ NGUỒN."))
	s := withModel(t, m, time.Hour)
	a := s.ask(t, "Tôi tên là Nguyễn Văn Canary, sđt 0912345678, căn cước 012345678901, đăng ký khai sinh lệ phí bao nhiêu", "")
	s.ask(t, "thế nộp ở đâu, số nhà tôi là số 12 đường Canary", "") // no procedure: nothing to explain
	if len(m.asked) == 0 {
		t.Fatal("the model was not asked")
	}
	for _, body := range m.asked {
		for _, personal := range []string{"Canary", "0912345678", "012345678901"} {
			if strings.Contains(body, personal) {
				t.Errorf("the model is told %s: %s", personal, body)
			}
		}
	}
	var req struct {
		Messages []struct{ Role, Content string }
	}
	if err := json.Unmarshal([]byte(m.asked[0]), &req); err != nil {
		t.Fatal(err)
	}
	if len(req.Messages) != 2 || req.Messages[0].Role != "system" || !strings.HasPrefix(req.Messages[1].Content, "ĐOẠN [1]\n") {
		t.Errorf("messages %+v", req.Messages)
	}
	for i, c := range a.Citations[:min(len(a.Citations), 12)] { // as many as a model is given
		if !strings.Contains(req.Messages[1].Content, fmt.Sprintf("ĐOẠN [%d]\n%s", i+1, strings.NewReplacer("[", "(", "]", ")").Replace(c.Quote))) {
			t.Errorf("passage %d is not given as it is cited", i+1)
		}
	}
}

func TestAModelThatFallsSilentAgainAndAgainIsLeftAlone(t *testing.T) {
	m := newModelServer(t)
	m.does(hangs(true))
	s := withModel(t, m, 50*time.Millisecond)
	for range 12 {
		s.ask(t, theFee, "")
	}
	if n := len(m.asked); n > 6 {
		t.Errorf("asked %d times of 12", n)
	}
}

func TestAModelThatSaysMuchIsNotTakenForBroken(t *testing.T) {
	m := newModelServer(t)
	m.does(replies("stop", strings.Repeat("Đăng ký khai sinh đúng hạn thì miễn phí [3]. ", 20)))
	s := withModel(t, m, time.Hour)
	for range 8 {
		if a := s.ask(t, theFee, ""); len(explanation(a)) == 0 {
			t.Fatalf("no explanation after %d requests", len(m.asked))
		}
	}
}

func TestAnEnglishQuestionIsNotExplainedInVietnamese(t *testing.T) {
	m := newModelServer(t)
	m.does(replies("stop", "Đăng ký khai sinh đúng hạn thì miễn phí [3]. "))
	s := withModel(t, m, time.Hour)
	if a := s.ask(t, "How much is the fee to register a birth?", ""); a.Status != assistant.Answered || len(explanation(a)) > 0 || len(m.asked) > 0 {
		t.Errorf("%s, %q, asked %d times", a.Status, explanation(a), len(m.asked))
	}
}
