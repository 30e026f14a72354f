package corpus

// ChunkID is stable while text and place do not change.
type ChunkID string

// UnitID names what a search ranks: one article ("60/2014/qh13#15"), one annex
// ("…#pl:i") or one procedure ("tthc:1.001193"). Chunks of one unit are neighbours.
type UnitID string

// Chunk is the smallest unit stored and cited. Text is NFC without markup, at most
// chunk.MaxRunes long. It belongs to a Provision or to a Procedure (by ID), never to both.
type Chunk struct {
	ID        ChunkID   `json:"id"`
	Unit      UnitID    `json:"unit"`
	Order     int       `json:"order"` // reading order within the unit, from 0
	Provision Provision `json:"provision,omitzero"`
	Procedure string    `json:"procedure,omitempty"`
	// Facet of a procedure: "name", "dossier", "fees", "times", "steps", "where",
	// "conditions", "results", "basis", "deadline", "asked"; empty for provisions.
	Facet    string     `json:"facet,omitempty"`
	Title    string     `json:"title"`              // article heading or procedure name
	Headings []string   `json:"headings,omitempty"` // law name, then phần, chương, mục
	Text     string     `json:"text"`
	Validity Validity   `json:"validity"`
	Source   Source     `json:"source"`
	Digest   bool       `json:"digest,omitempty"` // our words, "tóm lược"
	Conf     Confidence `json:"confidence,omitempty"`
	// Attributes a search filters by.
	Issuer string         `json:"issuer,omitempty"`
	Type   InstrumentType `json:"type,omitempty"`
	Levels []Level        `json:"levels,omitempty"`
	Field  string         `json:"field,omitempty"`
	Place  string         `json:"place,omitempty"` // province code when local; "" is national
	// Restricted marks a text for officials only, as its Source is.
	Restricted bool `json:"restricted,omitempty"`
}

// Audience is a group of people a procedure is for.
type Audience string

// The audiences told apart in the records' "who may ask".
const (
	ForCitizens      Audience = "citizen"
	ForBusinesses    Audience = "business"
	ForOrganisations Audience = "organisation"
	ForForeigners    Audience = "foreigner"
)

// UnitOf names the unit a provision belongs to: its article or annex.
func UnitOf(p Provision) UnitID {
	return UnitID(Provision{Instrument: p.Instrument, Article: p.Article, Annex: p.Annex}.Key())
}

// UnitOfProcedure names the unit of a procedure.
func UnitOfProcedure(id string) UnitID { return UnitID("tthc:" + id) }
