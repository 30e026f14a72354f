package mine

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"rsc.io/qr"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
)

// doorsPage is what pages/doors.html shows.
type doorsPage struct {
	Doors []doorLine
	Code  *doorCode
}

type doorLine struct {
	Name, Title, Since string
	Linked             bool
}

// doorCode is a fresh code, shown once.
type doorCode struct {
	Channel, Code, Until, Link string
	QR                         template.HTML
}

func (a *Area) doors(w http.ResponseWriter, r *http.Request) { a.showDoors(w, r, nil) }

func (a *Area) showDoors(w http.ResponseWriter, r *http.Request, code *doorCode) {
	data := doorsPage{Code: code}
	var linked []channels.Linked
	if a.Links != nil {
		var err error
		if linked, err = a.Links.Linked(r.Context(), me(r)); err != nil {
			a.Site.Broken(w, r, "links", err)
			return
		}
	}
	for _, d := range a.Doors {
		if d.DeepLink == nil {
			continue
		}
		l := doorLine{Name: d.Name, Title: a.channelName(d.Name, lang(r))}
		if i := slices.IndexFunc(linked, func(x channels.Linked) bool { return x.Channel == d.Name }); i >= 0 {
			l.Linked, l.Since = true, clock(linked[i].Since)
		}
		data.Doors = append(data.Doors, l)
	}
	a.show(w, r, http.StatusOK, "doors.html", page.Page{VI: "Nhận tin qua Telegram, Zalo", EN: "Telegram and Zalo", Data: data})
}

// door finds a chat channel by the address; it has answered when false.
func (a *Area) door(w http.ResponseWriter, r *http.Request) (Door, bool) {
	i := slices.IndexFunc(a.Doors, func(d Door) bool { return d.Name == r.PathValue("channel") && d.DeepLink != nil })
	if i < 0 || a.Links == nil {
		a.Site.NotFound(w, r)
		return Door{}, false
	}
	return a.Doors[i], true
}

// doorLink makes a code for one use within ten minutes; it is shown once and kept nowhere.
func (a *Area) doorLink(w http.ResponseWriter, r *http.Request) {
	d, ok := a.door(w, r)
	if !ok {
		return
	}
	c, err := a.Links.Issue(r.Context(), me(r), d.Name, a.Now())
	if err != nil {
		a.Site.Broken(w, r, "link", err)
		return
	}
	code := &doorCode{Channel: a.channelName(d.Name, lang(r)), Code: c.Code, Until: clock(c.Expires), Link: d.DeepLink(c.Code)}
	if code.Link != "" {
		code.QR = drawQR(code.Link, code.Channel)
	}
	a.showDoors(w, r, code)
}

func (a *Area) doorUnlink(w http.ResponseWriter, r *http.Request) {
	d, ok := a.door(w, r)
	if !ok {
		return
	}
	if err := a.Links.Unlink(r.Context(), me(r), d.Name, a.Now(), proof(r)); err != nil {
		a.Site.Broken(w, r, "link", err)
		return
	}
	a.Site.Tell(w, r, "done", "Đã hủy liên kết và rút mọi đồng ý qua kênh này.", "Unlinked; every consent for this channel is withdrawn.")
	http.Redirect(w, r, "/toi/kenh", http.StatusSeeOther)
}

// drawQR draws a text as a QR code with the four white modules the standard asks around it;
// empty where the text is too long.
func drawQR(text, label string) template.HTML {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return ""
	}
	var b strings.Builder
	side := code.Size + 8
	b.WriteString(`<svg class="qr" viewBox="0 0 ` + itoa(side) + ` ` + itoa(side) + `" role="img" aria-label="` + template.HTMLEscapeString("QR: "+label) + `" shape-rendering="crispEdges"><rect width="` + itoa(side) + `" height="` + itoa(side) + `" fill="#fff"/><path fill="#000" d="`)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x+1 < code.Size && code.Black(x+1, y) {
				x++
			}
			b.WriteString("M" + itoa(from+4) + " " + itoa(y+4) + "h" + itoa(x-from+1) + "v1h-" + itoa(x-from+1) + "z")
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String()) //nolint:gosec // numbers and an escaped label
}
