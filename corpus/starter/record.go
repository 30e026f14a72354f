package starter

import "github.com/motcua/motcua/corpus"

// record is one procedure as its file writes it. group.yaml uses the same keys: lists of
// a record win over those of its group, except dossier, basis and notes, which are added up.
type record struct {
	Ref      []string       `yaml:"ref"` // entries of the fact sheet: P01
	Code     string         `yaml:"code"`
	ID       string         `yaml:"id"` // ours, where no code is verified
	Decision string         `yaml:"decision"`
	Name     string         `yaml:"name"`
	Aliases  []string       `yaml:"aliases"`
	Said     []string       `yaml:"said"` // how people tell their situation, without marks of a slot
	Field    string         `yaml:"field"`
	Levels   []corpus.Level `yaml:"levels"`
	Ministry string         `yaml:"ministry"`
	Link     string         `yaml:"link"` // page of this procedure on the national portal
	Who      []string       `yaml:"who"`
	Body     []body         `yaml:"body"`
	Where    []where        `yaml:"where"`
	Steps    []string       `yaml:"steps"`
	Dossier  []paper        `yaml:"dossier"`
	Without  []string       `yaml:"without"` // cases of the group's dossier that do not apply here
	Fees     []fee          `yaml:"fees"`
	Times    []limit        `yaml:"times"`
	Results  []string       `yaml:"results"`
	Forms    []form         `yaml:"forms"`
	Conds    []fact         `yaml:"conditions"`
	Deadline []deadline     `yaml:"deadlines"`
	Penalty  []fact         `yaml:"penalties"`
	Basis    []basis        `yaml:"basis"`
	Related  []related      `yaml:"related"`
	Special  string         `yaml:"special"`
	Events   []string       `yaml:"events"`
	Notes    []fact         `yaml:"notes"`
	Asked    []question     `yaml:"asked"`
	Prov     standing       `yaml:"prov"`
}

type body struct {
	Name     string       `yaml:"name"`
	Level    corpus.Level `yaml:"level"`
	standing `yaml:",inline"`
}

type where struct {
	Channel  corpus.Channel `yaml:"channel"`
	Text     string         `yaml:"text"`
	URL      string         `yaml:"url"`
	standing `yaml:",inline"`
}

type paper struct {
	Case      string `yaml:"case"`
	Name      string `yaml:"name"`
	Form      string `yaml:"form"`
	Originals int    `yaml:"originals"`
	Copies    int    `yaml:"copies"`
	Present   bool   `yaml:"present"`
	Optional  bool   `yaml:"optional"`
	standing  `yaml:",inline"`
}

type fee struct {
	Case     string         `yaml:"case"`
	Channel  corpus.Channel `yaml:"channel"`
	Kind     string         `yaml:"kind"`
	Free     bool           `yaml:"free"`
	VND      int64          `yaml:"vnd"`
	Min      int64          `yaml:"min"`
	Max      int64          `yaml:"max"`
	Percent  float64        `yaml:"percent"`
	Unit     string         `yaml:"unit"`
	Text     string         `yaml:"text"`
	standing `yaml:",inline"`
}

type limit struct {
	Case     string          `yaml:"case"`
	Channel  corpus.Channel  `yaml:"channel"`
	Count    float64         `yaml:"count"`
	Unit     corpus.TimeUnit `yaml:"unit"`
	AtMost   float64         `yaml:"at_most"`
	Text     string          `yaml:"text"`
	standing `yaml:",inline"`
}

type form struct {
	Name     string `yaml:"name"`
	Code     string `yaml:"code"`
	standing `yaml:",inline"`
}

type fact struct {
	Case     string `yaml:"case"`
	Text     string `yaml:"text"`
	standing `yaml:",inline"`
}

type deadline struct {
	Text     string          `yaml:"text"`
	Count    int             `yaml:"count"`
	Unit     corpus.TimeUnit `yaml:"unit"`
	From     string          `yaml:"counted_from"`
	Late     string          `yaml:"late"`
	Basis    []address       `yaml:"basis"`
	standing `yaml:",inline"`
}

// basis names one provision and the facts it is behind, comma separated:
// "fee, time, dossier, deadline, where, who, penalty, result, condition".
type basis struct {
	At       address `yaml:"at"`
	Title    string  `yaml:"title"`
	For      string  `yaml:"for"`
	standing `yaml:",inline"`
}

type related struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	How  string `yaml:"how"`
}

type question struct {
	Q        string    `yaml:"q"`
	A        string    `yaml:"a"`
	Basis    []address `yaml:"basis"`
	standing `yaml:",inline"`
}
