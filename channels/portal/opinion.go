package portal

import (
	"errors"
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
)

// OpinionPath takes what people say of an answer from a page.
const OpinionPath = "/gop-y"

// opinionPage is what pages/opinion.html shows.
type opinionPage struct {
	Form    *page.Form
	Answer  string
	Back    string
	Reasons []page.FieldChoice
}

// opinion takes "useful" at once, and asks "what was wrong?" otherwise.
func (p *Portal) opinion(w http.ResponseWriter, r *http.Request) {
	form, ok := p.Site.ReadForm(w, r)
	if !ok {
		return
	}
	f := assistant.Feedback{Answer: form.Value("answer"), Useful: form.Value("useful") == "yes", Reason: assistant.FeedbackReason(form.Value("reason")), Text: form.Value("text"), At: p.Now()}
	back := page.LocalPath(form.Value("ve"), "/")
	if !f.Useful && f.Reason == "" {
		p.askWhy(w, r, http.StatusOK, form)
		return
	}
	if problem := f.Clean(); problem != "" {
		form.Wrong("", problem, "Please choose a reason; at most 1,000 characters.")
		p.askWhy(w, r, http.StatusUnprocessableEntity, form)
		return
	}
	if !p.rate.allow(r, p.Now()) {
		form.Wrong("", "Bạn gửi hơi nhanh. Xin chờ một phút rồi gửi lại.", "That was a little fast. Please wait a minute and send again.")
		p.askWhy(w, r, http.StatusTooManyRequests, form)
		return
	}
	item, err := p.Desk.Give(r.Context(), f)
	switch {
	case errors.Is(err, assistant.ErrNotKept):
		p.Site.Tell(w, r, "info", "Câu trả lời này không còn được lưu nên chưa ghi góp ý được.", "This answer is no longer kept, so the feedback could not be recorded.")
	case err != nil:
		p.Site.Broken(w, r, "feedback", err)
		return
	case item != 0:
		p.Site.Tell(w, r, "done", "Cảm ơn bạn. Cán bộ sẽ xem lại câu trả lời này.", "Thank you. An official will look at this answer.")
	default:
		p.Site.Tell(w, r, "done", "Cảm ơn bạn đã góp ý.", "Thank you for your feedback.")
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

func (p *Portal) askWhy(w http.ResponseWriter, r *http.Request, status int, form *page.Form) {
	data := opinionPage{Form: form, Answer: form.Value("answer"), Back: page.LocalPath(form.Value("ve"), "/")}
	for _, reason := range assistant.FeedbackReasons() {
		data.Reasons = append(data.Reasons, page.FieldChoice{Value: string(reason), VI: reason.Vietnamese(), EN: reasonEN[reason]})
	}
	p.pages.Show(w, r, status, "opinion.html", page.Page{VI: "Câu trả lời sai ở đâu?", EN: "What is wrong with the answer?", Styles: []string{"ask.css"}, Data: data})
}

var reasonEN = map[assistant.FeedbackReason]string{
	assistant.FactWrong: "A fact is wrong", assistant.OutOfDate: "It is out of date", assistant.Incomplete: "Something is missing",
	assistant.HardToRead: "It is hard to understand", assistant.NotAsked: "It is not what I asked", assistant.OtherThing: "Something else",
}
