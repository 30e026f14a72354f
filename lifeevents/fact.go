package lifeevents

import (
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// PersonID is a pseudonym; names, addresses and document numbers live elsewhere, encrypted.
type PersonID string

// Fact is one thing a source says about a person. Facts are only ever added: a correction
// is a new fact naming the one it replaces.
type Fact struct {
	ID     string   `json:"id"` // unique; the same ID again changes nothing
	Person PersonID `json:"person"`
	Kind   FactKind `json:"kind"`
	// Key tells several facts of one kind apart: the sort of paper ("passport"), of
	// insurance ("health"), or a pseudonym of the thing ("xe-1"). See the kinds.
	Key   string `json:"key,omitempty"`
	Value Value  `json:"value"`

	Source     Source            `json:"source"`
	ObservedAt time.Time         `json:"observed_at"` // when the source said so
	Validity   corpus.Validity   `json:"validity,omitzero"`
	Confidence corpus.Confidence `json:"confidence,omitempty"` // empty is High
	// Supersedes is the ID of the fact this one replaces; empty for a first statement.
	Supersedes string `json:"supersedes,omitempty"`
	// Withdrawn: the superseded fact was wrong and nothing stands in its place.
	Withdrawn bool `json:"withdrawn,omitempty"`

	first time.Time // when we first heard the source say the same; zero: at ObservedAt
}

// KnownSince is when we first heard the source say this: a register that repeats itself every
// night tells nothing new, and moves no due day.
func (f *Fact) KnownSince() time.Time {
	if f.first.IsZero() {
		return f.ObservedAt
	}
	return f.first
}

// SetKnownSince is for whoever takes a fact in later than its source said it, and for a store
// that gives back what it kept.
func (f *Fact) SetKnownSince(t time.Time) { f.first = t }

// Value is what the fact says; each kind uses the fields its comment names.
type Value struct {
	Text   string     `json:"text,omitempty"`  // a word of a closed list
	Place  string     `json:"place,omitempty"` // code of a commune of today, "26734"
	On     civil.Date `json:"on,omitzero"`     // happened, issued, since
	Until  civil.Date `json:"until,omitzero"`  // last day of value, as printed on the paper
	Number int64      `json:"number,omitempty"`
}

// FactKind is a closed list.
type FactKind string

// The kinds, with the fields of Value they use and what Key is.
const (
	DateOfBirth FactKind = "date_of_birth" // On
	DateOfDeath FactKind = "date_of_death" // On
	SexOf       FactKind = "sex"           // Text: male, female
	// Residence: Key permanent, temporary or staying; Place; On since; Until for temporary.
	Residence FactKind = "residence"
	// Document: Key is one of the Doc words; On issued, Until last day (zero: no end).
	Document FactKind = "document"
	// Licence to drive: Key is the class ("A1", "A", "B", "C1"…); On issued, Until, Number
	// the points left (12 when full; meaningful where Text is "points").
	Licence FactKind = "licence"
	// Vehicle: Key its pseudonym, Text car, motorcycle or special, On registered.
	Vehicle FactKind = "vehicle"
	// Inspection: Key the vehicle's pseudonym, On inspected, Until the last day.
	Inspection FactKind = "inspection"
	// Insurance: Key one of the Ins words, On since, Until last day paid for, Number months
	// paid in all (social, unemployment).
	Insurance FactKind = "insurance"
	// Employment: Text employed, self_employed, unemployed; On since.
	Employment FactKind = "employment"
	// Business: Key its pseudonym or a licence's, Text household, company or licence (a
	// conditional permit, with Until); On registered; Number yearly turnover in đồng.
	Business FactKind = "business"
	// Land: Key its pseudonym, Text house, land or apartment; On since.
	Land FactKind = "land"
	// Benefit: Key one of the Ben words, On since, Until where it ends.
	Benefit FactKind = "benefit"
	// Schooling: Text the level (preschool, primary, lower_secondary, upper_secondary,
	// university, none), Number the grade, On since.
	Schooling FactKind = "schooling"
	// Marital: Text single, married, divorced, widowed; On since.
	Marital FactKind = "marital"
	// Hardship: Key poor, near_poor, disability or disaster; Text the degree; On, Until.
	Hardship FactKind = "hardship"
	// Military: Key registered, called or served; On.
	Military FactKind = "military"
	// Account: Key e_id_1 or e_id_2 (VNeID levels); On. Number, for e_id_2, counts the
	// groups of papers shown in it.
	Account FactKind = "account"
	// Tax: Key income (two or more payers, refunds), rental, household, dependent; Text the
	// way of declaring (month, quarter, year); Number yearly turnover or count.
	Tax FactKind = "tax"
)

// Sorts of document, the Key of Document.
const (
	DocIDCard      = "id_card"
	DocPassport    = "passport"
	DocBirth       = "birth_certificate"
	DocSingle      = "single_certificate" // giấy xác nhận tình trạng hôn nhân
	DocMarriage    = "marriage_certificate"
	DocVehicleBook = "vehicle_registration"
)

// Sorts of insurance, the Key of Insurance.
const (
	InsHealth          = "health"           // any card in force
	InsHealthChild     = "health_child"     // under 6, paid by the state
	InsHealthHousehold = "health_household" // bought by the household
	InsHealthSchool    = "health_school"
	InsSocial          = "social_compulsory"
	InsSocialVoluntary = "social_voluntary"
	InsUnemployment    = "unemployment"
	InsVehicle         = "vehicle_liability"
)

// Sorts of benefit, the Key of Benefit.
const (
	BenPension       = "pension"        // lương hưu, trợ cấp BHXH hằng tháng
	BenSocialPension = "social_pension" // trợ cấp hưu trí xã hội
	BenUnemployment  = "unemployment"
	BenSocial        = "social_assistance" // trợ cấp xã hội hằng tháng
	BenSurvivor      = "survivor"
)

// Sex as the registers write it.
type Sex string

// The two entries met.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// fields says which fields of Value a kind may carry: t text, p place, o on, u until, n
// number; upper case means the fact is void without it. keyed kinds need a Key.
var factKinds = map[FactKind]struct {
	fields string
	keyed  bool
}{
	DateOfBirth: {"O", false}, DateOfDeath: {"O", false}, SexOf: {"T", false},
	Residence: {"Pou", true}, Document: {"ou", true}, Licence: {"otun", true},
	Vehicle: {"To", true}, Inspection: {"oU", true}, Insurance: {"oun", true},
	Employment: {"To", false}, Business: {"Tuon", true}, Land: {"To", true},
	Benefit: {"oun", true}, Schooling: {"Ton", false}, Marital: {"To", false},
	Hardship: {"tou", true}, Military: {"o", true}, Account: {"on", true}, Tax: {"tno", true},
}

// Known reports whether k is in the list.
func (k FactKind) Known() bool { _, ok := factKinds[k]; return ok }

// Keyed reports whether several facts of this kind stand beside each other, told apart by Key.
func (k FactKind) Keyed() bool { return factKinds[k].keyed }

// FactKinds lists the closed list in alphabetical order.
func FactKinds() []FactKind { return sortedKeys(factKinds) }
