package intake

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// paperNumber is what a citizen's or an identity card's number looks like.
var paperNumber = regexp.MustCompile(`^([0-9]{9}|[0-9]{12})$`)

// mostID bounds a name that a source gives, in bytes.
const mostID = 200

// checkNames: people stand here by pseudonym only.
func checkNames(r *Record) error {
	if r.ID == "" || len(r.ID) > mostID {
		return refuse(CodeBadRecord, "Mã bản ghi phải có từ 1 đến %d byte.", mostID)
	}
	var people []lifeevents.PersonID
	for _, f := range r.Change.Facts {
		people = append(people, f.Person)
	}
	for _, e := range r.Change.Edges {
		people = append(people, e.From, e.To)
	}
	for _, e := range r.Change.Events {
		people = append(people, e.Person, lifeevents.PersonID(e.Subject))
	}
	for _, p := range people {
		if paperNumber.MatchString(string(p)) {
			return refuse(CodePersonNumber, "Chỗ của mã giả danh lại có một số trông như số định danh hoặc số giấy tờ; đừng gửi số ấy ở đây.")
		}
		if len(p) > mostID {
			return refuse(CodeBadRecord, "Mã người dài quá %d byte.", mostID)
		}
	}
	return nil
}

// checkEdges refuses what no family can be.
func checkEdges(r *Record) (out []lifeevents.Finding) {
	bad := func(is bool, e *lifeevents.Edge, v lifeevents.Virtue, check, says string, args ...any) {
		if is {
			out = append(out, lifeevents.Finding{Source: e.Source, Virtue: v, Check: check, Person: e.To, IDs: []string{e.ID}, Says: fmt.Sprintf(says, args...)})
		}
	}
	for i := range r.Change.Edges {
		e := &r.Change.Edges[i]
		bad(!e.Kind.Known(), e, lifeevents.Shared, "unknown_kind", "Quan hệ %q không có trong danh mục.", clip(string(e.Kind)))
		bad(e.From == "" || e.To == "", e, lifeevents.Complete, "no_id", "Quan hệ thiếu một trong hai người.")
		bad(e.From == e.To && e.From != "" && e.Kind != lifeevents.HeadOf, e, lifeevents.Right, "own_kin", "Một người không thể là %s của chính mình.", e.Kind.Name().VI)
		v := e.Validity
		bad(!v.Until.IsZero() && !v.From.Before(v.Until), e, lifeevents.Clean, "ends_before_start", "Quan hệ kết thúc trước khi bắt đầu.")
	}
	return out
}

// family is what is known of the people of a round, records accepted in it included.
type family struct {
	ctx       context.Context
	people    People
	views     map[lifeevents.PersonID]*lifeevents.View
	born      map[lifeevents.PersonID]civil.Date
	died      map[lifeevents.PersonID]civil.Date
	childrenN map[lifeevents.PersonID][]lifeevents.PersonID // new in this round
}

func newFamily(ctx context.Context, people People, ids map[lifeevents.PersonID]bool) (*family, error) {
	f := &family{ctx: ctx, people: people, views: map[lifeevents.PersonID]*lifeevents.View{},
		born: map[lifeevents.PersonID]civil.Date{}, died: map[lifeevents.PersonID]civil.Date{}, childrenN: map[lifeevents.PersonID][]lifeevents.PersonID{}}
	delete(ids, "")
	return f, f.read(slices.Sorted(maps.Keys(ids)))
}

func (f *family) read(ids []lifeevents.PersonID) error {
	if len(ids) == 0 {
		return nil
	}
	views, err := f.people.Views(f.ctx, ids)
	for _, v := range views {
		f.views[v.ID] = v
		f.born[v.ID], f.died[v.ID] = v.Born, v.Died
	}
	return err
}

// check holds a record against what is known: refusals for what cannot be, findings for
// what two sources tell differently.
func (f *family) check(r *Record) ([]lifeevents.Finding, error) {
	born, died := f.named(r, f.born), f.named(r, f.died)
	var findings []lifeevents.Finding
	for i := range r.Change.Facts {
		fact := &r.Change.Facts[i]
		if fact.Kind == lifeevents.DateOfBirth && !fact.Withdrawn {
			if old := born[fact.Person]; !old.IsZero() && old != fact.Value.On && fact.Supersedes == "" {
				findings = append(findings, lifeevents.Finding{Source: r.Source, Virtue: lifeevents.Consistent, Check: "two_births", Person: fact.Person,
					IDs: []string{fact.ID}, Says: fmt.Sprintf("Có hai ngày sinh khác nhau: %s và %s.", fact.Value.On.VN(), old.VN())})
			}
			born[fact.Person] = fact.Value.On
		}
	}
	f.deaths(r, died)
	for _, p := range slices.Sorted(maps.Keys(died)) {
		if b, d := born[p], died[p]; !b.IsZero() && !d.IsZero() && d.Before(b) && touches(r, p) {
			return nil, refuse(CodeImpossible, "Ngày mất %s trước ngày sinh %s.", d.VN(), b.VN())
		}
	}
	for i := range r.Change.Edges {
		if err := f.checkParent(&r.Change.Edges[i], born); err != nil {
			return nil, err
		}
	}
	return findings, nil
}

