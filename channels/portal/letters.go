package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
)

// LettersPath is where people write to the office.
const LettersPath = "/lien-he"

func (p *Portal) serveLetters(mux *http.ServeMux) {
	if p.Letters == nil {
		return
	}
	mux.HandleFunc("GET "+LettersPath, p.letter)
	mux.HandleFunc("POST "+LettersPath, p.writeLetter)
	mux.HandleFunc("GET "+LettersPath+"/{number}", p.readLetter)
}

// letterPage is what pages/letter.html shows.
type letterPage struct {
	Form  *page.Form
	Words page.Field
	About string
}

func (p *Portal) letter(w http.ResponseWriter, r *http.Request) {
	form, ok := p.Site.ReadForm(w, r)
	if ok {
		p.showLetter(w, r, http.StatusOK, form)
	}
}

func (p *Portal) showLetter(w http.ResponseWriter, r *http.Request, status int, form *page.Form) {
	p.pages.Show(w, r, status, "letter.html", page.Page{VI: "Nhắn cho cơ quan", EN: "Message the office", Public: true, Styles: []string{"ask.css"}, Data: letterPage{
		Form: form, About: page.LocalPath(form.Value("ve"), ""),
		Words: page.Field{
			Name: "noi-dung", Kind: "textarea", VI: "Bạn muốn nhắn điều gì?", EN: "What would you like to say?", Required: true, Max: channels.MaxLetter,
			HintVI: "Đừng ghi số căn cước, số điện thoại hay tên thật; nếu có, máy sẽ che đi.", HintEN: "Please leave out identity numbers, phone numbers and names; numbers are masked.",
		},
	}})
}

// writeLetter keeps the message and shows its number and code.
func (p *Portal) writeLetter(w http.ResponseWriter, r *http.Request) {
	form, ok := p.Site.ReadForm(w, r)
	if !ok {
		return
	}
	words := form.Value("noi-dung")
	switch n := len([]rune(words)); {
	case n == 0:
		form.Wrong("noi-dung", "Hãy viết điều bạn muốn nhắn.", "Please write your message.")
	case n > channels.MaxLetter:
		form.Wrong("noi-dung", "Thư dài quá 4.000 ký tự.", "The message is longer than 4,000 characters.")
	}
	if form.OK() && !p.rate.allow(r, p.Now()) {
		form.Wrong("", "Bạn gửi hơi nhanh. Xin chờ một phút rồi gửi lại.", "That was a little fast. Please wait a minute and send again.")
	}
	if !form.OK() {
		p.showLetter(w, r, http.StatusUnprocessableEntity, form)
		return
	}
	masked, _ := assistant.Mask(words)
	l, code, err := p.Letters.Write(r.Context(), page.LocalPath(form.Value("ve"), ""), masked, p.Now())
	if err != nil {
		p.Site.Broken(w, r, "letter", err)
		return
	}
	p.Site.Tell(w, r, "done", "Đã nhận thư của bạn. Hãy giữ địa chỉ trang này để xem trả lời.", "Your message has arrived. Keep the address of this page to read the answer.")
	http.Redirect(w, r, LettersPath+"/"+strconv.FormatInt(l.Number, 10)+"?"+url.Values{"ma": {code}}.Encode(), http.StatusSeeOther)
}

// ticketPage is what pages/ticket.html shows.
type ticketPage struct {
	channels.Letter
	Code string
}

// readLetter shows a letter to whoever has its number and code; a wrong code is as good as
// no letter.
func (p *Portal) readLetter(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		p.Site.NotFound(w, r)
		return
	}
	code := r.URL.Query().Get("ma")
	l, err := p.Letters.Read(r.Context(), number, code)
	if errors.Is(err, channels.ErrNoLetter) {
		if !p.rate.allow(r, p.Now()) { // guessing is slow
			p.Site.Problem(w, r, http.StatusTooManyRequests, "Bạn thử hơi nhanh. Xin chờ một phút.", "That was a little fast. Please wait a minute.")
			return
		}
		p.Site.Problem(w, r, http.StatusNotFound, "Không có thư này, hoặc mã không đúng.", "There is no such message, or the code is wrong.")
		return
	}
	if err != nil {
		p.Site.Broken(w, r, "letter", err)
		return
	}
	p.pages.Show(w, r, http.StatusOK, "ticket.html", page.Page{VI: "Thư số " + r.PathValue("number"), EN: "Message " + r.PathValue("number"), Styles: []string{"ask.css"}, Data: ticketPage{l, code}})
}
