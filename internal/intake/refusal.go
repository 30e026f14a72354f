package intake

import "fmt"

// Code says to a machine why something was not taken. The list is closed.
type Code string

// The codes, with the HTTP status each is answered with.
const (
	CodeBadJSON       Code = "bad_json"        // 400
	CodeNotCloudEvent Code = "not_cloudevent"  // 400
	CodeUnknownType   Code = "unknown_type"    // 422
	CodeUnknownSource Code = "unknown_source"  // 422
	CodeBadRecord     Code = "bad_record"      // 422
	CodeImpossible    Code = "impossible"      // 422: dead before birth, a cycle in the family
	CodePersonNumber  Code = "person_number"   // 422: a paper's number where a pseudonym belongs
	CodeChanged       Code = "changed"         // 409: known name, other content
	CodeUnknownRecord Code = "unknown_record"  // 422: corrects what we never had
	CodeTooLarge      Code = "too_large"       // 413
	CodeTooMany       Code = "too_many"        // 413
	CodeUnsigned      Code = "unsigned"        // 401
	CodeForged        Code = "forged"          // 401
	CodeStale         Code = "stale"           // 401
	CodeReplayed      Code = "replayed"        // 409
	CodeNotYours      Code = "not_your_source" // 403
	CodeNoAuthority   Code = "no_authority"    // 403
	CodeClockBack     Code = "clock_back"      // 503
	CodeMethod        Code = "method"          // 405
	CodeMedia         Code = "media_type"      // 415
	CodeUnavailable   Code = "unavailable"     // 503
)

var statuses = map[Code]int{
	CodeBadJSON: 400, CodeNotCloudEvent: 400, CodeUnknownType: 422, CodeUnknownSource: 422, CodeBadRecord: 422,
	CodeImpossible: 422, CodePersonNumber: 422, CodeChanged: 409, CodeUnknownRecord: 422, CodeTooLarge: 413, CodeTooMany: 413,
	CodeUnsigned: 401, CodeForged: 401, CodeStale: 401, CodeReplayed: 409, CodeNotYours: 403, CodeNoAuthority: 403,
	CodeClockBack: 503, CodeMethod: 405, CodeMedia: 415, CodeUnavailable: 503,
}

// Status is the HTTP status of a refusal.
func (c Code) Status() int {
	if s, ok := statuses[c]; ok {
		return s
	}
	return 500
}

// Refusal is why something was not taken; Says is one Vietnamese sentence.
type Refusal struct {
	Code Code   `json:"code"`
	Says string `json:"says"`
}

// Error is the sentence.
func (r *Refusal) Error() string { return r.Says }

func refuse(code Code, format string, args ...any) *Refusal {
	return &Refusal{code, fmt.Sprintf(format, args...)}
}
