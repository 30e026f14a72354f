package assistant

import (
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// Answer is what is shown. With Status Answered it has at least one citation. JSON names
// are the public shape of `motcua ask --json` and POST /api/v1/ask.
type Answer struct {
	ID           string       `json:"id"`
	Conversation string       `json:"conversation,omitempty"`
	Status       Status       `json:"status"`
	AsOf         civil.Date   `json:"as_of"`
	Place        string       `json:"place,omitempty"` // how we read it, in words
	Corrections  []Correction `json:"corrections,omitempty"`
	// Text is the whole answer as plain text with marks "[1]"; Sentences its parts.
	Text      string     `json:"text"`
	Sentences []Sentence `json:"sentences,omitempty"`
	Card      *Card      `json:"card,omitempty"`
	Passages  []Passage  `json:"passages,omitempty"`
	// Tasks are what a turn in life asks for, in the order they fall due; then there is no Card.
	Tasks     []Task     `json:"tasks,omitempty"`
	Citations []Citation `json:"citations"`
	Options   []Option   `json:"options,omitempty"`
	Next      []string   `json:"next,omitempty"` // what to do now
	Related   []Option   `json:"related,omitempty"`
	Missing   []Slot     `json:"missing,omitempty"` // asked, but our sources do not say
	// Notes tell how the question was read where that was in doubt: a place unknown, a name
	// that many places have. In Vietnamese.
	Notes []string `json:"notes,omitempty"`
	// Caution is what is doubtful of the whole answer, in Vietnamese; empty when nothing is.
	Caution string `json:"caution,omitempty"`
	// Disclosure says that a machine wrote this; shown on every channel.
	Disclosure string      `json:"disclosure"`
	Trace      []StepTrace `json:"trace,omitempty"`
}

// Sentence is one statement with the marks of the citations it rests on.
type Sentence struct {
	Text  string `json:"text"`
	Marks []int  `json:"marks,omitempty"`
	Slot  Slot   `json:"slot,omitempty"`
	// Frame marks words of ours that state nothing ("Bạn cần chuẩn bị:"); they need no
	// citation and may hold no number, date or name of a text.
	Frame bool `json:"frame,omitempty"`
	// Doubt is why the statement is not certain; empty when it is.
	Doubt string `json:"doubt,omitempty"`
}

// Citation ties mark [n] to words quoted verbatim from a chunk.
type Citation struct {
	Mark      int              `json:"mark"`
	Chunk     corpus.ChunkID   `json:"chunk"`
	Unit      corpus.UnitID    `json:"unit"`
	Provision corpus.Provision `json:"provision,omitzero"`
	Procedure string           `json:"procedure,omitempty"`
	Label     string           `json:"label"` // "Điều 15 Luật 60/2014/QH13", "Thủ tục 1.001193"
	Title     string           `json:"title,omitempty"`
	Quote     string           `json:"quote"`
	SHA256    string           `json:"sha256"` // of the quoted bytes, hex
	Validity  corpus.Validity  `json:"validity"`
	// On is the day the words are cited for, where two days are compared and it is not the
	// day of the answer.
	On  civil.Date `json:"on,omitzero"`
	URL string     `json:"url,omitempty"`
	// Digest marks a source in our own words: shown as "tóm lược", never as the law.
	Digest     bool              `json:"digest,omitempty"`
	VerifiedOn civil.Date        `json:"verified_on,omitzero"`
	Confidence corpus.Confidence `json:"confidence,omitempty"`
}

// Passage is a text of law as shown to the reader.
type Passage struct {
	Unit     corpus.UnitID   `json:"unit"`
	Path     []string        `json:"path"`
	Title    string          `json:"title"`
	Text     string          `json:"text"`
	Mark     int             `json:"mark"`
	Validity corpus.Validity `json:"validity"`
	State    string          `json:"state"`            // "còn hiệu lực", … on the day asked
	Reason   string          `json:"reason,omitempty"` // the provision that decided it
	Amended  []string        `json:"amended,omitempty"`
	Digest   bool            `json:"digest,omitempty"`
}

// Option is a choice offered as a button.
type Option struct {
	Unit  string `json:"unit"`
	Label string `json:"label"`
	Hint  string `json:"hint,omitempty"` // what tells it apart
}

// Correction puts a false premise right before anything else.
type Correction struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Marks []int  `json:"marks,omitempty"`
	Basis string `json:"basis"` // the provision that ended it, as cited
}

// StepTrace is one step of one answer; Tokens counts prompt and completion.
type StepTrace struct {
	Step   string        `json:"step"`
	Took   time.Duration `json:"took_ns"`
	Note   string        `json:"note,omitempty"`
	Model  string        `json:"model,omitempty"`
	Tokens int           `json:"tokens,omitempty"`
}
