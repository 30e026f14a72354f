package corpus

import (
	"github.com/motcua/motcua/internal/civil"
)

// Procedure is one administrative procedure (thủ tục hành chính). Texts are Vietnamese,
// NFC. A list that is empty means "the source does not say", unless Flags tells more.
type Procedure struct {
	Code     string      `json:"code"` // "1.001193"; empty only in the starter corpus, with ID set
	ID       string      `json:"id"`   // our stable key; the code where there is one
	Decision string      `json:"decision"`
	Name     string      `json:"name"`
	Aliases  []string    `json:"aliases,omitempty"` // what people call it
	Said     []string    `json:"said,omitempty"`    // how people tell the situation it is for; for finding, never shown
	Field    string      `json:"field"`             // lĩnh vực
	Levels   []Level     `json:"levels"`            // where it is carried out
	Ministry string      `json:"ministry,omitempty"`
	Who      []string    `json:"who"`   // who may ask
	Body     []Authority `json:"body"`  // who decides
	Where    []Place     `json:"where"` // how and where to submit
	Steps    []string    `json:"steps"`
	Dossier  []Paper     `json:"dossier"`
	Fees     []Fee       `json:"fees"`
	Times    []TimeLimit `json:"times"`
	Results  []Result    `json:"results"`
	Forms    []Form      `json:"forms,omitempty"`
	Conds    []Fact      `json:"conditions,omitempty"`
	Deadline []Deadline  `json:"deadlines,omitempty"` // by when the person must act
	Penalty  []Fact      `json:"penalties,omitempty"`
	Basis    []Basis     `json:"basis"`
	Related  []Related   `json:"related,omitempty"`
	// Twins tells near twins apart: a sentence on what makes this one special; empty for
	// the plain one.
	Special string   `json:"special,omitempty"`
	Events  []string `json:"events,omitempty"` // life events it belongs to
	Notes   []Fact   `json:"notes,omitempty"`  // other facts worth telling
	Asked   []QA     `json:"asked,omitempty"`  // what people often ask, with our answer
	// Raw keeps, by field name, source text that could not be read with certainty.
	Raw   map[string]string `json:"raw,omitempty"`
	Flags []Flag            `json:"flags,omitempty"`
	// Prov stands behind every fact that has no Prov of its own.
	Prov   Provenance `json:"provenance"`
	Source Source     `json:"source"`
	// Digest marks a record written in our own words (starter corpus).
	Digest bool `json:"digest,omitempty"`
	// Superseded names what replaced it, when the record is no longer applied.
	Superseded string `json:"superseded,omitempty"`
}

// Level is where a procedure is carried out since 1 July 2025: two tiers of local
// government and the centre. "district" stands only in records published before.
type Level string

// The levels.
const (
	Central  Level = "central"
	Province Level = "province"
	District Level = "district"
	Commune  Level = "commune"
	Otherlvl Level = "other"
)

// Fact is one sentence with what stands behind it. Case says when it applies.
type Fact struct {
	Case string      `json:"case,omitempty"`
	Text string      `json:"text"`
	Prov *Provenance `json:"prov,omitempty"`
}

// Authority is a competent body; Until 30 June 2025 the Role may have been a district's.
type Authority struct {
	Name  string      `json:"name"`
	Level Level       `json:"level,omitempty"`
	Prov  *Provenance `json:"prov,omitempty"`
}

// Channel is a way to submit.
type Channel string

// The three ways of Decree 61/2018 and 118/2025.
const (
	InPerson Channel = "in_person" // trực tiếp
	Online   Channel = "online"    // trực tuyến
	Post     Channel = "post"      // dịch vụ bưu chính
)

// Place is where or how to submit: the Text as it is told to people, a link if online.
type Place struct {
	Channel Channel     `json:"channel,omitempty"`
	Text    string      `json:"text"`
	URL     string      `json:"url,omitempty"`
	Prov    *Provenance `json:"prov,omitempty"`
}

// Paper is one item of the dossier. Originals and Copies count sheets to hand in; both
// zero with Present set means to be shown, not left.
type Paper struct {
	Case      string      `json:"case,omitempty"` // group or condition it belongs to
	Name      string      `json:"name"`
	Form      string      `json:"form,omitempty"` // form code or file name
	Originals int         `json:"originals"`
	Copies    int         `json:"copies"`
	Present   bool        `json:"present,omitempty"`  // xuất trình
	Optional  bool        `json:"optional,omitempty"` // only where the case calls for it
	Prov      *Provenance `json:"prov,omitempty"`
}

