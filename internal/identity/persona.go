package identity

import "github.com/motcua/motcua/channels/portal/page"

// Persona is a made-up person of the sample provider.
type Persona struct {
	ID, Name string
	// VI and EN say who it is, in a few words.
	VI, EN, Icon string
	Roles        []page.Role
	Unit         string
}

// Personas lists the made-up people, in the order they are shown.
func Personas() []Persona {
	return []Persona{
		{ID: "me-tre", Name: "Nguyễn Thị Lan", VI: "Mẹ trẻ, 28 tuổi, vừa sinh con ở Đà Nẵng", EN: "Young mother, 28, a newborn in Da Nang", Icon: "baby", Roles: []page.Role{page.Citizen}},
		{ID: "ve-huu", Name: "Trần Văn Bình", VI: "Sắp nghỉ hưu, sống cùng vợ ở Huế", EN: "About to retire, lives with his wife in Hue", Icon: "elder", Roles: []page.Role{page.Citizen}},
		{ID: "chu-tiem", Name: "Lê Thị Hoa", VI: "Chủ tiệm phở ở Cần Thơ", EN: "Owns a noodle shop in Can Tho", Icon: "shop", Roles: []page.Role{page.Citizen}},
		{ID: "can-bo", Name: "Phạm Minh Đức", VI: "Cán bộ Trung tâm Phục vụ hành chính công phường", EN: "Official at a ward service centre", Icon: "desk", Roles: []page.Role{page.Official}, Unit: "phuong-hai-chau"},
		{ID: "bien-tap", Name: "Võ Thu Hà", VI: "Biên tập viên pháp lý của Sở Tư pháp", EN: "Legal editor at the Department of Justice", Icon: "edit", Roles: []page.Role{page.Official, page.Editor}, Unit: "so-tu-phap"},
		{ID: "quan-tri", Name: "Đỗ Anh Tuấn", VI: "Quản trị hệ thống", EN: "System administrator", Icon: "switch", Roles: []page.Role{page.Official, page.Editor, page.Administrator, page.Evaluator}, Unit: "trung-tam-cntt"},
		{ID: "danh-gia", Name: "Bùi Ngọc Mai", VI: "Người đánh giá chất lượng", EN: "Quality evaluator", Icon: "chart", Roles: []page.Role{page.Evaluator}, Unit: "van-phong-ubnd"},
	}
}

// PersonaNamed finds one by its ID.
func PersonaNamed(id string) (Persona, bool) {
	for _, p := range Personas() {
		if p.ID == id {
			return p, true
		}
	}
	return Persona{}, false
}
