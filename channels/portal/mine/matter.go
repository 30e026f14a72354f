package mine

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// matterPage is what pages/matter.html shows.
type matterPage struct {
	Form       *page.Form
	Line       matterLine
	Body       string
	Days       []stepDay
	Why        delivery.Explanation
	Procedures []procedureLine
	About      lifeevents.PersonID
	// Options are two ways to choose from, side by side; nil below level 3.
	Options []lifeevents.Option
	Level   lifeevents.Level
	Preview []preview
	Snoozes []page.FieldChoice
	Stops   bool // the topic may be turned off here
	Topic   string
}

// stepDay is one reminder of the ladder.
type stepDay struct {
	Day  civil.Date
	Past bool
}

// procedureLine is a procedure suggested.
type procedureLine struct{ ID, Name string }

// preview is what one channel would receive.
type preview struct {
	Name, Text string
	Why        string // why nothing goes there; empty where something does
}

// own finds the matter an address names; it has answered where it returns nil.
func (a *Area) own(w http.ResponseWriter, r *http.Request, slot string) (*household, *matter) {
	h, err := a.household(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "household", err)
		return nil, nil
	}
	m, theirs := h.find(slot)
	switch {
	case theirs:
		a.Site.Deny(w, r, "matter of another person")
	case m == nil:
		a.Site.Problem(w, r, http.StatusNotFound, "Việc này không còn trong lịch: đã xong, đã tắt, hoặc dữ liệu đã đổi.", "This is no longer planned: done, turned off, or the data have changed.")
	default:
		return h, m
	}
	return nil, nil
}

// matter shows one matter, by its slot or, at an address that stays the same, the first of
// a rule.
func (a *Area) matter(w http.ResponseWriter, r *http.Request) {
	slot := r.URL.Query().Get("viec")
	if rule := r.URL.Query().Get("quy-tac"); rule != "" {
		h, err := a.household(r.Context(), me(r))
		if err != nil {
			a.Site.Broken(w, r, "household", err)
			return
		}
		slot = h.first(rule)
	}
	if _, m := a.own(w, r, slot); m != nil {
		a.showMatter(w, r, http.StatusOK, m, nil)
	}
}

func (a *Area) showMatter(w http.ResponseWriter, r *http.Request, status int, m *matter, f *page.Form) {
	lg := lang(r)
	words, _ := m.rule.Words(m.Notice, lg, lifeevents.Own)
	data := matterPage{
		Form: f, Line: a.line(m, lg), Body: words.Body, Why: a.Composer.Explain(0, m.Notice, m.rule, lg), About: m.About, Level: m.Level,
		Topic: m.Topic.Name().In(lg), Snoozes: snoozes, Options: lifeevents.OptionsOf(m.Rule),
	}
	for _, d := range m.days {
		data.Days = append(data.Days, stepDay{d, d.Before(a.today())})
	}
	data.Why.Doubt = doubtOf(m.Notice, m.rule, lg)
	if m.Level < lifeevents.Recommend {
		data.Options = nil
	}
	for _, id := range m.Procedures {
		p, err := a.Library.Procedure(r.Context(), id)
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			a.Site.Broken(w, r, "procedure", err)
			return
		}
		data.Procedures = append(data.Procedures, procedureLine{p.ID, p.Name})
	}
	var err error
	if data.Preview, err = a.previews(r, m); err != nil {
		a.Site.Broken(w, r, "preview", err)
		return
	}
	a.show(w, r, status, "matter.html", page.Page{VI: words.Title, EN: words.Title, Data: data})
}

// doubtOf is what is not certain: of this occurrence, else of the rule.
func doubtOf(n lifeevents.Notice, rule *lifeevents.Rule, lang string) string {
	if d := n.Doubt.In(lang); d != "" || rule == nil {
		return d
	}
	return rule.Doubt.In(lang)
}

