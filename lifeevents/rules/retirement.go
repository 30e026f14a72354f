package rules

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

//go:embed retirement.yaml
var retirementTable []byte

// Retirement is when a person may retire under normal working conditions.
type Retirement struct {
	Years, Months int        // the age
	Reached       civil.Date // the day that age is completed
	// On is the last day of the month in which the age is completed: the day to retire.
	// The pension is paid from the next day.
	On civil.Date
	// Doubt is set for the month on which our sources disagree; show it beside the day.
	Doubt lifeevents.Text
}

type retirementRow struct {
	Year int `yaml:"year"`
	Age  age `yaml:"age"`
}

// age is "56y8m", in months.
type age int

func (a *age) UnmarshalYAML(n *yaml.Node) error {
	var y, m int
	if c, err := fmt.Sscanf(n.Value, "%dy%dm", &y, &m); err != nil || c != 2 {
		return fmt.Errorf("line %d: %q is not an age like 56y8m", n.Line, n.Value)
	}
	*a = age(12*y + m)
	return nil
}

type retirementData struct {
	Male   []retirementRow `yaml:"male"`
	Female []retirementRow `yaml:"female"`
	Doubts []struct {
		Sex     lifeevents.Sex  `yaml:"sex"`
		Born    string          `yaml:"born"` // month, "1969-05"
		Perhaps age             `yaml:"perhaps"`
		Why     lifeevents.Text `yaml:"why"`
	} `yaml:"doubts"`
}

var loadRetirement = sync.OnceValue(func() retirementData {
	var d retirementData
	if err := yaml.Unmarshal(retirementTable, &d); err != nil {
		panic(err) // the table is compiled in and tested
	}
	return d
})

// RetirementOf reads the ladder of Decree 135/2020/NĐ-CP: the first year whose age, added
// to the date of birth, falls into that year. ok is false where the sex is not known or
// the person came of that age before 2021.
func RetirementOf(born civil.Date, sex lifeevents.Sex) (r Retirement, ok bool) {
	d := loadRetirement()
	rows := map[lifeevents.Sex][]retirementRow{lifeevents.Male: d.Male, lifeevents.Female: d.Female}[sex]
	if len(rows) == 0 || born.AddMonths(int(rows[0].Age)).Year < rows[0].Year {
		return r, false
	}
	months := rows[len(rows)-1].Age // beyond the table the last age stands
	for _, row := range rows {
		if born.AddMonths(int(row.Age)).Year <= row.Year {
			months = row.Age
			break
		}
	}
	r = Retirement{Years: int(months) / 12, Months: int(months) % 12, Reached: born.AddMonths(int(months))}
	r.On = civil.Date{Year: r.Reached.Year, Month: r.Reached.Month, Day: 1}.AddMonths(1).AddDays(-1)
	for _, doubt := range d.Doubts {
		if doubt.Sex == sex && strings.HasPrefix(born.String(), doubt.Born) {
			r.Doubt = doubt.Why
		}
	}
	return r, true
}
