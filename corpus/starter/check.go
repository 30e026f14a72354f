package starter

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// Fault is one thing wrong with a record: which field, and why in Vietnamese.
type Fault struct {
	Record string
	Field  string
	Why    string
}

// Error names record, field and reason.
func (f Fault) Error() string { return fmt.Sprintf("%s: %s: %s", f.Record, f.Field, f.Why) }

// districts finds a sentence that sends people to a tier that no longer exists.
var districts = regexp.MustCompile(`(?i)(UBND|ủy ban nhân dân|công an|phòng [^,.;]*) *(cấp )?(huyện|quận|thị xã)\b|nộp (ở|tại) (cấp )?(huyện|quận)`)

// Check lists the faults of one record, in the order of its fields; nil when it may be
// shown.
func Check(p corpus.Procedure) []Fault {
	c := checker{id: p.ID}
	c.head(p)
	c.lists(p)
	for i, f := range p.Fees {
		c.fee(fmt.Sprintf("fees[%d]", i), f)
	}
	for i, t := range p.Times {
		if t.Count == 0 && t.Text == "" && t.Unit != corpus.Same {
			c.add(fmt.Sprintf("times[%d]", i), "không có số cũng không có lời")
		}
		if t.Count > 0 && t.Unit == corpus.Same {
			c.add(fmt.Sprintf("times[%d]", i), "\"trong ngày\" không đi với một số")
		}
		if t.Count > 0 && t.Unit == "" {
			c.add(fmt.Sprintf("times[%d]", i), "có số nhưng thiếu đơn vị")
		}
	}
	for i, d := range p.Deadline {
		if d.Text == "" || (d.Count != 0) != (d.Unit != "") {
			c.add(fmt.Sprintf("deadlines[%d]", i), "thiếu lời, hoặc số và đơn vị không đi cùng nhau")
		}
	}
	for i, b := range p.Basis {
		if b.Provision.Instrument == "" {
			c.add(fmt.Sprintf("basis[%d]", i), "căn cứ không nêu số hiệu văn bản")
		}
	}
	c.standings(p)
	return c.faults
}

type checker struct {
	id     string
	faults []Fault
}

func (c *checker) add(field, why string) { c.faults = append(c.faults, Fault{c.id, field, why}) }

func (c *checker) head(p corpus.Procedure) {
	for _, f := range []struct{ field, value string }{
		{"id", p.ID}, {"name", p.Name}, {"field", p.Field}, {"source.sha256", p.Source.SHA256},
	} {
		if strings.TrimSpace(f.value) == "" {
			c.add(f.field, "để trống")
		}
	}
	if !p.Digest {
		c.add("digest", "bản ghi của ta phải ghi rõ là tóm lược")
	}
	for _, l := range p.Levels {
		if l != corpus.Central && l != corpus.Province && l != corpus.Commune && l != corpus.Otherlvl {
			c.add("levels", fmt.Sprintf("cấp %q không còn hoặc không có", l))
		}
	}
}

func (c *checker) lists(p corpus.Procedure) {
	for _, f := range []struct {
		field string
		n     int
	}{
		{"levels", len(p.Levels)}, {"who", len(p.Who)}, {"body", len(p.Body)}, {"where", len(p.Where)}, {"steps", len(p.Steps)},
		{"dossier", len(p.Dossier)}, {"fees", len(p.Fees)}, {"times", len(p.Times)}, {"results", len(p.Results)}, {"basis", len(p.Basis)},
	} {
		if f.n == 0 {
			c.add(f.field, "không có mục nào")
		}
	}
	for _, d := range p.Dossier {
		if d.Name == "" {
			c.add("dossier", "giấy tờ không có tên")
		}
	}
	for _, b := range p.Body {
		if districts.MatchString(b.Name) {
			c.add("body", "nêu cấp huyện là cơ quan có thẩm quyền")
		}
	}
	for _, w := range p.Where {
		if districts.MatchString(w.Text) {
			c.add("where", "chỉ người dân đến cấp huyện")
		}
	}
}

// fee holds the rule of corpus.Fee: one sum, one range, one share, free, or words alone.
func (c *checker) fee(field string, f corpus.Fee) {
	meanings := 0
	for _, m := range []bool{f.Free, f.VND > 0, f.Min > 0 || f.Max > 0, f.Percent > 0} {
		if m {
			meanings++
		}
	}
	switch {
	case meanings > 1:
		c.add(field, "một khoản thu mang hai nghĩa")
	case meanings == 0 && strings.TrimSpace(f.Text) == "":
		c.add(field, "không có mức thu cũng không có lời")
	case f.Max > 0 && f.Max < f.Min:
		c.add(field, "mức cao nhất thấp hơn mức thấp nhất")
	}
}

// standings checks what is behind the record and behind each fact.
func (c *checker) standings(p corpus.Procedure) {
	c.provenance("prov", &p.Prov)
	eachProv(p, c.provenance)
}

func (c *checker) provenance(field string, p *corpus.Provenance) {
	if p == nil {
		return
	}
	if strings.TrimSpace(p.Source) == "" {
		c.add(field, "thiếu nguồn")
	}
	if !p.VerifiedOn.Valid() {
		c.add(field, "thiếu ngày kiểm tra")
	}
	if !p.Confidence.Known() {
		c.add(field, "thiếu độ tin cậy")
	}
	if p.Confidence == corpus.Low && strings.TrimSpace(p.Doubt) == "" {
		c.add(field, "độ tin cậy thấp mà không nói vì sao")
	}
	if v := p.Validity; !v.Until.IsZero() && !v.From.Before(v.Until) {
		c.add(field, "ngày hết hiệu lực không sau ngày bắt đầu")
	}
}
