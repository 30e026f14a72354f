package mine

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// consentsPage is what pages/consents.html shows.
type consentsPage struct {
	Channels []Door
	Rows     []consentRow
	History  []consentEntry
}

// consentRow is a topic with where it stands on each channel.
type consentRow struct {
	Topic lifeevents.Topic
	Name  string
	Cells []consentCell
}

// consentCell is the latest word on a topic over a channel.
type consentCell struct {
	Channel, ChannelName string
	Given                bool
	// Usual: nothing was said, and a public task may speak here all the same.
	Usual bool
	// More: beside the duty there are matters that need consent.
	More bool
	// Never: this topic is never spoken of over this channel.
	Never bool
	// Unlinked: the channel is not tied to this person yet.
	Unlinked bool
}

// consentEntry is one line of the ledger.
type consentEntry struct{ When, Topic, Channel, What, Proof string }

// doorsOf is the portal and every channel beside it.
func (a *Area) doorsOf() []Door {
	return append([]Door{{Name: delivery.PortalName, VI: "Cổng", EN: "Portal", Class: lifeevents.Own}}, a.Doors...)
}

// topicRules are the rules of a topic as shipped on.
func (a *Area) topicRules(t lifeevents.Topic) []*lifeevents.Rule {
	return slices.DeleteFunc(slices.Clone(a.Rules().Rules()), func(r *lifeevents.Rule) bool { return r.Topic != t || r.Disabled != "" })
}

func (a *Area) consents(w http.ResponseWriter, r *http.Request) {
	reach, err := a.People.Reach(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "reach", err)
		return
	}
	ledger, err := a.People.Ledger(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "ledger", err)
		return
	}
	linked, err := a.linked(r.Context(), me(r))
	if err != nil {
		a.Site.Broken(w, r, "links", err)
		return
	}
	data := consentsPage{Channels: a.doorsOf()}
	for _, t := range lifeevents.Topics() {
		rules := a.topicRules(t)
		if len(rules) == 0 {
			continue
		}
		row := consentRow{Topic: t, Name: t.Name().In(lang(r))}
		for _, d := range data.Channels {
			row.Cells = append(row.Cells, cell(rules, t, d, reach, linked, lang(r)))
		}
		data.Rows = append(data.Rows, row)
	}
	for _, c := range slices.Backward(ledger) {
		data.History = append(data.History, a.entry(c, lang(r)))
	}
	a.show(w, r, http.StatusOK, "consents.html", page.Page{VI: "Đồng ý và kênh nhận", EN: "Consents", Wide: true, Data: data})
}

func cell(rules []*lifeevents.Rule, t lifeevents.Topic, d Door, reach delivery.Reach, linked map[string]bool, lang string) consentCell {
	c := consentCell{Channel: d.Name, ChannelName: d.VI, Unlinked: d.DeepLink != nil && !linked[d.Name]}
	if lang == "en" {
		c.ChannelName = d.EN
	}
	given, asked := reach.Said(t, d.Name)
	c.Given = given && asked
	c.Usual = !asked && d.Class == lifeevents.Own && slices.ContainsFunc(rules, func(r *lifeevents.Rule) bool {
		return r.Ground == lifeevents.PublicTask && r.Sensitivity < lifeevents.N3
	})
	c.More = c.Usual && slices.ContainsFunc(rules, func(r *lifeevents.Rule) bool {
		return r.Ground == lifeevents.ByConsent || r.Sensitivity >= lifeevents.N3
	})
	c.Never = d.Class == lifeevents.Outside && !slices.ContainsFunc(rules, func(r *lifeevents.Rule) bool {
		return r.Sensitivity < lifeevents.N3 && r.Texts.Outside.Complete()
	})
	return c
}

func (a *Area) entry(c lifeevents.Consent, lang string) consentEntry {
	e := consentEntry{Topic: c.Topic.Name().In(lang), Channel: a.channelName(c.Channel, lang), Proof: c.Proof, When: clock(c.Given)}
	given, withdrawn, all := "đồng ý", "rút lại", "mọi kênh"
	every := "mọi việc"
	if lang == "en" {
		given, withdrawn, all, every = "agreed", "withdrawn", "every channel", "every topic"
	}
	e.What = given
	if !c.Withdrawn.IsZero() {
		e.What, e.When = withdrawn, clock(c.Withdrawn)
	}
	if c.Channel == "*" {
		e.Channel = all
	}
	if c.Topic == "*" {
		e.Topic = every
	}
	return e
}

// target reads topic and channel of an address; it has answered when false.
func (a *Area) target(w http.ResponseWriter, r *http.Request, all bool) (t lifeevents.Topic, d Door, ok bool) {
	t = lifeevents.Topic(r.PathValue("topic"))
	i := slices.IndexFunc(a.doorsOf(), func(d Door) bool { return d.Name == r.PathValue("channel") })
	if all && t == "*" {
		return t, Door{Name: "*"}, true
	}
	if !t.Known() || i < 0 && !(all && r.PathValue("channel") == "*") {
		a.Site.NotFound(w, r)
		return t, d, false
	}
	if i < 0 {
		return t, Door{Name: "*"}, true
	}
	return t, a.doorsOf()[i], true
}

