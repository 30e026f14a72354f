package place

// Level is the tier of a unit. Districts exist only among the old units.
type Level string

// The three tiers.
const (
	ProvinceLevel Level = "province"
	DistrictLevel Level = "district"
	CommuneLevel  Level = "commune"
)

// Unit is one administrative unit. Codes are those of the statistics office; an old and a
// new unit may share a code, so Old belongs to the key. Name carries the kind: "Phường Bến
// Nghé". Province is the code of the unit's own province of its time; Parent is that of the
// district for an old commune, of the province otherwise, "" for a province.
type Unit struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Level    Level  `json:"level"`
	Old      bool   `json:"old,omitempty"` // abolished or replaced on 1 July 2025
	Parent   string `json:"parent,omitempty"`
	Province string `json:"province,omitempty"`
	// Earlier marks a unit that was gone before 1 July 2025, by a merger of 2023 to 2025.
	Earlier bool `json:"earlier,omitempty"`
}

// Successor is a unit of today that took over an old one, wholly or in part.
type Successor struct {
	Unit Unit `json:"unit"`
	// Partial: only a part of the old unit lies there; the address decides which.
	Partial bool `json:"partial,omitempty"`
	// Remainder: the decree gave it what was left after other parts had gone elsewhere.
	Remainder bool `json:"remainder,omitempty"`
	// Unconfirmed: only one of our two lists says so.
	Unconfirmed bool `json:"unconfirmed,omitempty"`
}

// key names one unit among all.
type key struct {
	level Level
	old   bool
	code  string
}

func (u Unit) key() key { return key{u.Level, u.Old, u.Code} }

// Bare is the name without its kind: "Bến Nghé"; numbered wards keep the number only.
func (u Unit) Bare() string {
	_, bare := cutKind(u.Name)
	return bare
}

// Kind is the kind of unit in lower case: "phường", "thị trấn", "thành phố", "đặc khu".
func (u Unit) Kind() string {
	kind, _ := cutKind(u.Name)
	return kind
}
