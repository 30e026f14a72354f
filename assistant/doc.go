// Package assistant answers from retrieved passages and cites each, or says it cannot.
//
// An answer is made by a list of steps, each in a file of its own (guard_step.go,
// read_step.go …); internal/app/answering.go holds the list. A step may end the turn by
// setting Answer.Status. Whatever the steps wrote, the prove step checks every sentence
// and every line of the card against the exact bytes of its source and drops what fails.
package assistant
