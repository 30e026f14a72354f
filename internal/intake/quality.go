package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// staleAfter is how long a register may be silent before its feed counts as dead. The
// person's own word and the commune's entries have no rhythm.
const staleAfter = 3 * 24 * time.Hour

// lateDays is the mean delay, in days, from happening to report beyond which a source is slow.
const lateDays = 15

// Quality is what one source's data are worth, by the programme's six words.
type Quality struct {
	lifeevents.Tally
	Name     string    `json:"name"`
	MeanLate float64   `json:"mean_late_days"`
	Findings []Finding `json:"findings"` // worst first; empty: nothing found
}

// Finding is one sort of fault of a source with how often it was met.
type Finding struct {
	Virtue string `json:"virtue"` // đúng, đủ, sạch, sống, thống nhất, dùng chung
	Check  string `json:"check"`
	Count  int64  `json:"count"`
	Says   string `json:"says"`
}

// Quality reports every source heard of, and those with nothing at all left out.
func (d *Desk) Quality(ctx context.Context, now time.Time) ([]Quality, error) {
	tallies, err := d.ledger.Tallies(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Quality, 0, len(tallies))
	for _, t := range tallies {
		out = append(out, judgeSource(t, now))
	}
	return out, nil
}

func judgeSource(t lifeevents.Tally, now time.Time) Quality {
	q := Quality{Tally: t, Name: t.Source.Name().VI, Findings: []Finding{}}
	for check, f := range t.Faults {
		q.Findings = append(q.Findings, Finding{f.Virtue.Vietnamese(), check, f.Count, f.Says})
	}
	if t.Dated > 0 {
		q.MeanLate = float64(t.LateDays) / float64(t.Dated)
	}
	alive := lifeevents.Alive.Vietnamese()
	rhythm := t.Source != lifeevents.Declaration && t.Source != lifeevents.CommuneOffice
	if silent := now.Sub(t.Last); rhythm && !t.Last.IsZero() && silent > staleAfter {
		q.Findings = append(q.Findings, Finding{alive, "stale_feed", 1, fmt.Sprintf("Nguồn im lặng %d ngày, từ %s.", int(silent.Hours()/24), t.Last.Format("02/01/2006 15:04"))})
	}
	if q.MeanLate > lateDays {
		q.Findings = append(q.Findings, Finding{alive, "slow_feed", t.Dated, fmt.Sprintf("Sự kiện đến trễ trung bình %.0f ngày.", q.MeanLate)})
	}
	slices.SortFunc(q.Findings, func(a, b Finding) int { return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.Check, b.Check)) })
	return q
}
