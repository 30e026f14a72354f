package lifeevents

import (
	"slices"

	"github.com/motcua/motcua/internal/civil"
)

// why collects what a notice rests on: the trigger, and the data its conditions looked at.
func (d *due) why(v *View) Why {
	o := d.occ
	day := " (" + o.Legal.VN() + ")"
	w := Why{Trigger: Text{o.Says.VI + day, o.Says.EN + day}, Stop: stopWords}
	add := func(u Used) {
		if !slices.Contains(w.Used, u) {
			w.Used = append(w.Used, u)
		}
	}
	if o.Event != nil {
		add(UsedEvent(o.Event))
	}
	if o.Fact != nil {
		add(UsedFact(o.Fact))
	}
	scene := Scene{View: v, Occ: o, On: d.on, Note: add}
	for _, list := range [][]Condition{o.Rule.When, o.Rule.Unless, o.Rule.Stop} {
		for i := range list {
			list[i].Holds(&scene)
		}
	}
	return w
}

var stopWords = Text{
	"Có thể tắt riêng việc này, cả nhóm việc hoặc từng kênh ở mục Nhắc việc của tôi; tắt có hiệu lực ngay.",
	"You can turn off this matter, its whole group or a channel under My reminders; it takes effect at once.",
}

// UsedFact names a fact and its source.
func UsedFact(f *Fact) Used {
	return Used{string(f.Kind), f.Key, f.ID, f.Source, civil.On(f.ObservedAt)}
}

// UsedEvent names an event and its source.
func UsedEvent(e *Event) Used {
	return Used{string(e.Kind), "", e.ID, e.Source, civil.On(e.Reported)}
}
