package lexical

import (
	"slices"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

func TestTwinsShareMostOfTheirName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Thủ tục đăng ký khai sinh", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài", true},
		{"Thủ tục đăng ký khai sinh", "Thủ tục đăng ký lại khai sinh", true},
		{"Thủ tục đăng ký khai sinh lưu động", "Thủ tục đăng ký lại khai sinh", true},
		{"Thủ tục đăng ký kết hôn", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài tại khu vực biên giới", true},
		{"Thủ tục đăng ký khai sinh", "Thủ tục đăng ký khai tử", false},
		{"Thủ tục đăng ký khai sinh", "Thủ tục đăng ký kết hôn", false},
		{"Đăng ký thường trú", "Đăng ký tạm trú", false},
	} {
		if got := nameOf(c.a).alike(nameOf(c.b)); got != c.want {
			t.Errorf("%q and %q alike: %v", c.a, c.b, got)
		}
		if nameOf(c.a).alike(nameOf(c.b)) != nameOf(c.b).alike(nameOf(c.a)) {
			t.Errorf("%q and %q: order matters", c.a, c.b)
		}
	}
}

func TestHitsListTheirTwins(t *testing.T) {
	hit := func(id, title string) retrieval.Hit {
		return retrieval.Hit{Unit: corpus.UnitID(id), Chunk: corpus.Chunk{Procedure: id, Title: title}}
	}
	hits := []retrieval.Hit{
		hit("plain", "Thủ tục đăng ký khai sinh"), hit("death", "Thủ tục đăng ký khai tử"),
		{Unit: "law", Chunk: corpus.Chunk{Title: "Đăng ký khai sinh"}},
		hit("foreign", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài"),
	}
	groupTwins(hits)
	want := []corpus.UnitID{"plain", "foreign"}
	if !slices.Equal(hits[0].Twins, want) || !slices.Equal(hits[3].Twins, want) {
		t.Errorf("twins %v and %v", hits[0].Twins, hits[3].Twins)
	}
	if hits[1].Twins != nil || hits[2].Twins != nil {
		t.Errorf("twins of one that stands alone: %v, of a provision: %v", hits[1].Twins, hits[2].Twins)
	}
}

func TestTellApartLeavesWhatEachHasOfItsOwn(t *testing.T) {
	got := TellApart([]string{
		"Thủ tục đăng ký khai sinh", "Thủ tục đăng ký lại khai sinh", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
	})
	if want := []string{"", "lại", "có yếu tố nước ngoài"}; !slices.Equal(got, want) {
		t.Errorf("told apart by %q, want %q", got, want)
	}
}
