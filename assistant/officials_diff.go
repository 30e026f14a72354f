package assistant

import "strings"

// LineChange is one line of two texts laid side by side.
type LineChange struct {
	Kind LineKind `json:"kind"`
	Text string   `json:"text"`
}

// LineKind tells in which text a line stands.
type LineKind string

// The kinds.
const (
	InBoth   LineKind = "same"
	InFirst  LineKind = "removed"
	InSecond LineKind = "added"
)

// mostDiffLines bounds the table of a comparison; longer texts differ as a whole.
const mostDiffLines = 1500

// diffLines lays two texts side by side by their longest common run of lines. Where both
// are possible, what went stands before what came.
func diffLines(first, second string) []LineChange {
	a, b := strings.Split(first, "\n"), strings.Split(second, "\n")
	if len(a) > mostDiffLines || len(b) > mostDiffLines {
		return nil
	}
	common := commonTable(a, b)
	var out []LineChange
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, LineChange{InBoth, a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out = append(out, LineChange{InFirst, a[i]})
			i++
		default:
			out = append(out, LineChange{InSecond, b[j]})
			j++
		}
	}
	return out
}

// commonTable[i][j] is how many lines a[i:] and b[j:] have in common, in order.
func commonTable(a, b []string) [][]int16 {
	table := make([][]int16, len(a)+1)
	for i := range table {
		table[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}
