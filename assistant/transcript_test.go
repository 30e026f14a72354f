package assistant

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
)

// recorded runs the last step and returns what it would keep.
func recorded(t *testing.T, turn *Turn) (turns []PastTurn, gaps []Unanswered) {
	t.Helper()
	step := Record{Keep: func(p PastTurn) { turns = append(turns, p) }, Gap: func(u Unanswered) { gaps = append(gaps, u) }}
	if err := step.Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	return turns, gaps
}

func TestATurnIsKeptWithoutPersonalNumbers(t *testing.T) {
	turn := &Turn{Question: Question{Text: "CCCD 048190001234 của tôi hết hạn", Channel: "portal", AskedAt: signedAt}}
	turn.Answer = Answer{ID: "a1", Status: Answered, Citations: []Citation{{Unit: "tthc:1"}, {Unit: "tthc:1"}, {Unit: "x#1"}, {}}}
	kept, _ := recorded(t, turn)
	if len(kept) != 1 || strings.Contains(kept[0].Question, "0481") || len(kept[0].Units) != 2 || kept[0].Units[0] != corpus.UnitID("tthc:1") {
		t.Errorf("%+v", kept)
	}
}

func TestWordsSaidInDangerAreNotKept(t *testing.T) {
	for _, s := range []Status{Crisis, Refused} {
		turn := &Turn{Question: Question{Text: "tôi không muốn sống nữa", Channel: "portal", AskedAt: signedAt}, Answer: Answer{ID: "a1", Status: s}}
		if kept, _ := recorded(t, turn); len(kept) != 1 || kept[0].Question != "" || kept[0].Status != s {
			t.Errorf("%s: %+v", s, kept)
		}
	}
}

func TestTheTerminalAndTheExamLeaveNoTrace(t *testing.T) {
	for _, channel := range []string{"", "cli", "eval"} {
		turn := &Turn{Text: "nuôi cá sấu", Question: Question{Text: "nuôi cá sấu", Channel: channel, AskedAt: signedAt}, Answer: Answer{ID: "a1", Status: NoSource}}
		if kept, gaps := recorded(t, turn); len(kept)+len(gaps) > 0 {
			t.Errorf("%q: kept %+v %+v", channel, kept, gaps)
		}
	}
}
