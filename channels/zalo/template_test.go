package zalo

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

var update = flag.Bool("update", false, "write the template files anew from the rules")

// templateNames gives each neutral sentence of the rules a name and a title for whoever
// approves it. A sentence without a line here fails the test.
var templateNames = map[string]struct{ key, name string }{
	"Bạn có một lời nhắc mới. Mời mở Cổng để xem việc cần làm.":                {"nhac-viec", "Nhắc việc chung"},
	"Bạn có một lời nhắc về giấy tờ. Mời mở Cổng để xem việc cần làm.":         {"giay-to", "Nhắc việc về giấy tờ"},
	"Bạn có một lời nhắc về nhà cửa. Mời mở Cổng để xem việc cần làm.":         {"nha-cua", "Nhắc việc về nhà cửa"},
	"Bạn có một lời nhắc về nơi ở. Mời mở Cổng để xem việc cần làm.":           {"noi-o", "Nhắc việc về nơi ở"},
	"Bạn có một lời nhắc về thuế. Mời mở Cổng để xem việc cần làm.":            {"thue", "Nhắc việc về thuế"},
	"Bạn có một lời nhắc về việc học. Mời mở Cổng để xem việc cần làm.":        {"viec-hoc", "Nhắc việc về việc học"},
	"Bạn có một lời nhắc về việc kinh doanh. Mời mở Cổng để xem việc cần làm.": {"kinh-doanh", "Nhắc việc về kinh doanh"},
	"Bạn có một lời nhắc về xe. Mời mở Cổng để xem việc cần làm.":              {"xe", "Nhắc việc về xe"},
	"Bạn có một việc mới trên Cổng. Mời mở Cổng để xem.":                       {anyTemplate, "Việc mới trên Cổng"},
	"Có một thông báo quan trọng. Mời mở Cổng để xem ngay.":                    {"thong-bao", "Thông báo quan trọng"},
}

func makeTemplate(key, name, title, call string, rows []Row, params []Param) Template {
	rows = append(rows, Row{"Mã tin nhắn", "<" + paramCode + ">"}, Row{"Kiểm tra tin thật", "Nhập mã này ở mục Kiểm tin trên Cổng"})
	params = append(params, Param{"4", paramCode, "7K3QM-X9D2A"})
	return Template{
		Name: "Một Cửa - " + name, Type: 1, Tag: "2", Key: "motcua-" + key, Params: params,
		Layout: Layout{
			Body: Components{[]Component{
				{Title: &Value{title}},
				{Paragraph: &Value{call + " Cần đăng nhập để đọc. Chúng tôi không bao giờ hỏi mật khẩu hay mã OTP qua Zalo."}},
				{Table: &Rows{rows}},
				{Paragraph: &Value{"Bạn nhận tin này vì đã đồng ý nhận nhắc việc qua Zalo. Có thể tắt bất cứ lúc nào ở mục Đồng ý trên Cổng."}},
			}},
			Footer: Components{[]Component{{Buttons: &Buttons{[]Item{{1, "Mở Cổng để xem", portalMark + "/<" + paramCode + ">"}}}}}},
		},
		Note: "Cơ quan nhà nước nhắc công dân việc giấy tờ, thủ tục của chính họ. Chỉ gửi cho người đã đăng nhập, đã đồng ý nhận qua Zalo và tắt được bất cứ lúc nào; " +
			"không quảng cáo. " + paramCode + " là mã 11 ký tự do hệ thống sinh để người nhận kiểm tra tin thật; nút mở trang tin của họ trên Cổng.",
	}
}

// fromRules makes every template the rules call for, and which rule speaks by which.
func fromRules(t *testing.T) (map[string]Template, map[string]string) {
	t.Helper()
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	made := map[string]Template{}
	by := map[string]string{}
	for _, r := range set.Rules() {
		words := r.Texts.Outside.VI
		if r.Sensitivity >= lifeevents.N3 || words == "" {
			continue
		}
		names, known := templateNames[words]
		if !known {
			t.Fatalf("%s says outside %q: give that sentence a template in this test and run with -args -update", r.ID, words)
		}
		if had, ok := by[r.ID]; ok && had != names.key {
			t.Fatalf("versions of %s speak by %s and %s: rules.tsv can hold one", r.ID, had, names.key)
		}
		title, call, _ := strings.Cut(words, ". ")
		by[r.ID] = names.key
		made[names.key] = makeTemplate(names.key, names.name, title, call, nil, nil)
	}
	made[manyTemplate] = makeTemplate(manyTemplate, "Nhiều việc mới", "Bạn có nhiều việc mới trên Cổng", "Mời mở Cổng để xem các việc cần làm.",
		[]Row{{"Số việc mới", "<" + paramCount + "> việc"}}, []Param{{"10", paramCount, "3"}})
	return made, by
}

