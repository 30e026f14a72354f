package viet

import "testing"

// counted is a tiny corpus: words by number, counts of words and pairs.
type counted struct {
	words map[string]uint32
	count map[uint32]int
	pairs map[[2]uint32]int
}

func (c counted) Variants(fold string) (ids []uint32) {
	for id := range uint32(len(c.words)) {
		for w, n := range c.words {
			if n == id && Fold(w) == fold {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
func (c counted) Word(id uint32) int   { return c.count[id] }
func (c counted) Pair(a, b uint32) int { return c.pairs[[2]uint32{a, b}] }

func corpusOf(sentences ...string) counted {
	c := counted{map[string]uint32{}, map[uint32]int{}, map[[2]uint32]int{}}
	for _, s := range sentences {
		last := ^uint32(0)
		for _, t := range Tokenize(s) {
			if _, ok := c.words[t.Text]; !ok {
				c.words[t.Text] = uint32(len(c.words))
			}
			id := c.words[t.Text]
			c.count[id]++
			c.pairs[[2]uint32{last, id}]++
			last = id
		}
	}
	return c
}

func TestMarksComeBackFromTheNeighbours(t *testing.T) {
	c := corpusOf("đăng ký khai sinh cho con", "đăng ký kết hôn", "dạng kỳ lạ", "con còn nhỏ", "thủ tục đăng ký tạm trú", "chợ tạm", "đăng ký khai tử", "cho con", "còn nợ")
	name := func(id uint32) string {
		for w, n := range c.words {
			if n == id {
				return w
			}
		}
		return "?"
	}
	for in, want := range map[string]string{
		"dang ky khai sinh cho con": "đăng ký khai sinh cho con", "thu tuc dang ky tam tru": "thủ tục đăng ký tạm trú",
	} {
		var slots []Slot
		for _, tok := range Tokenize(in) {
			id, ok := c.words[tok.Text]
			slots = append(slots, Slot{Fold: tok.Fold, ID: id, Known: ok})
		}
		got := ""
		for i, g := range Restore(slots, c, 9) {
			if i > 0 {
				got += " "
			}
			got += name(g.ID)
			if !g.OK || g.Sure <= 0 || g.Sure > 1.0001 {
				t.Errorf("%q: word %d is %+v", in, i, g)
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := Restore(nil, c, 9); len(got) != 0 {
		t.Errorf("no words give %v", got)
	}
	if got := Restore([]Slot{{Fold: "xyz", ID: 99}}, c, 9); got[0].OK {
		t.Errorf("a word the corpus lacks is restored to %+v", got[0])
	}
}
