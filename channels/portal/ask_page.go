package portal

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
)

// asked is what a person filled in on the ask page.
type asked struct {
	Question, AsOf, Place, Chosen, Conversation string
}

// askPage is what pages/ask.html shows.
type askPage struct {
	asked
	Problem    [2]string // Vietnamese, English
	Answer     *answerView
	Examples   []example
	Situations []situation
	Base       string
}

// example is a question to start from.
type example struct{ VI, Icon string }

// examples are real questions of daily life, as people write them.
var examples = []example{
	{"Đăng ký khai sinh cho con cần giấy tờ gì, bao lâu, lệ phí bao nhiêu?", "baby"},
	{"Thuê trọ thì đăng ký tạm trú ở đâu?", "home"},
	{"Làm lại căn cước bị mất ở đâu?", "id"},
	{"Mở hộ kinh doanh mất bao lâu?", "shop"},
	{"Tôi bị mất sổ hộ khẩu thì làm lại ở đâu?", "paper"},
	{"Đủ tuổi nào được trợ cấp hưu trí xã hội?", "elder"},
}

// mostQuestion is the longest question in characters a page takes.
const mostQuestion = 2000

// home is the ask page, with an answer when something was asked. A question stands in the
// address, so that it can be kept and passed on; what follows in the same conversation is
// posted, since it means nothing by itself.
func (p *Portal) home(w http.ResponseWriter, r *http.Request) {
	form, ok := p.Site.ReadForm(w, r)
	if !ok {
		return
	}
	data := askPage{asked: readAsked(form), Examples: examples, Situations: situations, Base: p.Base}
	pg := page.Page{VI: "Hỏi về thủ tục và pháp luật", EN: "Ask about procedures and law", Section: "/", Public: true, Styles: []string{"ask.css"}, Scripts: []string{"ask.js"},
		Description: "Hỏi về thủ tục hành chính và pháp luật Việt Nam; mỗi câu trả lời có nguồn để kiểm tra."}
	status, name := http.StatusOK, "ask.html"
	if data.Question != "" {
		pg.Public = false
		pg.VI, pg.EN = short(data.Question), short(data.Question)
		status = p.answerPage(r, &data)
		if r.Form.Get("in") != "" && data.Answer != nil {
			name = "print.html"
		}
		if data.Answer != nil {
			pg.Wide = true
		}
	}
	pg.Data = data
	p.pages.Show(w, r, status, name, pg)
}

func readAsked(f *page.Form) asked {
	return asked{Question: f.Value("q"), AsOf: f.Value("as_of"), Place: f.Value("place"), Chosen: f.Value("chosen"), Conversation: f.Value("conversation")}
}

// answerPage fills the page and returns the HTTP status.
func (p *Portal) answerPage(r *http.Request, data *askPage) int {
	q, status, problem := p.pageQuestion(r, data.asked)
	if status != http.StatusOK {
		data.Problem = problem
		return status
	}
	ctx, cancel := p.bound(r.Context())
	defer cancel()
	a, err := p.Answerer.Answer(ctx, q)
	if err != nil {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
		status = http.StatusServiceUnavailable
	}
	data.Answer = p.view(r, q, a)
	return status
}

// pageQuestion turns a form into a question, or says what is wrong with it.
func (p *Portal) pageQuestion(r *http.Request, in asked) (q assistant.Question, status int, problem [2]string) {
	if !p.rate.allow(r, p.Now()) {
		return q, http.StatusTooManyRequests, [2]string{"Bạn hỏi hơi nhanh. Xin chờ một phút rồi hỏi lại.", "That was a little fast. Please wait a minute and ask again."}
	}
	if len([]rune(in.Question)) > mostQuestion {
		return q, http.StatusUnprocessableEntity, [2]string{"Câu hỏi dài quá 2.000 ký tự. Hãy hỏi từng việc một.", "The question is longer than 2,000 characters. Ask one thing at a time."}
	}
	lang := page.Lang(r)
	q, words := p.question(askRequest{Question: in.Question, AsOf: in.AsOf, Place: in.Place, Chosen: in.Chosen, Lang: lang})
	if words != "" {
		return q, http.StatusUnprocessableEntity, [2]string{words, "That day does not exist; write it like 2026-07-01 or 01/07/2026."}
	}
	q.Channel, q.Conversation = "portal", in.Conversation
	if q.Conversation == "" {
		q.Conversation = newToken()
	}
	if page.ViewerOf(r.Context()).Has(page.Official) {
		q.Role = assistant.Official
	}
	q.Cleared = page.ViewerOf(r.Context()).Works()
	return q, http.StatusOK, problem
}

// live answers as events whose data are pieces of the page: "sources" the answer as it
// stands before anything is explained, "sentence" each sentence of an explanation, "done"
// the finished answer. The page works without it; a script uses it to show sources first.
func (p *Portal) live(w http.ResponseWriter, r *http.Request) {
	form, ok := p.Site.ReadForm(w, r)
	if !ok {
		return
	}
	in := readAsked(form)
	q, status, problem := p.pageQuestion(r, in)
	if in.Question == "" || status != http.StatusOK {
		fail(w, max(status, http.StatusUnprocessableEntity), "bad_request", problem[0])
		return
	}
	ctx, cancel := p.bound(r.Context())
	defer cancel()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	send := &sender{w: w, rc: http.NewResponseController(w)}
	q.OnPart = func(part assistant.Part) {
		if part.Sources != nil {
			p.piece(send, r, "sources", "answer", askPage{asked: in, Answer: p.view(r, q, *part.Sources)})
			return
		}
		p.piece(send, r, "sentence", "sentence", askPage{Answer: &answerView{Explained: []assistant.Sentence{*part.Sentence}}})
	}
	a, err := p.Answerer.Answer(ctx, q)
	if err != nil && !errors.Is(err, context.Canceled) {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
	}
	p.piece(send, r, "done", "answer", askPage{asked: in, Answer: p.view(r, q, a)})
}

// piece sends one piece of the page as an event.
func (p *Portal) piece(send *sender, r *http.Request, event, name string, data askPage) {
	var b strings.Builder
	if err := p.pages.Piece(&b, r, "ask.html", name, page.Page{VI: short(data.Question), Data: data}); err != nil {
		p.Log.ErrorContext(r.Context(), "portal: piece failed", "piece", name, "error", err)
		return
	}
	send.event(event, map[string]string{"html": b.String()})
}

// short is a question as a title.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 90 {
		return strings.TrimSpace(string(r[:90])) + "…"
	}
	return s
}
