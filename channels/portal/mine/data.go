package mine

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"unicode"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// dataPage is what pages/data.html shows.
type dataPage struct {
	Form    *page.Form
	Facts   []factLine
	Events  []factLine
	Edges   []factLine
	Request *lifeevents.DataRequest
	Past    []lifeevents.DataRequest
	Today   civil.Date
}

// factLine is one datum with whence it came.
type factLine struct{ ID, What, Value, Source, Seen string }

func (a *Area) data(w http.ResponseWriter, r *http.Request) {
	a.showData(w, r, http.StatusOK, nil)
}

func (a *Area) showData(w http.ResponseWriter, r *http.Request, status int, f *page.Form) {
	views, err := a.People.Views(r.Context(), []lifeevents.PersonID{me(r)})
	if err != nil {
		a.Site.Broken(w, r, "view", err)
		return
	}
	requests, err := a.Book.Requests(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "requests", err)
		return
	}
	data := dataPage{Form: f, Today: a.today()}
	lg := lang(r)
	v := views[0]
	for i := range v.Facts {
		x := &v.Facts[i]
		data.Facts = append(data.Facts, factLine{x.ID, upperFirst(lifeevents.FactWords(x.Kind, x.Key).In(lg)), lifeevents.ValueWords(x, lg), x.Source.Name().In(lg), civil.On(x.ObservedAt).VN()})
	}
	for _, e := range v.Events {
		data.Events = append(data.Events, factLine{e.ID, upperFirst(e.Kind.Name().In(lg)), e.On.VN(), e.Source.Name().In(lg), civil.On(e.Reported).VN()})
	}
	for _, e := range v.Edges {
		if !e.Withdrawn {
			data.Edges = append(data.Edges, factLine{e.ID, upperFirst(edgeWords(&e, v.ID).In(lg)), "", e.Source.Name().In(lg), civil.On(e.ObservedAt).VN()})
		}
	}
	for i := range requests {
		if requests[i].State == lifeevents.RequestOpen {
			data.Request = &requests[i]
		} else {
			data.Past = append(data.Past, requests[i])
		}
	}
	a.show(w, r, status, "data.html", page.Page{VI: "Dữ liệu của tôi", EN: "My data", Data: data})
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// edgeWords tells a tie from where the person stands.
func edgeWords(e *lifeevents.Edge, of lifeevents.PersonID) lifeevents.Text {
	t := e.Kind.Name()
	switch {
	case e.Kind == lifeevents.SpouseOf:
		return lifeevents.Text{VI: "có vợ hoặc chồng", EN: "has a spouse"}
	case e.From == of:
		return lifeevents.Text{VI: "là " + t.VI + " của một người", EN: "is somebody's " + t.EN}
	}
	return lifeevents.Text{VI: "có " + t.VI, EN: "has a " + t.EN}
}

// dataWrong sends what the person says is wrong with a datum to the office.
func (a *Area) dataWrong(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	views, err := a.People.Views(r.Context(), []lifeevents.PersonID{me(r)})
	if err != nil {
		a.Site.Broken(w, r, "view", err)
		return
	}
	id, words := f.Value("muc"), f.Value("loi-nhan")
	v := views[0]
	mine := slices.ContainsFunc(v.Facts, func(x lifeevents.Fact) bool { return x.ID == id }) ||
		slices.ContainsFunc(v.Events, func(x lifeevents.Event) bool { return x.ID == id }) ||
		slices.ContainsFunc(v.Edges, func(x lifeevents.Edge) bool { return x.ID == id })
	if !mine {
		a.Site.Deny(w, r, "datum of another person")
		return
	}
	if words == "" {
		f.Wrong("loi-nhan", "Hãy cho biết điều gì chưa đúng.", "Please say what is wrong.")
		a.showData(w, r, http.StatusUnprocessableEntity, f)
		return
	}
	if a.ticket(w, r, "du-lieu", words) {
		http.Redirect(w, r, "/toi/du-lieu", http.StatusSeeOther)
	}
}

// export is everything kept about a person, for them to take away.
type export struct {
	Made     string                   `json:"made"`
	Person   lifeevents.PersonID      `json:"person"`
	Name     string                   `json:"name,omitempty"`
	Facts    []lifeevents.Fact        `json:"facts"`
	Events   []lifeevents.Event       `json:"events"`
	Edges    []lifeevents.Edge        `json:"edges"`
	Answers  []lifeevents.Answer      `json:"answers"`
	Consents []lifeevents.Consent     `json:"consents"`
	Channels []string                 `json:"channels"`
	Notices  []exportNotice           `json:"notices"`
	Requests []lifeevents.DataRequest `json:"requests"`
}

