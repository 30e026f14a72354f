package delivery

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// Explanation answers "vì sao tôi nhận tin này?" for one notice, with everything the
// person has a right to ask: what set it off, which data and whence, the law, who speaks,
// how to stop it, and how to tell that it is genuine.
type Explanation struct {
	Rule      string             `json:"rule"`
	Version   int                `json:"version"`
	Name      string             `json:"name"`
	Trigger   string             `json:"trigger"`
	Data      []Datum            `json:"data"`
	Law       []corpus.Provision `json:"law"`
	Ground    string             `json:"ground"`
	Purpose   string             `json:"purpose"`
	Kept      string             `json:"kept"` // how long the data of this notice are kept
	Sender    string             `json:"sender"`
	Stop      string             `json:"stop"`
	Topic     string             `json:"topic"`
	Doubt     string             `json:"doubt,omitempty"`
	Code      string             `json:"code"`
	CheckedOn string             `json:"checked_on"` // day the rule was last compared with the law
}

// Datum is one thing the notice rests on.
type Datum struct {
	What   string `json:"what"`
	Source string `json:"source"`
	Said   string `json:"said"` // the day the source said so, as people write it
}

var groundWords = map[lifeevents.Ground]lifeevents.Text{
	lifeevents.PublicTask: {VI: "thực hiện nhiệm vụ của cơ quan nhà nước theo luật", EN: "a task the law gives to the authorities"},
	lifeevents.ByConsent:  {VI: "sự đồng ý của bạn", EN: "your consent"},
}

// Explain tells it in a language ("vi", "en"); rule may be nil where its version is gone.
func (p Composer) Explain(id int64, n lifeevents.Notice, rule *lifeevents.Rule, lang string) Explanation {
	e := Explanation{
		Rule: n.Rule, Version: n.Version, Trigger: n.Why.Trigger.In(lang), Law: n.Basis,
		Ground: groundWords[n.Ground].In(lang), Sender: p.Sender.In(lang), Stop: n.Why.Stop.In(lang),
		Topic: n.Topic.Name().In(lang), Doubt: n.Doubt.In(lang), Code: p.Codes.Of(id),
	}
	if rule != nil {
		e.Name, e.Purpose = rule.Name.In(lang), rule.Purpose.In(lang)
		e.Kept, e.CheckedOn = rule.Keep.VN(), rule.VerifiedOn.VN()
		if lang == "en" {
			e.Kept = rule.Keep.String()
		}
	}
	for _, u := range n.Why.Used {
		what := lifeevents.EventKind(u.Kind).Name()
		if k := lifeevents.FactKind(u.Kind); k.Known() {
			what = lifeevents.FactWords(k, u.Key)
		}
		e.Data = append(e.Data, Datum{what.In(lang), u.Source.Name().In(lang), u.On.VN()})
	}
	return e
}
