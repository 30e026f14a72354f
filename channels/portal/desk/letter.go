package desk

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
)

// letterPage is what letter.html shows.
type letterPage struct {
	Letter channels.Letter
	Mine   bool
	Form   *page.Form
}

func (a *Area) letter(w http.ResponseWriter, r *http.Request) {
	a.showLetter(w, r, http.StatusOK, &page.Form{})
}

func (a *Area) showLetter(w http.ResponseWriter, r *http.Request, status int, f *page.Form) {
	number, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // 0 names none
	l, err := a.Letters.Find(r.Context(), number)
	switch {
	case errors.Is(err, channels.ErrNoLetter):
		a.Site.Problem(w, r, http.StatusNotFound, "Không có thư này.", "There is no such letter.")
	case err != nil:
		a.Site.Broken(w, r, "desk: letters", err)
	default:
		a.show(w, r, status, "letter.html", page.Page{
			VI: "Thư số " + strconv.FormatInt(number, 10), EN: "Letter " + strconv.FormatInt(number, 10),
			Data: letterPage{Letter: l, Mine: l.Holder == nameOf(r), Form: f},
		})
	}
}

func (a *Area) letterAct(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	number, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	here := Path + "/thu/" + r.PathValue("id")
	switch f.Value("viec") {
	case "nhan":
		a.after(w, r, a.Letters.Take(r.Context(), number, nameOf(r)), here, [2]string{"Bạn đã nhận thư này.", "The letter is yours."})
	case "tra-loi":
		words := masked(f.Value("loi"))
		if n := len([]rune(words)); n == 0 || n > channels.MaxLetter {
			f.Wrong("loi", "Hãy viết câu trả lời, tối đa 4.000 ký tự.", "Write an answer of at most 4,000 characters.")
			a.showLetter(w, r, http.StatusUnprocessableEntity, f)
			return
		}
		a.after(w, r, a.Letters.Reply(r.Context(), number, nameOf(r), words, a.Now()), Path+"/hang-doi", [2]string{"Đã trả lời thư.", "The letter is answered."})
	default:
		a.Site.NotFound(w, r)
	}
}
