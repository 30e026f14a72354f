package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// parseEvent reads "event KIND", "event KIND since DAY", with "same" at the end where the
// subject must be the occurrence's.
func parseEvent(s string, words []string, r *reads) (predicate, error) {
	if len(words) < 2 {
		return predicate{}, fmt.Errorf("viết event loại, thêm since mốc nếu cần")
	}
	kind := lifeevents.EventKind(words[1])
	if !kind.Known() {
		return predicate{}, fmt.Errorf("không có loại sự kiện %q", words[1])
	}
	r.events = append(r.events, kind)
	rest := strings.Join(words[2:], " ")
	rest, sameSubject := strings.CutSuffix(" "+rest, " same")
	rest = strings.TrimSpace(rest)
	says := lifeevents.Text{VI: "có sự kiện " + kind.Name().VI, EN: "event: " + kind.Name().EN}
	since := dayOf(nil)
	if rest != "" {
		text, ok := strings.CutPrefix(rest, "since ")
		if !ok {
			return predicate{}, fmt.Errorf("sau loại sự kiện chỉ có since mốc hoặc same, không phải %q", rest)
		}
		var day lifeevents.Text
		var err error
		if since, day, err = parseDay(text); err != nil {
			return predicate{}, err
		}
		says = lifeevents.Text{VI: says.VI + " từ " + day.VI, EN: says.EN + " since " + day.EN}
	}
	return predicate{says: says, holds: func(s *lifeevents.Scene) bool {
		var from civil.Date
		if since != nil {
			from = since(s.View, s.Occ, s.On)
		}
		for i := range s.View.Events {
			e := &s.View.Events[i]
			if e.Kind != kind || e == s.Occ.Event || e.On.Before(from) || s.On.Before(e.On) || sameSubject && e.Subject != s.Occ.Ref {
				continue
			}
			if s.Note != nil {
				s.Note(lifeevents.UsedEvent(e))
			}
			return true
		}
		return false
	}}, nil
}

// parseData reads "stay = settled", "million >= 1000": the trigger event's own data.
func parseData(words []string) (predicate, error) {
	name, op, right, ok := cutOperator(strings.Join(words, " "))
	if !ok || name == "" || strings.Contains(name, " ") {
		return predicate{}, fmt.Errorf("viết như data stay = settled hoặc data million >= 1000")
	}
	says := saying(lifeevents.Text{VI: "sự kiện ghi " + name, EN: "the event's " + name}, op, same(right))
	if n, err := strconv.ParseInt(right, 10, 64); err == nil && op != "in" {
		return predicate{says: says, holds: func(s *lifeevents.Scene) bool {
			if s.Occ.Event == nil {
				return false
			}
			have, err := strconv.ParseInt(s.Occ.Event.Data[name], 10, 64)
			return err == nil && compared(int(max(-1, min(1, have-n))), op)
		}}, nil
	}
	list, err := wordList(op, right)
	if err != nil {
		return predicate{}, err
	}
	return predicate{says: says, holds: func(s *lifeevents.Scene) bool {
		if s.Occ.Event == nil {
			return false
		}
		return slices.Contains(list, s.Occ.Event.Data[name]) == (op != "!=")
	}}, nil
}

// parsePlace reads "place in [79, 26734]": provinces by two digits, communes by five.
func parsePlace(s string, r *reads) (predicate, error) {
	left, op, right, ok := cutOperator(s)
	if !ok || left != "place" || op != "in" {
		return predicate{}, fmt.Errorf("viết place in [79, 26734]")
	}
	list, err := wordList(op, right)
	if err != nil {
		return predicate{}, err
	}
	for _, code := range list {
		_, province := place.Province(code)
		if _, commune := place.Commune(code); !province && !commune {
			return predicate{}, fmt.Errorf("không có tỉnh, xã mang mã %q", code)
		}
	}
	r.facts = append(r.facts, lifeevents.Residence)
	return predicate{says: lifeevents.Text{VI: "đang ở địa bàn " + right, EN: "lives in " + right}, holds: func(s *lifeevents.Scene) bool {
		code := s.View.Place(s.On)
		if slices.Contains(list, code) {
			return true
		}
		unit, ok := place.Commune(code)
		return ok && slices.Contains(list, unit.Province)
	}}, nil
}

// parseKin reads "child under 6", "child from 6", "spouse", "parent".
func parseKin(words []string) (predicate, error) {
	if len(words) != 1 && len(words) != 3 {
		return predicate{}, fmt.Errorf("viết kin child under 6, kin child from 6, kin spouse hoặc kin parent")
	}
	names := map[string]lifeevents.Text{"child": {VI: "con", EN: "a child"}, "spouse": {VI: "vợ hoặc chồng", EN: "a spouse"}, "parent": {VI: "cha hoặc mẹ", EN: "a parent"}}
	name, ok := names[words[0]]
	if !ok {
		return predicate{}, fmt.Errorf("không hiểu người thân %q", words[0])
	}
	low, high := 0, 1000
	says := lifeevents.Text{VI: "có " + name.VI, EN: "has " + name.EN}
	if len(words) == 3 {
		n, err := strconv.Atoi(words[2])
		switch {
		case err != nil:
			return predicate{}, fmt.Errorf("tuổi %q không phải số", words[2])
		case words[1] == "under":
			high, says = n, lifeevents.Text{VI: says.VI + " dưới " + words[2] + " tuổi", EN: says.EN + " under " + words[2]}
		case words[1] == "from":
			low, says = n, lifeevents.Text{VI: says.VI + " từ " + words[2] + " tuổi", EN: says.EN + " from " + words[2]}
		default:
			return predicate{}, fmt.Errorf("không hiểu %q; dùng under hoặc from", words[1])
		}
	}
	aged := len(words) == 3
	return predicate{says: says, holds: func(s *lifeevents.Scene) bool {
		for i := range s.View.Edges {
			other, ok := kinOf(s.View, &s.View.Edges[i], words[0], s.On)
			if !ok {
				continue
			}
			if !aged {
				return true
			}
			if born := other.Born; !born.IsZero() && born.Age(s.On) >= low && born.Age(s.On) < high && !s.On.Before(born) {
				return true
			}
		}
		return false
	}}, nil
}

// kinOf returns the living relative an edge leads to, where it is of the sort asked for.
func kinOf(v *lifeevents.View, e *lifeevents.Edge, sort string, on civil.Date) (*lifeevents.Person, bool) {
	if e.Withdrawn || !e.Validity.Holds(on) {
		return nil, false
	}
	var id lifeevents.PersonID
	switch {
	case sort == "child" && e.Kind == lifeevents.ParentOf && e.From == v.ID:
		id = e.To
	case sort == "parent" && e.Kind == lifeevents.ParentOf && e.To == v.ID:
		id = e.From
	case sort == "spouse" && e.Kind == lifeevents.SpouseOf && e.From == v.ID:
		id = e.To
	case sort == "spouse" && e.Kind == lifeevents.SpouseOf:
		id = e.From
	default:
		return nil, false
	}
	p := v.Kin[id]
	return p, p != nil && p.Died.IsZero()
}
