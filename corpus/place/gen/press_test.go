package main

import (
	"reflect"
	"testing"
)

func TestAListCutInsideBracketsIsJoinedAgain(t *testing.T) {
	got := rejoin([]string{"Xã An Khánh (phần còn lại sau khi sáp nhập vào phường Tây Mỗ", "xã Sơn Đồng)", "-", "", "Xã La Phù", "Thị trấn X (huyện Châu Thành", "tỉnh Trà Vinh)"})
	want := []string{"Xã An Khánh (phần còn lại sau khi sáp nhập vào phường Tây Mỗ, xã Sơn Đồng)", "Xã La Phù", "Thị trấn X (huyện Châu Thành, tỉnh Trà Vinh)"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if got := rejoin([]string{"Xã A (phần còn lại", "xã B"}); len(got) != 1 {
		t.Errorf("a bracket never closed gives %q", got)
	}
}

func TestBracketsTellDistrictAndPart(t *testing.T) {
	for in, want := range map[string]oldName{
		"Xã Tam Hiệp (huyện Thanh Trì) (phần còn lại sau khi sáp nhập vào phường Hoàng Liệt)": {kind: "xa", name: "tam hiep", written: "tam hiệp", districts: "huyen thanh tri", part: true},
		"Xã Trần Hợi (một phần)": {kind: "xa", name: "tran hoi", written: "trần hợi", part: true},
		"Lê Lợi":                 {name: "le loi", written: "lê lợi"},
		"Thị trấn Sông Đốc (bao gồm cụm đảo Hòn Chuối)": {kind: "thi tran", name: "song doc", written: "sông đốc"},
		"Phường 9 (Quận 5)": {kind: "phuong", name: "9", written: "9", districts: "quan 5"},
	} {
		if got := readOldName(in); got != want {
			t.Errorf("%s: %+v, want %+v", in, got, want)
		}
	}
}

func TestASlipOfThePenIsOneLetterOrASpace(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"xi m vang", "xim vang", true}, {"madaguoi", "ma da guoi", true}, {"tan thanh", "tan thinh", true},
		{"tan thanh", "tan thi", false}, {"le loi", "le lai", true}, {"yen", "yem", false}, {"hoa binh", "hoa bin", true},
	} {
		if got := near(c.a, c.b); got != c.want {
			t.Errorf("near(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func FuzzReadOldName(f *testing.F) {
	f.Add("Xã A (huyện B")
	f.Add("((()")
	f.Add("phường ")
	f.Fuzz(func(_ *testing.T, s string) { readOldName(s) })
}
