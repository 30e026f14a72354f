package desk

import (
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
)

// correctionsPage is what corrections.html shows.
type correctionsPage struct {
	Live    []assistant.OfficialCorrection
	Faults  []assistant.CorrectionFault
	MayEdit bool
}

func (a *Area) corrections(w http.ResponseWriter, r *http.Request) {
	p := correctionsPage{MayEdit: page.ViewerOf(r.Context()).Has(page.Editor)}
	var err error
	if p.Live, err = a.Book.Live(r.Context(), a.Now()); err == nil {
		p.Faults, err = a.Book.Faults(r.Context(), a.Now())
	}
	if err != nil {
		a.Site.Broken(w, r, "desk: corrections", err)
		return
	}
	a.show(w, r, http.StatusOK, "corrections.html", page.Page{VI: "Đính chính", EN: "Corrections", Data: p})
}

func (a *Area) withdraw(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	if err := a.Book.Withdraw(r.Context(), f.Value("ma"), nameOf(r), masked(f.Value("ghi-chu")), a.Now()); err != nil {
		a.Site.Log.ErrorContext(r.Context(), "desk: withdraw", "error", err)
		a.refused(w, r, Path+"/dinh-chinh", "Không rút được: không có đính chính này, hoặc đã rút.", "Not withdrawn: unknown, or withdrawn before.")
		return
	}
	a.done(w, r, Path+"/dinh-chinh", "Đã rút đính chính.", "The correction is withdrawn.")
}
