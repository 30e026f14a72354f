package place

import "slices"

// fires decides whether a name without a cue stands for a place in an ordinary question.
// Firm aliases do. A province does, unless the words are common ones. A district needs
// capitals or "ở", "tại" before it; a commune needs both.
func (r *reading) fires(a atom) bool {
	if slices.ContainsFunc(a.units, func(s scored) bool { return s.firm }) {
		return true
	}
	if r.person(a) {
		return false
	}
	title, exact, where := r.title(a), anyExact(a), a.from > 0 && r.where(a.from-1)
	spelled := exact || !r.marked
	switch a.tier {
	case ProvinceLevel:
		return r.provinceFires(a, title, exact, where)
	case DistrictLevel:
		return title && exact && a.to-a.from > 1 && r.marked || where && spelled
	}
	return title && exact && where && a.to-a.from > 1
}

func (r *reading) provinceFires(a atom, title, exact, where bool) bool {
	if title || where {
		return true
	}
	plain, marked := "", ""
	for i, w := range r.ws[a.from:a.to] {
		if i > 0 {
			plain, marked = plain+" ", marked+" "
		}
		plain, marked = plain+w.plain, marked+w.marked
	}
	if plain != marked { // written with marks
		return exact && !everyday[marked]
	}
	if r.marked && !exact || !exact && shaky[plain] || shaky[plain] && exact && !r.marked {
		return a.to == len(r.ws) && !r.marked && !shakyAtEnd[plain]
	}
	return true
}

// title reports whether every word begins with a capital, in a text that is not all
// capitals' start of sentence: one capital at the start does not count for two words.
func (r *reading) title(a atom) bool {
	for _, w := range r.ws[a.from:a.to] {
		if !w.title {
			return false
		}
	}
	return a.to-a.from > 1 || a.from > 0
}

func anyExact(a atom) bool {
	return slices.ContainsFunc(a.units, func(s scored) bool { return s.exact })
}

// where reports whether word i says that a place follows. Without marks only "o" and "tai"
// in a text without marks do.
func (r *reading) where(i int) bool {
	w := r.ws[i]
	return wherewords[w.marked] && (!w.bare() || !r.marked)
}

// person reports whether the name only continues another one, mostly a person's: "Nguyễn
// Thái Bình", "tên Hà Giang".
func (r *reading) person(a atom) bool {
	if a.from == 0 {
		return false
	}
	before, first := r.ws[a.from-1], r.ws[a.from]
	if first.gap != " " || r.where(a.from-1) {
		return false
	}
	if honour[before.marked] {
		return true // Chủ tịch Hồ Chí Minh, Đoàn Thanh niên Cộng sản Hồ Chí Minh
	}
	if before.title && first.title && !r.ws[a.to-1].title {
		return true // "Việt Nam định cư" is not Nam Định
	}
	return surnames[before.marked] && (before.title || !before.bare() && first.title)
}
