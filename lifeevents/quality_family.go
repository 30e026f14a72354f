package lifeevents

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// CheckEdge refuses an edge that cannot be.
func CheckEdge(e Edge, now time.Time) []Finding {
	c := checker{source: e.Source, person: e.To, ids: []string{e.ID}}
	c.bad(e.ID == "" || e.From == "" || e.To == "", Complete, "no_id", "Quan hệ thiếu mã hoặc thiếu một trong hai người.")
	c.bad(!e.Kind.Known(), Shared, "unknown_kind", "Loại quan hệ %q không có trong danh mục.", string(e.Kind))
	c.bad(!e.Source.Known(), Shared, "unknown_source", "Nguồn %q không có trong danh mục.", string(e.Source))
	c.bad(e.From != "" && e.From == e.To && e.Kind != HeadOf, Right, "own_kin", "Một người không thể là %s của chính mình.", e.Kind.Name().VI)
	c.bad(e.ObservedAt.After(now.Add(time.Hour)), Right, "seen_in_future", "Thời điểm ghi nhận ở tương lai.")
	return c.out
}

// CheckFamily looks over a family graph: nobody is their own ancestor or guardian's
// guardian, and a parent is at least twelve years older than the child. born gives the
// dates of birth known. Findings are ordered by edge ID.
func CheckFamily(edges []Edge, born map[PersonID]civil.Date) []Finding {
	var out []Finding
	up := map[EdgeKind]map[PersonID][]Edge{ParentOf: {}, GuardianOf: {}}
	sorted := slices.Clone(edges)
	slices.SortFunc(sorted, func(a, b Edge) int { return cmp.Compare(a.ID, b.ID) })
	for _, e := range sorted {
		if e.Withdrawn || up[e.Kind] == nil {
			continue
		}
		if e.From == e.To || reaches(up[e.Kind], e.From, e.To) {
			out = append(out, Finding{e.Source, Right, "family_cycle", e.To, []string{e.ID},
				fmt.Sprintf("Quan hệ %s này khép thành vòng: một người thành bề trên của chính mình; quan hệ không được dùng.", e.Kind.Name().VI)})
			continue
		}
		up[e.Kind][e.To] = append(up[e.Kind][e.To], e)
		p, c := born[e.From], born[e.To]
		if e.Kind == ParentOf && !p.IsZero() && !c.IsZero() && p.AddYears(12).Compare(c) > 0 {
			out = append(out, Finding{e.Source, Right, "parent_too_young", e.To, []string{e.ID},
				fmt.Sprintf("Cha, mẹ sinh ngày %s không thể có con sinh ngày %s.", p.VN(), c.VN())})
		}
	}
	return out
}

// reaches reports whether going up from a person comes to another.
func reaches(up map[PersonID][]Edge, from, to PersonID) bool {
	seen, open := map[PersonID]bool{from: true}, []PersonID{from}
	for len(open) > 0 {
		p := open[len(open)-1]
		open = open[:len(open)-1]
		if p == to {
			return true
		}
		for _, e := range up[p] {
			if !seen[e.From] {
				seen[e.From] = true
				open = append(open, e.From)
			}
		}
	}
	return false
}

// Feed is what is known of a source as a whole.
type Feed struct {
	Source   Source
	LastSeen time.Time     // newest ObservedAt or Reported
	Expected time.Duration // how often it should bring something
}

// CheckFeeds tells which sources have gone quiet for more than twice their pace.
func CheckFeeds(feeds []Feed, now time.Time) []Finding {
	var out []Finding
	for _, f := range feeds {
		quiet := now.Sub(f.LastSeen)
		if f.Expected > 0 && quiet > 2*f.Expected {
			out = append(out, Finding{Source: f.Source, Virtue: Alive, Check: "stale_feed",
				Says: fmt.Sprintf("%s không có dữ liệu mới từ %s (%d ngày).", f.Source.Name().VI, civil.On(f.LastSeen).VN(), int(quiet.Hours()/24))})
		}
	}
	slices.SortFunc(out, func(a, b Finding) int { return cmp.Compare(a.Source, b.Source) })
	return out
}
