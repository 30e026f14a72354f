package place

import "strings"

// Describe says in Vietnamese what became of an old unit, or what a unit of today was made
// from, in one or two sentences that can be shown as they are.
func Describe(u Unit) string {
	if !u.Old {
		return describeToday(u)
	}
	now := Today(u)
	name := Path(u) + " (tên cũ)"
	switch {
	case len(now) == 0:
		return "Chưa có dữ liệu cho biết " + name + " nay thuộc đâu."
	case u.Level == DistrictLevel:
		since := "từ 1/7/2025"
		if u.Earlier {
			since = "từ trước ngày 1/7/2025"
		}
		return name + " không còn là đơn vị hành chính " + since + "; địa bàn nay gồm: " + names(now) + " (" + provinceName(now[0].Unit) + ")."
	case len(now) == 1 && u.Level == ProvinceLevel && now[0].Unit.Name == u.Name:
		return u.Name + " giữ nguyên tên; từ 1/7/2025 không còn cấp huyện."
	case len(now) == 1:
		s := name + " nay thuộc " + Path(now[0].Unit) + "."
		if now[0].Unconfirmed {
			s += " Thông tin này mới có một nguồn, cần hỏi lại địa phương."
		}
		return s
	}
	return name + " đã chia về nhiều nơi: " + names(now) + " (" + provinceName(now[0].Unit) + "). Thuộc nơi nào tùy địa chỉ cụ thể."
}

func describeToday(u Unit) string {
	olds := Before(u)
	if len(olds) == 1 && olds[0].Name == u.Name && len(Today(olds[0])) == 1 {
		return Path(u) + " giữ nguyên tên và địa bàn như trước 1/7/2025."
	}
	var list []string
	for _, o := range olds {
		entry := o.Name
		if now := Today(o); len(now) > 1 {
			entry += " (một phần)"
		}
		list = append(list, entry)
	}
	return Path(u) + " gồm địa bàn trước đây của: " + strings.Join(list, ", ") + "."
}

func names(list []Successor) string {
	var out []string
	for _, s := range list {
		out = append(out, s.Unit.Name)
	}
	return strings.Join(out, ", ")
}

func provinceName(u Unit) string {
	p, _ := Province(u.Province)
	return p.Name
}
