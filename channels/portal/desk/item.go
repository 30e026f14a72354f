package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// itemPage is what item.html shows: an answer somebody called wrong.
type itemPage struct {
	Item   assistant.Item
	Log    []assistant.LogEntry
	Mine   bool
	Form   *page.Form // of the note
	Sign   *page.Form // of the correction
	MaySig bool
}

func (a *Area) item(w http.ResponseWriter, r *http.Request) {
	a.showItem(w, r, http.StatusOK, &page.Form{}, &page.Form{})
}

func (a *Area) showItem(w http.ResponseWriter, r *http.Request, status int, note, sign *page.Form) {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // 0 names none
	item, log, err := a.Queue.Item(r.Context(), id)
	if err != nil {
		a.itemFault(w, r, err)
		return
	}
	if sign.Value("den") == "" {
		sign.Set("den", civil.On(a.Now()).AddDays(180).String())
	}
	if v := page.ViewerOf(r.Context()); sign.Value("co-quan") == "" {
		sign.Set("co-quan", v.Unit)
	}
	a.show(w, r, status, "item.html", page.Page{
		VI: "Báo sai số " + strconv.FormatInt(id, 10), EN: "Report " + strconv.FormatInt(id, 10),
		Data: itemPage{
			Item: item, Log: log, Mine: item.Holder == nameOf(r) && item.State == assistant.ItemClaimed, Form: note, Sign: sign,
			MaySig: page.ViewerOf(r.Context()).Has(page.Editor),
		},
	})
}

// moves are what an official may do with an item, by the value of the button.
var moves = map[string]struct {
	to     assistant.ItemState
	vi, en string
}{
	"nhan":    {assistant.ItemClaimed, "Bạn đã nhận việc này.", "It is yours."},
	"tra":     {assistant.ItemOpen, "Đã trả lại hàng đợi.", "Back in the queue."},
	"tra-loi": {assistant.ItemAnswered, "Đã ghi kết quả.", "The outcome is noted."},
	"dong":    {assistant.ItemClosed, "Đã khép lại.", "Closed."},
}

func (a *Area) itemAct(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	m, known := moves[f.Value("viec")]
	if !known {
		a.Site.NotFound(w, r)
		return
	}
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	move := assistant.Move{To: m.to, By: nameOf(r), Note: masked(f.Value("ghi-chu")), At: a.Now()}
	if _, err := a.Queue.Change(r.Context(), id, move.Apply); err != nil {
		a.itemFault(w, r, err)
		return
	}
	a.done(w, r, Path+"/sai/"+r.PathValue("id"), m.vi, m.en)
}

func (a *Area) itemFault(w http.ResponseWriter, r *http.Request, err error) {
	here := Path + "/sai/" + r.PathValue("id")
	switch {
	case errors.Is(err, assistant.ErrNotKept):
		a.Site.Problem(w, r, http.StatusNotFound, "Không có mục này.", "There is no such entry.")
	case errors.Is(err, assistant.ErrTaken):
		a.refused(w, r, here, "Cán bộ khác đang nhận mục này.", "Another official has it.")
	case errors.Is(err, assistant.ErrNotYours):
		a.refused(w, r, here, "Bạn chưa nhận mục này.", "You have not taken it.")
	case errors.Is(err, assistant.ErrWrongMove):
		a.refused(w, r, here, "Mục này không chuyển được như vậy; trả lời thì phải có ghi chú.", "It cannot move so; an answer needs a note.")
	default:
		a.Site.Broken(w, r, "desk: item", err)
	}
}

// sign signs a correction for an item the editor holds, and answers the item with it.
func (a *Area) sign(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	item, _, err := a.Queue.Item(r.Context(), id)
	if err != nil {
		a.itemFault(w, r, err)
		return
	}
	if _, _, err := (assistant.Move{To: assistant.ItemAnswered, By: nameOf(r), Note: f.Value("loi"), At: a.Now()}).Apply(item); err != nil {
		a.itemFault(w, r, err) // said before what is wrong with the form
		return
	}
	c := a.correctionOf(r, f, item)
	if f.OK() {
		var problem *assistant.CorrectionError
		c, err = a.Book.SignFor(r.Context(), a.Queue, a.Library, c, a.Now())
		switch {
		case errors.As(err, &problem):
			f.Wrong("", problem.Problem, problem.Problem)
		case err != nil:
			a.itemFault(w, r, err)
			return
		}
	}
	if !f.OK() {
		a.showItem(w, r, http.StatusUnprocessableEntity, &page.Form{}, f)
		return
	}
	if err := a.Site.Record(r.Context(), "correction.sign", c.ID, "done", ""); err != nil {
		a.Site.Log.ErrorContext(r.Context(), "desk: the act is on record, its outcome is not", "error", err)
	}
	a.done(w, r, Path+"/dinh-chinh", "Đã ký đính chính; từ giờ mọi người hỏi đều thấy.", "Signed; everybody who asks sees it from now on.")
}

// correctionOf reads the form; what is wrong is noted in it.
func (a *Area) correctionOf(r *http.Request, f *page.Form, item assistant.Item) assistant.OfficialCorrection {
	c := assistant.OfficialCorrection{
		Author: nameOf(r), Office: f.Value("co-quan"), Text: f.Value("loi"), Question: item.Question, Item: item.ID,
		Must: linesOf(f.Value("phai-co")), Validity: corpus.Validity{From: civil.On(a.Now())},
	}
	for _, text := range linesOf(f.Value("can-cu")) {
		p, err := corpus.ParseAddress(text)
		if err != nil {
			f.Wrong("can-cu", "Căn cứ không đọc được: "+err.Error()+".", "A provision cannot be read: "+text+".")
			continue
		}
		c.Basis = append(c.Basis, p)
	}
	until, err := civil.Parse(f.Value("den"))
	if err != nil || until.IsZero() || !until.Valid() {
		f.Wrong("den", "Hãy chọn ngày hết hạn.", "Pick the day it ends.")
	}
	c.Validity.Until = until
	return c
}

// linesOf are the lines of a text that hold something.
func linesOf(text string) (out []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
