package portal

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"

	"github.com/motcua/motcua/assistant"
)

// pageFuncs are what the templates may call.
var pageFuncs = template.FuncMap{
	"marks": func(ms []int) []int { return ms },
	"host":  func(s string) string { return strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://") },
}

// homePage is what pages/home.html shows.
type homePage struct {
	Question, AsOf, Place string
	Problem               string
	Answer                *assistant.Answer
	Examples              []string
}

// examples to start from, each a real question of daily life.
var examples = []string{
	"Đăng ký khai sinh cho con cần giấy tờ gì, bao lâu, lệ phí bao nhiêu?",
	"dang ky tam tru o dau",
	"Làm lại căn cước bị mất ở đâu?",
	"Mở hộ kinh doanh mất bao lâu?",
}

func (p *Portal) home(w http.ResponseWriter, r *http.Request) {
	page := homePage{Examples: examples}
	status := http.StatusOK
	if err := r.ParseForm(); err != nil {
		page.Problem, status = "Câu hỏi quá dài hoặc không đọc được.", http.StatusBadRequest
		p.render(w, status, page)
		return
	}
	page.Question, page.AsOf, page.Place = strings.TrimSpace(r.Form.Get("q")), r.Form.Get("as_of"), r.Form.Get("place")
	if page.Question != "" {
		status = p.answerPage(r, &page)
	}
	p.render(w, status, page)
}

// answerPage fills the page and returns the HTTP status.
func (p *Portal) answerPage(r *http.Request, page *homePage) int {
	if !p.rate.allow(r, p.Now()) {
		page.Problem = "Bạn hỏi hơi nhanh, vui lòng chờ một phút."
		return http.StatusTooManyRequests
	}
	q, problem := p.question(askRequest{Question: page.Question, AsOf: page.AsOf, Place: page.Place, Chosen: r.Form.Get("chosen")})
	if problem != "" {
		page.Problem = problem
		return http.StatusUnprocessableEntity
	}
	q.Channel = "portal"
	ctx, cancel := p.bound(r.Context())
	defer cancel()
	a, err := p.Answerer.Answer(ctx, q)
	page.Answer = &a
	if err != nil {
		p.Log.ErrorContext(ctx, "portal: answer failed", "answer", a.ID, "error", err)
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// render writes the whole page or, if the template fails, none of it.
func (p *Portal) render(w http.ResponseWriter, status int, page homePage) {
	var b bytes.Buffer
	if err := p.pages.ExecuteTemplate(&b, "home.html", page); err != nil {
		p.Log.Error("portal: page failed", "error", err)
		http.Error(w, "Trang này đang gặp lỗi.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
