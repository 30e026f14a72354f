package corpus

import "github.com/motcua/motcua/internal/civil"

// RelationKind says what the source does to the target.
type RelationKind string

// The relations taken from closing articles, notes and cross-references.
const (
	Amends   RelationKind = "amends"   // sửa đổi, bổ sung
	Replaces RelationKind = "replaces" // thay thế
	Repeals  RelationKind = "repeals"  // bãi bỏ, hết hiệu lực
	Suspends RelationKind = "suspends" // ngưng hiệu lực
	Guides   RelationKind = "guides"   // quy định chi tiết, hướng dẫn
	BasedOn  RelationKind = "based_on" // căn cứ
	Refers   RelationKind = "refers"   // cross-reference
)

// Relation: From does Kind to To, with effect on a day (zero: the day From takes effect,
// or not known). Evidence is the sentence it was read from, verbatim.
type Relation struct {
	From      Provision    `json:"from"`
	Kind      RelationKind `json:"kind"`
	To        Provision    `json:"to"`
	Effective civil.Date   `json:"effective,omitzero"`
	Evidence  string       `json:"evidence,omitempty"`
}