// named copies the days of the people a record names.
func (f *family) named(r *Record, days map[lifeevents.PersonID]civil.Date) map[lifeevents.PersonID]civil.Date {
	out := map[lifeevents.PersonID]civil.Date{}
	for i := range r.Change.Facts {
		out[r.Change.Facts[i].Person] = days[r.Change.Facts[i].Person]
	}
	for i := range r.Change.Events {
		out[r.Change.Events[i].Person] = days[r.Change.Events[i].Person]
	}
	for i := range r.Change.Edges {
		e := &r.Change.Edges[i]
		out[e.From], out[e.To] = days[e.From], days[e.To]
	}
	return out
}

func (f *family) deaths(r *Record, died map[lifeevents.PersonID]civil.Date) {
	for i := range r.Change.Facts {
		if fact := &r.Change.Facts[i]; fact.Kind == lifeevents.DateOfDeath && !fact.Withdrawn {
			died[fact.Person] = fact.Value.On
		}
	}
	for i := range r.Change.Events {
		if e := &r.Change.Events[i]; e.Kind == lifeevents.DeathOccurred || e.Kind == lifeevents.DeathRegistered {
			died[e.Person] = e.On
		}
	}
}

func touches(r *Record, p lifeevents.PersonID) bool {
	return slices.ContainsFunc(r.Change.Facts, func(f lifeevents.Fact) bool { return f.Person == p }) ||
		slices.ContainsFunc(r.Change.Events, func(e lifeevents.Event) bool { return e.Person == p })
}

// mostGenerations bounds the walk down a family, people counted.
const mostGenerations = 2000

// checkParent: nobody is their own forebear, nor born before a parent.
func (f *family) checkParent(e *lifeevents.Edge, born map[lifeevents.PersonID]civil.Date) error {
	if e.Kind != lifeevents.ParentOf || e.Withdrawn {
		return nil
	}
	if b, c := born[e.From], born[e.To]; !b.IsZero() && !c.IsZero() && !b.Before(c) {
		return refuse(CodeImpossible, "Cha hoặc mẹ sinh ngày %s, không trước con sinh ngày %s.", b.VN(), c.VN())
	}
	seen := map[lifeevents.PersonID]bool{e.To: true}
	for queue := []lifeevents.PersonID{e.To}; len(queue) > 0 && len(seen) < mostGenerations; queue = queue[1:] {
		children, err := f.children(queue[0])
		if err != nil {
			return err
		}
		for _, c := range children {
			if c == e.From {
				return refuse(CodeImpossible, "Quan hệ cha mẹ – con này tạo thành vòng: một người thành tổ tiên của chính mình.")
			}
			if !seen[c] {
				seen[c] = true
				queue = append(queue, c)
			}
		}
	}
	return nil
}

func (f *family) children(p lifeevents.PersonID) ([]lifeevents.PersonID, error) {
	if f.views[p] == nil {
		if err := f.read([]lifeevents.PersonID{p}); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(f.childrenN[p])
	if v := f.views[p]; v != nil {
		for i := range v.Edges {
			if e := &v.Edges[i]; e.Kind == lifeevents.ParentOf && e.From == p && !e.Withdrawn {
				out = append(out, e.To)
			}
		}
	}
	slices.SortFunc(out, cmp.Compare[lifeevents.PersonID])
	return slices.Compact(out), nil
}

// add remembers what an accepted record says, for the records after it.
func (f *family) add(r *Record) {
	for i := range r.Change.Facts {
		if fact := &r.Change.Facts[i]; fact.Kind == lifeevents.DateOfBirth && !fact.Withdrawn {
			f.born[fact.Person] = fact.Value.On
		}
	}
	f.deaths(r, f.died)
	for i := range r.Change.Edges {
		if e := &r.Change.Edges[i]; e.Kind == lifeevents.ParentOf && !e.Withdrawn {
			f.childrenN[e.From] = append(f.childrenN[e.From], e.To)
		}
	}
}
