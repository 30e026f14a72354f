package desk

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
)

// chatPage is what chat.html shows.
type chatPage struct {
	Ticket channels.Ticket
	Mine   bool
	Thread []channels.Utterance
	Form   *page.Form
	// Drafted tells that the words in the form were written by the machine.
	Drafted bool
	Sources []assistant.Citation
}

// longestSaid is how many characters an official may send at once.
const longestSaid = 4000

func (a *Area) chat(w http.ResponseWriter, r *http.Request) {
	a.showChat(w, r, http.StatusOK, &page.Form{}, nil)
}

// showChat shows one conversation that was handed over.
func (a *Area) showChat(w http.ResponseWriter, r *http.Request, status int, f *page.Form, draft *assistant.Answer) {
	t, ok, err := a.ticket(r)
	if err != nil {
		a.Site.Broken(w, r, "desk: ticket", err)
		return
	}
	if !ok {
		a.Site.Problem(w, r, http.StatusNotFound, "Không có yêu cầu này, hoặc đã khép lại.", "There is no such request, or it is closed.")
		return
	}
	p := chatPage{Ticket: t, Mine: t.State == "held" && t.Official == nameOf(r), Form: f}
	if p.Mine {
		if p.Thread, err = a.Handovers.Thread(r.Context(), t.ID, t.Official); err != nil {
			a.Site.Broken(w, r, "desk: thread", err)
			return
		}
	}
	if draft != nil {
		p.Drafted, p.Sources = true, draft.Citations
	}
	a.show(w, r, status, "chat.html", page.Page{VI: "Trò chuyện số " + strconv.FormatInt(t.ID, 10), EN: "Conversation " + strconv.FormatInt(t.ID, 10), Data: p})
}

// ticket finds the one an address names among those not closed.
func (a *Area) ticket(r *http.Request) (t channels.Ticket, ok bool, err error) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // 0 names none
	all, err := a.Handovers.Queue(r.Context())
	for _, t := range all {
		if t.ID == id {
			return t, true, err
		}
	}
	return t, false, err
}

// chatAct is what an official does with a conversation: take, draft, send, forward, close.
func (a *Area) chatAct(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	ctx, me, here := r.Context(), nameOf(r), Path+"/tro-chuyen/"+r.PathValue("id")
	var err error
	var say [2]string
	switch f.Value("viec") {
	case "nhan":
		_, err = a.Handovers.Take(ctx, id, me, a.Now())
		say = [2]string{"Bạn đã nhận cuộc trò chuyện; trợ lý im lặng.", "You have the conversation; the assistant is silent."}
	case "soan":
		a.draft(w, r, f, id)
		return
	case "gui":
		words := f.Value("loi")
		if n := len([]rune(words)); n == 0 || n > longestSaid {
			f.Wrong("loi", "Hãy viết câu trả lời, tối đa 4.000 ký tự.", "Write an answer of at most 4,000 characters.")
			a.showChat(w, r, http.StatusUnprocessableEntity, f, nil)
			return
		}
		err = a.Handovers.Say(ctx, id, me, words, a.Now())
		say = [2]string{"Đã gửi cho người hỏi.", "Sent to the person."}
	case "chuyen":
		unit, note := f.Value("don-vi"), masked(f.Value("ghi-chu"))
		if unit == "" {
			f.Wrong("don-vi", "Hãy cho biết chuyển đến đơn vị nào.", "Say which office it goes to.")
			a.showChat(w, r, http.StatusUnprocessableEntity, f, nil)
			return
		}
		err = a.Handovers.Forward(ctx, id, me, unit, note, a.Now())
		here, say = Path+"/hang-doi", [2]string{"Đã chuyển; người hỏi được báo.", "Forwarded; the person was told."}
	case "dong":
		err = a.Handovers.Close(ctx, id, me, a.Now())
		here, say = Path+"/hang-doi", [2]string{"Đã khép lại; trợ lý trả lời tiếp.", "Closed; the assistant answers again."}
	default:
		a.Site.NotFound(w, r)
		return
	}
	a.after(w, r, err, here, say)
}

// after goes on when an act was done, or tells that somebody else was faster.
func (a *Area) after(w http.ResponseWriter, r *http.Request, err error, to string, say [2]string) {
	switch {
	case err == nil:
		a.done(w, r, to, say[0], say[1])
	case errors.Is(err, channels.ErrNoTicket), errors.Is(err, channels.ErrNoLetter):
		a.refused(w, r, Path+"/hang-doi", "Người khác đang giữ việc này, hoặc đã khép lại.", "Somebody else has this, or it is closed.")
	default:
		a.Site.Broken(w, r, "desk: act", err)
	}
}

// draft lets the assistant answer what the person said last; nothing is sent: the
// official reads, edits and sends, or does not.
func (a *Area) draft(w http.ResponseWriter, r *http.Request, f *page.Form, id int64) {
	thread, err := a.Handovers.Thread(r.Context(), id, nameOf(r))
	if err != nil {
		a.after(w, r, err, "", [2]string{})
		return
	}
	last := ""
	for _, u := range thread {
		if u.From == "citizen" {
			last = u.Text
		}
	}
	if last == "" {
		a.refused(w, r, Path+"/tro-chuyen/"+r.PathValue("id"), "Người hỏi chưa viết gì để soạn trả lời.", "The person has not written anything yet.")
		return
	}
	answer, err := a.Answerer.Answer(r.Context(), assistant.Question{Text: last, AskedAt: a.Now()})
	if err != nil {
		a.Site.Log.ErrorContext(r.Context(), "desk: draft", "error", err)
	}
	f.Set("loi", answer.Text)
	a.showChat(w, r, http.StatusOK, f, &answer)
}

// masked takes personal numbers out of what an official notes.
func masked(s string) string {
	out, _ := assistant.Mask(s)
	return out
}
