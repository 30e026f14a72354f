package desk

import (
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
)

// listed is how many entries of one kind a page of the desk shows.
const listed = 100

// queuePage is what queue.html shows.
type queuePage struct {
	Me      string
	Unit    string
	Tickets []channels.Ticket
	Letters []channels.Letter
	Items   []assistant.Item
}

func (a *Area) queue(w http.ResponseWriter, r *http.Request) {
	v := page.ViewerOf(r.Context())
	p := queuePage{Me: nameOf(r), Unit: v.Unit}
	tickets, err := a.Handovers.Queue(r.Context())
	if err == nil {
		p.Tickets = forUnit(tickets, v.Unit)
		p.Letters, err = a.openLetters(r)
	}
	if err == nil {
		p.Items, err = a.openItems(r)
	}
	if err != nil {
		a.Site.Broken(w, r, "desk: queue", err)
		return
	}
	a.show(w, r, http.StatusOK, "queue.html", page.Page{VI: "Hàng đợi", EN: "Queue", Data: p})
}

// forUnit puts what was forwarded to this unit first and leaves out what waits for another.
func forUnit(all []channels.Ticket, unit string) (out []channels.Ticket) {
	for _, t := range all {
		if t.Unit != "" && t.Unit == unit {
			out = append(out, t)
		}
	}
	for _, t := range all {
		if t.Unit == "" || t.State == "held" && t.Unit != unit {
			out = append(out, t)
		}
	}
	return out
}

func (a *Area) openLetters(r *http.Request) (out []channels.Letter, err error) {
	for _, state := range []channels.LetterState{channels.LetterClaimed, channels.LetterOpen} {
		some, err := a.Letters.Letters(r.Context(), state, listed)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func (a *Area) openItems(r *http.Request) (out []assistant.Item, err error) {
	for _, state := range []assistant.ItemState{assistant.ItemClaimed, assistant.ItemOpen} {
		some, err := a.Queue.Items(r.Context(), state, listed)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}