// Fee is what one case costs. Exactly one of these holds: Free; VND > 0 (a sum per Unit);
// Min and Max (a range); Text alone (set elsewhere, e.g. by the provincial council).
type Fee struct {
	Case    string      `json:"case,omitempty"`
	Channel Channel     `json:"channel,omitempty"` // "" is every channel
	Kind    string      `json:"kind,omitempty"`    // "phí", "lệ phí", ""
	Free    bool        `json:"free,omitempty"`
	VND     int64       `json:"vnd,omitempty"` // đồng
	Min     int64       `json:"min,omitempty"`
	Max     int64       `json:"max,omitempty"`
	Percent float64     `json:"percent,omitempty"` // share of a value, in %
	Unit    string      `json:"unit,omitempty"`    // "bản", "lần", "người/lần"
	Text    string      `json:"text,omitempty"`    // verbatim or explanatory
	Prov    *Provenance `json:"prov,omitempty"`
}

// TimeUnit is the unit of a time limit.
type TimeUnit string

// The units met.
const (
	Workdays TimeUnit = "workday" // ngày làm việc
	Days     TimeUnit = "day"     // ngày
	Hours    TimeUnit = "hour"    // giờ
	Workhrs  TimeUnit = "workhour"
	Months   TimeUnit = "month"
	Minutes  TimeUnit = "minute"
	Same     TimeUnit = "same_day" // ngay, trong ngày
)

// TimeLimit is how long the office may take in one case. Count 0 with Text alone: the
// source gives words only.
type TimeLimit struct {
	Case    string      `json:"case,omitempty"`
	Channel Channel     `json:"channel,omitempty"`
	Count   float64     `json:"count,omitempty"`
	Unit    TimeUnit    `json:"unit,omitempty"`
	AtMost  float64     `json:"at_most,omitempty"` // upper end where a range is given
	Text    string      `json:"text,omitempty"`
	Prov    *Provenance `json:"prov,omitempty"`
}

// Result is what one gets; Code as on the national portal ("KQ.G15.000031").
type Result struct {
	Name string      `json:"name"`
	Code string      `json:"code,omitempty"`
	Prov *Provenance `json:"prov,omitempty"`
}

// Form is a sheet to fill in.
type Form struct {
	Name string      `json:"name"`
	Code string      `json:"code,omitempty"`
	URL  string      `json:"url,omitempty"`
	Prov *Provenance `json:"prov,omitempty"`
}

// Deadline is by when the law wants the person to act: Count Units after (or, negative,
// before) the day From names in words. Late says what happens otherwise.
type Deadline struct {
	Text  string      `json:"text"`
	Count int         `json:"count,omitempty"`
	Unit  TimeUnit    `json:"unit,omitempty"`
	From  string      `json:"from,omitempty"`
	Late  string      `json:"late,omitempty"`
	Basis []Provision `json:"basis,omitempty"`
	Prov  *Provenance `json:"prov,omitempty"`
}

// Basis is one instrument or provision the procedure rests on.
type Basis struct {
	Provision Provision   `json:"provision"`
	Title     string      `json:"title,omitempty"`
	For       string      `json:"for,omitempty"` // which fact it is behind: "fee", "time", "dossier", …
	Prov      *Provenance `json:"prov,omitempty"`
}

// Related points to another procedure; How in Vietnamese ("làm cùng lúc", "thay cho").
type Related struct {
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
	How  string `json:"how,omitempty"`
}

// QA is a question people ask and our short answer with its basis.
type QA struct {
	Q     string      `json:"q"`
	A     string      `json:"a"`
	Basis []Provision `json:"basis,omitempty"`
	Prov  *Provenance `json:"prov,omitempty"`
}

// Flag marks a field that needs a person's eye: why, in Vietnamese, and the raw words.
type Flag struct {
	Field string `json:"field"`
	Why   string `json:"why"`
	Raw   string `json:"raw,omitempty"`
}

// ProvOf is the provenance behind a fact: its own, or the record's.
func (p Procedure) ProvOf(own *Provenance) Provenance {
	if own != nil {
		return *own
	}
	return p.Prov
}

// InForce reports whether the record itself may be shown as applying on that day.
func (p Procedure) InForce(on civil.Date) bool { return p.Prov.Validity.Holds(on) }
