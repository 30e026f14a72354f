// Package measure counts what the service does: answers, opinions, notices and how fresh
// its sources are. It keeps counts only, never who asked or what.
package measure

import (
	"context"
	"math/bits"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Tally is how many answers of one kind were given on one day.
type Tally struct {
	Day     civil.Date
	Channel string // "portal", "zalo", "api", …
	Status  string // the outcome, as in assistant.Status
	Bin     int    // the time it took: see BinOf
	N       int
}

// Bins is how many bins of time there are; the last takes everything slower.
const Bins = 16

// firstBin is the upper end of bin 0; each bin reaches twice as far as the one before.
const firstBin = 500 * time.Microsecond

// BinOf returns the bin of a time taken.
func BinOf(took time.Duration) int {
	if took <= firstBin {
		return 0
	}
	return min(bits.Len64(uint64((took-1)/firstBin)), Bins-1)
}

// BinTop is the longest time of a bin; of the last, which has no end, the shortest.
func BinTop(bin int) time.Duration {
	if bin == Bins-1 {
		bin--
	}
	return firstBin << bin
}

// Opinion is how many people found answers useful (Reason ""), or not and why, in a week.
type Opinion struct {
	Week   civil.Date // its Monday
	Reason string
	N      int
}

// Notice is how many notices of a rule stand in one state, by province and week due.
type Notice struct {
	Rule     string
	Province string // code of the unit; "" where it is not known
	Week     civil.Date
	State    string // as in delivery.State; "acted" counts what people answered "done"
	N        int
}

// Source is when a source last brought something, and how much.
type Source struct {
	Name    string
	Kind    string // "corpus" or "register"
	Last    time.Time
	Records int
}

// Store keeps counts and reads them back. Days run from the first to the last, both counted.
type Store interface {
	// Count adds to the tallies; a day, channel, status and bin have one.
	Count(ctx context.Context, add []Tally) error
	// Tallies lists by day, channel, status, bin.
	Tallies(ctx context.Context, first, last civil.Date) ([]Tally, error)
	// Opinions lists by week and reason.
	Opinions(ctx context.Context, first, last civil.Date) ([]Opinion, error)
	// Notices lists by rule, province, week, state.
	Notices(ctx context.Context, first, last civil.Date) ([]Notice, error)
	// Sources lists by kind and name.
	Sources(ctx context.Context) ([]Source, error)
}