// previews puts the notice into the words of every channel, or says why none go there.
func (a *Area) previews(r *http.Request, m *matter) ([]preview, error) {
	reach, err := a.People.Reach(r.Context(), me(r))
	if err != nil {
		return nil, err
	}
	reach.Lang = lang(r)
	en := lang(r) == "en"
	pick := func(vi, enWords string) string {
		if en {
			return enWords
		}
		return vi
	}
	doors := append([]Door{{Name: delivery.PortalName, VI: "Cổng Một Cửa", EN: "Một Cửa portal", Class: lifeevents.Own}}, a.Doors...)
	var out []preview
	for _, d := range doors {
		c := &delivery.Case{
			Delivery: &delivery.Delivery{Notice: m.Notice, Channel: d.Name, Reach: reach}, Rule: m.rule,
			Channel: delivery.Channel{Name: d.Name, Class: d.Class}, Now: a.Now(), Today: a.today(), Rules: a.Rules(),
		}
		p := preview{Name: pick(d.VI, d.EN)}
		if reason := delivery.Suits(c); reason != "" {
			p.Why = reason.Name().In(lang(r))
		} else {
			p.Text = a.Composer.Compose([]*delivery.Case{c}, 0).Text
		}
		out = append(out, p)
	}
	return out, nil
}

// snoozes are how long a reminder may be put off, in days.
var snoozes = []page.FieldChoice{
	{Value: "3", VI: "3 ngày", EN: "3 days"}, {Value: "7", VI: "1 tuần", EN: "1 week"},
	{Value: "14", VI: "2 tuần", EN: "2 weeks"}, {Value: "30", VI: "1 tháng", EN: "1 month"},
}

// mostSnooze bounds a snooze, in days.
const mostSnooze = 90

// answer takes what the person says about a matter: done, later, not mine, wrong, never.
func (a *Area) answer(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	_, m := a.own(w, r, f.Value("viec"))
	if m == nil {
		return
	}
	kind := lifeevents.AnswerKind(f.Value("tra-loi"))
	if kind == "wrong" {
		a.wrongMatter(w, r, m, f)
		return
	}
	say := lifeevents.Answer{Person: me(r), About: m.About, Kind: kind, Slot: m.Slot, At: a.Now()}
	vi, en := "Đã ghi nhận. Việc này không còn được nhắc nữa.", "Saved. You will not be reminded of this again."
	switch kind {
	case lifeevents.Done, lifeevents.NotMine:
	case lifeevents.Snooze:
		days, err := strconv.Atoi(f.Value("sau"))
		if err != nil || days < 1 || days > mostSnooze {
			f.Wrong("sau", "Hãy chọn nhắc lại sau bao lâu.", "Please choose when to be reminded.")
			a.showMatter(w, r, http.StatusUnprocessableEntity, m, f)
			return
		}
		say.Until = a.today().AddDays(days)
		vi, en = "Sẽ nhắc lại từ ngày "+say.Until.VN()+"; nếu hạn gần hơn thì nhắc trước hạn.", "You will be reminded from "+say.Until.VN()+", sooner if the deadline is near."
	case lifeevents.Never:
		say.Slot, say.Topic = "", m.Topic
		vi = "Đã tắt cả nhóm “" + m.Topic.Name().VI + "” trên mọi kênh. Bật lại ở trang Đồng ý."
		en = "The whole group “" + m.Topic.Name().EN + "” is off on every channel. Turn it on again under Consents."
	default:
		a.Site.Problem(w, r, http.StatusUnprocessableEntity, "Câu trả lời này không có trong danh sách.", "There is no such answer.")
		return
	}
	if err := a.Declarer.Answer(r.Context(), say); err != nil {
		a.Site.Broken(w, r, "answer", err)
		return
	}
	a.Site.Tell(w, r, "done", vi, en)
	http.Redirect(w, r, Section, http.StatusSeeOther)
}

// wrongMatter sends what the person says is wrong to the office, with a ticket.
func (a *Area) wrongMatter(w http.ResponseWriter, r *http.Request, m *matter, f *page.Form) {
	words := f.Value("loi-nhan")
	if words == "" {
		f.Wrong("loi-nhan", "Hãy cho biết điều gì chưa đúng.", "Please say what is wrong.")
		a.showMatter(w, r, http.StatusUnprocessableEntity, m, f)
		return
	}
	if !a.ticket(w, r, "viec:"+m.Rule, words) {
		return
	}
	http.Redirect(w, r, Section, http.StatusSeeOther)
}

// letter1 writes to the office and tells the person the ticket; it has answered when false.
func (a *Area) ticket(w http.ResponseWriter, r *http.Request, about, words string) bool {
	l, code, err := a.Letters.Write(r.Context(), about, words, a.Now())
	if err != nil {
		a.Site.Broken(w, r, "letter", err)
		return false
	}
	number := strconv.FormatInt(l.Number, 10)
	a.Site.Tell(w, r, "done", "Cơ quan đã nhận. Số phiếu "+number+", mã xem trả lời "+code+".", "The office has it. Ticket "+number+", code to read the answer "+code+".")
	return true
}