type exportNotice struct {
	At      string            `json:"at,omitempty"`
	State   delivery.State    `json:"state"`
	Reason  delivery.Reason   `json:"reason,omitempty"`
	Channel string            `json:"channel"`
	Code    string            `json:"code"`
	Notice  lifeevents.Notice `json:"notice"`
}

// mostExported bounds the notices of an export.
const mostExported = 10_000

func (a *Area) export(ctx context.Context, id lifeevents.PersonID) (*export, error) {
	views, err := a.People.Views(ctx, []lifeevents.PersonID{id})
	if err != nil {
		return nil, err
	}
	v := views[0]
	out := &export{Made: clock(a.Now()), Person: id, Facts: v.Facts, Events: v.Events, Edges: v.Edges, Answers: v.Answers}
	if out.Name, err = a.People.Name(ctx, id); err != nil {
		return nil, err
	}
	if out.Consents, err = a.People.Ledger(ctx, id); err != nil {
		return nil, err
	}
	reach, err := a.People.Reach(ctx, id)
	if err != nil {
		return nil, err
	}
	out.Channels = reach.Channels
	told, err := a.Inbox.Told(ctx, id, 0, mostExported)
	if err != nil {
		return nil, err
	}
	for i := range told {
		t := &told[i]
		out.Notices = append(out.Notices, exportNotice{At: clock(t.At), State: t.State, Reason: t.Reason, Channel: t.Channel, Code: a.Composer.Codes.Of(t.ID), Notice: t.Notice})
	}
	out.Requests, err = a.Book.Requests(ctx, id)
	return out, err
}

// dataExport hands over everything as one JSON document.
func (a *Area) dataExport(w http.ResponseWriter, r *http.Request) {
	out, err := a.export(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "export", err)
		return
	}
	body, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		a.Site.Broken(w, r, "export", err)
		return
	}
	w.Header().Set("Content-Disposition", `attachment; filename="du-lieu-cua-toi-`+a.today().String()+`.json"`)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body) // the reader has gone: nothing to tell
}

func (a *Area) deleteForm(w http.ResponseWriter, r *http.Request) {
	a.showDelete(w, r, http.StatusOK, nil)
}

func (a *Area) showDelete(w http.ResponseWriter, r *http.Request, status int, f *page.Form) {
	a.show(w, r, status, "delete.html", page.Page{VI: "Xóa dữ liệu của tôi", EN: "Delete my data", Data: struct {
		Form *page.Form
		Then lifeevents.DataRequest
	}{f, lifeevents.NewDeletion(me(r), a.Now())}})
}

// deleteAsk starts the clock of the law; whatever is sent to the person stops at once.
func (a *Area) deleteAsk(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	if f.Value("chac") != "yes" {
		f.Wrong("chac", "Hãy đánh dấu ô để xác nhận.", "Please tick the box to confirm.")
		a.showDelete(w, r, http.StatusUnprocessableEntity, f)
		return
	}
	q := lifeevents.NewDeletion(me(r), a.Now())
	err := a.Book.Request(r.Context(), q)
	if err == nil {
		err = a.People.Give(r.Context(), lifeevents.Consent{ID: "xoa-" + string(me(r)) + "-" + q.At.UTC().Format("20060102T150405"), Person: me(r), Topic: "*", Channel: "*", Withdrawn: a.Now(), Proof: proof(r)})
	}
	if err != nil {
		a.Site.Broken(w, r, "deletion", err)
		return
	}
	a.Site.Tell(w, r, "done", "Đã nhận yêu cầu. Trả lời chậm nhất ngày "+q.AnswerBy.VN()+", xóa xong chậm nhất ngày "+q.DoneBy.VN()+".", "Received. An answer by "+q.AnswerBy.VN()+", done by "+q.DoneBy.VN()+".")
	http.Redirect(w, r, "/toi/du-lieu", http.StatusSeeOther)
}

// deleteTakeBack ends an open request.
func (a *Area) deleteTakeBack(w http.ResponseWriter, r *http.Request) {
	if err := a.Book.MoveRequest(r.Context(), me(r), lifeevents.DeleteData, lifeevents.RequestWithdrawn, a.Now()); err != nil {
		a.Site.Problem(w, r, http.StatusConflict, "Không có yêu cầu nào đang chờ.", "There is no request waiting.")
		return
	}
	a.Site.Tell(w, r, "done", "Đã thôi xóa. Các đồng ý đã rút thì bạn cho lại ở trang Đồng ý.", "Taken back. Consents stay withdrawn until you give them again.")
	http.Redirect(w, r, "/toi/du-lieu", http.StatusSeeOther)
}
