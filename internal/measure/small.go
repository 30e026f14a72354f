package measure

// Fewest is the smallest count that is published: fewer people than this might be known
// to somebody who knows them.
const Fewest = 5

// Publish prepares counts that are shown beside their sum: each from 1 to Fewest-1 becomes
// nil, and where only one was hidden the smallest of the others goes with it, or the sum
// would give it away.
func Publish(counts []int) []*int {
	out := make([]*int, len(counts))
	hidden, least := 0, -1
	for i, n := range counts {
		switch {
		case n > 0 && n < Fewest:
			hidden++
			continue
		case n > 0 && (least < 0 || n < counts[least]):
			least = i
		}
		out[i] = new(int)
		*out[i] = n
	}
	if hidden == 1 && least >= 0 {
		out[least] = nil
	}
	return out
}

// PublishAlone prepares a count that no sum stands beside.
func PublishAlone(n int) *int {
	if n > 0 && n < Fewest {
		return nil
	}
	return &n
}