// consentTerms is what a person is told before agreeing.
type consentTerms struct {
	Topic            string
	Channel          string
	Outside          bool
	Office           string
	Data             []string // kinds of registers read
	Purposes, Titles []string
	Kept             string
	Action           string
	Form             *page.Form
}

// terms gathers them from the rules of the topic.
func (a *Area) terms(t lifeevents.Topic, d Door, lang string) consentTerms {
	c := consentTerms{Topic: t.Name().In(lang), Channel: d.VI, Outside: d.Class == lifeevents.Outside, Office: a.Office, Action: "/toi/dong-y/" + string(t) + "/" + d.Name}
	if lang == "en" {
		c.Channel = d.EN
	}
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	longest := 0
	for _, r := range a.topicRules(t) {
		add(&c.Purposes, r.Purpose.In(lang))
		add(&c.Titles, r.Name.In(lang))
		for _, s := range r.Register {
			add(&c.Data, s.Name().In(lang))
		}
		if r.Keep.N > longest {
			longest, c.Kept = r.Keep.N, r.Keep.VN()
			if lang == "en" {
				c.Kept = r.Keep.String()
			}
		}
	}
	return c
}

// version names the words a person agreed to: another wording, another version.
func (c consentTerms) version() string {
	sum := sha256.Sum256([]byte(fmt.Sprint(c.Topic, c.Channel, c.Outside, c.Office, c.Data, c.Purposes, c.Titles, c.Kept)))
	return "dong-y-1:" + hex.EncodeToString(sum[:6])
}

func (a *Area) consentForm(w http.ResponseWriter, r *http.Request) {
	if t, d, ok := a.target(w, r, false); ok {
		a.showTerms(w, r, http.StatusOK, a.terms(t, d, lang(r)))
	}
}

func (a *Area) showTerms(w http.ResponseWriter, r *http.Request, status int, c consentTerms) {
	a.show(w, r, status, "consent.html", page.Page{VI: "Đồng ý nhận: " + c.Topic, EN: "Agree to: " + c.Topic, Data: c})
}

// consentGive takes a yes that was said, never one that was only left standing.
func (a *Area) consentGive(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	t, d, ok := a.target(w, r, false)
	if !ok {
		return
	}
	c := a.terms(t, d, lang(r))
	if f.Value("dong-y") != "yes" {
		f.Wrong("dong-y", "Hãy đánh dấu ô đồng ý, hoặc quay lại nếu không đồng ý.", "Tick the box to agree, or go back if you do not.")
		c.Form = f
		a.showTerms(w, r, http.StatusUnprocessableEntity, c)
		return
	}
	if err := a.give(r, t, d.Name, c.version()); err != nil {
		a.Site.Broken(w, r, "consent", err)
		return
	}
	a.Site.Tell(w, r, "done", "Đã ghi nhận. Bạn rút lại lúc nào cũng được.", "Saved. You may withdraw at any time.")
	http.Redirect(w, r, "/toi/dong-y", http.StatusSeeOther)
}

func (a *Area) give(r *http.Request, t lifeevents.Topic, channel, version string) error {
	return a.People.Give(r.Context(), lifeevents.Consent{
		ID: "toi-" + rand.Text(), Person: me(r), Topic: t, Channel: channel, TextVersion: version, Given: a.Now(), Proof: proof(r),
	})
}

// proof says how we know, without opening the session to whoever reads the ledger.
func proof(r *http.Request) string {
	return "Cổng, phiên " + page.ViewerOf(r.Context()).Session
}

// consentWithdraw takes one click: no question, no reason.
func (a *Area) consentWithdraw(w http.ResponseWriter, r *http.Request) {
	t, d, ok := a.target(w, r, true)
	if !ok {
		return
	}
	if err := a.People.Give(r.Context(), lifeevents.Consent{
		ID: "toi-" + rand.Text(), Person: me(r), Topic: t, Channel: d.Name, Withdrawn: a.Now(), Proof: proof(r),
	}); err != nil {
		a.Site.Broken(w, r, "consent", err)
		return
	}
	a.Site.Tell(w, r, "done", "Đã rút. Có hiệu lực ngay.", "Withdrawn. It takes effect at once.")
	http.Redirect(w, r, "/toi/dong-y", http.StatusSeeOther)
}

// linked lists the chat channels tied to a person.
func (a *Area) linked(ctx context.Context, p lifeevents.PersonID) (map[string]bool, error) {
	out := map[string]bool{}
	if a.Links == nil {
		return out, nil
	}
	list, err := a.Links.Linked(ctx, p)
	for _, l := range list {
		out[strings.ToLower(l.Channel)] = true
	}
	return out, err
}