func TestTemplatesFollowTheRules(t *testing.T) {
	made, by := fromRules(t)
	want := map[string][]byte{}
	for key, one := range made {
		raw, err := writeTemplate(one)
		if err != nil {
			t.Fatal(err)
		}
		want[key+".json"] = raw
	}
	var list strings.Builder
	list.WriteString("# Quy tắc nào nói bằng mẫu tin nào. Sinh từ lifeevents/rules; quy tắc lớp N3 không có mẫu.\n")
	for _, rule := range slices.SortedFunc(maps.Keys(by), func(a, b string) int { return strings.Compare(a, b) }) {
		fmt.Fprintf(&list, "%s\t%s\n", rule, by[rule])
	}
	want["rules.tsv"] = []byte(list.String())
	have, err := filepath.Glob("templates/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range have {
		if _, ok := want[filepath.Base(name)]; !ok {
			t.Errorf("%s belongs to no rule", name)
			if *update {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, raw := range want {
		path := filepath.Join("templates", name)
		if *update {
			if err := os.WriteFile(path, raw, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, raw) {
			t.Errorf("%s is not what the rules say; run go generate (%v)", path, err)
		}
	}
}

func TestEveryRuleThatMaySpeakOutsideHasATemplateAndNoOther(t *testing.T) {
	c, err := OpenCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	set, _ := rules.Embedded()
	neutral := 0
	for _, r := range set.Rules() {
		name, has := c.rules[r.ID]
		if may := r.Sensitivity < lifeevents.N3; may != has {
			t.Errorf("%s of class %s: template %q", r.ID, r.Sensitivity, name)
		}
		if r.Sensitivity == lifeevents.N2 {
			neutral++
			if name != anyTemplate {
				t.Errorf("%s is sensitive and speaks by %q, which tells what it is about", r.ID, name)
			}
		}
	}
	if neutral == 0 {
		t.Error("no sensitive rule was looked at")
	}
}

func TestNoTemplateWouldBeRefused(t *testing.T) {
	c, err := OpenCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range c.Names() {
		for _, f := range c.by[name].Check() {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestWhatZaloRefusesIsFound(t *testing.T) {
	good := func() Template {
		made, _ := fromRules(t)
		return made["giay-to"]
	}
	for name, spoil := range map[string]func(*Template){
		"tên mẫu":              func(m *Template) { m.Name = "Ngắn" },
		"tiêu đề":              func(m *Template) { m.Layout.Body.List[0].Title = &Value{strings.Repeat("dài ", 20)} },
		"đoạn":                 func(m *Template) { m.Layout.Body.List[1].Paragraph = &Value{strings.Repeat("ạ", 401)} },
		"nút":                  func(m *Template) { m.Layout.Footer.List[0].Buttons.Items = make([]Item, 3) },
		"phải là https":        func(m *Template) { m.Layout.Footer.List[0].Buttons.Items[0].Content = "http://cong.vn/<ma_tin>" },
		"chưa khai":            func(m *Template) { m.Layout.Body.List[1].Paragraph = &Value{"Chào <ten>, có việc mới."} },
		"không được dùng":      func(m *Template) { m.Params = append(m.Params, Param{"1", "ten", "Nam"}) },
		"tên sai":              func(m *Template) { m.Params[0].Name = "Mã tin" },
		"giá trị mẫu":          func(m *Template) { m.Params[0].Sample = strings.Repeat("9", 31) },
		"nhãn 1 hoặc 2":        func(m *Template) { m.Tag = "3" },
		"ký tự đặc biệt":       func(m *Template) { m.Key = "một cửa" },
		"dòng của bảng":        func(m *Template) { m.Layout.Body.List[2].Table = &Rows{} },
		"phần không được phép": func(m *Template) { m.Layout.Body.List = append(m.Layout.Body.List, Component{}) },
	} {
		m := good()
		if faults := m.Check(); len(faults) > 0 {
			t.Fatal(faults)
		}
		spoil(&m)
		if !slices.ContainsFunc(m.Check(), func(err error) bool { return strings.Contains(err.Error(), name) }) {
			t.Errorf("%s goes unnoticed: %v", name, m.Check())
		}
	}
}

func TestASubmissionNamesThisPortal(t *testing.T) {
	c, err := OpenCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range c.Names() {
		raw, err := c.Submission(name, "https://dichvu.tinh.gov.vn/toi/tin", "m1", "m2")
		if err != nil {
			t.Fatal(err)
		}
		if s := string(raw); !strings.Contains(s, `"https://dichvu.tinh.gov.vn/toi/tin/<ma_tin>"`) || strings.Contains(s, "example") || !strings.Contains(s, `"media_id": "m2"`) {
			t.Errorf("%s: %s", name, s)
		}
	}
	if raw, _ := writeTemplate(c.by[anyTemplate]); !strings.Contains(string(raw), "cong.example.vn") {
		t.Error("handing in has changed the template itself")
	}
}
