package rules

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/motcua/motcua/lifeevents"
)

func samples(t testing.TB) *lifeevents.Set {
	t.Helper()
	set, faults := Load(os.DirFS("testdata/rules"), Options{})
	for _, f := range faults {
		t.Error(f)
	}
	if t.Failed() {
		t.FailNow()
	}
	return set
}

// one loads the sample file with changes made to its text.
func one(t *testing.T, id string, replace ...string) []Fault {
	t.Helper()
	raw, err := os.ReadFile("testdata/rules/sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range strings.Split(string(raw), "---\n") {
		if strings.HasPrefix(doc, "id: "+id+"\n") {
			changed := strings.NewReplacer(replace...).Replace(doc)
			if len(replace) > 0 && changed == doc {
				t.Fatalf("nothing to replace in %s", id)
			}
			_, faults := Load(fstest.MapFS{"x.yaml": {Data: []byte("# chú thích\n" + changed)}}, Options{})
			return faults
		}
	}
	t.Fatalf("no sample %s", id)
	return nil
}

func TestTheSamplesLoad(t *testing.T) {
	if n := len(samples(t).Rules()); n != 8 {
		t.Errorf("%d rules; want 8", n)
	}
}

func TestARuleThatSaysTooLittleIsRefusedWithFileLineAndReason(t *testing.T) {
	for _, c := range []struct {
		name, id string
		replace  []string
		line     int
		why      string
	}{
		{"no basis", "E13", []string{"basis: [Điều 19 26/2023/QH15]\n", ""}, 2, "thiếu căn cứ pháp lý"},
		{"no day in force", "E13", []string{"valid: {from: 2024-07-01, until: }\n", ""}, 2, "valid.from"},
		{"no day of verification", "E13", []string{"verified_on: 2026-11-21\n", ""}, 2, "verified_on"},
		{"no English", "E13", []string{`, en: "First identity card"`, ""}, 17, "purpose thiếu"},
		{"a misspelt key", "E14", []string{"unless:", "unles:"}, 9, `không có khóa "unles"`},
		{"a doubled key", "E14", []string{"level: 2\n", "level: 2\nlevel: 2\n"}, 16, "viết hai lần"},
		{"an unknown condition", "E13", []string{"not has document/id_card", "not had document/id_card"}, 8, "không hiểu"},
		{"an unknown kind of fact", "E13", []string{"not has document/id_card", "not has paper/id_card"}, 8, `không có loại dữ kiện "paper"`},
		{"an unknown kind of event", "E01", []string{"event child_born", "event child_bron"}, 6, `không có loại sự kiện "child_bron"`},
		{"a bad rung", "E13", []string{"-30d, 0,", "-30x, 0,"}, 7, "bậc nhắc"},
		{"a doubled rung", "E13", []string{"-30d, 0,", "-30d, -30d,"}, 7, "lặp lại"},
		{"a bad address", "E13", []string{"Điều 19 26/2023/QH15", "Điều mười chín"}, 12, "thiếu số hiệu"},
		{"an unknown procedure", "E13", []string{"P28", "P999"}, 11, "không có thủ tục"},
		{"an unknown recipient", "E13", []string{"self_or_representative", "everybody"}, 10, "không có người nhận"},
		{"level 4", "E13", []string{"level: 2", "level: 4"}, 15, "mức 4"},
		{"N3 without consent", "E01", []string{"ground: consent", "ground: public_task"}, 17, "N3 chỉ được"},
		{"a mark outside", "E13", []string{"Bạn có một việc", "Bạn {age} tuổi có một việc"}, 23, "không được có chữ thay"},
		{"an unknown mark", "E13", []string{"{legal}", "{name}"}, 21, "{name}"},
		{"a deadline mark without deadline", "E13", []string{"{legal}", "{deadline}"}, 21, "không có hạn"},
		{"a consequence untold", "E36", []string{"  late:", "  #late:"}, 18, "texts.late"},
		{"doubt unsaid", "E52", []string{"doubt:", "#doubt:"}, 2, "chỗ chưa chắc"},
		{"a list where a word belongs", "E13", []string{"at: born", "at: [born]"}, 6, "giá trị đơn"},
		{"a rule unheard of", "E01", []string{"leads_to: [E13]", "leads_to: [E99]"}, 2, "E99"},
		{"29 February of every year", "E48", []string{"every 01-31", "every 02-29"}, 6, "mọi năm"},
		{"broken YAML", "E13", []string{"name: {vi:", "name: {{vi:"}, 0, "không đọc được"},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults := one(t, c.id, c.replace...)
			if len(faults) == 0 {
				t.Fatal("loaded")
			}
			for _, f := range faults {
				if strings.Contains(f.Why, c.why) && f.File == "x.yaml" && (c.line == 0 || f.Line == c.line) {
					return
				}
			}
			t.Errorf("got %v; want line %d, %q", faults, c.line, c.why)
		})
	}
}

func TestTwoVersionsMayNotHoldOnOneDay(t *testing.T) {
	raw, _ := os.ReadFile("testdata/rules/sample.yaml")
	text := string(raw)
	second := "---\n" + strings.Replace(strings.Split(text, "---\n")[1], "version: 1", "version: 2", 1)
	_, faults := Load(fstest.MapFS{"x.yaml": {Data: []byte(text + second)}}, Options{})
	if len(faults) != 1 || !strings.Contains(faults[0].Why, "cùng có hiệu lực") {
		t.Errorf("got %v", faults)
	}
}

func TestAFaultyReloadLeavesTheRunningSet(t *testing.T) {
	h := NewHolder(samples(t))
	running := h.Set()
	_, now, faults := h.Reload(fstest.MapFS{"x.yaml": {Data: []byte("id: E13\n")}}, Options{})
	if len(faults) == 0 || now != running || h.Set() != running {
		t.Errorf("faults %v; the running set must stay", faults)
	}
	old, now, faults := h.Reload(os.DirFS("testdata/rules"), Options{})
	if len(faults) != 0 || old != running || now == running || h.Set() != now {
		t.Errorf("a faultless set must run: %v", faults)
	}
}

func TestEveryEmbeddedRuleLoads(t *testing.T) {
	set, faults := Embedded()
	for _, f := range faults {
		t.Error(f)
	}
	if set == nil {
		t.Fatal("no set")
	}
	for _, r := range set.Rules() {
		if text := Explain(r); !strings.Contains(text, r.ID) || !strings.Contains(text, "Căn cứ") {
			t.Errorf("%s explains itself as %q", r.ID, text)
		}
	}
}

func FuzzARuleFileNeverPanics(f *testing.F) {
	raw, err := os.ReadFile("testdata/rules/sample.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, doc := range strings.Split(string(raw), "---\n") {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, faults := parse("x.yaml", raw, Options{Procedures: func(string) ([]string, bool) { return nil, true }})
		for _, r := range list {
			if len(r.Basis) == 0 || !r.Name.Complete() || !r.Validity.From.Valid() {
				t.Errorf("loaded without basis, names or dates; faults %v", faults)
			}
			_ = Explain(r)
		}
	})
}
