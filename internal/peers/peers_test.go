package peers

import (
	"os"
	"testing"
	"time"

	"github.com/motcua/motcua/eval"
)

func small() *eval.Dataset {
	return &eval.Dataset{
		Name: "small",
		Documents: []eval.Document{
			{ID: "a", Title: "Đăng ký tạm trú", Text: "Công dân thay đổi chỗ ở phải đăng ký tạm trú tại công an xã"},
			{ID: "b", Title: "Đăng ký kết hôn", Text: "Hai bên nam nữ cùng có mặt khi đăng ký kết hôn"},
			{ID: "c", Title: "Cấp hộ chiếu", Text: "Hồ sơ cấp hộ chiếu phổ thông gồm tờ khai và ảnh"},
		},
		Questions: []eval.Question{{ID: "1", Text: "đăng ký kết hôn cần gì?"}, {ID: "2", Text: "hộ chiếu"}, {ID: "3", Text: "'; DROP TABLE d; -- \"tạm trú\""}},
		Relevant:  map[string]map[string]int{"1": {"b": 1}, "2": {"c": 1}, "3": {"a": 1}},
	}
}

// engines lists the peers this machine can run.
func engines() []Engine {
	all := []Engine{FTS5{}, Bleve{}}
	if dsn := os.Getenv("MOTCUA_TEST_POSTGRES"); dsn != "" {
		all = append(all, Postgres{dsn})
	}
	return all
}

func TestEveryPeerFindsThePlainAnswerAtEverySetting(t *testing.T) {
	for _, e := range engines() {
		for _, s := range e.Settings() {
			o, err := measure(t.Context(), e, small(), []Setting{s}, time.Now)
			if err != nil {
				t.Fatalf("%s, %s: %v", e.Name(), s.Words, err)
			}
			if v, ok := o[0].Report.Value("P@1"); !ok || v != 1 {
				t.Errorf("%s, %s: P@1 is %v, %v; every question names its document", e.Name(), s.Words, v, ok)
			}
		}
	}
}

func TestTheBestSettingIsKept(t *testing.T) {
	for _, e := range engines() {
		o, err := Best(t.Context(), e, small(), time.Now)
		if err != nil || o.Setting == "" || o.Tried != len(e.Settings()) {
			t.Errorf("%s: %+v, %v", e.Name(), o, err)
		}
	}
}
