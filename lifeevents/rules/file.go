package rules

import (
	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// file is one rule as its file writes it; README.md is its manual.
type file struct {
	ID         string          `yaml:"id"`
	Version    int             `yaml:"version"`
	Name       lifeevents.Text `yaml:"name"`
	Topic      string          `yaml:"topic"`
	Trigger    trigger         `yaml:"trigger"`
	Opens      word            `yaml:"opens"`
	Ladder     []word          `yaml:"ladder"`
	When       []clause        `yaml:"when"`
	Unless     []clause        `yaml:"unless"`
	Stop       []clause        `yaml:"stop"`
	Recipients []word          `yaml:"recipients"`
	Deadline   *deadline       `yaml:"deadline"`
	LeadsTo    []word          `yaml:"leads_to"`
	YieldsTo   []word          `yaml:"yields_to"`
	Mourning   word            `yaml:"mourning"`
	OfTheDead  bool            `yaml:"of_the_dead"`
	Procedures []word          `yaml:"procedures"`
	Basis      []word          `yaml:"basis"`
	Register   []word          `yaml:"register"`
	Class      string          `yaml:"sensitivity"`
	Level      int             `yaml:"level"`
	Ground     string          `yaml:"ground"`
	Purpose    lifeevents.Text `yaml:"purpose"`
	Keep       word            `yaml:"keep"`
	CatchUp    *int            `yaml:"catch_up"`
	Texts      texts           `yaml:"texts"`
	Valid      valid           `yaml:"valid"`
	Confidence string          `yaml:"confidence"`
	VerifiedOn civil.Date      `yaml:"verified_on"`
	Source     string          `yaml:"source"`
	Doubt      lifeevents.Text `yaml:"doubt"`
	Disabled   string          `yaml:"disabled"`

	name string         // the file
	line int            // of the rule
	at   map[string]int // lines of its keys
}

type trigger struct {
	At    word   `yaml:"at"`
	After []word `yaml:"after"`
	On    word   `yaml:"on"`
}

type deadline struct {
	From        word   `yaml:"from"` // legal (default), anchor
	Plus        word   `yaml:"plus"`
	On          word   `yaml:"on"`   // MM-DD: the first such day on or after
	Roll        *bool  `yaml:"roll"` // false: an expiry, does not move to a working day
	Consequence bool   `yaml:"consequence"`
	Basis       []word `yaml:"basis"`
}

type texts struct {
	Title   lifeevents.Text `yaml:"title"`
	Before  lifeevents.Text `yaml:"before"`
	After   lifeevents.Text `yaml:"after"`
	Outside lifeevents.Text `yaml:"outside"`
	Late    lifeevents.Text `yaml:"late"`
}

type valid struct {
	From  civil.Date `yaml:"from"`
	Until civil.Date `yaml:"until"`
}

// word is a scalar that remembers its line.
type word struct {
	text string
	line int
}

// UnmarshalYAML takes the scalar as written, so that 0 and "0" are the same.
func (w *word) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return &lineError{n.Line, "chỗ này phải là một giá trị đơn, không phải danh sách hay nhóm"}
	}
	*w = word{n.Value, n.Line}
	return nil
}

// clause is one condition, or {any: [...]}: at least one of them.
type clause struct {
	word
	any []clause
}

// UnmarshalYAML reads either form.
func (c *clause) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		c.word = word{n.Value, n.Line}
		return nil
	}
	var group struct {
		Any []clause `yaml:"any"`
	}
	if err := n.Decode(&group); err != nil {
		return err
	}
	if len(group.Any) == 0 || len(n.Content) != 2 {
		return &lineError{n.Line, "nhóm điều kiện chỉ có một khóa any và không được trống"}
	}
	c.line, c.any = n.Line, group.Any
	return nil
}

// lineError is a fault whose line is known where it is found.
type lineError struct {
	line int
	text string
}

func (e *lineError) Error() string { return e.text }
