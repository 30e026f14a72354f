package desk

import (
	"context"
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
)

// tile is one way in from the desk's first page.
type tile struct {
	Path, Icon string
	VI, EN     string
	SayVI      string
	SayEN      string
	Count      int // what waits there
}

func (a *Area) home(w http.ResponseWriter, r *http.Request) {
	v := page.ViewerOf(r.Context())
	waiting, err := a.waiting(r.Context(), v)
	if err != nil {
		a.Site.Broken(w, r, "desk", err)
		return
	}
	var tiles []tile
	for _, t := range []struct {
		tile

		roles []page.Role
	}{
		{tile{"/hang-doi", "queue", "Hàng đợi", "Queue", "Người đang chờ cán bộ, thư, câu trả lời bị báo sai", "People waiting, letters, answers called wrong", waiting}, []page.Role{page.Official, page.Editor}},
		{tile{"/chua-tra-loi", "ask", "Chưa trả lời được", "Unanswered", "Điều người dân hỏi mà trợ lý chưa có nguồn", "What people ask and no source answers", 0}, []page.Role{page.Official, page.Editor, page.Evaluator}},
		{tile{"/dinh-chinh", "edit", "Đính chính", "Corrections", "Đang có hiệu lực, người ký, ngày hết hạn", "In force, signed by whom, until when", 0}, []page.Role{page.Official, page.Editor}},
		{tile{"/ra-soat", "search", "Rà soát", "Review", "Hồ sơ cần xem lại, tin chưa rõ đã tới, dữ liệu bị từ chối", "Records, messages in doubt, data refused", 0}, []page.Role{page.Editor, page.Administrator}},
		{tile{"/quy-tac", "steps", "Quy tắc nhắc việc", "Rules", "Lời, căn cứ, chạy thử, tạm dừng", "Words, basis, dry run, pause", 0}, []page.Role{page.Editor, page.Official, page.Administrator}},
		{tile{"/so-lieu", "chart", "Số liệu", "Measures", "Câu hỏi, hài lòng, thời gian, nhắc việc", "Questions, satisfaction, time, notices", 0}, []page.Role{page.Evaluator, page.Administrator, page.Editor, page.Official}},
		{tile{"/cong-tac", "switch", "Công tắc", "Kill switches", "Tắt trợ lý, mô hình, kênh hay quy tắc", "Switch off the assistant, model, a channel or a rule", 0}, []page.Role{page.Administrator}},
	} {
		for _, role := range t.roles {
			if v.Has(role) {
				t.Path = Path + t.Path
				tiles = append(tiles, t.tile)
				break
			}
		}
	}
	a.show(w, r, http.StatusOK, "home.html", page.Page{VI: "Bàn làm việc", EN: "Desk", Data: tiles})
}

// waiting counts what waits for somebody who may take it.
func (a *Area) waiting(ctx context.Context, v page.Viewer) (n int, err error) {
	if !v.Has(page.Official) && !v.Has(page.Editor) {
		return 0, nil
	}
	tickets, err := a.Handovers.Queue(ctx)
	if err != nil {
		return 0, err
	}
	for _, t := range tickets {
		if t.State == "open" {
			n++
		}
	}
	letters, err := a.Letters.Letters(ctx, channels.LetterOpen, listed)
	if err != nil {
		return 0, err
	}
	items, err := a.Queue.Items(ctx, assistant.ItemOpen, listed)
	return n + len(letters) + len(items), err
}
