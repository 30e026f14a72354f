package lifeevents

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// DataRequest is what a person asks of their own data, with the clock the law sets.
type DataRequest struct {
	ID     int64        `json:"id"`
	Person PersonID     `json:"person"`
	Kind   RequestKind  `json:"kind"`
	At     time.Time    `json:"at"`
	State  RequestState `json:"state"`
	// AnswerBy is the day by which the office says what it will do; DoneBy the last day to
	// have done it.
	AnswerBy civil.Date `json:"answer_by"`
	DoneBy   civil.Date `json:"done_by"`
	Changed  time.Time  `json:"changed"`
}

// RequestKind is a closed list.
type RequestKind string

// DeleteData asks for everything about the person to be deleted.
const DeleteData RequestKind = "delete"

// RequestState is a closed list.
type RequestState string

// The states; a person may take an open request back.
const (
	RequestOpen      RequestState = "open"
	RequestWithdrawn RequestState = "withdrawn"
	RequestDone      RequestState = "done"
)

// The clock of Nghị định 356/2025/NĐ-CP under Luật 91/2025/QH15: an answer within two
// working days, deletion within twenty days where other systems must stop as well.
const (
	answerWithin = 2
	doneWithin   = 20
)

// takeBackWithin is how many days a request may be taken back before it is carried out.
const takeBackWithin = 3

// EraseOn is the first day on which a deletion is carried out.
func (r DataRequest) EraseOn() civil.Date { return civil.On(r.At).AddDays(takeBackWithin) }

// NewDeletion starts the clock at an instant.
func NewDeletion(p PersonID, at time.Time) DataRequest {
	day := civil.On(at)
	return DataRequest{
		Person: p, Kind: DeleteData, At: at, State: RequestOpen, Changed: at,
		AnswerBy: day.AddWorkdays(answerWithin, civil.DaysOff()), DoneBy: day.AddDays(doneWithin),
	}
}
